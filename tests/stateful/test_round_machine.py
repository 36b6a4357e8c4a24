"""Anybody does anything while rounds go round, on the real program: what must hold at every step.

Time leaps at times, as it does for a bot that was down: a round is then late or skipped, never held twice.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter, defaultdict
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from itertools import combinations, count
from pathlib import Path

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from bot.domain.round import RoundState
from bot.store import channel, due, network, tables
from bot.store.due import MOST_FAILURES
from tests.support.rounds import ADMIN, PEOPLE, ROOM, Rounds, rounds
from tests.support.town import NITROGEN, Person

_PEOPLE = st.sampled_from(PEOPLE)
_LABELS = st.sampled_from(("Graag", "Graag", "Nu even niet", "Ken ik al", "Vraag om koffie", "Even pauze"))
_WORDS = st.sampled_from(
    ("sla over", "stop", "doe mee stikstof", "pauze rondes", "verder", "koffie stikstof", "profiel tempo 1")
)
_ACTS = st.sampled_from(
    (
        "ritme elke week op dinsdag om 10 uur",
        "ritme elke 2 weken op donderdag om 14 uur",
        "ritme laatste vrijdag van de maand",
        "ritme met de hand",
        "ronde start",
        "ronde vandaag om 15 uur",
        "groep 2",
        "groep 3",
        "lagen gemeente waterschap provincie",
        "regels andere laag, hoogstens 2 per maand",
        "ronde sla over",
        "pauze",
        "pauze 2 weken",
        "verder",
        "stop",
        "ongedaan",
        "kanaal nieuw stikstof",
    )
)


class Turns(RuleBasedStateMachine):
    """``template`` is set by the test: a migrated database to copy."""

    template: Path
    _numbers = count(1)

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.here: Rounds
        self.begun = False
        self.at_rest: int | None = None
        """Koffies that there were at the last step, where the rounds rested."""

    @initialize()
    def begin(self) -> None:
        file = self.template.parent / f"turns-{next(self._numbers)}.db"
        shutil.copyfile(self.template, file)
        self.here = self.runner.run(self.stack.enter_async_context(rounds(f"sqlite:///{file}")))
        self.begun = True

    def teardown(self) -> None:
        if self.begun:
            for row in self.runner.run(self.here.rows()):
                event(row.state)
        self.runner.run(self.stack.aclose())
        self.runner.close()

    @rule(who=_PEOPLE, label=_LABELS)
    def presses(self, who: Person, label: str) -> None:
        self.runner.run(self.here.town.press(who, label))

    @rule(label=st.sampled_from(("Graag", "Nu even niet", "Ken ik al")))
    def all_press(self, label: str) -> None:
        self.runner.run(self.here.answer_all(label))

    @rule(who=_PEOPLE, words=_WORDS, room=st.sampled_from((None, ROOM)))
    def says(self, who: Person, words: str, room: str | None) -> None:
        self.runner.run(self.here.town.say(who, words, room))

    @rule(words=_ACTS)
    def the_admin_acts(self, words: str) -> None:
        self.runner.run(self.here.town.say(ADMIN, f"koffie-beheer {words}", ROOM))

    @rule(who=_PEOPLE)
    def leaves_the_room(self, who: Person) -> None:
        self.runner.run(self.here.town.leave(who, ROOM))

    @rule(by=_PEOPLE, of=_PEOPLE)
    def blocks(self, by: Person, of: Person) -> None:
        async def block() -> None:
            async with self.here.town.workshop.write() as work:
                await network.block(work, self.here.town.ids[by.name], self.here.town.ids[of.name])

        if by is not of:
            self.runner.run(block())

    @rule(days=st.sampled_from((1, 2, 5, 7, 14)))
    def waits(self, days: int) -> None:
        self.runner.run(self.here.town.wait(timedelta(days=days)))

    @rule(days=st.sampled_from((1, 3, 10, 40)))
    def is_down(self, days: int) -> None:
        async def leap() -> None:
            self.here.town.clock.move(self.here.town.clock.now() + timedelta(days=days))
            await self.here.town.settle()

        self.runner.run(leap())

    @invariant()
    def all_holds(self) -> None:
        if self.begun:
            self.runner.run(self._check())

    async def _check(self) -> None:
        async with self.here.town.workshop.read() as work:
            failing = select(tables.Due.kind).where(tables.Due.failures.between(1, MOST_FAILURES))
            assert list((await work.session.execute(failing)).scalars()) == []
            assert await due.stuck(work) == 0
            rows = {row.id: row for row in (await work.session.execute(select(tables.Round))).scalars()}
            blocks = {
                frozenset((row.by_id, row.of_id)): row.at
                for row in (await work.session.execute(select(tables.Block))).scalars()
            }
            hours, one_day = work.hours, {number for number, row in rows.items() if row.one_day}
            over = {number for number, row in rows.items() if row.state == RoundState.OVER}
            found = await channel.of_topic(work, NITROGEN)
            rests = found is not None and found.rests(work.today)
        moments: defaultdict[int, set[datetime]] = defaultdict(set)
        seated: Counter[tuple[int, datetime, int]] = Counter()
        weeks: Counter[tuple[int, int, int]] = Counter()
        every = await self.here.koffies()
        assert not rests or self.at_rest in (None, len(every)), "asked in a pause, or after a stop"
        self.at_rest = len(every) if rests else None
        for kept in every:
            assert kept.round is not None
            asked_at = kept.koffie.asked_at
            first = not moments[kept.round] or asked_at == min(moments[kept.round])
            moments[kept.round].add(asked_at)
            seated.update((kept.round, asked_at, who) for who in kept.places)
            if first and kept.round not in one_day:
                year, week, _ = hours.local_date(asked_at).isocalendar()
                weeks.update((year, week, who) for who in kept.places)
            for pair in map(frozenset, combinations(kept.places, 2)):
                assert blocks.get(pair, asked_at) >= asked_at, "a forbidden pair"
            assert kept.round not in over or kept.koffie.state != "proposed", "over, and still asking"
        assert max(seated.values(), default=0) <= 1, "somebody sat at two tables of one plan"
        assert max(map(len, moments.values()), default=0) <= 2, "asked once, and repaired once"
        assert max(weeks.values(), default=0) <= 1, "one opening message a week"


def test_rounds_hold_whatever_happens(sqlite_template: Path) -> None:
    Turns.template = sqlite_template
    run_state_machine_as_test(
        Turns,
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
