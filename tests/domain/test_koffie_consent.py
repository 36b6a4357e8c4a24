"""Nobody can tell a no from a silence, and a model of the koffie that is nothing but what was said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.ids import OfficialId
from bot.domain.koffie import (
    PASSED,
    TIES,
    Answer,
    Answered,
    Event,
    FollowUpAnswered,
    FollowUpAsked,
    Formed,
    Happened,
    Koffie,
    Refused,
    Reminded,
    SeatGone,
    State,
    TermReached,
    Withdrawn,
    apply,
    due_reminders,
    propose,
)
from bot.domain.koffie_view import Phase, View, visible
from bot.domain.team import LEAST
from bot.domain.working_time import OfficeHours

HOURS = OfficeHours(ZoneInfo("Europe/Amsterdam"))
ASKED = datetime(2026, 12, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
OBSERVER, OTHER, *MORE = map(OfficialId, (7, 8, 9, 10))
BY_THE_HOUR = int((HOURS.add_working_days(ASKED, 3) - ASKED) / HOUR) + 48


class Act(NamedTuple):
    """What an official does, some hours after being asked."""

    hour: int
    event: Event


def answers(who: OfficialId, *allowed: Answer) -> st.SearchStrategy[Event]:
    return st.sampled_from(allowed or tuple(Answer)).map(lambda answer: Answered(who, answer))


def acts(events: st.SearchStrategy[Event], least: int = 0) -> st.SearchStrategy[list[Act]]:
    act = st.tuples(st.integers(0, BY_THE_HOUR), events).map(lambda pair: Act(*pair))
    return st.lists(act, min_size=least, max_size=5)


def any_act(who: OfficialId) -> st.SearchStrategy[Event]:
    leaving: list[Event] = [Withdrawn(who), SeatGone(who)]
    return answers(who) | answers(who) | st.sampled_from(leaving)


class Glimpse(NamedTuple):
    """All that reaches an observer in an hour: the view, refusals, and what the bot says unasked."""

    view: View
    refused: tuple[str, ...]
    reminded: bool
    told: bool


def observe(koffie: Koffie, script: Iterable[Act], look_late: int) -> tuple[list[Glimpse], Koffie]:
    """Play a script hour by hour as the bot would, with reminders and term, through the observer's eyes."""
    by_hour: dict[int, list[Event]] = {}
    for act in script:
        by_hour.setdefault(act.hour, []).append(act.event)
    glimpses = []
    for hour in range(BY_THE_HOUR + 1):
        now = ASKED + hour * HOUR
        refused, told = [], False
        for happening in by_hour.get(hour, ()):
            try:
                koffie = apply(koffie, happening, now)
            except Refused as refusal:
                if getattr(happening, "by", None) == OBSERVER:
                    refused.append(refusal.refusal.value)
        due = due_reminders(koffie, now)
        for who in due:
            koffie = apply(koffie, Reminded(who), now)
        if koffie.state is State.PROPOSED and now >= koffie.term + look_late * HOUR:
            koffie = apply(koffie, TermReached(), now)
            told = OBSERVER in koffie.present
        glimpses.append(Glimpse(visible(koffie, OBSERVER, now), tuple(refused), OBSERVER in due, told))
    return glimpses, koffie


@settings(max_examples=300)
@given(
    observed=acts(any_act(OBSERVER)),
    others=acts(any_act(OTHER), least=1),
    third=st.none() | acts(any_act(MORE[0])),
    requester=st.sampled_from((None, OBSERVER, OTHER)),
    look_late=st.integers(0, 30),
)
def test_whatever_is_no_yes_is_a_silence(
    observed: list[Act],
    others: list[Act],
    third: list[Act] | None,
    requester: OfficialId | None,
    look_late: int,
) -> None:
    seated = [OBSERVER, OTHER] if third is None else [OBSERVER, OTHER, MORE[0]]
    koffie = propose(seated, ASKED, HOURS, requester=requester)
    silent = [*observed, *(third or [])]
    with_other, ended = observe(koffie, [*silent, *others], look_late)
    assume(ended.state in PASSED)
    without, lapsed = observe(koffie, silent, look_late)
    assert with_other == without
    assert lapsed.settled_at == ended.settled_at
    event(f"{ended.state}, as {lapsed.state}")


@given(no=st.sampled_from([Answer.NOT_NOW, Answer.KNOWN, Answer.OTHER]), hour=st.integers(0, 50))
def test_a_yes_does_not_uncover_a_no(no: Answer, hour: int) -> None:
    koffie = propose([OBSERVER, OTHER], ASKED, HOURS, requester=OBSERVER)
    yes = Act(60, Answered(OBSERVER, Answer.YES))
    with_no, ended = observe(koffie, [Act(hour, Answered(OTHER, no)), yes], 0)
    assert with_no == observe(koffie, [yes], 0)[0]
    assert ended.state is State.DECLINED
    assert [glimpse.told for glimpse in with_no].count(True) == 1
    assert with_no[-1].view.phase is Phase.OFF


@given(acts(any_act(OBSERVER)), acts(any_act(OTHER)), st.integers(0, 30))
def test_all_read_that_it_is_off_at_the_same_moment(one: list[Act], other: list[Act], look_late: int) -> None:
    koffie = propose([OBSERVER, OTHER], ASKED, HOURS, requester=OTHER)
    glimpses, ended = observe(koffie, [*one, *other], look_late)
    if ended.state in PASSED and not ended.seat_of(OBSERVER).left:
        off = [glimpse.view.phase is Phase.OFF for glimpse in glimpses]
        assert ASKED + off.index(True) * HOUR == ended.term
        assert glimpses[-1].view.ended_at == ended.term


@dataclass
class Said:
    """The model: an official's last words."""

    answer: Answer | None = None
    reminded: bool = False
    left: bool = False
    happened: Happened | None = None


@dataclass
class Model:
    """What was said, and the end that follows from it by the rules as the product words them."""

    said: dict[OfficialId, Said]
    requester: OfficialId | None
    end: State | None = None
    agreed: bool = False
    until: datetime | None = None
    withdrawn: bool = False
    history: set[State] = field(default_factory=set)

    def everyone(self, answer: Answer) -> bool:
        return all(said.answer is answer and not said.left for said in self.said.values())


class KoffieMachine(RuleBasedStateMachine):
    """Any event at any time; each is done exactly when the model says that it may be."""

    @initialize(seats=st.integers(2, 4), requested=st.booleans())
    def begin(self, seats: int, requested: bool) -> None:  # noqa: FBT001 - drawn by name
        self.officials = [OBSERVER, OTHER, *MORE][:seats]
        self.koffie = propose(
            self.officials, ASKED, HOURS, requester=self.officials[0] if requested else None
        )
        self.model = Model({who: Said() for who in self.officials}, self.koffie.requester)
        self.now = ASKED

    @property
    def open(self) -> bool:
        model = self.model
        return not model.agreed and model.end is None and self.now < self.koffie.term

    def do(self, happening: Event, *, allowed: bool) -> None:
        before = self.koffie
        try:
            self.koffie = apply(before, happening, self.now)
        except Refused:
            assert not allowed, f"{happening} should fit"
            assert self.koffie is before
        else:
            assert allowed, f"{happening} should not fit"

    def who(self, number: int) -> OfficialId:
        return self.officials[number % len(self.officials)]

    @rule(hours=st.integers(1, 40))
    def wait(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(number=st.integers(0, 3), answer=st.sampled_from([Answer.YES, Answer.YES, *Answer]))
    def answer(self, number: int, answer: Answer) -> None:
        who = self.who(number)
        allowed = self.open and not self.model.said[who].left
        if allowed:
            self.model.said[who].answer = answer
            self.model.agreed = self.model.everyone(Answer.YES)
            if self.model.everyone(Answer.KNOWN):
                self.model.end = State.KNOWN
        self.do(Answered(who, answer), allowed=allowed)

    @precondition(lambda self: self.open)
    @rule()
    def all_say_yes(self) -> None:
        for number in range(len(self.officials)):
            self.answer(number, Answer.YES)

    @rule(number=st.integers(0, 3))
    def withdraw(self, number: int) -> None:
        who = self.who(number)
        allowed = self.open and who == self.model.requester and not self.model.said[who].left
        if allowed:
            self.model.said[who].left = self.model.withdrawn = True
        self.do(Withdrawn(who), allowed=allowed)

    @rule(number=st.integers(0, 3))
    def vanish(self, number: int) -> None:
        who = self.who(number)
        self.model.said[who] = Said(left=True)
        self.do(SeatGone(who), allowed=True)

    @rule(number=st.integers(0, 3))
    def remind(self, number: int) -> None:
        who = self.who(number)
        said = self.model.said[who]
        due = self.open and self.now >= self.koffie.remind_at
        allowed = due and not said.left and said.answer is None and not said.reminded
        said.reminded |= allowed
        self.do(Reminded(who), allowed=allowed)

    @rule()
    def end_term(self) -> None:
        model = self.model
        if model.end is not None:
            self.do(TermReached(), allowed=False)
        elif model.agreed:
            allowed = model.until is not None and self.now >= model.until
            if allowed:
                happened = [said.happened for said in model.said.values() if said.happened is not None]
                drunk = bool(happened) and all(one is Happened.HAPPENED for one in happened)
                model.end = State.DRUNK if drunk else State.NOT_DRUNK
            self.do(TermReached(), allowed=allowed)
        else:
            allowed = self.now >= self.koffie.term
            if allowed:
                no = any(said.answer not in (None, Answer.YES) for said in model.said.values())
                model.end = State.WITHDRAWN if model.withdrawn else State.DECLINED if no else State.LAPSED
            self.do(TermReached(), allowed=allowed)

    @rule()
    def form(self) -> None:
        """A team: the rest of the table is told as little as by a lapse."""
        model = self.model
        yes = [said for said in model.said.values() if said.answer is Answer.YES and not said.left]
        allowed = model.end is None and not model.agreed and len(yes) >= LEAST
        if allowed:
            model.end = State.LAPSED
        self.do(Formed(), allowed=allowed)

    @precondition(lambda self: self.model.agreed)
    @rule(hours=st.integers(-1, 60))
    def ask_follow_up(self, hours: int) -> None:
        model, until = self.model, self.now + hours * HOUR
        not_yet = [said for said in model.said.values() if said.happened is Happened.NOT_YET]
        allowed = hours > 0 and model.end is None and (model.until is None or bool(not_yet))
        if allowed:
            model.until = until
            for said in not_yet:
                said.happened = None
        self.do(FollowUpAsked(until), allowed=allowed)

    @rule(number=st.integers(0, 3), happened=st.sampled_from([Happened.HAPPENED, *Happened]))
    def answer_follow_up(self, number: int, happened: Happened) -> None:
        model, who = self.model, self.who(number)
        asked = model.agreed and model.end is None and model.until is not None and self.now < model.until
        allowed = asked and not model.said[who].left
        if allowed:
            model.said[who].happened = happened
            if all(said.happened is Happened.HAPPENED for said in model.said.values()):
                model.end = State.DRUNK
        self.do(FollowUpAnswered(who, happened), allowed=allowed)

    @invariant()
    def the_state_is_the_model_s(self) -> None:
        expected = self.model.end or (State.AGREED if self.model.agreed else State.PROPOSED)
        assert self.koffie.state is expected
        assert (self.koffie.settled_at is None) == (self.model.end is None)

    @invariant()
    def an_end_is_an_end(self) -> None:
        self.model.history.add(self.koffie.state)
        assert len(self.model.history - {State.PROPOSED, State.AGREED}) <= 1
        if self.koffie.state in PASSED | {State.KNOWN}:
            assert State.AGREED not in self.model.history

    @invariant()
    def contacts_need_every_yes(self) -> None:
        for who in self.officials:
            view = visible(self.koffie, who, self.now)
            assert not (view.contacts and not self.model.agreed)
            assert who not in view.contacts
            assert not any(self.model.said[other].left for other in view.contacts)
            assert view.may_answer == (self.open and not self.model.said[who].left)
            if self.koffie.state in TIES and view.phase is not Phase.LEFT:
                assert view.phase in (Phase.DRUNK, Phase.KNOWN)


KoffieMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestKoffieMachine = KoffieMachine.TestCase
