"""What a team's file makes of the shipped catalogue, in one sentence."""

from collections.abc import Iterator, Mapping

from core.rules import Rules
from core.wording import count


def made(rules: Rules) -> str:
    """Return how much is added, changed and switched off."""
    ours, shipped = rules.catalogue, Rules.shipped().catalogue
    said = [
        *_differences("play", ours.plays, shipped.plays),
        *_differences("signal", ours.signals, shipped.signals),
        *_differences("resource", ours.resources, shipped.resources),
    ]
    return f"{count(len(ours.plays), 'play')}; {', '.join(said) or 'nothing changed'}"


def _differences(
    kind: str, ours: Mapping[str, object], shipped: Mapping[str, object]
) -> Iterator[str]:
    added = len(ours.keys() - shipped.keys())
    gone = len(shipped.keys() - ours.keys())
    changed = sum(ours[name] is not shipped[name] for name in ours.keys() & shipped.keys())
    for number, verb in ((added, "of your own"), (changed, "changed"), (gone, "off")):
        if number:
            yield f"{count(number, kind)} {verb}"
