"""The sync loop: what came in is in the inbox before the token moves on, whatever breaks in between.

nio's own loop saves its token before it handles anything, and ends when a handler raises.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from adapters.matrix.directs import Directs
from adapters.matrix.hearing import Heard, Hearing
from adapters.matrix.login import Login, NotLoggedIn
from adapters.matrix.names import PLATFORM
from adapters.matrix.rooms import Rooms, events_of
from adapters.matrix.web import Json, LoggedOut, MatrixError, Refused, Web, path, word
from bot.chat.port import Tools

log = logging.getLogger(__name__)
_POLL_MILLISECONDS = 30_000
_BUSY_POLL_MILLISECONDS = 5_000
"""While something waits that time alone may bring on."""
_SECONDS = 60.0
_FIRST_SECONDS = 300.0
_TIMELINE = 100
_PAGE = 100
_MOST_PAGES = 50
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.2, 60.0
_MEND_PAUSE = 300.0
_SAVE_SECONDS = 30.0
ANSWER = "answer"
_FILTER = json.dumps(
    {
        "room": {
            "timeline": {"limit": _TIMELINE},
            "state": {"lazy_load_members": False},
            "ephemeral": {"types": []},
            "account_data": {"types": []},
            "include_leave": False,
        },
        "presence": {"types": []},
        "account_data": {"types": ["m.direct"]},
    },
    separators=(",", ":"),
)


class Backoff:
    """Ever longer pauses, a random part of each, so that many bots do not come back at one moment."""

    def __init__(self, chance: Callable[[], float]) -> None:
        self._chance = chance
        self._next = _SHORTEST_PAUSE

    def reset(self) -> None:
        self._next = _SHORTEST_PAUSE

    async def pause(self) -> None:
        pause = self._next
        self._next = min(self._next * 2, _LONGEST_PAUSE)
        await asyncio.sleep(pause * (0.5 + self._chance() / 2))


class Sync:
    """Receives for as long as it runs."""

    def __init__(
        self,
        web: Web,
        login: Login,
        rooms: Rooms,
        directs: Directs,
        hearing: Hearing,
        tools: Tools,
        chance: Callable[[], float],
    ) -> None:
        self._web = web
        self._login = login
        self._rooms = rooms
        self._directs = directs
        self._hearing = hearing
        self._tools = tools
        self._chance = chance
        self._saved = 0.0
        self._begun = False
        """Whether a first answer is taken in: it tells all rooms."""
        self._trouble = ""

    async def run(self) -> None:
        """Never returns; the homeserver may come and go."""
        backoff = Backoff(self._chance)
        logged_out: LoggedOut | None = None
        since: str | None = None
        while True:
            try:
                if self._login.encryption is None or logged_out is not None:
                    await self._connect(logged_out)
                    logged_out = None
                if not self._begun:
                    since = await self._tools.bot.cursor(PLATFORM)
                answer = await self._ask(since)
                following = word(answer, "next_batch")
                await self._take(answer, since)
                since, self._begun = following, True
                self._well()
                backoff.reset()
            except LoggedOut as error:
                self._note("the homeserver logged the bot out")
                logged_out = error
                await backoff.pause()
            except NotLoggedIn as error:
                self._note(f"the bot is not logged in ({error.code}): see the check")
                await asyncio.sleep(_MEND_PAUSE * (0.5 + self._chance() / 2))
            except MatrixError as error:
                self._note(f"the homeserver does not answer ({error})")
                await backoff.pause()
            except Exception as error:  # noqa: BLE001 - other platforms go on, and so does the next sync
                self._note(f"receiving failed ({type(error).__name__})")
                await backoff.pause()

    async def _connect(self, logged_out: LoggedOut | None) -> None:
        if logged_out is None:
            await self._login.connect()
        else:
            await self._login.renew(logged_out)
        await self._hearing.load()

    def _note(self, trouble: str) -> None:
        """The same trouble is said once."""
        if trouble != self._trouble:
            log.error("%s", trouble)
            self._trouble = trouble

    def _well(self) -> None:
        if self._trouble:
            log.warning("the homeserver answers again")
            self._trouble = ""

    async def _ask(self, since: str | None) -> Json:
        """One sync. The first one of a process tells all state, and does not wait for anything new."""
        params: dict[str, str | int] = {"filter": _FILTER, **({"since": since} if since else {})}
        if not self._begun:
            first = {**params, "timeout": 0, "full_state": "true"}
            return await self._web.get(path("sync"), first, seconds=_FIRST_SECONDS)
        patience = _BUSY_POLL_MILLISECONDS if self._hearing.is_waiting else _POLL_MILLISECONDS
        return await self._web.get(path("sync"), {**params, "timeout": patience}, seconds=_SECONDS)

    async def _take(self, answer: Json, since: str | None) -> None:
        """Take in one answer. What the keys and rooms told is taken once, the rest again until it stands."""
        encryption = self._login.encryption
        if encryption is None:
            raise NotLoggedIn("no_keys")
        keys = encryption.learn(answer)
        self._directs.told(answer)
        told = _rooms_of(answer, "join")
        known = {room for room in told if self._rooms.get(room) is not None}
        for room, told_of in told.items():
            self._rooms.joined(room, told_of)
        for room in _rooms_of(answer, "leave"):
            self._rooms.left(room)
        await self._rooms.wake()
        backoff = Backoff(self._chance)
        while True:
            try:
                await self._hear(answer, since, known, keys=keys)
                break
            except LoggedOut:
                raise
            except Exception as error:  # noqa: BLE001 - the database or the server is away: nothing may be lost
                self._note(f"what came in cannot be stored yet ({type(error).__name__})")
                await backoff.pause()
        for upkeep in (encryption.tidy, self._hearing.look_after):
            try:
                await upkeep()
            except MatrixError as error:
                log.warning("some upkeep waits: %s", error)

    async def _hear(self, answer: Json, since: str | None, known: set[str], *, keys: bool) -> None:
        hearing, first = self._hearing, not self._begun
        await hearing.invited(_rooms_of(answer, "invite"))
        found: list[Heard] = await hearing.late() if keys or first else []
        for room, told in _rooms_of(answer, "join").items():
            if first and since is None:
                # Nobody knows what of this was handled in an earlier life: commands are not run twice.
                continue
            timeline = events_of(told, "timeline")
            section = told.get("timeline") or {}
            if section.get("limited") and since is not None and (room in known or first):
                timeline = [*await self._missed(room, str(section.get("prev_batch")), since), *timeline]
            elif room not in known and not first:
                timeline = _since_invited(timeline, self._rooms.me)
            found += await hearing.heard(room, timeline)
        cursor = word(answer, "next_batch")
        now = self._tools.clock.monotonic()
        if found or first or now - self._saved > _SAVE_SECONDS:
            # A hint marks the answer as one that somebody waits for.
            hints = {heard.inbound.key: ANSWER for heard in found}
            events = [heard.inbound for heard in found]
            await self._tools.bot.put(events, platform=PLATFORM, cursor=cursor, hints=hints)
            self._saved = now
        await hearing.taken(found)

    async def _missed(self, room: str, start: str, since: str) -> list[Json]:
        """The events between the last sync and the part of the timeline that this one tells, in order."""
        missed: list[Json] = []
        for _ in range(_MOST_PAGES):
            params: dict[str, str | int] = {"dir": "b", "limit": _PAGE, "from": start, "to": since}
            try:
                told = await self._web.get(path("rooms", room, "messages"), params)
            except Refused as refused:
                log.error("what was said while away cannot be read back: %s", refused.code)
                break
            missed += [event for event in told.get("chunk") or [] if isinstance(event, dict)]
            if not told.get("end") or not told.get("chunk"):
                break
            start = str(told["end"])
        else:
            log.error("a room had more events while away than the bot reads back: the oldest are left out")
        return missed[::-1]


def _rooms_of(answer: Mapping[str, Any], part: str) -> dict[str, Json]:
    rooms = (answer.get("rooms") or {}).get(part) or {}
    return {room: told for room, told in rooms.items() if isinstance(told, dict)}


def _since_invited(timeline: list[Json], me: str) -> list[Json]:
    """Of a room that the bot is new in: what was said from its invitation on."""
    marks = [
        number
        for number, event in enumerate(timeline)
        if event.get("type") == "m.room.member" and event.get("state_key") == me
    ]
    return timeline[marks[0] :] if marks else timeline
