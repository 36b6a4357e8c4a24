"""Who sits at the table of a team: only who said yes, the requester among them, and three at least."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import OfficialId
from bot.domain.koffie import Answer, Formed, Refused, Seat, State, apply, propose
from bot.domain.team import LEAST, at_the_table, is_urgent
from bot.domain.working_time import OfficeHours
from tests.support.workshop import AMSTERDAM

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM)
HOURS = OfficeHours(AMSTERDAM)
PEOPLE = tuple(map(OfficialId, (1, 2, 3, 4)))

seats = st.builds(
    Seat,
    st.just(OfficialId(0)),
    answer=st.sampled_from((None, *Answer)),
    withdrawn=st.booleans(),
    gone=st.booleans(),
)


@given(st.lists(seats, min_size=3, max_size=4), st.sampled_from(PEOPLE[:3]))
def test_only_who_said_yes_and_never_without_the_requester(told: list[Seat], requester: OfficialId) -> None:
    koffie = propose(PEOPLE[: len(told)], NOW, HOURS, requester=requester)
    koffie = replace(
        koffie, seats=tuple(replace(seat, official=who) for seat, who in zip(told, PEOPLE, strict=False))
    )
    table = at_the_table(koffie)
    yes = [seat.official for seat in koffie.seats if seat.answer is Answer.YES and not seat.left]
    assert set(table) == (set(yes) if len(yes) >= LEAST and requester in yes else set())
    if table:
        assert apply(koffie, Formed(), NOW).state is State.LAPSED
    if len(yes) < LEAST:
        with pytest.raises(Refused):
            apply(koffie, Formed(), NOW)


@pytest.mark.parametrize(("days", "urgent"), [(0, True), (1, True), (2, False), (7, False)])
def test_haste_is_today_or_tomorrow(days: int, *, urgent: bool) -> None:
    assert is_urgent(NOW + timedelta(days=days), NOW, HOURS) == urgent
