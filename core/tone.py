"""How somebody writes, measured from texts of their own, and a draft put into that tone.

Only form is taken over: greeting and closing, how people are addressed, contractions, emoji and the
length of sentences. What no example shows stays as the template has it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from core.wording import first_name

Address = Literal["first", "full", "none"]
Found = TypeVar("Found")

SHORT_WORDS = 10
"""Whoever writes so few words a sentence gets long sentences parted."""

_GREETING = re.compile(
    r"(?P<word>hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening)|morning)\b"
    r"(?P<name>(?: [^\s,!.:\u2013-]+){0,3}) ?(?P<mark>[,!.:\u2013-]|$)",
    re.IGNORECASE,
)
_NAMELESS = ("Hello", "Hi", "Good morning", "Good afternoon", "Good evening")
"""Greetings that need no name after them."""

_CLOSING = re.compile(
    r"(?:(?:kind|best|warm(?:est)?|many|kindest)?\s*(?:regards|wishes)|best|cheers|(?:many )?thanks"
    r"(?: again| so much| a lot)?|thank you|all the best|(?:yours )?sincerely|yours|"
    r"(?:talk|speak) soon|take care|warmly|have a (?:great|good|nice) (?:day|week|one|weekend))"
    r"(?P<mark>[,!.]?)",
    re.IGNORECASE,
)
_FOLDED = re.compile(
    rf"(?<=[.!?])\s+((?:{_CLOSING.pattern.replace('?P<mark>', '?:')}))\s+(\w+(?: \w+)?)\W*$",
    re.IGNORECASE,
)
"""A closing and a name behind a text's last sentence, as where it was pasted on one line."""

_EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?|(?<!\\w):[a-z_]{3,40}:(?!\\w)")
_CONTRACTED = re.compile(
    r"\b(?:I'm|I'd|I'll|I've|(?:you|we|they|he|she|it|that|there|here|what|who)'(?:re|s|ll|d|ve)"
    r"|\w+n't|let's)\b",
    re.IGNORECASE,
)
_PAIRS = {
    "I am": "I'm", "I will": "I'll", "I would": "I'd", "you will": "you'll", "you are": "you're",
    "you would": "you'd", "we are": "we're", "we will": "we'll", "it is": "it's",
    "that is": "that's", "they are": "they're", "there is": "there's", "do not": "don't",
    "does not": "doesn't", "did not": "didn't", "is not": "isn't", "are not": "aren't",
    "has not": "hasn't", "have not": "haven't", "will not": "won't", "cannot": "can't",
    "I have been": "I've been", "you have been": "you've been", "it has been": "it's been",
}  # fmt: skip
_WRITTEN_OUT = re.compile(
    r"(?<!as )(?<!than )(?<!how )(?<!what )(?<!where )(?<!who )(?<!which )\b("
    + "|".join(sorted(_PAIRS, key=len, reverse=True))
    + r")\b(?= \w)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(“[^”]*”|\([^)]*\))")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n+")
_JOINED = re.compile(r"(?:; |, (?:and|but) (?=(?:I|we|you|it|they)\b))(\w)")


@dataclass(frozen=True, slots=True)
class Tone:
    """How somebody writes; None where no example shows it.

    `emoji` is the one they use most, empty when they use none. `words` are those of a sentence.
    """

    samples: int
    greeting: str | None = None
    address: Address | None = None
    greeting_mark: str = ","
    closing: str | None = None
    signs: Literal["first", "full"] | None = None
    contractions: bool | None = None
    emoji: str = ""
    words: float | None = None

    @property
    def told(self) -> str:
        """Say what was measured, for the person to check."""
        said = [
            f"greeting “{self.greet('Sarah Lin')}”" if self.greeting else "",
            f"closing “{self.closing}”" if self.closing else "",
            f"signed with your {self.signs} name" if self.signs else "",
            _contracting(self.contractions),
            f"emoji {self.emoji}" if self.emoji else "no emoji",
            f"about {self.words:.0f} words a sentence" if self.words else "",
        ]
        return ", ".join(one for one in said if one)

    def greet(self, name: str) -> str:
        """Return the greeting of somebody by their name, or of nobody in particular."""
        word, first = self.greeting or "Hi", first_name(name)
        if self.address == "none":
            return f"{word}{self.greeting_mark}"
        if first is None:
            nobody = word if word in _NAMELESS else "Hello"
            return f"{nobody}{self.greeting_mark}"
        return f"{word} {name.strip() if self.address == 'full' else first}{self.greeting_mark}"

    def sign(self, sender: str) -> str:
        """Return the closing with the sender's name below it."""
        name = first_name(sender) if self.signs == "first" else sender
        return f"{self.closing or 'Best regards,'}\n{name}"


def measure(samples: Sequence[str], sender: str) -> Tone | None:
    """Measure how `sender` writes from their own texts; None without any.

    Of greetings, closings and emoji the most frequent counts, of emoji only when half of the texts
    have one. Contractions count as theirs when there are as many as words written out.
    """
    texts = [one.strip() for one in samples if one.strip()]
    if not texts:
        return None
    greeting, address, mark = _most(_greeting(one) for one in texts) or (None, None, ",")
    closing, signs = _most(_ending(one, sender) for one in texts) or (None, None)
    return Tone(
        samples=len(texts),
        greeting=greeting,
        address=address,
        greeting_mark=mark,
        closing=closing,
        signs=signs,
        contractions=_contracts(texts),
        emoji=_emoji(texts),
        words=_words_a_sentence(texts),
    )


def dress(body: str, *, to: str, sender: str, tone: Tone) -> str:
    """Return an e-mail's body with greeting and closing, all of it in somebody's tone.

    What is quoted, and what stands in parentheses to be replaced, stays as it is.
    """
    parts = _QUOTED.split(body)
    parts[::2] = [_restyled(part, tone) for part in parts[::2]]
    greeting = tone.greet(to) + (f" {tone.emoji}" if tone.emoji else "")
    return f"{greeting}\n\n{''.join(parts)}\n\n{tone.sign(sender)}"


def _restyled(text: str, tone: Tone) -> str:
    if tone.words is not None and tone.words <= SHORT_WORDS:
        text = _JOINED.sub(lambda found: f". {found[1].upper()}", text)
    if tone.contractions:
        text = _WRITTEN_OUT.sub(_contract, text)
    return text


def _contract(found: re.Match[str]) -> str:
    pair = next(short for full, short in _PAIRS.items() if full.lower() == found[1].lower())
    return pair[0].upper() + pair[1:] if found[1][0].isupper() else pair


def _greeting(text: str) -> tuple[str, Address, str] | None:
    found = _GREETING.match(text)
    if found is None:
        return None
    word, names = found["word"], found["name"].split()
    called = [name for name in names if name.lower() not in ("there", "all", "team", "everyone")]
    address: Address = "none" if not called else "first" if len(called) == 1 else "full"
    return word[0].upper() + word[1:].lower(), address, found["mark"]


def _ending(text: str, sender: str) -> tuple[str | None, Literal["first", "full"] | None] | None:
    """Return the closing line of a text, and which name stands below it."""
    unfolded = _FOLDED.sub(r"\n\1\n\2", text)
    lines = [line.strip() for line in unfolded.splitlines() if line.strip()][-4:]
    at = next((n for n in reversed(range(len(lines))) if _CLOSING.fullmatch(lines[n])), None)
    below = lines[at + 1 :] if at is not None else lines[-1:]
    name = re.sub(r"[\s,.!-]+$", "", below[0]) if below else ""
    signs: Literal["first", "full"] | None = None
    if name and name.lower() == sender.lower():
        signs = "full"
    elif name and name.lower() == (first_name(sender) or "").lower():
        signs = "first"
    closing = lines[at] if at is not None else None
    return (closing, signs) if closing or signs else None


def _contracts(texts: Iterable[str]) -> bool | None:
    """Tell whether they contract; None where no text shows it."""
    whole = "\n".join(texts).replace("\u2019", "'")
    short, full = len(_CONTRACTED.findall(whole)), len(_WRITTEN_OUT.findall(whole))
    return short >= full if short + full else None


def _emoji(texts: Sequence[str]) -> str:
    with_one = [found for text in texts if (found := _EMOJI.findall(text))]
    if not with_one or len(with_one) * 2 < len(texts):
        return ""
    every: list[str] = [one for found in with_one for one in found]
    return Counter(every).most_common(1)[0][0]


def _words_a_sentence(texts: Iterable[str]) -> float | None:
    """Return the mean, greeting, closing and single words left out."""
    lengths = [
        len(sentence.split())
        for text in texts
        for sentence in _SENTENCE.split(_GREETING.sub("", text, count=1))
        if len(sentence.split()) > 2 and not _CLOSING.fullmatch(sentence.strip())
    ]
    return sum(lengths) / len(lengths) if lengths else None


def _most(found: Iterable[Found | None]) -> Found | None:
    """Return what occurs most often, of several the first; None when nothing does."""
    known = [one for one in found if one is not None]
    return Counter(known).most_common(1)[0][0] if known else None


def _contracting(contracts: bool | None) -> str:
    return "" if contracts is None else "contractions" if contracts else "no contractions"
