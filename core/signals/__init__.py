"""The signals: what the facts say that matters, one family a file.

To add one, write one `Signal` in the file of its family; the catalogue and its contract test find
it.
"""
