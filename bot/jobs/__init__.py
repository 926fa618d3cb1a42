"""What Steward does by the clock, one job a file."""
