"""What Steward remembers of a conversation: recalled before an answer, kept after it."""

from collections.abc import Sequence

from bot.answers import Answer, shown_of
from bot.language.language import Context
from bot.tools.naming import account, known_names
from bot.tools.tool import Asker, Parts, ToolCall
from core.errors import StewardError
from core.recommendations import Status
from storage.conversations import Called, Conversations, Place, Shown, Turn
from storage.database import Database

_SHORT = 500


class Memory:
    """Makes turns of answers and keeps them; without `conversations` nothing outlives a reply."""

    def __init__(
        self, parts: Parts, conversations: Conversations | None, database: Database | None
    ) -> None:
        """Take what tells accounts and recommendations, where turns are, and what holds it all."""
        self._parts = parts
        self._conversations = conversations
        self._database = database

    async def context(
        self, place: Place | None, asker: Asker, earlier: Sequence[Turn] = ()
    ) -> Context:
        """Return what may be known while reading a question, all of one moment."""
        known = self._known(place, asker, earlier)
        return await (known if self._database is None else self._database.snapshot(known))

    async def _known(self, place: Place | None, asker: Asker, earlier: Sequence[Turn]) -> Context:
        return Context(
            names=await known_names(asker, self._parts),
            people=tuple(csm.name for csm in await self._parts.people.everyone()),
            today=asker.today,
            earlier=(*await self.recall(place, asker), *earlier),
            in_thread=bool(earlier) or (place is not None and not place.alone),
            near=asker.near,
        )

    async def recall(self, place: Place | None, asker: Asker) -> tuple[Turn, ...]:
        """Return what this person said here before, and what the thread's first message shows."""
        if place is None or self._conversations is None:
            return ()
        found = await self._conversations.earlier(
            place, csm=asker.csm.id, now=asker.now, without=asker.request_key
        )
        first = await self._conversations.first_message(place, now=asker.now)
        return (first, *found) if first else found

    async def keep(self, turn: Turn, place: Place | None, asker: Asker) -> None:
        """Keep a turn; a question about the past, or from nowhere, leaves no trace."""
        if place is not None and self._conversations is not None and not asker.in_past:
            await self._conversations.keep(turn, place=place, csm=asker.csm.id)

    async def went(self, key: str, *, channel: str, thread: str) -> None:
        """Remember where an answer was given, if not where it was asked for."""
        if self._conversations is not None:
            await self._conversations.answered(key, channel=channel, thread=thread)

    async def turn(
        self,
        question: str,
        call: ToolCall,
        answer: Answer,
        options: Sequence[ToolCall],
        asker: Asker,
    ) -> Turn:
        """Return a question and its answer as they will be remembered."""
        known = call.name not in ("clarify", "none")
        return Turn(
            key=asker.request_key,
            at=asker.now,
            asked=question,
            said=answer.card.text[:_SHORT],
            calls=(Called(call.name, call.arguments),) if known else (),
            shown=await self._shown(call, answer, asker),
            asks=answer.asks,
            options=tuple(Called(one.name, one.arguments) for one in options),
        )

    async def arguments(
        self, name: str, account_id: str, earlier: Sequence[Turn], asker: Asker
    ) -> dict[str, object]:
        """Return the arguments of the call that a button of a question back stands for."""
        options = [option for turn in reversed(earlier) for option in turn.options]
        for option in (one for one in options if one.name == name):
            if await self._means(option, account_id, asker):
                return option.arguments | ({"account": account_id} if account_id else {})
        return {"account": account_id} if account_id else {}

    async def visible(self, ids: Sequence[str], asker: Asker) -> tuple[Shown, ...]:
        """Return of these recommendations those that are open and whose accounts they may see."""
        found = await self._parts.recommendations.find([one for one in ids if one])
        still = [one for one in found if one.status not in (Status.COMPLETED, Status.DISMISSED)]
        seen = [one for one in still if await self._resolved(one.account.id, asker)]
        return tuple(Shown(one.account.id, one.account.name, one.id) for one in seen)

    async def _means(self, option: Called, account_id: str, asker: Asker) -> bool:
        named = option.arguments.get("account")
        found = await self._resolved(str(named), asker) if named else None
        return (found.account if found else "") == account_id

    async def _shown(self, call: ToolCall, answer: Answer, asker: Asker) -> tuple[Shown, ...]:
        if answer.known:
            return answer.known
        if ids := answer.shows or answer.about:
            found = await self._parts.recommendations.find([one for one in ids if one])
            if found:
                return shown_of(found)
        named = (str(call.arguments["account"]),) if "account" in call.arguments else ()
        resolved = [await self._resolved(one, asker) for one in named or answer.accounts]
        return tuple(one for one in resolved if one)

    async def _resolved(self, words: str, asker: Asker) -> Shown | None:
        try:
            named = await account(words, asker, self._parts)
        except StewardError:
            return None  # not theirs, not known or not certain: nothing to point back at
        return Shown(named.id, named.name)
