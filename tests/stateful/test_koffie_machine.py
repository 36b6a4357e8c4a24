"""Anybody does anything at any time, on the real program with a database: what must hold at every step.

Each button that anybody ever got may be pressed by anybody, at any later time.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from itertools import combinations, count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.domain.ids import OfficialId
from bot.domain.koffie import TIES, Answer, State
from bot.domain.meeting import State as Meeting
from bot.services import erasure, meeting
from bot.settings import Rules
from bot.store import koffie as store
from bot.store import network, officials
from bot.store.koffie import KeptKoffie
from tests.postgres import Databases
from tests.support.town import ANNA, BRAM, CARLA, DIRK, PEOPLE, Person, Town, town

_ROUTE = {person.name: f"{person.name.split()[0].lower()}@example.nl" for person in PEOPLE}
_RULES = Rules(open_requests=2)
_PEOPLE = st.sampled_from((ANNA, BRAM, CARLA, DIRK))
_ANSWERS = st.sampled_from(("Graag", "Graag", "Ken ik al", "Nu even niet"))
_LABELS = st.sampled_from(
    (
        "Graag",
        "Graag",
        "Graag",
        "Nu even niet",
        "Ken ik al",
        "Trek in",
        "Vraag om koffie",
        "Zoek verder",
        "Nodig ze samen uit",
        "Verander",
        "Geen van deze",
        "Meer niet",
        "Zelf regelen",
    )
)
_WORDS = st.sampled_from(
    "koffie|koffie stikstof|pauze|verder|stop|1|2|agenda|verzetten|verzetten naar 3 december 10:00|"
    "liever donderdag|ik kan niet|1 en 2|half uur later|"
    "30 november 14:00|afzeggen|zelf regelen|bel".split("|")
)


class Koffies(RuleBasedStateMachine):
    """``database`` is set by the test: a way to get a fresh database's address."""

    database: Databases | Path
    _numbers = count(1)

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.here: Town
        self.agreed: set[frozenset[str]] = set()
        self.url = ""

    @initialize()
    def begin(self) -> None:
        if isinstance(self.database, Path):
            file = self.database.parent / f"machine-{next(self._numbers)}.db"
            shutil.copyfile(self.database, file)
            self.url = f"sqlite:///{file}"
        else:
            self.url = self.database.create()
        self.runner.run(self._open())

    async def _open(self) -> None:
        self.here = await self.stack.enter_async_context(town(self.url, rules=_RULES))
        for person in PEOPLE:
            await self.here.say(person, f"profiel contact {_ROUTE[person.name]}")

    def teardown(self) -> None:
        if self.url:
            for state in sorted({kept.koffie.state for kept in self.runner.run(self._koffies())}):
                event(state)
        self.runner.run(self.stack.aclose())
        self.runner.close()
        if self.url and isinstance(self.database, Databases):
            self.database.drop(self.url)

    @rule(who=_PEOPLE, whom=_PEOPLE)
    def asks(self, who: Person, whom: Person) -> None:
        async def ask() -> None:
            before = len(self.here.read_by(who))
            await self.here.say(who, f"koffie {whom.name}")
            # Only when somebody was proposed: an older button may be another's.
            if any("Vraag om koffie" in seen.text for seen in self.here.read_by(who)[before:]):
                await self.here.press(who, "Vraag om koffie")

        self.runner.run(ask())

    @rule(who=_PEOPLE)
    def asks_everybody(self, who: Person) -> None:
        for whom in PEOPLE:
            self.asks(who, whom)

    @rule(who=_PEOPLE, whom=_PEOPLE, one=_ANSWERS, other=_ANSWERS)
    def asks_and_both_answer(self, who: Person, whom: Person, one: str, other: str) -> None:
        self.asks(who, whom)
        self.presses(who, one)
        self.presses(whom, other)

    @rule(who=_PEOPLE, label=_LABELS)
    def presses(self, who: Person, label: str) -> None:
        self.runner.run(self.here.press(who, label))

    @rule(who=_PEOPLE, of=_PEOPLE, number=st.integers(0, 200))
    def presses_any_button(self, who: Person, of: Person, number: int) -> None:
        buttons = self.here.platform.buttons.get(of.name, [])
        if buttons:
            self.runner.run(self.here.press_token(who, buttons[number % len(buttons)][1]))

    @rule(who=_PEOPLE, words=_WORDS)
    def says(self, who: Person, words: str) -> None:
        self.runner.run(self.here.say(who, words))

    @rule(hours=st.sampled_from((1, 8, 24, 72, 170)))
    def waits(self, hours: int) -> None:
        self.runner.run(self.here.wait(timedelta(hours=hours)))

    @rule(by=_PEOPLE, of=_PEOPLE)
    def blocks(self, by: Person, of: Person) -> None:
        async def block() -> None:
            await self.here.say(by, f"blokkeer {of.name}")
            await self.here.press(by, "Geen contact meer")

        if by is not of:
            self.runner.run(block())

    @rule()
    def dirk_is_erased(self) -> None:
        async def erase() -> None:
            async with self.here.workshop.write() as work:
                if await officials.get(work, self.here.ids[DIRK.name]) is not None:
                    await erasure.erase(work, self.here.ids[DIRK.name])
            await self.here.settle()

        self.runner.run(erase())

    async def _koffies(self) -> list[KeptKoffie]:
        found: dict[int, KeptKoffie] = {}
        async with self.here.workshop.read() as work:
            for official in self.here.ids.values():
                found |= {kept.id: kept for kept in await store.all_of(work, official)}
        return list(found.values())

    @invariant()
    def all_holds(self) -> None:
        if self.url:
            self.runner.run(self._check())

    async def _check(self) -> None:
        koffies = await self._koffies()
        names = {official: name for name, official in self.here.ids.items()}
        running = [kept for kept in koffies if kept.koffie.settled_at is None]
        pairs = Counter(pair for kept in running for pair in combinations(sorted(kept.places), 2))
        assert all(number == 1 for number in pairs.values()), "two koffies at once for one pair"
        for official in names:
            mine = [
                kept
                for kept in running
                if kept.koffie.requester == official
                and kept.koffie.state is State.PROPOSED
                and official in kept.koffie.present
                and kept.koffie.term > self.here.clock.now()
            ]
            assert len(mine) <= self.here.workshop.rules.open_requests
        for kept in koffies:
            if kept.koffie.agreed_at is not None:
                table = sorted(names[official] for official in kept.places)
                self.agreed.update(frozenset(pair) for pair in combinations(table, 2))
                for seat in kept.koffie.seats:
                    assert seat.gone or seat.answer is Answer.YES
        for reader, other in ((a, b) for a in PEOPLE for b in PEOPLE if a is not b):
            if frozenset((reader.name, other.name)) not in self.agreed:
                assert _ROUTE[other.name] not in self.here.all_text(reader)
        await self._each_question_once(koffies, names)
        await self._each_moment_once(names)
        async with self.here.workshop.read() as work:
            for kept in koffies:
                if kept.koffie.state in TIES:
                    for first, second in combinations(kept.places, 2):
                        assert await network.know_each_other(work, first, second)

    async def _each_moment_once(self, names: Mapping[OfficialId, str]) -> None:
        """Nobody has two appointments near each other, nor one of which the koffie is over."""
        async with self.here.workshop.read() as work:
            for official in names:
                found = await meeting.of(work, official)
                spans = [one.slot.span for _, one in found if one.state is Meeting.FIXED and one.slot]
                assert not any(one.near(other) for one, other in combinations(spans, 2))

    async def _each_question_once(self, koffies: list[KeptKoffie], names: Mapping[OfficialId, str]) -> None:
        """Whoever was asked read the question once: by itself, or as one of several."""
        for official, name in names.items():
            asked = sum(kept.places[official].asked for kept in koffies if official in kept.places)
            texts = [seen.text for seen in self.here.platform.seen.get(name, ())]
            single = sum(text.startswith("Zin in koffie?\nVoor ") and "✓" not in text for text in texts)
            several = sum(text.count("[Graag, met ") for text in texts if "willen kennismaken. Kies" in text)
            # One table takes the place of questions that were put before.
            at_table = any(official in kept.places and len(kept.places) > 2 for kept in koffies)
            if name != DIRK.name:
                assert single + several >= asked if at_table else single + several == asked


@pytest.fixture
def databases(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Databases | Path:
    if database_kind == "postgresql":
        server: Databases = request.getfixturevalue("postgres")
        return server
    template: Path = request.getfixturevalue("sqlite_template")
    return Path(shutil.copyfile(template, tmp_path / "template.db"))


def test_koffies(databases: Databases | Path) -> None:
    machine = type("KoffiesHere", (Koffies,), {"database": databases})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
