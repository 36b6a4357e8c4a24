"""A contact route is revealed if and only if both said yes: any sequence of acts, beside a plain model."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.message import FileOf
from bot.compose.clocks import DemoClock
from bot.domain.errors import KoffieError
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import Answer
from bot.i18n.text import About
from bot.services import block, files, koffie
from bot.services.reveal import Withheld, reveal, sight
from bot.store import koffie as koffies
from bot.store import network
from bot.store.work import Workshop
from tests.support.tables import Tables

SAID = {"yes": Answer.YES, "no": Answer.NOT_NOW, "known": Answer.KNOWN}


@dataclass
class Model:
    """The rule in plain words: both yeses stood at once within the term, and since then nobody went."""

    answers: list[Answer | None] = field(default_factory=lambda: [None, None])
    agreed: bool = False
    over: bool = False
    gone: bool = False
    blocks: set[int] = field(default_factory=set)

    @property
    def revealed(self) -> bool:
        return self.agreed and not self.gone and not self.blocks

    def answered(self, who: int, said: Answer) -> None:
        if self.agreed or self.over or self.gone:
            return
        self.answers[who] = said
        self.agreed = self.answers == [Answer.YES, Answer.YES]
        self.over = self.answers == [Answer.KNOWN, Answer.KNOWN]

    def later(self, *, past_term: bool) -> None:
        self.over = self.over or (past_term and not self.agreed)


@dataclass
class Real:
    """The program, driven alongside."""

    workshop: Workshop
    clock: DemoClock
    pair: tuple[OfficialId, OfficialId]
    kept: KoffieId
    term: datetime
    model: Model = field(default_factory=Model)

    async def act(self, name: str, who: int, days: int) -> None:
        if name in SAID:
            await self._answer(who, SAID[name])
        elif name == "later":
            await self._later(days)
        else:
            await self._end(name, who)

    async def _answer(self, who: int, said: Answer) -> None:
        try:
            async with self.workshop.write() as work:
                await koffie.answer(work, self.pair[who], self.kept, said)
        except KoffieError:
            return
        self.model.answered(who, said)

    async def _later(self, days: int) -> None:
        self.clock.move(self.clock.now() + timedelta(days=days))
        past_term = self.clock.now() >= self.term
        self.model.later(past_term=past_term)
        if past_term:
            async with self.workshop.write() as work:
                await koffie.end_term(work, self.kept)

    async def _end(self, name: str, who: int) -> None:
        me, other = self.pair[who], self.pair[1 - who]
        try:
            async with self.workshop.write() as work:
                match name:
                    case "withdraw":
                        await koffie.withdraw(work, me, self.kept)
                    case "block":
                        await block.block(work, me, other)
                    case "leave":
                        await koffie.leave(work, me)
                    case _:
                        await network.unblock(work, me, other)
        except KoffieError:
            return
        match name:
            case "block":
                self.model.blocks.add(who)
            case "lift":
                self.model.blocks.discard(who)
        self.model.gone = self.model.gone or name != "lift"

    async def reveals(self, reader: OfficialId, of: OfficialId) -> set[bool]:
        """Whether the route, the link and the contact card come out: one answer for all, if all is well."""
        async with self.workshop.read() as work:
            found: list[bool] = []
            for fact in ("route", "link"):
                try:
                    about = About.model_validate({"official": of, "fact": fact})
                    shown = await reveal(work, await sight(work, reader, [of]), [about])
                    found.append(all(shown.values()))
                except Withheld:
                    found += [False]
            try:
                card = await files.make(work, reader, FileOf(kind="vcard", of=of), str)
                found.append(bool(card.content))
            except Withheld:
                found += [False]
        return set(found)


acts = st.lists(
    st.tuples(
        st.sampled_from(["yes", "yes", "yes", "no", "known", "withdraw", "block", "leave", "later", "lift"]),
        st.integers(0, 1),
        st.integers(1, 3),
    ),
    max_size=7,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acted=acts)
async def test_a_route_is_revealed_if_and_only_if_both_said_yes(
    workshop: Workshop, clock: DemoClock, acted: list[tuple[str, int, int]]
) -> None:
    # Time only goes on: each story begins in later office hours, in which a question goes out at once.
    clock.move(workshop.hours.next_office_moment(clock.now() + timedelta(days=1)))
    table = await Tables(workshop).build()
    pair = await table.pair()
    kept = await table.koffie(*pair, agreed=False)
    async with workshop.read() as work:
        found = await koffies.get(work, kept)
    assert found is not None
    real = Real(workshop, clock, pair, kept, found.koffie.term)
    for name, who, days in acted:
        await real.act(name, who, days)
    for reader, of in (pair, pair[::-1]):
        assert await real.reveals(reader, of) == {real.model.revealed}
