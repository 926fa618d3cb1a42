"""How words become tool calls."""
