"""Who has room, who is introduced once more, and who was silent: from what they said themselves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import OfficialId
from bot.domain.koffie import Answer, Answered, Koffie, SeatGone, State, TermReached, apply, propose
from bot.domain.round import Standing, fell_out, missed
from bot.domain.working_time import OfficeHours

HOURS = OfficeHours(ZoneInfo("Europe/Amsterdam"))
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
_SAID = st.sampled_from([None, "gone", Answer.YES, Answer.YES, Answer.NOT_NOW, Answer.KNOWN])


@st.composite
def ended(draw: st.DrawFn) -> tuple[Koffie, dict[OfficialId, Answer | str | None]]:
    """A koffie of a round as it is when its term is over, and what each said."""
    people = [OfficialId(number) for number in range(1, draw(st.integers(2, 4)) + 1)]
    said = {who: draw(_SAID) for who in people}
    koffie = propose(people, NOW, HOURS)
    for who, word in said.items():
        if word == "gone":
            koffie = apply(koffie, SeatGone(who), NOW)
        elif isinstance(word, Answer):
            koffie = apply(koffie, Answered(who, word), NOW)
    if koffie.state is State.PROPOSED:
        koffie = apply(koffie, TermReached(), koffie.term)
    return koffie, said


@given(st.lists(ended(), max_size=4))
def test_who_wanted_a_koffie_and_has_none_is_introduced_once_more(
    koffies: list[tuple[Koffie, dict[OfficialId, Answer | str | None]]],
) -> None:
    expected = [
        who
        for koffie, said in koffies
        if koffie.state is not State.AGREED
        for who, word in said.items()
        if word in (Answer.YES, Answer.KNOWN)
    ]
    assert fell_out([koffie for koffie, _ in koffies]) == expected


@given(ended())
def test_who_stays_silent_missed_it_and_nobody_else(
    one: tuple[Koffie, dict[OfficialId, Answer | str | None]],
) -> None:
    koffie, said = one
    assert missed([koffie]) == [who for who, word in said.items() if word is None]


@given(ended())
def test_nobody_is_both(one: tuple[Koffie, dict[OfficialId, Answer | str | None]]) -> None:
    assert not set(fell_out([one[0]])) & set(missed([one[0]]))


@given(
    st.builds(
        Standing,
        st.integers(1, 8),
        st.integers(0, 8),
        st.integers(0, 3),
        st.none() | st.timedeltas(timedelta(days=-60), timedelta(0)).map(lambda ago: NOW + ago),
    ),
    st.integers(1, 30),
)
def test_room_is_a_pace_no_open_question_and_a_rest(standing: Standing, gap: int) -> None:
    rested = NOW - timedelta(days=gap)
    room = standing.has_room(rested)
    assert room == (
        standing.agreed < standing.pace
        and standing.open == 0
        and (standing.last is None or standing.last < rested)
    )
    if room:
        assert not Standing(standing.pace, standing.pace, 0, standing.last).has_room(rested)
        assert not Standing(standing.pace, standing.agreed, 1, standing.last).has_room(rested)
        assert not Standing(standing.pace, standing.agreed, 0, NOW).has_room(rested)
