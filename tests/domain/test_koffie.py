"""The state machine of a koffie: every state against every event, and what is decided about each."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import IllegalTransition
from bot.domain.ids import OfficialId
from bot.domain.koffie import (
    Answer,
    Answered,
    CalledOff,
    Event,
    FollowUpAnswered,
    FollowUpAsked,
    Formed,
    Happened,
    Koffie,
    Refused,
    Reminded,
    Seat,
    SeatGone,
    State,
    TermReached,
    Withdrawn,
    apply,
    due_reminders,
    propose,
)
from bot.domain.koffie_view import Phase, visible
from bot.domain.working_time import OfficeHours

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOURS = OfficeHours(AMSTERDAM)
ANNA, BRAM, CEES, STRANGER = map(OfficialId, (7, 8, 9, 10))
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

ASKED = datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM).astimezone(UTC)
NEW = propose([ANNA, BRAM], ASKED, HOURS, requester=ANNA)
REMIND, TERM = NEW.remind_at, NEW.term
FOLLOW_UP = TERM + 7 * DAY
UNTIL = FOLLOW_UP + 3 * DAY


def run(koffie: Koffie, *steps: tuple[datetime, Event]) -> Koffie:
    for now, event in steps:
        koffie = apply(koffie, event, now)
    return koffie


def answered(anna: Answer | None, bram: Answer | None) -> Koffie:
    koffie = NEW
    for who, answer in ((ANNA, anna), (BRAM, bram)):
        if answer is not None:
            koffie = apply(koffie, Answered(who, answer), ASKED + HOUR)
    return koffie


def over(koffie: Koffie) -> Koffie:
    return apply(koffie, TermReached(), TERM)


AGREED = answered(Answer.YES, Answer.YES)
FOLLOWED = run(AGREED, (FOLLOW_UP, FollowUpAsked(UNTIL)))
BRAM_DRANK = run(FOLLOWED, (FOLLOW_UP + HOUR, FollowUpAnswered(BRAM, Happened.HAPPENED)))
KOFFIES = {
    "proposed": NEW,
    "he said yes": answered(None, Answer.YES),
    "he said no": answered(None, Answer.NOT_NOW),
    "he knows": answered(None, Answer.KNOWN),
    "agreed": AGREED,
    "follow-up": FOLLOWED,
    "he drank": BRAM_DRANK,
    "he did not": run(FOLLOWED, (FOLLOW_UP + HOUR, FollowUpAnswered(BRAM, Happened.OFF))),
    "not yet": run(FOLLOWED, (FOLLOW_UP + HOUR, FollowUpAnswered(BRAM, Happened.NOT_YET))),
    "lapsed": over(NEW),
    "declined": over(answered(None, Answer.OTHER)),
    "withdrawn": over(apply(NEW, Withdrawn(ANNA), ASKED + HOUR)),
    "known": answered(Answer.KNOWN, Answer.KNOWN),
    "drunk": run(BRAM_DRANK, (UNTIL, TermReached())),
    "not drunk": run(FOLLOWED, (UNTIL, TermReached())),
}

EVENTS: dict[str, Event] = {
    "yes": Answered(ANNA, Answer.YES),
    "no": Answered(ANNA, Answer.NOT_NOW),
    "known": Answered(ANNA, Answer.KNOWN),
    "other": Answered(ANNA, Answer.OTHER),
    "withdraw": Withdrawn(ANNA),
    "remind": Reminded(ANNA),
    "gone": SeatGone(ANNA),
    "term": TermReached(),
    "ask": FollowUpAsked(UNTIL),
    "happened": FollowUpAnswered(ANNA, Happened.HAPPENED),
    "notyet": FollowUpAnswered(ANNA, Happened.NOT_YET),
    "off": FollowUpAnswered(ANNA, Happened.OFF),
    "called off": CalledOff(),
    "formed": Formed(),
}

# What becomes of each state by each event of Anna, the requester, at a time that fits the event.
# '-' before a word: refused, and why. P, A: still proposed, still agreed.
TABLE = """
state       | yes     | no      | known   | other   | withdraw | remind      | gone      | term         | ask         | happened    | notyet      | off         | called off  | formed
proposed    | P       | P       | P       | P       | P        | P           | P         | lapsed       | -not_agreed | -not_agreed | -not_agreed | -not_agreed | -not_agreed | -not_needed
he said yes | A       | P       | P       | P       | P        | P           | P         | lapsed       | -not_agreed | -not_agreed | -not_agreed | -not_agreed | -not_agreed | -not_needed
he said no  | P       | P       | P       | P       | P        | P           | P         | declined     | -not_agreed | -not_agreed | -not_agreed | -not_agreed | -not_agreed | -not_needed
he knows    | P       | P       | known   | P       | P        | P           | P         | declined     | -not_agreed | -not_agreed | -not_agreed | -not_agreed | -not_agreed | -not_needed
agreed      | -agreed | -agreed | -agreed | -agreed | -agreed  | -not_needed | A         | -not_asked   | A           | -not_asked  | -not_asked  | -not_asked  | not_drunk   | -agreed
follow-up   | -agreed | -agreed | -agreed | -agreed | -agreed  | -not_needed | A         | not_drunk    | -not_needed | A           | A           | A           | not_drunk   | -agreed
he drank    | -agreed | -agreed | -agreed | -agreed | -agreed  | -not_needed | A         | drunk        | -not_needed | drunk       | A           | A           | not_drunk   | -agreed
he did not  | -agreed | -agreed | -agreed | -agreed | -agreed  | -not_needed | A         | not_drunk    | -not_needed | A           | A           | A           | not_drunk   | -agreed
not yet     | -agreed | -agreed | -agreed | -agreed | -agreed  | -not_needed | A         | not_drunk    | A           | A           | A           | A           | not_drunk   | -agreed
lapsed      | -over   | -over   | -over   | -over   | -over    | -not_needed | lapsed    | -over        | -not_agreed | -over       | -over       | -over       | -over       | -over
declined    | -over   | -over   | -over   | -over   | -over    | -not_needed | declined  | -over        | -not_agreed | -over       | -over       | -over       | -over       | -over
withdrawn   | -left   | -left   | -left   | -left   | -left    | -not_needed | withdrawn | -over        | -not_agreed | -left       | -left       | -left       | -over       | -over
known       | -over   | -over   | -over   | -over   | -over    | -not_needed | known     | -over        | -not_agreed | -over       | -over       | -over       | -over       | -over
drunk       | -over   | -over   | -over   | -over   | -over    | -not_needed | drunk     | -over        | -not_agreed | -over       | -over       | -over       | -over       | -over
not drunk   | -over   | -over   | -over   | -over   | -over    | -not_needed | not_drunk | -over        | -not_agreed | -over       | -over       | -over       | -over       | -over
"""  # noqa: E501 - a table is read by its columns


def cells() -> list[tuple[str, str, str]]:
    header, *rows = ([cell.strip() for cell in line.split("|")] for line in TABLE.splitlines() if "|" in line)
    return [(row[0], event, cell) for row in rows for event, cell in zip(header[1:], row[1:], strict=True)]


def fitting_time(koffie: Koffie, event: str) -> datetime:
    if event == "remind":
        return REMIND
    if event == "term":
        return UNTIL
    if event in ("ask", "happened", "notyet", "off"):
        return FOLLOW_UP + 2 * HOUR
    return ASKED + 2 * HOUR if koffie.state is State.PROPOSED else TERM + HOUR


def test_the_table_is_whole() -> None:
    assert len(cells()) == len(KOFFIES) * len(EVENTS)
    assert {koffie.state for koffie in KOFFIES.values()} == set(State)
    assert {type(event) for event in EVENTS.values()} == set(Event.__args__)


@pytest.mark.parametrize(("start", "event", "outcome"), cells())
def test_every_state_against_every_event(start: str, event: str, outcome: str) -> None:
    koffie = KOFFIES[start]
    now = fitting_time(koffie, event)
    if outcome.startswith("-"):
        with pytest.raises(Refused) as refused:
            apply(koffie, EVENTS[event], now)
        assert refused.value.refusal == outcome[1:]
        assert isinstance(refused.value, IllegalTransition)
    else:
        expected = {"P": State.PROPOSED, "A": State.AGREED}.get(outcome, outcome)
        assert apply(koffie, EVENTS[event], now).state == expected


def refusal(koffie: Koffie, event: Event, now: datetime) -> str:
    with pytest.raises(Refused) as refused:
        apply(koffie, event, now)
    return refused.value.refusal.value


def test_times_come_from_working_days() -> None:
    assert datetime(2026, 11, 26, 9, tzinfo=AMSTERDAM) == REMIND
    assert datetime(2026, 11, 27, 17, tzinfo=AMSTERDAM) == TERM
    round_of_two_weeks = propose([ANNA, BRAM, CEES], ASKED, HOURS, term_days=10, reminder_days=5)
    assert round_of_two_weeks.term == datetime(2026, 12, 8, 17, tzinfo=AMSTERDAM)


def test_the_term_is_its_first_moment_past() -> None:
    last_moment = TERM - timedelta(microseconds=1)
    he_said_yes = KOFFIES["he said yes"]
    assert apply(he_said_yes, Answered(ANNA, Answer.YES), last_moment).state is State.AGREED
    assert refusal(he_said_yes, Answered(ANNA, Answer.YES), TERM) == "over"
    assert refusal(NEW, TermReached(), last_moment) == "too_early"
    assert refusal(NEW, Withdrawn(ANNA), TERM) == "over"
    assert refusal(FOLLOWED, TermReached(), UNTIL - HOUR) == "too_early"
    assert refusal(BRAM_DRANK, FollowUpAnswered(ANNA, Happened.HAPPENED), UNTIL) == "over"
    assert refusal(AGREED, FollowUpAsked(FOLLOW_UP), FOLLOW_UP) == "too_early"


def test_a_late_look_makes_no_difference() -> None:
    late = TERM + 3 * DAY
    assert apply(NEW, TermReached(), late).settled_at == TERM
    assert visible(NEW, BRAM, late) == visible(apply(NEW, TermReached(), late), BRAM, late)


def test_only_seats_take_part_and_only_the_requester_withdraws() -> None:
    for event in (
        Answered(STRANGER, Answer.YES),
        Withdrawn(STRANGER),
        SeatGone(STRANGER),
        Reminded(STRANGER),
    ):
        assert refusal(NEW, event, REMIND) == "not_seated"
    assert refusal(FOLLOWED, FollowUpAnswered(STRANGER, Happened.OFF), FOLLOW_UP) == "not_seated"
    assert refusal(NEW, Withdrawn(BRAM), ASKED + HOUR) == "not_requester"
    with pytest.raises(Refused):
        visible(NEW, STRANGER, ASKED)


def test_an_answer_may_change_until_it_is_settled() -> None:
    koffie = answered(Answer.NOT_NOW, Answer.YES)
    assert apply(koffie, Answered(ANNA, Answer.YES), ASKED + 2 * HOUR).state is State.AGREED
    no_longer = apply(answered(Answer.YES, None), Answered(ANNA, Answer.NOT_NOW), ASKED + 2 * HOUR)
    assert apply(no_longer, Answered(BRAM, Answer.YES), ASKED + 3 * HOUR).state is State.PROPOSED
    assert refusal(AGREED, Answered(ANNA, Answer.NOT_NOW), ASKED + 2 * HOUR) == "agreed"


def test_a_double_press_changes_nothing() -> None:
    once = answered(Answer.YES, None)
    assert apply(once, Answered(ANNA, Answer.YES), ASKED + 5 * HOUR) is once
    gone = apply(once, SeatGone(ANNA), ASKED + 5 * HOUR)
    assert apply(gone, SeatGone(ANNA), ASKED + 6 * HOUR) == gone


def test_one_reminder_for_who_is_silent() -> None:
    koffie = answered(None, Answer.NOT_NOW)
    assert due_reminders(koffie, REMIND - timedelta(seconds=1)) == ()
    assert due_reminders(koffie, REMIND) == (ANNA,)
    assert refusal(koffie, Reminded(ANNA), REMIND - HOUR) == "not_needed"
    assert refusal(koffie, Reminded(BRAM), REMIND) == "not_needed"
    reminded = apply(koffie, Reminded(ANNA), REMIND)
    assert due_reminders(reminded, REMIND + HOUR) == ()
    assert refusal(reminded, Reminded(ANNA), REMIND + HOUR) == "not_needed"
    assert due_reminders(koffie, TERM) == ()


def test_known_excludes_at_once_and_ties_only_together() -> None:
    one_sided = answered(Answer.KNOWN, Answer.YES)
    assert one_sided.knowing == (ANNA,)
    assert visible(one_sided, BRAM, ASKED + HOUR) == visible(answered(None, Answer.YES), BRAM, ASKED + HOUR)
    together = answered(Answer.KNOWN, Answer.KNOWN)
    assert together.settled_at == ASKED + HOUR
    assert visible(together, BRAM, ASKED + HOUR).contacts == ()


def test_who_left_takes_no_part() -> None:
    said_yes = answered(Answer.YES, None)
    for leaving in (Withdrawn(ANNA), SeatGone(ANNA)):
        koffie = apply(said_yes, leaving, ASKED + 2 * HOUR)
        assert refusal(koffie, Answered(ANNA, Answer.YES), ASKED + 3 * HOUR) == "left"
        assert refusal(koffie, Withdrawn(ANNA), ASKED + 3 * HOUR) == "left"
        assert koffie.present == (BRAM,)
        assert due_reminders(koffie, REMIND) == (BRAM,)
        assert visible(koffie, ANNA, ASKED + 3 * HOUR).phase is Phase.LEFT
        still_open = apply(koffie, Answered(BRAM, Answer.YES), ASKED + 3 * HOUR)
        assert visible(still_open, BRAM, ASKED + 3 * HOUR).phase is Phase.OPEN
        assert visible(still_open, BRAM, TERM).phase is Phase.OFF
    erased = apply(said_yes, SeatGone(ANNA), ASKED + 2 * HOUR)
    assert erased.seat_of(ANNA) == Seat(ANNA, gone=True)


def test_contact_routes_only_after_every_yes_and_not_of_who_left() -> None:
    for name, koffie in KOFFIES.items():
        expected = (BRAM,) if koffie.state in (State.AGREED, State.DRUNK) else ()
        assert visible(koffie, ANNA, UNTIL).contacts == expected, name
    blocked = apply(AGREED, SeatGone(BRAM), TERM)
    assert visible(blocked, ANNA, TERM).contacts == ()
    assert visible(blocked, BRAM, TERM).contacts == ()
    trio = propose([ANNA, BRAM, CEES], ASKED, HOURS)
    for who in (ANNA, BRAM):
        trio = apply(trio, Answered(who, Answer.YES), ASKED + HOUR)
        assert visible(trio, ANNA, ASKED + HOUR).contacts == ()
    trio = apply(trio, Answered(CEES, Answer.YES), ASKED + HOUR)
    assert visible(trio, ANNA, ASKED + HOUR).contacts == (BRAM, CEES)


@pytest.mark.parametrize(
    ("anna", "bram", "outcome"),
    [
        (Happened.HAPPENED, None, State.DRUNK),
        (Happened.HAPPENED, Happened.HAPPENED, State.DRUNK),
        (Happened.HAPPENED, Happened.OFF, State.NOT_DRUNK),
        (Happened.HAPPENED, Happened.NOT_YET, State.NOT_DRUNK),
        (Happened.NOT_YET, None, State.NOT_DRUNK),
        (Happened.OFF, None, State.NOT_DRUNK),
        (None, None, State.NOT_DRUNK),
    ],
)
def test_a_yes_that_nobody_denies_makes_the_tie(
    anna: Happened | None, bram: Happened | None, outcome: State
) -> None:
    for seats in (((ANNA, anna), (BRAM, bram)), ((BRAM, anna), (ANNA, bram))):
        koffie = FOLLOWED
        for who, happened in seats:
            if happened is not None:
                koffie = apply(koffie, FollowUpAnswered(who, happened), FOLLOW_UP + HOUR)
        both = (anna, bram) == (Happened.HAPPENED, Happened.HAPPENED)
        assert koffie.state is (State.DRUNK if both else State.AGREED)
        ended = koffie if both else apply(koffie, TermReached(), UNTIL + DAY)
        assert ended.state is outcome
        assert ended.settled_at == (FOLLOW_UP + HOUR if both else UNTIL)


def test_not_yet_is_asked_once_more() -> None:
    later = UNTIL + 10 * DAY
    koffie = run(
        BRAM_DRANK,
        (FOLLOW_UP + HOUR, FollowUpAnswered(ANNA, Happened.NOT_YET)),
        (UNTIL - HOUR, FollowUpAsked(later)),
    )
    assert visible(koffie, ANNA, UNTIL + HOUR).may_follow_up
    assert koffie.seat_of(ANNA).happened is None
    assert apply(koffie, TermReached(), later).state is State.DRUNK
    assert refusal(koffie, TermReached(), UNTIL) == "too_early"


def test_nonsense_is_no_koffie() -> None:
    for officials in ([ANNA], [ANNA, ANNA], [OfficialId(n) for n in range(5)]):
        with pytest.raises(ValueError, match="two to four"):
            propose(officials, ASKED, HOURS)
    with pytest.raises(ValueError, match="requester"):
        propose([ANNA, BRAM], ASKED, HOURS, requester=STRANGER)
    with pytest.raises(ValueError, match="reminded"):
        propose([ANNA, BRAM], ASKED, HOURS, term_days=2, reminder_days=3)
    with pytest.raises(ValueError, match="reminded"):
        replace(NEW, remind_at=ASKED)
