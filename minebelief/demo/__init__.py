"""A made-up industry: its generator, its truth and its sites."""

from .industry import MadeUpIndustry, generate
from .industry_file import industry_file
from .site import serve
from .truth import write_truth

__all__ = ["MadeUpIndustry", "generate", "industry_file", "serve", "write_truth"]
