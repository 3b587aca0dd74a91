"""Minebelief finds the complaints that recur across the companies of an industry, and counts them honestly."""

__all__ = ["__version__"]

__version__ = "0.1.0"
