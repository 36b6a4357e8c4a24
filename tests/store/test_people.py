"""Finding a person by name, on both databases alike."""

import pytest

from bot.store import people
from bot.store.work import Workshop
from tests.support.country import Country

NAMES = [
    "Jan de Vries",
    "Jan van Dijk",
    "Anna Smit",
    "Anna Smit-de Boer",
    "Özlem Yıldız",
    "Jan-Willem O'Neill",
    "Li 李明",
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jan de Vries", ["Jan de Vries"]),
        ("vries jan", ["Jan de Vries"]),
        ("JAN  VRIES!", ["Jan de Vries"]),
        ("jan vreis", ["Jan de Vries"]),
        ("jan", ["Jan de Vries", "Jan van Dijk", "Jan-Willem O'Neill"]),
        ("anna smit", ["Anna Smit", "Anna Smit-de Boer"]),
        ("ozlem yildiz", ["Özlem Yıldız"]),
        ("özlem yildz", ["Özlem Yıldız"]),
        ("oneill", ["Jan-Willem O'Neill"]),
        ("李明", ["Li 李明"]),
        ("jan smit", []),
        ("de van", []),
        ("", []),
        ("%", []),
        ("'; drop table official", []),
    ],
)
async def test_find(workshop: Workshop, country: Country, text: str, found: list[str]) -> None:
    async with workshop.write() as work:
        ids = {await country.official(work, name, "Ede"): name for name in NAMES}
        assert [ids[one] for one in await people.find(work, text, 9)] == found


async def test_an_exact_name_goes_first_and_the_limit_holds(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        near = await country.official(work, "Annemarie Smits", "Ede")
        exact = await country.official(work, "Annemarie Smit", "Ede")
        assert await people.find(work, "annemarie smit", 9) == [exact]
        assert await people.find(work, "annemari smits", 9) == [near, exact]
        assert len(await people.find(work, "annemarie", 1)) == 1


async def test_who_is_not_findable_is_not_found(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        await country.official(work, "Jan de Vries", "Ede", findable=False)
        assert await people.find(work, "jan de vries", 9) == []


async def test_a_new_name_replaces_the_old_one(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        anna = await country.official(work, "Anna Smit", "Ede")
        await people.index_name(work, anna, "Anna Bakker")
        assert await people.find(work, "smit", 9) == []
        assert await people.find(work, "anna bakker", 9) == [anna]
