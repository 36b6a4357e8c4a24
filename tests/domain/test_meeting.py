"""The rules of an appointment: by hand, and whatever two or three of them do in any order."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import meeting as rules
from bot.domain.ids import OfficialId
from bot.domain.meeting import MOST_MOVES, Meeting, Refusal, Refused, Slot, SlotId, State
from bot.domain.meeting_place import Way
from bot.domain.slots import Span

ANNA, BRAM, CEES = map(OfficialId, (1, 2, 3))
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ANSWER_BY = NOW + timedelta(days=2)
HOUR = timedelta(hours=1)


def slot(number: int, days: int) -> Slot:
    start = NOW + timedelta(days=days)
    return Slot(SlotId(number), Span(start, start + timedelta(minutes=30)), Way.LIVE, "Zwolle")


FIRST, SECOND, THIRD = slot(1, 3), slot(2, 4), slot(3, 5)


def asked(*officials: OfficialId) -> Meeting:
    begun = rules.begin(officials or (ANNA, BRAM), NOW)
    return rules.propose(begun, (FIRST, SECOND, THIRD), ANSWER_BY)


def fixed() -> Meeting:
    return rules.fix(asked(), SECOND, NOW)


def refusal(refused: pytest.ExceptionInfo[Refused]) -> Refusal:
    return refused.value.refusal


def test_the_first_time_that_all_marked_is_the_common_one() -> None:
    meeting = asked()
    for by, number in ((ANNA, 3), (ANNA, 2), (BRAM, 1)):
        meeting = rules.mark(meeting, by, SlotId(number), NOW)
        assert rules.common(meeting, NOW) is None
    meeting = rules.mark(meeting, BRAM, SlotId(3), NOW)
    assert rules.common(meeting, NOW) == THIRD
    meeting = rules.mark(meeting, BRAM, SlotId(2), NOW)
    assert rules.common(meeting, NOW) == SECOND
    assert rules.common(meeting, NOW, taken={SECOND.id}) == THIRD


def test_a_time_that_went_by_is_no_time() -> None:
    meeting = rules.mark(rules.mark(asked(), ANNA, FIRST.id, NOW), BRAM, FIRST.id, NOW)
    assert rules.common(meeting, FIRST.span.start) is None
    with pytest.raises(Refused) as refused:
        rules.mark(meeting, ANNA, FIRST.id, FIRST.span.start)
    assert refusal(refused) is Refusal.GONE_BY


def test_it_is_fruitless_once_all_were_heard_or_the_term_is_over() -> None:
    meeting = rules.finish(rules.mark(asked(), ANNA, FIRST.id, NOW), ANNA)
    assert not rules.fruitless(meeting, NOW)
    assert rules.fruitless(meeting, ANSWER_BY)
    assert rules.fruitless(rules.finish(meeting, BRAM), NOW)


def test_who_marks_everything_needs_no_last_word() -> None:
    meeting = asked()
    for one in (FIRST, SECOND, THIRD):
        assert not meeting.seat_of(ANNA).done
        meeting = rules.mark(meeting, ANNA, one.id, NOW)
    assert meeting.seat_of(ANNA).done


def test_there_are_two_attempts() -> None:
    meeting = asked()
    assert rules.may_try_again(meeting)
    again = rules.propose(rules.mark(meeting, ANNA, FIRST.id, NOW), (slot(4, 8),), ANSWER_BY)
    assert not rules.may_try_again(again)
    assert again.seat_of(ANNA).marked == frozenset()
    with pytest.raises(Refused) as refused:
        rules.mark(again, ANNA, FIRST.id, NOW)
    assert refusal(refused) is Refusal.NOT_OPEN


def test_each_change_of_the_calendar_counts() -> None:
    meeting = fixed()
    assert (meeting.changes, meeting.slot) == (1, SECOND)
    moved = rules.move(meeting, ANNA)
    assert (moved.changes, moved.slot, moved.state) == (1, SECOND, State.PROPOSED)
    again = rules.fix(rules.propose(moved, (THIRD,), ANSWER_BY), THIRD, NOW)
    assert (again.changes, again.slot) == (2, THIRD)
    off = rules.call_off(again, NOW)
    assert (off.changes, off.slot, off.state) == (3, None, State.OFF)
    assert rules.call_off(off, NOW) is off


def test_without_a_time_nothing_changes_in_the_calendar() -> None:
    assert rules.themselves(asked(), NOW).changes == 0
    assert rules.call_off(asked(), NOW).changes == 0


def test_it_is_moved_three_times_at_most() -> None:
    meeting = fixed()
    for _ in range(MOST_MOVES):
        meeting = rules.fix(rules.propose(rules.move(meeting, BRAM), (THIRD,), ANSWER_BY), THIRD, NOW)
    with pytest.raises(Refused) as refused:
        rules.move(meeting, ANNA)
    assert refusal(refused) is Refusal.TOO_OFTEN


@pytest.mark.parametrize(
    ("act", "meeting", "why"),
    [
        (lambda one: rules.mark(one, CEES, FIRST.id, NOW), asked(), Refusal.NOT_SEATED),
        (lambda one: rules.move(one, CEES), fixed(), Refusal.NOT_SEATED),
        (lambda one: rules.mark(one, ANNA, FIRST.id, NOW), fixed(), Refusal.NOT_OPEN),
        (lambda one: rules.finish(one, ANNA), fixed(), Refusal.NOT_OPEN),
        (lambda one: rules.mark(one, ANNA, SlotId(9), NOW), asked(), Refusal.NOT_OPEN),
        (lambda one: rules.move(one, ANNA), asked(), Refusal.NOT_OPEN),
        (lambda one: rules.move(one, ANNA), rules.call_off(fixed(), NOW), Refusal.OFF),
        (lambda one: rules.themselves(one, NOW), rules.call_off(fixed(), NOW), Refusal.OFF),
    ],
)
def test_what_does_not_fit_is_refused(act: object, meeting: Meeting, why: Refusal) -> None:
    assert callable(act)
    with pytest.raises(Refused) as refused:
        act(meeting)
    assert refusal(refused) is why


def test_two_go_on_when_a_third_leaves_and_one_alone_does_not() -> None:
    meeting = rules.mark(rules.mark(asked(ANNA, BRAM, CEES), ANNA, FIRST.id, NOW), BRAM, FIRST.id, NOW)
    assert rules.common(meeting, NOW) is None
    two = rules.leave(meeting, CEES, NOW)
    assert rules.common(two, NOW) == FIRST
    assert rules.leave(two, BRAM, NOW).state is State.OFF


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ("mark", "mark", "mark", "done", "move", "themselves", "off", "leave", "next", "wait")
        ),
        st.sampled_from((ANNA, BRAM, CEES)),
        st.integers(1, 12),
    ),
    max_size=25,
)


def after(meeting: Meeting, act: str, who: OfficialId, number: int, now: datetime) -> Meeting:
    """What one act makes of it. Raises Refused."""
    match act:
        case "mark":
            return rules.mark(meeting, who, SlotId(number), now)
        case "done":
            return rules.finish(meeting, who)
        case "move":
            return rules.move(meeting, who)
        case "themselves":
            return rules.themselves(meeting, now)
        case "off":
            return rules.call_off(meeting, now)
        case "leave" if who in meeting.officials:
            return rules.leave(meeting, who, now)
        case "next" if meeting.state is State.PROPOSED and rules.may_try_again(meeting):
            start = number % 3 + 2
            slots = (slot(start, start + 2), slot(start + 1, start + 3))
            return rules.propose(meeting, slots, now + 2 * HOUR)
        case _:
            return meeting


@given(ACTS, st.booleans())
def test_whatever_they_do(acts: list[tuple[str, OfficialId, int]], three: bool) -> None:  # noqa: FBT001 - drawn
    """It is fixed only on the first time that all marked; calendars never change uncounted."""
    meeting, now = asked(ANNA, BRAM, CEES) if three else asked(), NOW
    for act, who, number in acts:
        before = meeting
        if act == "wait":
            now += timedelta(hours=number)
        with suppress(Refused):
            meeting = after(meeting, act, who, number, now)
        common = rules.common(meeting, now)
        if common is not None:
            suiting = [
                one
                for one in meeting.slots
                if now < one.span.start and all(one.id in seat.marked for seat in meeting.seats)
            ]
            assert common == min(suiting, key=lambda one: one.span.start)
            meeting = rules.fix(meeting, common, now)
            assert meeting.ahead(now)
        assert meeting.changes - before.changes in (0, 1, 2)
        if meeting.changes == before.changes:
            assert (meeting.slot, meeting.changed_at) == (before.slot, before.changed_at)
        assert meeting.attempt <= rules.MOST_ATTEMPTS
        assert meeting.moves <= MOST_MOVES
        assert meeting.slot is not None or meeting.state is not State.FIXED
        assert meeting.slot is None or meeting.state not in (State.OFF, State.THEMSELVES)
