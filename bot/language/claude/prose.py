"""Claude's sentences on their way to a person: no link, mention, picture or broadcast in them."""

import re

MOST = 600
"""Characters; more than three sentences is what the card is for."""

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)?")
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)?")
_ANGLED = re.compile(r"<[@#!][^<>]*>?|<[^<>]*>")
_URL = re.compile(r"\b(?:[a-z][a-z0-9+.-]*://|mailto:|tel:|www\.)\S*", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_DOMAIN = re.compile(r"(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#:]\S*)?(?![\w])")
_BROADCAST = re.compile(r"[@!](?=(?:channel|here|everyone|group|subteam)\b)", re.IGNORECASE)
_MARKS = re.compile(r"(?<!\w)[*_~`#>]+|[*_~`]+(?!\w)")
_BULLET = re.compile(r"^\s*(?:[-•*]|\d+[.)])\s+", re.MULTILINE)
_SENTENCE = re.compile(r".*?[.!?…][)”\"']?(?=\s+[^\W\d_a-z]|\s*$)")
"""Up to a mark that a capital letter follows: not within “Beta Inc. renews”."""


def cleaned(text: str, *, keep: frozenset[str] = frozenset()) -> str:
    """Return plain text of at most three sentences; `keep` are names that look like addresses."""
    kept = {name.casefold() for name in keep}
    text = _MARKDOWN_LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _EMAIL.sub("", _URL.sub("", _ANGLED.sub("", text)))
    text = _DOMAIN.sub(lambda found: found[0] if found[0].casefold() in kept else "", text)
    text = _BROADCAST.sub("", _MARKS.sub("", _BULLET.sub("", text)))
    text = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(text.split()))
    return _short(text.strip())


def _short(text: str) -> str:
    """Keep three sentences, fewer when they are long, and never half of one."""
    kept = ""
    for sentence in (_SENTENCE.findall(text) or [text])[:3]:
        if len(kept) + len(sentence) > MOST:
            break
        kept += sentence
    return kept.strip()
