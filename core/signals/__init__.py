"""What the facts say that matters, one family a file."""
