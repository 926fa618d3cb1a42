"""The questions and commands that Steward understands, one file each."""
