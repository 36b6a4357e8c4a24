"""The year runs, in small: nothing is lost or doubled; and the others keep to what nobody may do."""

from __future__ import annotations

from bot.domain.layer import Layer
from bot.matching import Person, Settings
from tests.simulation.planners import PLANNERS, forbidden
from tests.simulation.year import ROWS, one_year, page


async def test_two_months_of_a_few_officials_hold_what_must_hold() -> None:
    found = await one_year(PLANNERS["koffie"], people=24, months=2, seed=1)
    assert found["rounds"] > 0
    assert found["asked"] > 0
    assert found["repeats"] == 0
    assert found["outbox"].keys() <= {"sent", "pending", "dead"}
    table = page("simulation", 24, 2, 1, {"koffie": found})
    assert table.count("\n| ") == len(ROWS) + 2


def test_the_others_make_no_pair_that_nobody_may_make() -> None:
    people = [Person(str(number), str(number % 5), Layer.GEMEENTE) for number in range(21)]
    blocked = [("1", "2"), ("3", "4")]
    for name, planner in PLANNERS.items():
        made = planner(people, [], blocked, Settings(seed="1"))
        assert made.groups, name
        assert forbidden(made, people, blocked) == [], name
