"""A made-up industry: its generator, its truth and its sites."""

from .industry import MadeUpIndustry, generate
from .truth import write_truth

__all__ = ["MadeUpIndustry", "generate", "write_truth"]
