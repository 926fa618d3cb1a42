"""One question's exchange with the model: ask, call, ask again, and check what it says."""

from collections.abc import Awaitable, Callable, Sequence

from bot.language.claude import request as requests
from bot.language.claude.calls import Calls, without_quotes
from bot.language.claude.cleaning import plain
from bot.language.claude.grounding import Grounds
from bot.language.claude.limits import Meter
from bot.language.claude.masks import Masks
from bot.language.claude.prose import cleaned
from bot.language.claude.reply import Json, Reply
from bot.language.claude.request import Voice
from bot.language.claude.scene import Scene
from bot.language.claude.troubles import ClaudeUnavailable, Reason

Send = Callable[[Json], Awaitable[Reply]]

_BROKEN = {"refusal": Reason.REFUSED, "max_tokens": Reason.CUT_SHORT}
_BROKEN["model_context_window_exceeded"] = Reason.CUT_SHORT
_GOOD = frozenset({"end_turn", "tool_use", "stop_sequence"})


class Exchange:
    """A question on its way through the model; messages are only ever added, never changed."""

    def __init__(
        self, question: str, scene: Scene, voice: Voice, calls: Calls, masks: Masks, send: Send
    ) -> None:
        """Take the question with all that it needs, and what sends a request."""
        self._question, self._scene, self._voice = question, scene, voice
        self._calls, self._masks, self._send = calls, masks, send
        self._messages = [requests.opening(question, scene, masks)]

    async def prose(self, meter: Meter) -> str | None:
        """Return checked sentences, or None when only the cards can be shown.

        Raises ClaudeUnavailable when the model gives nothing to go on with.
        """
        while True:
            last = meter.is_last
            reply = await self._ask(meter, last=last)
            uses = reply.tool_uses
            if not uses:
                return await self._checked(reply, meter)
            if last:
                return None
            self._add(requests.results(await self._calls.answer(uses)))
            if self._calls.is_over:
                return None
            if not meter.affords_another:
                raise ClaudeUnavailable(Reason.QUESTION_CAP)

    async def _ask(self, meter: Meter, *, last: bool) -> Reply:
        meter.asked()
        reply = await self._send(
            requests.request(
                self._voice,
                self._messages,
                self._calls.offered,
                user=self._scene.user_hash,
                last=last,
            )
        )
        meter.answered(reply)
        if reply.stop_reason not in _GOOD:
            raise ClaudeUnavailable(_BROKEN.get(reply.stop_reason or "", Reason.UNREADABLE))
        self._add(requests.said(reply))
        return reply

    async def _checked(self, reply: Reply, meter: Meter) -> str | None:
        """Return the sentences when they hold; else ask for better ones, once."""
        prose, problems = self._read(reply)
        if prose and not problems:
            return prose
        if not problems or not meter.affords_another:
            return None
        self._add(requests.repair(problems))
        prose, problems = self._read(await self._ask(meter, last=True))
        return prose if prose and not problems else None

    def _read(self, reply: Reply) -> tuple[str, Sequence[str]]:
        """Return an answer's sentences as a person would see them, and what is wrong with them."""
        if reply.tool_uses:
            return "", ()
        names, reader = self._scene.portfolio, self._scene.reader_name
        prose = self._masks.unmask(cleaned(reply.text, keep=frozenset(names)))
        sources = [reader, plain(self._question), *map(without_quotes, self._calls.told)]
        grounds = Grounds(sources, [plain(name) for name in names], self._scene.today)
        return prose, grounds.missing(prose)

    def _add(self, message: Json) -> None:
        self._messages.append(message)
