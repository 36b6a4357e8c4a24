"""A small town of officials on the real program: commands, outbox, delivery and jobs, with time that moves.

What each person reads is kept with its moment. Chance is of two kinds: references come from a stream of their
own, so that one who presses a button more or less changes nothing for anybody else.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random

from sqlalchemy import insert

from bot import commands, jobs
from bot.chat.address import Account, Address, Conversation, Direct
from bot.chat.capabilities import Capabilities
from bot.chat.hints import Hints
from bot.chat.inbound import Away, Content, Gone, Inbound, Left, Pressed, Profile, Said
from bot.chat.message import Attachment, Message
from bot.chat.plain import plain, plain_span
from bot.chat.port import ChannelRequest, Delivery, Finding, Hint, Made, NoPlace
from bot.compose.clocks import DemoClock
from bot.compose.program import TEXTS
from bot.delivery import Deliverer
from bot.dispatch import Dispatcher
from bot.domain.ids import OfficialId, OrganisationId, TopicId
from bot.domain.layer import Layer
from bot.domain.topic import Part
from bot.i18n.catalogue import Catalogue
from bot.jobs import Jobs
from bot.services import registration
from bot.settings import Rules
from bot.store import outbox, tables
from bot.store.database import Database
from bot.store.work import Workshop
from tests.support.workshop import AMSTERDAM, START, make_workshop

NITROGEN, WATER, DEBTS = TopicId(1), TopicId(2), TopicId(3)
"""Stikstof, Waterkwaliteit, and Schulden, which is sensitive."""
_TOPICS = {NITROGEN: "Stikstof", WATER: "Waterkwaliteit", DEBTS: "Problematische schulden"}
_REFERENCE_BITS = 128


@dataclass(frozen=True)
class Person:
    """Who somebody is; ``tenant`` is the chat they are on."""

    name: str
    organisation: str
    layer: Layer
    topics: tuple[tuple[TopicId, Part], ...] = ((NITROGEN, Part.WORKS_ON),)
    tenant: str = "town"
    language: str = "nl"


ANNA = Person("Anna de Wit", "Barneveld", Layer.GEMEENTE)
BRAM = Person("Bram Vos", "Vallei en Veluwe", Layer.WATERSCHAP)
CARLA = Person("Carla Mulder", "Gelderland", Layer.PROVINCIE, ((NITROGEN, Part.LEADS), (WATER, Part.FOLLOWS)))
DIRK = Person("Dirk Jansen", "Ede", Layer.GEMEENTE)
ESRA = Person("Esra Yildiz", "Rijn en IJssel", Layer.WATERSCHAP, ((WATER, Part.WORKS_ON),))
PEOPLE = (ANNA, BRAM, CARLA, DIRK, ESRA)


class TwoStreams(Random):
    """References are drawn apart from all other chance."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._references = Random(seed + 1)

    def getrandbits(self, k: int, /) -> int:
        return self._references.getrandbits(k) if k == _REFERENCE_BITS else super().getrandbits(k)


@dataclass(frozen=True)
class Seen:
    """One message as somebody read it."""

    at: datetime
    text: str


@dataclass
class _Platform:
    """Shows buttons; keeps what was delivered to whom, and which button bears which words."""

    clock: DemoClock
    name: str = "town"
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(buttons=True, files=True))
    seen: dict[str, list[Seen]] = field(default_factory=dict)
    buttons: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    unreachable: set[str] = field(default_factory=set)
    """Who refuses what the bot writes."""
    opens: bool = False
    """Whether it has private places for several."""
    faults: list[str] = field(default_factory=list)
    """What the next openings and posts in such a place meet: ``refused``, ``cut`` or ``gone``."""
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    """Rooms of topics that it made, by their keys."""
    requests: list[ChannelRequest] = field(default_factory=list)
    refusals: list[Exception] = field(default_factory=list)
    """What the next request for a room, or look at one, meets."""
    deleted: set[str] = field(default_factory=set)
    """Messages that somebody deleted."""
    pinned: list[str] = field(default_factory=list)
    edited: list[Seen] = field(default_factory=list)
    """What was put in the place of an earlier message, where ``capabilities`` say that it can be."""

    async def run(self) -> None:
        return

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        if replaces:
            self.edited.append(Seen(self.clock.now(), plain(message)))
            return Delivery(state="sent", refs=replaces)
        if isinstance(address, Conversation):
            return self._in_place(key, address, message)
        if not isinstance(address, Direct):
            raise TypeError("the town has no home screen")
        to = address.account.user
        if to in self.unreachable:
            return Delivery(state="gone")
        files = [
            block.content.decode(errors="replace")
            for block in message.blocks
            if isinstance(block, Attachment)
        ]
        self.seen.setdefault(to, []).append(Seen(self.clock.now(), "\n".join([plain(message), *files])))
        self.buttons.setdefault(to, []).extend(
            (plain_span(option.label), option.token) for option in message.options if option.token
        )
        return Delivery(state="sent", refs=(key,))

    def _in_place(self, key: str, place: Conversation, message: Message) -> Delivery:
        match self.faults.pop(0) if self.faults else "":
            case "cut":
                raise ConnectionError
            case "gone":
                return Delivery(state="gone")
            case _:
                self.seen.setdefault(place.id, []).append(Seen(self.clock.now(), plain(message)))
                if message.pinned:
                    self.pinned.append(key)
                self.buttons.setdefault(place.id, []).extend(
                    (plain_span(option.label), option.token) for option in message.options if option.token
                )
                return Delivery(state="sent", refs=(key,))

    async def was_sent(self, key: str, address: Address) -> tuple[str, ...] | None:
        return None if isinstance(address, Conversation) else ()

    async def profile(self, account: Account) -> Profile | None:
        return None

    async def contact_link(self, account: Account) -> str | None:
        return None

    async def open_private(self, key: str, accounts: Sequence[Account]) -> Conversation | None:
        if self.faults[:1] == ["refused"]:
            self.faults.pop(0)
            raise ConnectionError
        if not self.opens:
            return None
        self.places[key] = tuple(account.user for account in accounts)
        return Conversation(platform=self.name, tenant=accounts[0].tenant, id=key)

    async def create_channel(self, request: ChannelRequest) -> Made:
        if not self.capabilities.channels:
            raise NoPlace("unable")
        if self.refusals:
            raise self.refusals.pop(0)
        self.requests.append(request)
        room = self.channels.setdefault(request.key, request.adopt or f"{request.name.lower()}-{request.key}")
        place = Conversation(platform=self.name, tenant=request.tenant, id=room)
        return Made(place, f"#{room}", f"https://town.example/{room}")

    async def stands(self, place: Conversation, ref: str) -> bool | None:
        if self.refusals:
            raise self.refusals.pop(0)
        return ref not in self.deleted

    async def check(self) -> Sequence[Finding]:
        return ()

    async def close(self) -> None:
        return


@dataclass
class Town:
    """The people and the program between them."""

    workshop: Workshop
    clock: DemoClock
    platform: _Platform
    dispatcher: Dispatcher
    deliverer: Deliverer
    jobs: Jobs
    ids: dict[str, OfficialId] = field(default_factory=dict)
    _accounts: dict[str, Account] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def meet(self, person: Person) -> Account:
        """Somebody is on the chat, and did not register."""
        account = Account(platform=self.platform.name, tenant=person.tenant, user=person.name)
        self._accounts[person.name] = account
        return account

    async def join(self, person: Person) -> OfficialId:
        """Registers somebody, at an organisation that is made when it is new."""
        account = self.meet(person)
        async with self.workshop.write() as work:
            self.ids[person.name] = await registration.register(
                work,
                account,
                name=person.name,
                language=person.language,
                organisation=_ORGANISATIONS[person.organisation],
                involved=person.topics,
            )
        return self.ids[person.name]

    async def say(self, person: Person, words: str, room: str | None = None) -> None:
        """Somebody says something, in private or in a room."""
        await self._put(person, Said(text=words), room)

    async def press(self, person: Person, label: str) -> bool:
        """The newest button with these words (or that begins so); false when there never was one."""
        return await self.press_token(person, self.token(person, label))

    def token(self, person: Person, label: str) -> str | None:
        """The reference behind the newest button with these words."""
        found = [
            token for words, token in self.platform.buttons.get(person.name, ()) if words.startswith(label)
        ]
        return found[-1] if found else None

    async def press_token(self, person: Person, token: str | None) -> bool:
        if token is None:
            await self.settle()
            return False
        await self._put(person, Pressed(token=token))
        return True

    async def press_in(self, person: Person, room: str, label: str) -> None:
        """The newest button with these words that everybody in a room has."""
        tokens = [token for words, token in self.platform.buttons[room] if words == label]
        await self._put(person, Pressed(token=tokens[-1]), room)

    async def leave(self, person: Person, room: str) -> None:
        """Somebody leaves a room."""
        await self._put(person, Left(), room)

    async def vanish(self, person: Person) -> None:
        """The platform says that the account is no more."""
        await self._put(person, Gone())

    async def status(self, person: Person, away_until: datetime | None) -> None:
        """The platform says what somebody's own status says."""
        await self._put(person, Away(until=away_until))

    async def _put(self, person: Person, content: Content, room: str | None = None) -> None:
        account = self._accounts[person.name]
        where: Address = Direct(account=account)
        if room is not None:
            where = Conversation(platform=account.platform, tenant=account.tenant, id=room, account=account)
        event = Inbound(
            key=f"event-{next(self._numbers)}",
            actor=account,
            where=where,
            content=content,
            at=self.clock.now(),
        )
        await self.dispatcher.put([event])
        await self.settle()

    async def settle(self) -> None:
        """Do all that is to be done now. A second passes, whatever was done."""
        self.clock.tick()
        busy = True
        while busy:
            busy = await self.dispatcher.handle_next()
            busy = bool(await self.jobs.run_due()) or busy
            busy = await self.deliverer.send_next() or busy

    async def wait(self, span: timedelta) -> None:
        """Time passes, and what falls due on the way is done in its order."""
        await self.until(self.clock.now() + span)

    async def until(self, moment: datetime) -> None:
        await self.settle()
        while (due := await self._next()) is not None and due <= moment:
            self.clock.move(due)
            await self.settle()
        self.clock.move(moment)
        await self.settle()

    async def _next(self) -> datetime | None:
        async with self.workshop.read() as work:
            moments = (await outbox.next_due(work), await self.jobs.next_due())
        return min((moment for moment in moments if moment is not None), default=None)

    def read_by(self, person: Person) -> list[Seen]:
        """All that somebody read, in order."""
        return self.platform.seen.setdefault(person.name, [])

    def last(self, person: Person) -> str:
        return self.read_by(person)[-1].text

    def all_text(self, person: Person) -> str:
        return "\n".join(seen.text for seen in self.read_by(person))


_ORGANISATIONS = {
    person.organisation: OrganisationId(number) for number, person in enumerate(PEOPLE, start=1)
} | {"Rijkswaterstaat": OrganisationId(len(PEOPLE) + 1)}
_LAYERS = {person.organisation: person.layer for person in PEOPLE} | {"Rijkswaterstaat": Layer.RIJK}


@asynccontextmanager
async def town(
    url: str,
    people: Sequence[Person] = PEOPLE,
    start: datetime = START,
    rules: Rules | None = None,
    *,
    channels: bool = False,
) -> AsyncIterator[Town]:
    """A town on an empty, migrated database, on a Tuesday at ten; ``channels``: its chat makes rooms."""
    database = Database(url)
    try:
        clock = DemoClock(start)
        workshop = replace(make_workshop(database, clock), random=TwoStreams(1), rules=rules or Rules())
        async with workshop.write() as work:
            await work.session.execute(insert(tables.Organisation), list(_organisation_rows()))
            await work.session.execute(insert(tables.Topic), list(_topic_rows()))
        registry, catalogue, hints = commands.walk(), Catalogue(TEXTS, AMSTERDAM), Hints()
        platform = _Platform(clock, capabilities=Capabilities(buttons=True, files=True, channels=channels))
        deliverer = Deliverer(workshop, {platform.name: platform}, catalogue, clock, hints)
        dispatcher = Dispatcher(
            workshop,
            registry,
            catalogue,
            {platform.name: platform.capabilities},
            hints,
            deliverer.posted,
            deliverer.has_room,
        )
        made = Town(workshop, clock, platform, dispatcher, deliverer, Jobs(workshop, jobs.walk()))
        for person in people:
            await made.join(person)
        yield made
    finally:
        await database.close()


def _organisation_rows() -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "tooi_uri": f"https://example.org/{number}",
            "code": str(number),
            "layer": _LAYERS[name],
            "type": str(_LAYERS[name]),
            "name": name,
            "province": "Gelderland",
        }
        for name, number in _ORGANISATIONS.items()
    ]


def _topic_rows() -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "slug": label.split()[-1].lower(),
            "label_nl": label,
            "label_en": label,
            "sensitive": number == DEBTS,
        }
        for number, label in _TOPICS.items()
    ]
