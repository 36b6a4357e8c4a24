"""A town with a channel on stikstof, in whose rounds people take part."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Row, select

from bot.domain.channel import Channel
from bot.domain.ids import OfficialId, RoundId
from bot.domain.layer import Layer
from bot.domain.topic import Topic
from bot.services import topic as topics
from bot.settings import Rules
from bot.store import admins, tables
from bot.store import channel as channels
from bot.store import koffie as koffies
from bot.store.koffie import KeptKoffie
from tests.support.town import ANNA, BRAM, CARLA, DIRK, NITROGEN, Person, Seen, Town, town
from tests.support.workshop import AMSTERDAM, START

ROOM = "stikstof"
FLIP = Person("Flip de Boer", "Rijkswaterstaat", Layer.RIJK)
GUUS = Person("Guus Prins", "Rijn en IJssel", Layer.WATERSCHAP)
PEOPLE = (ANNA, BRAM, CARLA, DIRK, FLIP, GUUS)
"""Two at gemeenten, two at waterschappen, one at a provincie, one at the rijk; no two at one organisation."""
ADMIN = CARLA
EVERY_WEEK = "koffie-beheer ritme elke week op dinsdag om 10 uur"
ASKED = "Zin in koffie?"


def at(words: str) -> datetime:
    """A moment by the clock on the wall."""
    return datetime.fromisoformat(words).replace(tzinfo=AMSTERDAM)


FIRST = at("2026-12-01 10:00")
"""The first round of EVERY_WEEK; the town's clock stands on Tuesday 24 November, ten o'clock."""
TOLD = at("2026-11-27 08:30")
REPAIRED = at("2026-12-07 08:30")
"""Its first term ends on Friday the 4th when offices close."""


@dataclass
class Rounds:
    """The town, and what the tests ask of it."""

    town: Town

    async def hold_first(self) -> None:
        await self.town.until(FIRST)

    async def told(self, words: str, by: Person = ADMIN, room: str | None = ROOM) -> str:
        """Somebody says this, and reads that."""
        await self.town.say(by, words, room)
        return self.town.last(by)

    async def manage(self, words: str, by: Person = ADMIN) -> str:
        """What an admin is told who says ``koffie-beheer`` with these words."""
        return await self.told(f"koffie-beheer {words}", by)

    async def topic(self) -> Topic:
        async with self.town.workshop.read() as work:
            return await topics.current(work, NITROGEN)

    async def channel(self) -> Channel:
        async with self.town.workshop.read() as work:
            found = await channels.of_topic(work, NITROGEN)
        if found is None:
            raise LookupError
        return found

    async def add_steward(self, person: Person = BRAM) -> None:
        """Somebody sets the channel too."""
        number = (await self.channel()).id
        async with self.town.workshop.write() as work:
            await admins.add_steward(work, number, self.town.ids[person.name])

    async def koffies(self) -> list[KeptKoffie]:
        """All koffies of all rounds, the oldest first."""
        async with self.town.workshop.read() as work:
            rounds = await work.session.execute(select(tables.Round.id).order_by(tables.Round.at))
            return [
                kept
                for number in rounds.scalars().all()
                for kept in await koffies.of_round(work, RoundId(number))
            ]

    async def rows(self) -> Sequence[Row[Any]]:
        """What is kept of the rounds, in order of time."""
        async with self.town.workshop.read() as work:
            row = tables.Round
            columns = (row.at, row.state, row.sha256, row.certificate, row.repair_sha256)
            return (await work.session.execute(select(*columns).order_by(row.at))).all()

    async def answer_all(self, label: str, *besides: Person) -> None:
        """Everybody who was asked says the same."""
        for person in PEOPLE:
            if person not in besides and person.name in self.town.ids:
                await self.town.press(person, label)

    async def tables_for_two(self) -> list[tuple[Person, Person]]:
        """Who sit together, in the order in which they are named."""
        found = []
        for kept in await self.koffies():
            one, other = (self._person(seat.official) for seat in kept.koffie.seats)
            found.append((one, other))
        return found

    def _person(self, official: OfficialId) -> Person:
        return next(one for one in PEOPLE if self.town.ids[one.name] == official)

    async def partners(self, person: Person) -> list[set[str]]:
        """With whom somebody was put at a table, table by table."""
        names = {number: name for name, number in self.town.ids.items()}
        me = self.town.ids[person.name]
        return [
            {names[other] for other in kept.others(me)} for kept in await self.koffies() if me in kept.places
        ]

    async def partner(self, person: Person) -> Person:
        """The one with whom somebody was last put at a table for two."""
        (name,) = (await self.partners(person))[-1]
        return next(one for one in PEOPLE if one.name == name)

    def asked(self, person: Person) -> list[Seen]:
        """The questions of rounds that somebody read."""
        return [seen for seen in self.town.read_by(person) if ASKED in seen.text]

    def in_room(self) -> list[Seen]:
        return self.town.platform.seen.get(ROOM, [])


@asynccontextmanager
async def rounds(
    url: str,
    people: Sequence[Person] = PEOPLE,
    *,
    rhythm: str = EVERY_WEEK,
    rules: Rules | None = None,
    start: datetime = START,
) -> AsyncIterator[Rounds]:
    """Everybody has joined the rounds of the room; ADMIN is the admin, else the first of the people."""
    async with town(url, people, start, rules) as made:
        admin = ADMIN if ADMIN in people else people[0]
        async with made.workshop.write() as work:
            await admins.add_admin(work, made.ids[admin.name])
        await made.say(admin, "koffie-beheer kanaal nieuw stikstof", ROOM)
        if rhythm:
            await made.say(admin, rhythm, ROOM)
        for person in people:
            await made.say(person, "doe mee", ROOM)
        yield Rounds(made)


@pytest.fixture(name="here")
async def every_week(database_url: str) -> AsyncIterator[Rounds]:
    """Rounds are held every week."""
    async with rounds(database_url) as made:
        yield made


@pytest.fixture(name="here")
async def by_hand(database_url: str) -> AsyncIterator[Rounds]:
    """Rounds are held by hand only."""
    async with rounds(database_url, rhythm="") as made:
        yield made
