"""A made-up industry: its generator, its truth and its sites."""
