"""Rules of the list, whatever happens: nobody who may not be there, the same for a week, within the limit."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.compose.clocks import DemoClock
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, TopicId
from bot.domain.layer import Layer
from bot.domain.search import Search
from bot.domain.topic import Part
from bot.services import look_up
from bot.store import involvements, network, officials
from bot.store.work import Work, Workshop
from tests.support.country import ORGANISATIONS, Country, me

HOME = "Ede"
RELATIONS = ("none", "acquainted", "apart", "blocks", "blocked", "hidden", "busy")


@dataclass(frozen=True)
class Somebody:
    """One inhabitant, and what stands between that one and the asker."""

    organisation: str
    part: Part
    relation: str


PEOPLE = st.lists(
    st.builds(
        Somebody,
        organisation=st.sampled_from(sorted(ORGANISATIONS)),
        part=st.sampled_from(Part),
        relation=st.sampled_from(("none",) * 4 + RELATIONS),
    ),
    max_size=9,
)
LAYERS = st.lists(st.sampled_from(Layer), max_size=2, unique=True).map(tuple)
RULES = settings(
    max_examples=25, stateful_step_count=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


async def relate(work: Work, asker: OfficialId, other: OfficialId, relation: str) -> None:
    match relation:
        case "acquainted":
            await network.add_tie(work, asker, other, "koffie", None)
        case "apart":
            await network.keep_apart(work, asker, other, None)
        case "blocks":
            await network.block(work, asker, other)
        case "blocked":
            await network.block(work, other, asker)
        case "hidden":
            await officials.change(work, other, findable=False)
        case "busy":
            await officials.change(work, other, requests=False)
    await involvements.refresh(work, other)


async def settle(
    work: Work, country: Country, asker: OfficialId, topic: TopicId, people: list[Somebody]
) -> dict[OfficialId, Somebody]:
    """People with a part in the topic, each in a relation to the asker."""
    made: dict[OfficialId, Somebody] = {}
    for one in people:
        official = await country.official(work, "N N", one.organisation)
        await involvements.replace(work, official, [(topic, one.part)])
        await relate(work, asker, official, one.relation)
        made[official] = one
    return made


def may_be_listed(one: Somebody, layers: tuple[Layer, ...]) -> bool:
    layer, kind, _ = ORGANISATIONS[one.organisation]
    return (
        one.relation == "none"
        and one.organisation != HOME
        and kind != "koepel"
        and (not layers or layer in layers)
    )


@RULES
@given(people=PEOPLE, layers=LAYERS, later=PEOPLE, leaving=st.sets(st.integers(0, 2)))
async def test_the_list(
    workshop: Workshop,
    country: Country,
    people: list[Somebody],
    layers: tuple[Layer, ...],
    later: list[Somebody],
    leaving: set[int],
) -> None:
    """As many as there may be, three at most; the same to the end of the week, but for who leaves."""
    async with workshop.write() as work:
        topic = await country.new_topic(work)
        asker = await country.official(work, "Anna", HOME)
        made = await settle(work, country, asker, topic, people)
        search = Search(topics=(topic,), layers=layers)

        async def names() -> list[OfficialId]:
            rings = await look_up.answer(work, await me(work, asker), search)
            return [seat.listed.official for seat in rings.willing]

        allowed = {official for official, one in made.items() if may_be_listed(one, layers)}
        first = await names()
        assert set(first) <= allowed
        assert len(set(first)) == len(first) == min(len(allowed), work.rules.results_a_lookup)
        leaders = {official for official in allowed if made[official].part is Part.LEADS}
        assert not leaders or made[first[0]].part is Part.LEADS
        assert await names() == first
        new = await settle(work, country, asker, topic, later)
        for number in leaving:
            if number < len(first):
                await relate(work, asker, first[number], "hidden")
        left = [official for number, official in enumerate(first) if number not in leaving]
        if left:
            assert await names() == left
        else:
            # Nobody is left on it: a new list, by the same rules.
            again = await names()
            fresh = {official for official, one in new.items() if may_be_listed(one, layers)}
            assert set(again) <= (allowed | fresh) - set(first)


@dataclass
class Model:
    """What the daily limit is about: which questions are this week's, and how many were new on a day."""

    kept: dict[int, date] = field(default_factory=dict)
    counted: dict[date, int] = field(default_factory=dict)


QUESTIONS = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 30)), min_size=5, max_size=30)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=QUESTIONS, somebody=st.sets(st.integers(0, 13)))
async def test_the_limit(
    workshop: Workshop,
    country: Country,
    clock: DemoClock,
    asked: list[tuple[int, int]],
    somebody: set[int],
) -> None:
    """New questions a local day are limited, repeats are free; who is there makes no difference to it."""
    model = Model()
    async with workshop.write() as work:
        topics = [await country.new_topic(work) for _ in range(14)]
        asker = await country.official(work, "Anna", HOME)
        for number in sorted(somebody):
            official = await country.official(work, "N N", "Zwolle")
            await involvements.replace(work, official, [(topics[number], Part.WORKS_ON)])
    for number, hours in asked:
        clock.move(clock.now() + timedelta(hours=hours // 6))
        async with workshop.write() as work:
            refused = False
            try:
                await look_up.answer(work, await me(work, asker), Search(topics=(topics[number],)))
            except KoffieError:
                refused = True
            # All questions come within the week in which lists stay.
            free = number in model.kept
            today = model.counted.get(work.today, 0)
            assert refused == (not free and today == work.rules.lookups_a_day)
            if not free and not refused:
                model.kept[number] = work.today
                model.counted[work.today] = today + 1
