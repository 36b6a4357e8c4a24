"""Rules of a channel: stored and read back, typed and understood, set and taken back."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import ByHand, Cadence, MonthlyOnDay, Weekly
from bot.domain.channel import Channel
from bot.domain.channel_rule_words import parse_layers, parse_rules
from bot.domain.channel_rules import ChannelRules, ChannelState, Distance, Favour, Setting
from bot.domain.ids import ChannelId, TopicId
from bot.domain.layer import Layer
from bot.domain.profile import FORMATS
from bot.store.channel import values_of, with_values


def _some(values: object) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(list(values)), unique=True).map(tuple)  # type: ignore[call-overload]


RULES = st.builds(
    ChannelRules,
    layers=_some(Layer),
    gap_days=st.none() | st.integers(1, 90),
    most_a_month=st.none() | st.integers(1, 4),
    across_layers=st.booleans(),
    distance=st.sampled_from(Distance),
    koepels=st.none() | st.booleans(),
    formats=_some(FORMATS),
    favours=_some(Favour),
)
RHYTHMS: st.SearchStrategy[Cadence] = st.one_of(
    st.just(ByHand()),
    st.builds(Weekly, st.integers(1, 12), st.integers(0, 4), st.just(time(10)), st.dates()),
    st.builds(MonthlyOnDay, st.integers(1, 31), st.just(time(9, 30))),
)
OF_A_TOPIC = {
    Setting.PHASE, Setting.LABEL, Setting.ENGLISH, Setting.WORDS, Setting.THEMES, Setting.SENSITIVE,
    Setting.PARTS,
}  # fmt: skip
OF_A_CHANNEL = sorted(set(Setting) - OF_A_TOPIC - {Setting.CODE, Setting.PLACE, Setting.TEAM})
"""The code, the places and the teams have rows of their own."""
CHANNELS = st.builds(
    Channel,
    id=st.just(ChannelId(1)),
    topic=st.just(TopicId(1)),
    cadence=RHYTHMS,
    group_size=st.integers(2, 4),
    next_at=st.none(),
    rules=RULES,
    state=st.sampled_from(ChannelState),
    resumes_on=st.none() | st.dates(),
)


@given(CHANNELS, CHANNELS, st.sets(st.sampled_from(OF_A_CHANNEL)))
def test_to_undo_what_was_done_leaves_all_as_it_was(
    was: Channel, wanted: Channel, some: set[Setting]
) -> None:
    after = {name: value for name, value in values_of(wanted).items() if name in some}
    before = {name: value for name, value in values_of(was).items() if name in some}
    done = with_values(was, after)
    assert {name: values_of(done)[name] for name in some} == after
    assert with_values(done, before) == was


@given(RULES)
def test_rules_are_read_back_as_they_were_stored(rules: ChannelRules) -> None:
    assert ChannelRules.of(rules.stored()) == rules


@given(st.lists(st.sampled_from(Layer), min_size=1, unique=True))
def test_layers_are_understood_in_any_order(layers: list[Layer]) -> None:
    assert parse_layers(" en ".join(layers)) == tuple(layer for layer in Layer if layer in layers)


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("nabij", {Setting.DISTANCE: "near"}),
        ("nabij, hoogstens 1 per maand", {Setting.DISTANCE: "near", Setting.MONTH: 1}),
        ("at most two a month and far", {Setting.MONTH: 2, Setting.DISTANCE: "far"}),
        ("tussenpoos van 2 weken", {Setting.GAP: 14}),
        ("gewone tussenpoos en eigen tempo", {Setting.GAP: None, Setting.MONTH: None}),
        ("koepels nee; andere laag", {Setting.KOEPELS: False, Setting.ACROSS: True}),
        ("vormen bellen en live, koepels ja", {Setting.FORMATS: ["live", "call"], Setting.KOEPELS: True}),
        ("vormen alle", {Setting.FORMATS: []}),
        (
            "nieuwe organisaties eerst, kleine organisaties eerst",
            {Setting.FAVOURS: ["new", "small"]},
        ),
    ],
)
def test_rules_as_people_type_them(words: str, rules: dict[Setting, object]) -> None:
    assert parse_rules(words) == rules


@pytest.mark.parametrize(
    "words", ["", "soms", "nabij soms", "hoogstens per maand", "vormen", "tussenpoos 0 dagen", "koepels"]
)
def test_what_is_no_rule_is_not_guessed(words: str) -> None:
    assert parse_rules(words) is None


@given(CHANNELS, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_pause_ends_on_its_day_and_a_stop_never(channel: Channel, day: date) -> None:
    over = channel.resumes_on is not None and channel.resumes_on <= day
    expected = {
        ChannelState.RUNNING: False,
        ChannelState.PAUSED: not over,
        ChannelState.STOPPED: True,
    }
    assert channel.rests(day) is expected[channel.state]
