"""Reviews come in: files, crawls, and landing them in the work database."""
