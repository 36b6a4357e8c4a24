"""Writing invented officials: with their ranks, accounts and ties, as if they had registered."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from random import Random

from bot.domain.fairness import JITTER, Standing, score
from bot.domain.ids import OfficialId
from bot.domain.invented import Invented, InventedTie
from bot.store import invented
from bot.store.network import DECLARED
from bot.store.work import Work

TENANT = "demo"
_STEP = 2000

Progress = Callable[[int, int], None]
"""Called with how many officials are written, of how many."""


async def add(
    work: Work,
    people: Sequence[Invented],
    ties: Sequence[InventedTie],
    platform: str,
    dice: Random,
    progress: Progress | None = None,
) -> list[OfficialId]:
    """Write invented officials with their ranks, accounts and ties; their ids in the same order."""
    colleagues = Counter(await invented.colleagues(work))
    colleagues.update(one.organisation for one in people)
    met = Counter(place for tie in ties if tie.source != DECLARED for place in (tie.one, tie.other))
    names = _user_ids(people, await invented.users(work, platform))
    ids: list[OfficialId] = []
    for start in range(0, len(people), _STEP):
        some = people[start : start + _STEP]
        written = await invented.add_officials(work, some)
        await invented.add_accounts(work, platform, TENANT, [(official, next(names)) for official in written])
        ranked = [
            (official, one, _ranks(one, colleagues[one.organisation], met[place], dice))
            for place, (official, one) in enumerate(zip(written, some, strict=True), start)
        ]
        await invented.add_involvements(work, ranked)
        ids += written
        if progress is not None:
            progress(len(ids), len(people))
    for start in range(0, len(ties), _STEP):
        await invented.add_ties(work, ids, ties[start : start + _STEP])
    return ids


def _ranks(one: Invented, colleagues: int, met: int, dice: Random) -> list[int]:
    return [
        score(Standing(colleagues, met, shown=0, part=part), dice.randrange(JITTER)) for _, part in one.topics
    ]


def _user_ids(people: Sequence[Invented], taken: set[str]) -> Iterator[str]:
    """A user id from each name; a namesake gets a number."""
    numbers: Counter[str] = Counter()
    for one in people:
        name = user = one.name.casefold()
        while user in taken:
            numbers[name] += 1
            user = f"{name} {numbers[name] + 1}"
        taken.add(user)
        yield user
