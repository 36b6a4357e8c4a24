"""From people to a plan: columns, candidates, pairs, trios, and the reasons of each."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import chain, combinations

import numpy as np

from bot.matching.candidates import Pairs, every_pair, weighed
from bot.matching.columns import NOTHING, columns
from bot.matching.model import Certificate, Group, Person, Plan, Settings, Tie, check_settings
from bot.matching.pairing import Pairing, best
from bot.matching.worth import Places, Scale

Members = tuple[int, ...]


def plan(
    people: Sequence[Person],
    known: Iterable[tuple[str, str]],
    blocked: Iterable[tuple[str, str]],
    settings: Settings,
) -> Plan:
    """See `bot.matching.plan`."""
    check_settings(settings)
    of = columns(people, chain(known, blocked), settings)
    scale = Scale(of, settings)
    pairing = best(len(of), every_pair(scale))
    groups = _pairs(pairing)
    if settings.trios:
        groups = _with_trios(scale, groups, np.flatnonzero(pairing.mate == NOTHING))
    return _told(scale, groups, pairing)


def _pairs(pairing: Pairing) -> list[Members]:
    return [(one, other) for one, other in enumerate(pairing.mate.tolist()) if one < other]


def _with_trios(scale: Scale, groups: list[Members], left: Places) -> list[Members]:
    """Whoever is left over joins a pair that all three may have: as many as can, then worth the most."""
    one = np.array([group[0] for group in groups], dtype=np.int64)
    other = np.array([group[1] for group in groups], dtype=np.int64)
    fits = scale.allowed(left[:, None], one) & scale.allowed(left[:, None], other)
    who, which = np.nonzero(fits)
    points = weighed(scale, left[who], one[which]).points + scale.worth(left[who], other[which])
    joining = best(len(left) + len(groups), Pairs(who, which + len(left), points))
    thirds = {
        group - len(left): int(left[place]) for place, group in enumerate(joining.mate[: len(left)].tolist())
    }
    return [(*group, thirds[place]) if place in thirds else group for place, group in enumerate(groups)]


def _told(scale: Scale, groups: list[Members], pairing: Pairing) -> Plan:
    named = tuple(sorted((_group(scale, group) for group in groups), key=lambda group: group.members))
    placed = set(chain.from_iterable(groups))
    left_out = tuple(sorted(name for place, name in enumerate(scale.of.ids) if place not in placed))
    words = json.dumps([[group.members for group in named], left_out], separators=(",", ":"))
    certificate = Certificate(pairing.weight, pairing.bound, pairing.pairs, pairing.max_pairs)
    return Plan(named, left_out, certificate, sha256(words.encode()).hexdigest())


def _group(scale: Scale, places: Members) -> Group:
    names = scale.of.ids
    ordered = sorted(places, key=lambda place: names[place])
    ties = [
        Tie(names[one], names[other], scale.reasons(one, other)) for one, other in combinations(ordered, 2)
    ]
    return Group(tuple(names[place] for place in ordered), tuple(ties))
