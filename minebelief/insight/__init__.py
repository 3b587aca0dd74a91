"""Themes become decisions: prevalence, spread, common beliefs."""
