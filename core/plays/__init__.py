"""The plays: what a CSM can do and when it applies, one category a file.

To add one, write one `Play` in the file of its category; the catalogue and its contract test find
it.
"""
