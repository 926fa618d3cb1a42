"""What a line of a file can be, one family of kinds per file."""
