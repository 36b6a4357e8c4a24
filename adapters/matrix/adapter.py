"""Matrix's adapter: the parts put together, and the port."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import SystemRandom

from adapters.matrix import check, render
from adapters.matrix.deliver import Outgoing
from adapters.matrix.directs import Directs
from adapters.matrix.hearing import Hearing
from adapters.matrix.keycaps import Keycaps
from adapters.matrix.late import Late
from adapters.matrix.login import Login
from adapters.matrix.names import PLATFORM, account_of, is_user
from adapters.matrix.notes import Notes
from adapters.matrix.pace import Pace
from adapters.matrix.places import Places
from adapters.matrix.private import PrivateRooms
from adapters.matrix.rooms import Rooms
from adapters.matrix.settings import Settings
from adapters.matrix.signs import Signs
from adapters.matrix.sync import Sync
from adapters.matrix.topics import TopicRooms
from adapters.matrix.web import Refused, Web, path
from bot.chat import Words, text
from bot.chat.address import Account, Address, Conversation, Direct
from bot.chat.capabilities import Capabilities
from bot.chat.inbound import Profile
from bot.chat.message import Message, say
from bot.chat.port import ChannelRequest, Delivery, Finding, Hint, Made, Tools

MOST_CHARACTERS = 4000
"""Twice in an event, escaped and encrypted, of at most 65,536 bytes."""


class Matrix:
    """One account on one homeserver, which reaches people on all servers that may."""

    name = PLATFORM
    capabilities = Capabilities(
        edits=True,
        files=True,
        threads=True,
        look_back=True,
        channels=True,
        most_characters=MOST_CHARACTERS,
    )

    def __init__(self, settings: Settings, tools: Tools, chance: Callable[[], float]) -> None:
        self._settings = settings
        self._tools = tools
        self._notes = notes = Notes(tools.state)
        self.web = web = Web(settings.homeserver or "")
        self.login = Login(settings, web, notes, tools.clock.now)
        me = settings.user or ""
        self.rooms = rooms = Rooms(me)
        self._signs = Signs(web, me)
        private = PrivateRooms(web, notes, rooms, tools.clock.now)
        pace = Pace(tools.clock.monotonic)
        directs = Directs(web, me)
        self._places = places = Places(web, notes, rooms, pace, private, directs, settings.allows)
        self._topics = topics = TopicRooms(web, rooms, places, settings.servers, settings.allows)
        self._keycaps = keycaps = Keycaps(web, notes, pace)
        how = tools.words(text("matrix-choose"), tools.language)
        self._outgoing = Outgoing(
            web, self.login, rooms, places, private, topics, pace, self._signs, keycaps, tools.clock.now, how
        )
        late = Late(notes, tools.clock.now)
        hearing = Hearing(
            web, self.login, rooms, places, private, late, self._signs, keycaps, notes, tools, directs,
            settings.allows, self._tell_late,
        )  # fmt: skip
        self._sync = Sync(web, self.login, rooms, directs, hearing, tools, chance)

    async def run(self) -> None:
        await self._sync.run()

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        return await self._outgoing.deliver(key, address, message, replaces, urgent=hint is not None)

    async def was_sent(self, key: str, address: Address) -> tuple[str, ...] | None:
        return await self._outgoing.was_sent(key, address)

    async def profile(self, account: Account) -> Profile | None:
        try:
            told = await self.web.get(path("profile", account.user))
        except Refused:
            return None
        name = told.get("displayname")
        return Profile(name=name[:200] if isinstance(name, str) and name.strip() else None)

    async def contact_link(self, account: Account) -> str | None:
        return render.matrix_to(account.user) if is_user(account.user) else None

    async def open_private(self, key: str, accounts: Sequence[Account]) -> Conversation | None:
        return await self._places.open_private(key, accounts)

    async def create_channel(self, request: ChannelRequest) -> Made:
        return await self._topics.create(request)

    async def stands(self, place: Conversation, ref: str) -> bool | None:
        return await self._topics.stands(place, ref)

    async def check(self) -> Sequence[Finding]:
        return await check.check(self._settings, self._notes, self._tools.clock.now())

    async def close(self) -> None:
        await self._signs.close()
        await self._keycaps.close()
        await self.web.close()
        self.login.close()

    async def _tell_late(self, user: str, event: str) -> None:
        """One sentence about words that cannot be read; once, since it goes under a key of that event."""
        words = self._tools.words(text("matrix-unreadable"), self._tools.language)
        address = Direct(account=account_of(user))
        await self._outgoing.deliver(f"late-{event}", address, say(Words(text=words)), (), urgent=True)


async def build(settings: object, tools: Tools) -> Matrix:
    if not isinstance(settings, Settings):
        raise TypeError("these are not Matrix's settings")
    return Matrix(settings, tools, SystemRandom().random)
