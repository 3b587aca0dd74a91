"""Prefect flows over the same steps as `minebelief run`."""
