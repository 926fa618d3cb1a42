"""Cards: pure functions from a value to Block Kit and plain text."""
