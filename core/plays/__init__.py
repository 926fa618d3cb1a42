"""The plays: what a CSM can do and when it applies, one category a file."""
