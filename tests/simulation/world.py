"""The real program, database, jobs and delivery under a clock that jumps, and people who press buttons."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from bot import commands, jobs
from bot.chat.address import Account, Address, Conversation, Direct
from bot.chat.capabilities import Capabilities
from bot.chat.hints import Hints
from bot.chat.inbound import Content, Gone, Inbound, Pressed, Profile, Said
from bot.chat.message import Message
from bot.chat.plain import plain_span
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
from bot.store import outbox, schema, tables
from bot.store.database import Database
from bot.store.work import Workshop
from tests.simulation.habits import Habits, drawn, happenings
from tests.support.town import TwoStreams
from tests.support.workshop import AMSTERDAM, make_workshop

PLATFORM = "year"
START = datetime(2027, 1, 4, 9, tzinfo=AMSTERDAM)
_RHYTHMS = ("eerste dinsdag", "tweede woensdag", "derde donderdag", "eerste donderdag", "tweede dinsdag")
"""Each channel once a month, on days of its own."""


@dataclass
class Crowd:
    """The platform, and everybody on it: it counts what they read and plans what they will press."""

    clock: DemoClock
    dice: Random
    name: str = PLATFORM
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(buttons=True, files=True))
    habits: dict[str, Habits] = field(default_factory=dict)
    read: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    presses: list[tuple[datetime, int, str, str]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    async def deliver(
        self, key: str, address: Address, message: Message, replaces: tuple[str, ...], hint: Hint | None
    ) -> Delivery:
        self.keys[key] += 1
        if isinstance(address, Direct):
            user = address.account.user
            self.read[user] += 1
            tokens = {plain_span(option.label): option.token for option in message.options if option.token}
            habits = self.habits.get(user)
            label = habits.answer(self.dice, tuple(tokens)) if habits and tokens else None
            if habits is not None and label is not None:
                moment = self.clock.now() + habits.delay(self.dice)
                heapq.heappush(self.presses, (moment, next(self._numbers), user, tokens[label]))
        return Delivery(state="sent", refs=(key,))

    async def run(self) -> None:
        return

    async def was_sent(self, key: str, address: Address) -> bool | None:
        return self.keys[key] > 0

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
    users: list[str] = field(default_factory=list)
    _events: count[int] = field(default_factory=lambda: count(1))

    async def live(self, days: int, dice: Random) -> None:
        """Everything that falls due, everything that people do, in order of time."""
        start = self.clock.now()
        organisations = await self._organisations()
        life = happenings(dice, len(self.users), days, organisations)
        end = start + timedelta(days=days)
        while True:
            jobs_due, messages_due = await self._next_due()
            happens = start + timedelta(days=life[0].day, hours=3) if life else end
            pressed = self.crowd.presses[0][0] if self.crowd.presses else end
            moment = min(jobs_due or end, messages_due or end, happens, pressed)
            if moment >= end:
                break
            self.clock.move(max(moment, self.clock.now()))
            if moment == messages_due:
                while await self.deliverer.send_next():
                    pass
            elif moment == jobs_due:
                await self.jobs.run_due()
            elif moment == pressed:
                _, _, user, token = heapq.heappop(self.crowd.presses)
                await self._put(user, Pressed(token=token))
            else:
                happening = life.pop(0)
                content = Said(text=happening.words) if happening.words else Gone()
                await self._put(self.users[happening.who], content)
            self.clock.tick()

    async def _put(self, user: str, content: Content) -> None:
        account = Account(platform=PLATFORM, tenant="demo", user=user)
        key = f"event-{next(self._events)}"
        where = Direct(account=account)
        event = Inbound(key=key, actor=account, where=where, content=content, at=self.clock.now())
        await self.dispatcher.put([event])
        await self.dispatcher.handle_next()

    async def _next_due(self) -> tuple[datetime | None, datetime | None]:
        """When the next job and the next message are due."""
        async with self.workshop.read() as work:
            messages = await outbox.next_due(work)
        return await self.jobs.next_due(), messages

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
    database = Database(f"sqlite:///{file}")
    try:
        await schema.upgrade(database)
        clock = DemoClock(START)
        workshop = replace(make_workshop(database, clock), random=TwoStreams(seed_))
        await seed.seed(workshop, people, seed_, platform=PLATFORM)
        crowd = Crowd(clock, Random(seed_ + 1))
        registry, catalogue, hints = commands.walk(), Catalogue(TEXTS, AMSTERDAM), Hints()
        deliverer = Deliverer(workshop, {PLATFORM: crowd}, catalogue, clock, hints)
        dispatcher = Dispatcher(
            workshop, registry, catalogue, {PLATFORM: crowd.capabilities}, hints, deliverer.posted
        )
        made = World(workshop, clock, crowd, dispatcher, deliverer, Jobs(workshop, jobs.walk()))
        await _furnish(made, seed_)
        yield made
    finally:
        await database.close()


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
        accounts = await work.session.execute(select(tables.Account.user).order_by(tables.Account.id))
        made.users = list(accounts.scalars())
    made.crowd.habits = {user: drawn(dice) for user in made.users}
