"""Reviews become themes: sentences, masking, embeddings, polarity, role, discovery, statements."""
