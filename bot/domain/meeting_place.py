"""How and where to meet: live first, and on a spot where nobody needs a pass (P8)."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from enum import StrEnum
from math import cos, hypot, radians

from bot.domain.profile import FORMATS


class Way(StrEnum):
    """A way of meeting, as the profile names it; the best comes first."""

    LIVE = "live"
    WALK = "walk"
    CALL = "call"
    ONLINE = "online"
    VISIT = "shadow"


TRAVELS = frozenset({Way.LIVE, Way.WALK, Way.VISIT})
"""For these one has to be somewhere."""
LENGTH = {way: timedelta(minutes=30) for way in Way} | {Way.VISIT: timedelta(hours=3)}
_USUAL = frozenset(Way) - {Way.VISIT}
"""What suits who named nothing: to have somebody along for half a day is said on purpose."""


def ways(wishes: Sequence[Collection[str]], *, near: bool, online: bool) -> tuple[Way, ...]:
    """How these can meet, the best first: what all of them like, and after that what one of them likes.

    ``near``: they live in one zone; ``online``: there is somewhere to meet online. Never empty.
    """
    liked = [frozenset(map(Way, wish)) or _USUAL for wish in wishes]
    possible = [
        way for way in map(Way, FORMATS) if (near or way not in TRAVELS) and (online or way is not Way.ONLINE)
    ]
    by_all = [way for way in possible if all(way in wish for wish in liked)]
    by_some = [way for way in possible if way not in by_all and any(way in wish for wish in liked)]
    return tuple(by_all + by_some) or (Way.CALL,)


def way_of_attempt(found: Sequence[Way], attempt: int) -> Way:
    """The best way first; the next time one without a journey, since that may have been in the way."""
    if attempt == 1:
        return found[0]
    return next((way for way in found[1:] if way not in TRAVELS), found[0])


_STATIONS = {
    # Degrees north and east, to a kilometre.
    "Amersfoort Centraal": (52.15, 5.37),
    "Amsterdam Centraal": (52.38, 4.90),
    "Arnhem Centraal": (51.98, 5.90),
    "Assen": (52.99, 6.57),
    "Den Haag Centraal": (52.08, 4.32),
    "Eindhoven Centraal": (51.44, 5.48),
    "Groningen": (53.21, 6.56),
    "Leeuwarden": (53.20, 5.79),
    "Lelystad Centrum": (52.51, 5.47),
    "Maastricht": (50.85, 5.71),
    "Meppel": (52.69, 6.20),
    "Middelburg": (51.49, 3.62),
    "Roermond": (51.19, 5.99),
    "Roosendaal": (51.54, 4.46),
    "Rotterdam Centraal": (51.92, 4.47),
    "Utrecht Centraal": (52.09, 5.11),
    "Zwolle": (52.50, 6.09),
    "'s-Hertogenbosch": (51.69, 5.29),
}
_HUBS = (
    "Amersfoort Centraal", "Amsterdam Centraal", "Arnhem Centraal", "Eindhoven Centraal", "Meppel",
    "Roermond", "Roosendaal", "Rotterdam Centraal", "Utrecht Centraal", "Zwolle", "'s-Hertogenbosch",
)  # fmt: skip
"""Where lines meet."""
_HOME = {
    "Drenthe": "Assen",
    "Flevoland": "Lelystad Centrum",
    "Fryslân": "Leeuwarden",
    "Gelderland": "Arnhem Centraal",
    "Groningen": "Groningen",
    "Limburg": "Maastricht",
    "Noord-Brabant": "'s-Hertogenbosch",
    "Noord-Holland": "Amsterdam Centraal",
    "Overijssel": "Zwolle",
    "Utrecht": "Utrecht Centraal",
    "Zeeland": "Middelburg",
    "Zuid-Holland": "Den Haag Centraal",
}
NATIONAL = "Zuid-Holland"
"""Where the rijk works, as far as its register tells."""
_MIDDLE = "Utrecht Centraal"
"""For who works in no province that is known."""


def station_between(provinces: Sequence[str]) -> str:
    """Of the stations where lines meet and their own, the one with the shortest way for all.

    The longest way and the average one count alike: fair first, and no detour for both to make it fairer.
    Provinces are those of the register; an unknown one counts as the middle of the country.
    """
    homes = [_HOME.get(province, _MIDDLE) for province in provinces]

    def journeys(station: str) -> tuple[float, str]:
        distances = [_kilometres(_STATIONS[station], _STATIONS[home]) for home in homes]
        return max(distances) + sum(distances) / len(distances), station

    return min({*_HUBS, *homes}, key=journeys)


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """As the crow flies; flat enough for one country."""
    north, east = one[0] - other[0], (one[1] - other[1]) * cos(radians(52))
    return 111 * hypot(north, east)
