"""The real program, database, jobs and delivery under a clock that jumps, and people who press buttons."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from sqlalchemy import func, select, update

from bot import commands, jobs
from bot.chat.address import Account, Address, Conversation, Direct
from bot.chat.capabilities import Capabilities
from bot.chat.hints import Hints
from bot.chat.inbound import Content, Gone, Inbound, Pressed, Profile, Said
from bot.chat.message import Items, Message
from bot.chat.plain import plain, plain_span
from bot.chat.port import ChannelRequest, Delivery, Finding, Hint, Made, NoPlace
from bot.compose.clocks import DemoClock
from bot.compose.program import TEXTS
from bot.delivery import Deliverer
from bot.dispatch import Dispatcher
from bot.domain.cadence_words import parse_cadence
from bot.domain.ids import OfficialId, TopicId
from bot.i18n.catalogue import Catalogue
from bot.jobs import Jobs
from bot.services import channel_change, seed
from bot.store import channel as channels
from bot.store import schema, tables
from bot.store.database import Database
from bot.store.network import DECLARED
from bot.store.work import Outgoing, Work, Workshop
from tests.simulation.habits import Habits, drawn, happenings
from tests.simulation.swift import Glance, at_once
from tests.support.town import TwoStreams
from tests.support.workshop import AMSTERDAM, make_workshop

PLATFORM = "year"
START = datetime(2027, 1, 4, 9, tzinfo=AMSTERDAM)
_RHYTHMS = ("eerste dinsdag", "tweede woensdag", "derde donderdag", "eerste donderdag", "tweede dinsdag")
"""Each channel once a month, on days of its own."""
_CONTACT = re.compile("^Contact in deze chat: (.+)$", re.MULTILINE)
_TICK = "Wie sprak je het afgelopen jaar?"
"""The question over the list of ties."""


@dataclass(frozen=True, order=True)
class Say:
    """What somebody will press or say, and when; ``number`` keeps those of one moment in order."""

    at: datetime
    number: int
    user: str
    content: Content = field(compare=False)


@dataclass
class Crowd:
    """The platform, and everybody on it: it counts what they read and plans what they will say."""

    clock: DemoClock
    dice: Random
    name: str = PLATFORM
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(buttons=True, files=True))
    habits: dict[str, Habits] = field(default_factory=dict)
    read: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    shown: list[tuple[str, str, datetime]] = field(default_factory=list)
    """Whose contact route who read, and when."""
    says: list[Say] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        self.keys[key] += 1
        if isinstance(address, Direct):
            user = address.account.user
            self.read[user] += 1
            for other in _CONTACT.findall(plain(message)):
                self.shown.append((user, other, self.clock.now()))
            habits = self.habits.get(user)
            if habits is not None and (content := self._reaction(habits, message)) is not None:
                moment = self.clock.now() + habits.delay(self.dice)
                heapq.heappush(self.says, Say(moment, next(self._numbers), user, content))
        return Delivery(state="sent", refs=(key,))

    def _reaction(self, habits: Habits, message: Message) -> Content | None:
        """A button that is pressed, or the numbers of a list that is ticked."""
        tokens = {plain_span(option.label): option.token for option in message.options if option.token}
        if tokens:
            label = habits.answer(self.dice, tokens)
            return None if label is None else Pressed(token=tokens[label])
        listed = next((block for block in message.blocks if isinstance(block, Items)), None)
        if listed is None or _TICK not in plain(message):
            return None
        return Said(text=habits.ticked(self.dice, len(listed.items)))

    async def run(self) -> None:
        return

    async def was_sent(self, key: str, address: Address) -> tuple[str, ...] | None:
        return (key,) if self.keys[key] else ()

    async def profile(self, account: Account) -> Profile | None:
        return None

    async def contact_link(self, account: Account) -> str | None:
        return None

    async def open_private(self, key: str, accounts: Sequence[Account]) -> Conversation | None:
        return None

    async def create_channel(self, request: ChannelRequest) -> Made:
        raise NoPlace("unable")

    async def stands(self, place: Conversation, ref: str) -> bool | None:
        return None

    async def check(self) -> Sequence[Finding]:
        return ()

    async def close(self) -> None:
        return


@dataclass
class World:
    """One year of one population under one planner."""

    workshop: Workshop
    clock: DemoClock
    crowd: Crowd
    dispatcher: Dispatcher
    deliverer: Deliverer
    jobs: Jobs
    glance: Glance
    users: list[str] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    """Who was behind an account when the year began."""
    held: int = 0
    """Answers that the program claimed as it made them, and sends next."""
    _events: count[int] = field(default_factory=lambda: count(1))

    async def live(self, days: int, dice: Random) -> None:
        """Everything that falls due, everything that people do, in order of time."""
        start = self.clock.now()
        life = happenings(dice, len(self.users), days, await self._organisations())
        end = start + timedelta(days=days)
        while True:
            job, message = self.glance.next_job(), self.glance.next_message()
            happens = start + timedelta(days=life[0].day, hours=3) if life else end
            said = self.crowd.says[0].at if self.crowd.says else end
            moment = min(job or end, message or end, happens, said)
            if moment >= end:
                break
            self.clock.move(moment)
            if moment == message:
                await self._deliver()
            elif moment == job:
                await self.jobs.run_due()
            elif moment == said:
                one = heapq.heappop(self.crowd.says)
                await self._put(one.user, one.content)
            else:
                happening = life.pop(0)
                content = Said(text=happening.words) if happening.words else Gone()
                await self._put(self.users[happening.who], content)
            self.clock.tick()

    async def _deliver(self) -> None:
        """Send what is due; a look at an outbox where nothing is would take the program longer."""
        while (due := self.glance.next_message()) is not None and due <= self.clock.now():
            if not await self.deliverer.send_next():
                return

    def posted(self, outgoing: Outgoing) -> None:
        """What the dispatcher tells after a commit."""
        self.held += len(outgoing.holds)
        self.deliverer.posted(outgoing)

    async def _put(self, user: str, content: Content) -> None:
        account = Account(platform=PLATFORM, tenant="demo", user=user)
        key = f"event-{next(self._events)}"
        where = Direct(account=account)
        event = Inbound(key=key, actor=account, where=where, content=content, at=self.clock.now())
        await self.dispatcher.put([event])
        await self.dispatcher.handle_next()
        for _ in range(self.held):
            await self.deliverer.send_next()
        self.held = 0

    async def _organisations(self) -> list[str]:
        async with self.workshop.read() as work:
            row = tables.Organisation
            names = await work.session.execute(
                select(row.name).where(row.type == "waterschap", row.status == "current").order_by(row.id)
            )
            return list(names.scalars())


@asynccontextmanager
async def world(file: Path, people: int, seed_: int) -> AsyncIterator[World]:
    """A population of invented officials, all members of the channels of their topics."""
    database, glance = Database(f"sqlite:///{file}"), Glance(file)
    with at_once():
        try:
            await schema.upgrade(database)
            made = await _empty(database, glance, seed_)
            await seed.seed(made.workshop, people, seed_, platform=PLATFORM)
            await _furnish(made, seed_)
            await made.jobs.start()
            yield made
        finally:
            glance.close()
            await database.close()


async def _empty(database: Database, glance: Glance, seed_: int) -> World:
    """The program around a database in which nobody is yet."""
    clock = DemoClock(START)
    workshop = replace(make_workshop(database, clock), random=TwoStreams(seed_))
    crowd = Crowd(clock, Random(seed_ + 1))
    registry, catalogue, hints = commands.walk(), Catalogue(TEXTS, AMSTERDAM), Hints()
    deliverer = Deliverer(workshop, {PLATFORM: crowd}, catalogue, clock, hints)
    dispatcher = Dispatcher(
        workshop,
        registry,
        catalogue,
        {PLATFORM: crowd.capabilities},
        hints,
        lambda outgoing: made.posted(outgoing),  # noqa: PLW0108 - made a line below
        deliverer.has_room,
    )
    made = World(workshop, clock, crowd, dispatcher, deliverer, Jobs(workshop, jobs.walk()), glance)
    return made


async def _furnish(made: World, seed_: int) -> None:
    """A channel for each of the largest topics, with everybody in it who works on that topic."""
    dice = Random(seed_ + 2)
    async with made.workshop.write() as work:
        row = tables.Involvement
        largest = await work.session.execute(
            select(row.topic_id)
            .group_by(row.topic_id)
            .order_by(func.count().desc(), row.topic_id)
            .limit(len(_RHYTHMS))
        )
        for topic, rhythm in zip(largest.scalars().all(), _RHYTHMS, strict=True):
            channel_, _ = await channels.make(work, TopicId(topic))
            place = Conversation(platform=PLATFORM, tenant="demo", id=f"topic-{topic}")
            await channels.bind(work, channel_.id, place)
            members = await work.session.execute(
                select(row.official_id).where(row.topic_id == topic).order_by(row.official_id)
            )
            for official in members.scalars().all():
                await channels.join(work, channel_.id, OfficialId(official))
            cadence = parse_cadence(rhythm, work.today)
            if cadence is None:
                raise ValueError(rhythm)
            values = await channel_change.rhythm(work, channel_, cadence)
            await channel_change.change(work, channel_, OfficialId(1), values)
        await _settle_in(work, dice)
        account = tables.Account
        rows = await work.session.execute(select(account.user, account.official_id).order_by(account.id))
        made.ids = {user: official for user, official in rows}  # noqa: C416 - rows are no pairs to mypy
        made.users = list(made.ids)
    made.crowd.habits = {user: drawn(dice) for user in made.users}


async def _settle_in(work: Work, dice: Random) -> None:
    """They act like anybody, and what they did before this year is behind them.

    Whom they know, they know from elsewhere; the yearly list of those comes to each on a day of their own.
    """
    official = tables.Official
    await work.session.execute(update(tables.Acquaintance).values(source=DECLARED))
    for number in (await work.session.execute(select(official.id).order_by(official.id))).scalars().all():
        asked = work.now - timedelta(days=dice.randrange(365))
        await work.session.execute(
            update(official).where(official.id == number).values(invented=False, ties_asked_at=asked)
        )
