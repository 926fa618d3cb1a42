"""Understanding without a key or a network."""
