"""Where Steward keeps what it knows: tables, repositories, imports and migrations."""
