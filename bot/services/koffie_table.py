"""Who may sit at one table."""

from collections.abc import Sequence
from itertools import combinations

from bot.domain.ids import OfficialId
from bot.services import koffie_words as words
from bot.store import koffie as store
from bot.store import network
from bot.store.koffie import KeptKoffie
from bot.store.work import Work

MOST_GUESTS = 3
"""A table has four seats."""


async def fits(work: Work, together: Sequence[KeptKoffie], host: OfficialId) -> bool:
    """Whether all of them may sit at one table: no two of one organisation, blocked, apart or acquainted."""
    guests = [other for kept in together for other in kept.others(host)]
    if not 1 < len(guests) <= MOST_GUESTS or len(set(guests)) != len(guests):
        return False
    if any([await words.sensitive(work, kept) for kept in together]):
        return False
    places = {other: kept.places[other].organisation for kept in together for other in kept.others(host)}
    for one, other in combinations(guests, 2):
        if places[one] == places[other] or await network.know_each_other(work, one, other):
            return False
        if other in await network.apart_from(work, one) or await network.is_blocked(work, one, other):
            return False
        if other in await store.open_partners(work, one):
            return False
    return True
