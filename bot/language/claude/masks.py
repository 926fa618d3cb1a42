"""Masks for what must not go out: e-mail addresses and phone numbers."""

import re

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", re.UNICODE)
_PHONE = re.compile(
    r"""(?<![\w.,$€£])(?:
        (?:\+|00)\d{1,3}(?:[ ()./-]{0,2}\d{2,}){2,}     # +44 20 7946 0958
      | \(\d{2,5}\)[ .-]?\d{3,}(?:[ .-]\d{2,})*         # (020) 7946 0958
      | 0\d{2,4}[ /-]\d{3,}(?:[ -]\d{2,})*              # 020 7946 0958
      | \d{3}[-. ]\d{3}[-. ]\d{4}                       # 415-555-0132
    )(?!\w)""",
    re.VERBOSE,
)
_MASK = re.compile(r"\[(?:e-mail|phone) \d+\]")
_SHOWN = {"e-mail": "the address on the card", "phone": "the number on the card"}


class Masks:
    """The masks of one question. The same address gets the same mask wherever it stands."""

    def __init__(self) -> None:
        """Begin with nothing masked."""
        self._mask_of: dict[str, str] = {}
        self._typed: set[str] = set()

    def mask(self, text: str, *, typed: bool = False) -> str:
        """Return text with addresses and numbers masked; `typed` says the reader wrote it."""
        text = _EMAIL.sub(lambda found: self._masked("e-mail", found[0], typed), text)
        return _PHONE.sub(lambda found: self._masked("phone", found[0], typed), text)

    def unmask(self, text: str) -> str:
        """Return a text of the model's with what the reader had typed put back.

        Of others' addresses it says where they stand: the model may not spread them.
        """
        behind = {mask: said for said, mask in self._mask_of.items()}
        return _MASK.sub(lambda found: self._shown(found[0], behind), text)

    def _masked(self, kind: str, said: str, typed: bool) -> str:
        mask = self._mask_of.setdefault(said, f"[{kind} {len(self._mask_of) + 1}]")
        if typed:
            self._typed.add(mask)
        return mask

    def _shown(self, mask: str, behind: dict[str, str]) -> str:
        if mask in self._typed:
            return behind[mask]
        return _SHOWN[mask[1:].split()[0]]
