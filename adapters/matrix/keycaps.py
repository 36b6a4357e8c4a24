"""Numbers to press under a menu: the bot's own reactions, and people's with the same sign.

Reactions travel unencrypted, so they stand only under what tells nothing of anybody. They are a help: the
numbers can be said as well.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from functools import partial

from adapters.matrix.names import Ref
from adapters.matrix.notes import Json, Notes
from adapters.matrix.pace import SEND, Pace
from adapters.matrix.web import Limited, Web, path

log = logging.getLogger(__name__)
_SHAPE = "\ufe0f"
"""Some clients leave out this mark, which asks for the coloured sign."""
_KEYCAPS = {number: f"{number}{_SHAPE}\u20e3" for number in range(1, 10)}
_NUMBERS = {sign.replace(_SHAPE, ""): number for number, sign in _KEYCAPS.items()}
_MOST_MENUS = 5


class Keycaps:
    """Puts them there in the background, and keeps what each means: of a room's newest menus only."""

    def __init__(self, web: Web, notes: Notes, pace: Pace) -> None:
        self._web = web
        self._notes = notes
        self._pace = pace
        self._tasks: set[asyncio.Task[None]] = set()

    def offer(self, key: str, ref: Ref, tokens: Mapping[int, str]) -> None:
        """Put the numbers of these tokens under the message that went out under ``key``."""
        shown = {number: token for number, token in tokens.items() if number in _KEYCAPS}
        if shown:
            task = asyncio.create_task(self._offer(key, ref, shown))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def token(self, room: str, event: str, sign: str) -> str | None:
        """What a reaction with this sign to this event means; ``None`` where it is no number of ours."""
        number = _NUMBERS.get(sign.replace(_SHAPE, ""))
        kept = await self._notes.read(_note(room)) if number is not None else {}
        found = kept.get("menus", {}).get(event, {}).get(str(number))
        return str(found) if found is not None else None

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _offer(self, key: str, ref: Ref, tokens: Mapping[int, str]) -> None:
        try:
            # Known first: whoever sees a number may press it.
            menu = {str(number): token for number, token in tokens.items()}
            await self._notes.change(_note(ref.room), partial(_newest, event=ref.event, menu=menu))
            for number in sorted(tokens):
                await self._react(f"{key}-press-{number}", ref, _KEYCAPS[number])
        except Exception as error:  # noqa: BLE001 - the message stands, and its numbers can be said
            log.info("a number to press was not shown: %s", type(error).__name__)

    async def _react(self, transaction: str, ref: Ref, sign: str) -> None:
        """Each takes the turn of a message: where those are scarce there are none."""
        if self._pace.is_scarce(SEND):
            return
        relation = {"rel_type": "m.annotation", "event_id": ref.event, "key": sign}
        try:
            await self._web.put(
                path("rooms", ref.room, "send", "m.reaction", transaction), {"m.relates_to": relation}
            )
        except Limited as limited:
            self._pace.refused(SEND, transaction, limited.seconds)
            self._pace.withdrawn(SEND, transaction)
            raise
        self._pace.accepted(SEND, transaction)


def _note(room: str) -> str:
    return f"menus:{room}"


def _newest(kept: Json, *, event: str, menu: Json) -> Json:
    others = [(other, tokens) for other, tokens in kept.get("menus", {}).items() if other != event]
    return {"menus": dict([*others[1 - _MOST_MENUS :], (event, menu)])}
