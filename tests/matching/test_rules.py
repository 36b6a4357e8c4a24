"""What no plan may do, what every plan must be, and what the engine refuses, on any people at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.layer import Layer
from bot.domain.practice import Practice
from bot.domain.topic import Part
from bot.matching import Distance, Person, Plan, PlanError, Settings, Term, Weights, plan

LAYERS = tuple(Layer)
TOPICS = ("stikstof", "wonen", "bodem")
Pair = tuple[str, str]


@st.composite
def person(draw: st.DrawFn, number: int) -> Person:
    return Person(
        id=f"p{number}",
        organisation=draw(st.sampled_from("ABCD")),
        layer=draw(st.sampled_from(LAYERS)),
        topics=draw(st.dictionaries(st.sampled_from(TOPICS), st.sampled_from(Part), max_size=3)),
        region=draw(st.sampled_from(("", "Drenthe", "Zeeland"))),
        languages=draw(st.sampled_from((("nl",), ("en",), ("nl", "en")))),
        slots=draw(st.sampled_from(((), (0,), (1,), (0, 200)))),
        formats=draw(st.sampled_from(((), ("live",), ("online",)))),
        work=draw(st.sampled_from((None, *Practice))),
        column=draw(st.sampled_from(("", "water", "zorg"))),
        lacks=draw(st.sampled_from(((), LAYERS[:4], (Layer.GEMEENTE, Layer.OVERIG)))),
        waiting=draw(st.integers(0, 3)),
        introductions=draw(st.integers(0, 5)),
        small=draw(st.booleans()),
        koepel=draw(st.integers(0, 9)) == 0,
        active=draw(st.integers(0, 9)) > 0,
        willing=draw(st.integers(0, 9)) > 0,
        elected=draw(st.integers(0, 9)) == 0,
    )


@st.composite
def case(draw: st.DrawFn, most: int = 9) -> tuple[list[Person], list[Pair], list[Pair], Settings]:
    people = [draw(person(number)) for number in range(draw(st.integers(0, most)))]
    all_pairs = [(one.id, other.id) for one in people for other in people if one is not other]
    some = st.lists(st.sampled_from(all_pairs), max_size=4) if all_pairs else st.just([])
    wanted = Settings(
        size=draw(st.sampled_from((2, 2, 3, 4))),
        trios=draw(st.booleans()),
        koepels=draw(st.booleans()),
        across_layers=draw(st.booleans()),
        distance=draw(st.sampled_from(Distance)),
        seed=draw(st.sampled_from(("", "round 7"))),
    )
    return people, draw(some), draw(some), wanted


def takes_part(one: Person, wanted: Settings) -> bool:
    return one.active and one.willing and not one.elected and (wanted.koepels or not one.koepel)


def may_meet(one: Person, other: Person, apart: Sequence[Pair], wanted: Settings) -> bool:
    """The hard rules, written down a second time."""
    return (
        one.organisation != other.organisation
        and {one.id, other.id} not in [set(pair) for pair in apart]
        and not (wanted.across_layers and one.layer is other.layer)
        and bool(set(one.languages) & set(other.languages))
        and (not one.slots or not other.slots or bool(set(one.slots) & set(other.slots)))
        and (not one.formats or not other.formats or bool(set(one.formats) & set(other.formats)))
    )


@given(case(most=14))
def test_no_forbidden_pair_and_nobody_twice(
    given_: tuple[list[Person], list[Pair], list[Pair], Settings],
) -> None:
    people, known, blocked, wanted = given_
    made = plan(people, known, blocked, wanted)
    by_id = {one.id: one for one in people}
    for group in made.groups:
        assert 2 <= len(group.members) <= max(3, wanted.size + (wanted.size == 3))
        assert [(tie.one, tie.other) for tie in group.ties] == list(combinations(group.members, 2))
        for one, other in combinations(group.members, 2):
            assert may_meet(by_id[one], by_id[other], [*known, *blocked], wanted)
    seen = [*(member for group in made.groups for member in group.members), *made.left_out]
    assert sorted(seen) == sorted(one.id for one in people if takes_part(one, wanted))
    if wanted.size == 2 and not wanted.trios:
        assert all(len(group.members) == 2 for group in made.groups)


def weight_of_persons(one: Person, people: Sequence[Person], wanted: Settings) -> int:
    """The points of a person, written down a second time."""
    weights = wanted.weights
    there = [other for other in people if takes_part(other, wanted)]
    mine = [other for other in there if other.layer is one.layer]
    mean = sum(other.introductions for other in there) / len(there)
    own = sum(other.introductions for other in mine) / len(mine)
    behind = 0 if mean == 0 else max(0, int(weights.balance * (1 - own / mean) + 1e-9))
    return (
        weights.waiting * min(one.waiting, wanted.most_waiting)
        + weights.small * one.small
        + weights.unheard * (one.introductions == 0)
        + weights.few * max(0, 3 - one.introductions)
        + behind
    )


def weight_of_pair(one: Person, other: Person, wanted: Settings) -> int:
    """The points of a pair of so few people that no topic is rare, written down a second time."""
    weights = wanted.weights
    shared = [{one.topics[topic], other.topics[topic]} for topic in one.topics.keys() & other.topics.keys()]
    near = one.region == other.region
    told = bool(one.region and other.region)
    return (
        weights.other_layer * (one.layer is not other.layer)
        + weights.new_layer * ((other.layer in one.lacks) + (one.layer in other.lacks))
        + weights.practice * ({one.work, other.work} == set(Practice))
        + weights.other_column * (one.column != other.column and bool(one.column and other.column))
        + weights.distance * (told and near and wanted.distance is Distance.NEAR)
        + weights.distance * (told and not near and wanted.distance is Distance.FAR)
        + max(
            (weights.shared_topic + weights.parts * (p == {Part.LEADS, Part.WORKS_ON}) for p in shared),
            default=0,
        )
    )


def best_by_trying_all(people: Sequence[Person], apart: Sequence[Pair], wanted: Settings) -> tuple[int, int]:
    """The most pairs, and what the best plan of so many is worth."""
    there = [one for one in people if takes_part(one, wanted)]
    own = [weight_of_persons(one, people, wanted) for one in there]

    @cache
    def best(left: frozenset[int]) -> tuple[int, int]:
        if len(left) < 2:
            return 0, 0
        first = min(left)
        rest = left - {first}
        found = best(rest)
        for other in rest:
            if may_meet(there[first], there[other], apart, wanted):
                pairs, weight = best(rest - {other})
                points = weight_of_pair(there[first], there[other], wanted) + own[first] + own[other]
                found = max(found, (pairs + 1, weight + points))
        return found

    return best(frozenset(range(len(there))))


@given(case(most=7))
@settings(max_examples=150)
def test_as_many_and_as_good_as_any_plan_of_few_people(
    given_: tuple[list[Person], list[Pair], list[Pair], Settings],
) -> None:
    people, known, blocked, wanted = given_
    wanted = replace(wanted, size=2, weights=Weights(rare_topic=0))
    made = plan(people, known, blocked, wanted).certificate
    pairs, weight = best_by_trying_all(people, [*known, *blocked], wanted)
    assert (made.pairs, made.weight) == (pairs, weight)
    assert (made.max_pairs, made.bound) == (pairs, weight)


def best_groups(
    people: Sequence[Person], sizes: Sequence[int], apart: Sequence[Pair], wanted: Settings
) -> int:
    """What groups of these sizes are worth at most, by trying all; -1 where none may be."""
    there = [one for one in people if takes_part(one, wanted)]
    own = [weight_of_persons(one, people, wanted) for one in there]

    def worth(group: Sequence[int]) -> int:
        ties = list(combinations(group, 2))
        if not all(may_meet(there[one], there[other], apart, wanted) for one, other in ties):
            return -1
        return sum(weight_of_pair(there[a], there[b], wanted) + own[a] + own[b] for a, b in ties)

    @cache
    def best(left: frozenset[int], sizes: tuple[int, ...]) -> int:
        if not sizes:
            return 0
        found = -1
        for group in combinations(sorted(left), sizes[0]):
            here, rest = worth(group), best(left - set(group), sizes[1:])
            if min(here, rest) >= 0:
                found = max(found, here + rest)
        return found

    return best(frozenset(range(len(there))), tuple(sizes))


@given(case(most=7), st.sampled_from((3, 4)))
@settings(max_examples=150)
def test_no_groups_of_these_sizes_are_worth_more_than_the_bound(
    given_: tuple[list[Person], list[Pair], list[Pair], Settings], size: int
) -> None:
    people, known, blocked, wanted = given_
    wanted = replace(wanted, size=size, weights=Weights(rare_topic=0))
    made = plan(people, known, blocked, wanted)
    best = best_groups(people, [len(group.members) for group in made.groups], [*known, *blocked], wanted)
    assert made.certificate.weight <= best <= made.certificate.bound
    assert made.certificate.pairs == sum(len(group.ties) for group in made.groups)
    assert made.certificate.pairs <= made.certificate.max_pairs


@given(case(most=12), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(
    given_: tuple[list[Person], list[Pair], list[Pair], Settings], dice: Random
) -> None:
    people, known, blocked, wanted = given_
    first = plan(people, known, blocked, wanted)
    turned = [replace(one, topics=dict(reversed(list(one.topics.items())))) for one in people]
    dice.shuffle(turned)
    known, blocked = (
        [dice.choice([(one, other), (other, one)]) for one, other in pairs] for pairs in (known, blocked)
    )
    dice.shuffle(known)
    dice.shuffle(blocked)
    # Known and blocked are not told apart either.
    assert plan(turned, blocked, known, wanted) == first


@given(case(most=10), st.sampled_from("ABCD"), st.sampled_from("ABCD"))
def test_whoever_runs_the_bot_gains_nothing(
    given_: tuple[list[Person], list[Pair], list[Pair], Settings], host: str, other: str
) -> None:
    """The host is whoever's name is the host's: swapping the names of two organisations changes no plan."""
    people, known, blocked, wanted = given_
    names = {host: other, other: host}
    swapped = [replace(one, organisation=names.get(one.organisation, one.organisation)) for one in people]
    assert plan(swapped, known, blocked, wanted) == plan(people, known, blocked, wanted)


def test_nothing_says_who_the_host_is() -> None:
    fields = {*Person.__dataclass_fields__, *Settings.__dataclass_fields__, *Weights.__dataclass_fields__}
    assert not [name for name in fields if "host" in name or "rank" in name]


def colleague(name: str, organisation: str, **more: Any) -> Person:
    return replace(Person(name, organisation, Layer.GEMEENTE), **more)


def test_the_odd_one_makes_a_trio_of_three_ties() -> None:
    made = plan([colleague("a", "A"), colleague("b", "B"), colleague("c", "C")])
    assert [group.members for group in made.groups] == [("a", "b", "c")]
    assert len(made.groups[0].ties) == 3
    assert made.left_out == ()


def test_without_trios_or_without_a_fit_the_odd_one_is_left_out() -> None:
    three = [colleague("a", "A"), colleague("b", "B"), colleague("c", "C")]
    assert len(plan(three, settings=Settings(trios=False)).left_out) == 1
    assert len(plan(three, known=[("a", "b"), ("b", "c")]).left_out) == 1


@pytest.mark.parametrize("term", ["waiting", "small", "introductions"])
def test_who_is_left_out_is_never_the_one_with_a_claim(term: str) -> None:
    """Two of five at one organisation: whoever has waited, is small or met nobody goes first."""
    claims: dict[str, dict[str, Any]] = {
        "waiting": {"waiting": 1},
        "small": {"small": True},
        "introductions": {"introductions": 0},
    }
    for lucky in range(3):
        people = [colleague(f"a{n}", "A", introductions=3) for n in range(3)] + [
            colleague("b", "B", introductions=3)
        ]
        people[lucky] = replace(people[lucky], **claims[term])
        made = plan(people)
        assert made.groups[0].members == (f"a{lucky}", "b")


def test_over_rounds_nobody_is_left_out_twice_before_all_were_once() -> None:
    """Five of one organisation and one of another: turns go round."""
    waiting = dict.fromkeys("abcde", 0)
    served = []
    for number in range(5):
        people = [colleague(one, "A", waiting=rounds) for one, rounds in waiting.items()] + [
            colleague("z", "Z")
        ]
        made = plan(people, settings=Settings(seed=f"round {number}"))
        served.append(made.groups[0].members[0])
        waiting = {one: 0 if one == served[-1] else rounds + 1 for one, rounds in waiting.items()}
    assert sorted(served) == list("abcde")


@given(case(most=12))
def test_the_reasons_are_of_the_pair_and_never_of_waiting(
    given_: tuple[list[Person], list[Pair], list[Pair], Settings],
) -> None:
    people, known, blocked, wanted = given_
    wanted = replace(wanted, weights=Weights(rare_topic=0))
    by_id = {one.id: one for one in people}
    persons = {Term.WAITING, Term.SMALL, Term.UNHEARD, Term.FEW, Term.BALANCE}
    for group in plan(people, known, blocked, wanted).groups:
        for tie in group.ties:
            assert not persons & {reason.term for reason in tie.reasons}
            assert tie.worth == weight_of_pair(by_id[tie.one], by_id[tie.other], wanted)
            points = [reason.points for reason in tie.reasons]
            assert points == sorted(points, reverse=True)
            assert 0 not in points


def test_who_knows_nobody_at_a_rare_layer_meets_it_first() -> None:
    """Two of a waterschap, twenty of gemeenten: the two meet those who know nobody there."""
    for lucky in ((3, 7), (0, 19)):
        people = [
            colleague(f"g{n:02}", f"G{n}", lacks=(Layer.WATERSCHAP,) if n in lucky else ()) for n in range(20)
        ] + [Person(f"w{n}", f"W{n}", Layer.WATERSCHAP, lacks=(Layer.GEMEENTE,)) for n in range(2)]
        made = plan(people)
        met = {tie.one: tie for group in made.groups for tie in group.ties if tie.other in ("w0", "w1")}
        assert set(met) == {f"g{n:02}" for n in lucky}
        assert all(reason.points == 80 for tie in met.values() for reason in tie.reasons[1:])


def test_four_layers_at_one_table() -> None:
    people = [
        Person(f"{layer.value}-{number}", f"{layer.value}-{number}", layer)
        for layer in LAYERS[:4]
        for number in range(3)
    ]
    made = plan(people, settings=Settings(size=4))
    layer = {one.id: one.layer for one in people}
    assert [{layer[member] for member in group.members} for group in made.groups] == [set(LAYERS[:4])] * 3


@pytest.mark.parametrize("people", range(6, 24))
@pytest.mark.parametrize("size", [3, 4])
def test_tables_come_out_at_three_and_four(size: int, people: int) -> None:
    everybody = [Person(f"p{n}", f"o{n}", LAYERS[n % 4]) for n in range(people)]
    made = plan(everybody, settings=Settings(size=size))
    assert {len(group.members) for group in made.groups} <= {3, 4}
    assert made.left_out == ()
    assert made.certificate.pairs == made.certificate.max_pairs
    # Nothing but layers counts among them: each table has all that it can have.
    assert made.certificate.weight == made.certificate.bound


@pytest.mark.parametrize(
    ("people", "apart", "wanted", "says"),
    [
        ([colleague("a", "A"), colleague("a", "B")], [], Settings(), "people[1].id occurs twice"),
        ([colleague("a", "A")], [("a", "secret")], Settings(), "not among the people"),
        ([colleague("a", "A")], [("a", "a")], Settings(), "twice"),
        ([colleague("a", "A", waiting=-1)], [], Settings(), "never less than 0"),
        ([colleague("a", "A", languages=())], [], Settings(), "people[0].languages"),
        ([], [], Settings(size=5), "settings.size"),
        ([], [], Settings(candidates=10**9), "settings.candidates"),
        ([], [], Settings(weights=Weights(small=-1)), "settings.weights.small"),
    ],
)
def test_what_cannot_be_is_refused_without_a_name(
    people: list[Person], apart: list[Pair], wanted: Settings, says: str
) -> None:
    with pytest.raises(PlanError) as refused:
        plan(people, apart, (), wanted)
    assert says in str(refused.value)
    assert "secret" not in str(refused.value)


def test_nobody_makes_an_empty_plan() -> None:
    made: Plan = plan([])
    assert (made.groups, made.left_out) == ((), ())
