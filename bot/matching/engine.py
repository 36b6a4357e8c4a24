"""From people to a plan: columns, candidates, pairs, trios, and the reasons of each."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import chain, combinations

from bot.matching.candidates import Pairs, every_pair, promising_pairs
from bot.matching.columns import columns
from bot.matching.group_bound import bound_of, ties_of_all
from bot.matching.groups import Members, alone, grouped, joined, pairs_of, weight_of
from bot.matching.model import Certificate, Group, Person, Plan, Settings, Tie, check_settings
from bot.matching.pairing import Pairing, best_pairs
from bot.matching.worth import Reasons, Scale

_TINY = 100
"""People up to whom an index is not worth making."""
_PAIR = 2


def plan(
    people: Sequence[Person],
    known: Iterable[tuple[str, str]],
    blocked: Iterable[tuple[str, str]],
    settings: Settings,
) -> Plan:
    """See `bot.matching.plan`."""
    check_settings(settings)
    scale = Scale(columns(people, chain(known, blocked), settings), settings)
    looked_at, pairing = _paired(scale)
    certificate = Certificate(pairing.weight, pairing.bound, pairing.pairs, pairing.max_pairs)
    if settings.size > _PAIR:
        groups = [group for group in grouped(scale, looked_at, pairing) if len(group) > 1]
        weight, made = weight_of(scale, groups)
        most = max(made, ties_of_all(looked_at, settings.size))
        certificate = Certificate(weight, bound_of(scale, looked_at, groups), made, most)
    else:
        groups = pairs_of(pairing)
        if settings.trios:
            groups = joined(scale, looked_at, groups, alone(pairing))
    return _told(scale, [group for group in groups if len(group) > 1], certificate)


def _paired(scale: Scale) -> tuple[Pairs, Pairing]:
    """The pairs that were looked at, and the best of them."""
    people = len(scale.of)
    if people > scale.settings.exact_up_to:
        pairs = promising_pairs(scale)
        return pairs, best_pairs(people, pairs)
    pairs = every_pair(scale)
    return pairs, best_pairs(people, pairs, promising_pairs(scale) if people > _TINY else pairs)


def _told(scale: Scale, groups: list[Members], certificate: Certificate) -> Plan:
    reasons = Reasons(scale)
    named = tuple(sorted((_group(scale, reasons, group) for group in groups), key=lambda one: one.members))
    placed = set(chain.from_iterable(groups))
    left_out = tuple(sorted(name for place, name in enumerate(scale.of.ids) if place not in placed))
    words = json.dumps([[group.members for group in named], left_out], separators=(",", ":"))
    return Plan(named, left_out, certificate, sha256(words.encode()).hexdigest())


def _group(scale: Scale, reasons: Reasons, places: Members) -> Group:
    names = scale.of.ids
    ordered = sorted(places, key=lambda place: names[place])
    ties = [
        Tie(names[one], names[other], reasons.between(one, other)) for one, other in combinations(ordered, 2)
    ]
    return Group(tuple(names[place] for place in ordered), tuple(ties))
