"""The daily digest: when it is due, what is on it, how it goes out, and what is told of it."""
