"""What a conversation is about: the account in focus, the list on show, the question left open."""

from dataclasses import dataclass

from bot.tools.catalogue import is_known, tool
from storage.conversations import Called, Shown, Turn


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns of one person in one thread, oldest first."""

    turns: tuple[Turn, ...] = ()

    @property
    def last(self) -> Turn | None:
        """The turn before this message."""
        return self.turns[-1] if self.turns else None

    @property
    def asked_back(self) -> Turn | None:
        """The turn before, if Steward left a question open with it."""
        return self.last if self.last is not None and self.last.asks else None

    @property
    def in_view(self) -> tuple[Shown, ...]:
        """What the newest answer that was about accounts was about, in its order."""
        return next((turn.shown for turn in reversed(self.turns) if turn.shown), ())

    @property
    def account(self) -> Shown | None:
        """The one account that is spoken of; None when it may be several, or none was named."""
        return self._seen(self.in_view[0]) if len(self.in_view) == 1 else None

    @property
    def listed(self) -> tuple[Shown, ...]:
        """The newest list of accounts, in its order, be it of a single one."""
        found = (turn.shown for turn in reversed(self.turns) if _lists(turn))
        return next(found, ())

    @property
    def before(self) -> Shown | None:
        """The account that was spoken of before the one in focus."""
        singles = [turn.shown[0] for turn in reversed(self.turns) if len(turn.shown) == 1]
        others = (one for one in singles[1:] if one.account != singles[0].account)
        return self._seen(other) if (other := next(others, None)) else None

    @property
    def decided(self) -> Shown | None:
        """What this person decided about last, in this conversation."""
        turns = (turn for turn in reversed(self.turns) if turn.shown and _decides(turn))
        return next((turn.shown[0] for turn in turns), None)

    @property
    def question(self) -> Called | None:
        """The newest call that read something, which another sentence may repeat.

        Right after a decision it is what to do next: a draft made on the way is done with.
        """
        if self.last is not None and _decides(self.last) and self.last.shown:
            return Called("next_best_action", {"account": self.last.shown[0].name})
        return next(iter(self._questions), None)

    def question_with(self, field: str) -> Called | None:
        """Return the newest call that read something and takes such an argument."""
        return next((call for call in self._questions if field in fields(call)), None)

    @property
    def question_since_list(self) -> Called | None:
        """The newest question about one account that came after the list; None without one."""
        for turn in reversed(self.turns):
            if len(turn.shown) > 1:
                return None
            for call in turn.calls:
                if _reads(call) and "account" in call.arguments:
                    return call
        return None

    @property
    def _questions(self) -> tuple[Called, ...]:
        calls = [call for turn in reversed(self.turns) for call in turn.calls]
        return tuple(call for call in calls if _reads(call))

    def _seen(self, one: Shown) -> Shown:
        """Return an account with the recommendation that was to be seen for it last."""
        same = (
            shown
            for turn in reversed(self.turns)
            for shown in turn.shown
            if shown.account == one.account and shown.recommendation
        )
        return next(same, one)


def fields(call: Called) -> frozenset[str]:
    """Return the arguments that a call's tool takes; none for a tool there is no more."""
    return frozenset(tool(call.name).model_fields) if is_known(call.name) else frozenset()


def _reads(call: Called) -> bool:
    return is_known(call.name) and not tool(call.name).changes


def _lists(turn: Turn) -> bool:
    """Tell whether a turn showed several accounts, or answered a question about no single one."""
    over_all = any(_reads(call) and "account" not in fields(call) for call in turn.calls)
    return len(turn.shown) > 1 or (len(turn.shown) == 1 and over_all)


def _decides(turn: Turn) -> bool:
    return any(call.name == "decide" for call in turn.calls)
