"""What helps with a play: e-mails, agendas, call scripts, outlines and links, filled when opened.

A file holds what helps with one category of plays, or what several of them need; the catalogue
finds them by itself.
"""
