"""Invented officials for demos and benches: plausible, and nobody. Pure; chance is handed in."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from bot.domain.ids import OrganisationId, TopicId
from bot.domain.layer import Layer
from bot.domain.register import Organisation
from bot.domain.topic import Part, Topic

T = TypeVar("T")
LAYER_SHARES = {Layer.RIJK: 35, Layer.PROVINCIE: 5, Layer.GEMEENTE: 50, Layer.WATERSCHAP: 10}
"""Percent of officials at each layer, as the matching was measured with."""
TOPIC_COUNTS = {1: 35, 2: 30, 3: 22, 4: 13}
PART_SHARES = {Part.LEADS: 12, Part.WORKS_ON: 63, Part.FOLLOWS: 25}
TIE_SHARES = {"koffie": 60, "round": 25, "declared": 15}
TIES_EACH = 3
"""Acquaintances of one official, on average."""
_UNUSUAL = 0.25
"""How much less likely a topic is at a layer that it is not typical of."""
_FIRST = (
    "Aad Abdel Adriaan Agnes Ahmet Aisha Albert Alice Amira Anita Anke Annemarie Anouar Arie Arjan "
    "Astrid Ayla Barbara Bart Ben Bert Bianca Bilal Bouke Brigitte Carlo Caroline Cees Chantal "
    "Charlotte Chris Corine Dennis Diana Dick Dilara Dirk Eefje Eelco Elif Elise Elly Emiel Erik "
    "Esther Eva Evert Farid Ferry Fleur Floor Floris Frank Freek Frits Gea Gert Gijs Gonda Guus Hakim "
    "Hans Harm Hatice Heleen Hendrik Herman Hester Hugo Ibrahim Ineke Iris Jacob Jan Janneke Jasmijn "
    "Jelle Jennifer Jesse Jochem Johan Jolanda Jorien Judith Jurgen Karim Karin Kim Klaas Laura Leila "
    "Lennart Leonie Lieke Linda Louise Luuk Maaike Maarten Mandy Manon Marcel Margot Marieke Mark "
    "Marloes Martijn Mehmet Meike Merel Michiel Mieke Milan Mina Moniek Monique Nadia Natasja Nicole "
    "Nienke Nora Olaf Omar Otto Paul Peter Petra Quinten Rachel Ralf Ramona Rein Remco Renate Rianne "
    "Robert Roos Ruud Sabine Said Samira Sebastiaan Selma Sigrid Simone Sjoerd Sofie Stan Steven "
    "Susanne Sven Tessa Theo Tineke Tom Ton Truus Ursula Valerie Vera Victor Vivian Willem Wilma Wim "
    "Wouter Xander Yara Yvonne Zeynep"
).split()
_LAST = (
    "Aalders|Adriaanse|van Alphen|Arslan|Baars|Bakker|van den Berg|Berkhout|Blok|Boer|de Boer|Boogaard|"
    "Bos|Bosma|Brands|de Bruin|Buitenhuis|Coenen|Cornelissen|van Dam|Dekker|van Dijk|Dijkstra|Doorn|"
    "Driessen|van Duin|Ekels|Elzinga|van Engelen|Evers|Faber|Franken|Geerts|Goossens|de Graaf|Groen|"
    "Haan|de Haas|Hagen|van Ham|Hermans|Heuvel|Hoek|Hofman|van der Horst|Huisman|Idrissi|Jacobs|Jansma|"
    "de Jong|Jonker|Kamp|Karaca|Keizer|Klein|Kok|Koopman|Koster|Kuiper|van der Laan|Lambrechts|"
    "van Leeuwen|Lemmens|Linders|van Loon|Maas|Mansouri|Martens|van der Meer|Meijer|Molenaar|Nagel|"
    "Nauta|Nguyen|van Nierop|Noordhoek|van Oort|Osinga|Ouwehand|Pals|Peters|van der Ploeg|Pols|Pool|"
    "Postma|Prinsen|Ramdin|Reitsma|van Rijn|Roos|Rutgers|Sahin|Schenk|Scholten|Schouten|Sikkema|Slot|"
    "Smeets|Snijders|Spaans|van Steen|Steenstra|Stolk|Swart|Teunissen|Timmer|Tuin|Uittenbogaard|"
    "van Veen|Veenstra|Verbeek|Verhoeven|Vermeulen|Visser|Vlaming|de Vos|de Vries|Vroom|Waterman|"
    "Wessels|Westerink|de Wit|Wolf|Ydema|Yilmaz|Zaal|van Zanten|Zijlstra|Zwart"
).split("|")
_ROLES = (
    "Adviseur|Beleidsmedewerker|Senior beleidsmedewerker|Projectleider|Programmamanager|Vergunningverlener|"
    "Gebiedsmanager|Jurist|Planoloog|Coördinator|Toezichthouder|Onderzoeker|Strateeg|Ecoloog|Accounthouder"
).split("|")


@dataclass(frozen=True, slots=True)
class Invented:
    """One official who does not exist. ``joined`` is how long ago."""

    name: str
    organisation: OrganisationId
    layer: Layer
    topics: tuple[tuple[TopicId, Part], ...]
    role: str = ""
    human_line: str = ""
    knows: str = ""
    seeks: str = ""
    introduces: bool = False
    findable: bool = True
    requests: bool = True
    joined: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class InventedTie:
    """Two who know each other, by their places in a list of officials. ``since`` is how long ago."""

    one: int
    other: int
    source: str
    topic: TopicId | None
    since: timedelta


class Inventor:
    """Invents officials in realistic shares: layers, topics by a Zipf law, few who lead."""

    def __init__(self, organisations: Sequence[Organisation], topics: Sequence[Topic], dice: Random) -> None:
        self._dice = dice
        self._layers = _Weighted(LAYER_SHARES, dice)
        self._counts = _Weighted(TOPIC_COUNTS, dice)
        self._parts = _Weighted(PART_SHARES, dice)
        self._at = {
            layer: [one.id for one in organisations if one.layer is layer and not one.ended]
            for layer in LAYER_SHARES
        }
        self._topics = {
            layer: _Weighted(
                {
                    topic.id: (1 if layer in topic.layers else _UNUSUAL) / rank
                    for rank, topic in enumerate(topics, 1)
                },
                dice,
            )
            for layer in LAYER_SHARES
        }

    def official(self) -> Invented:
        dice = self._dice
        layer = self._layers.draw()
        topics = dict.fromkeys(self._topics[layer].draw() for _ in range(self._counts.draw()))
        return Invented(
            name=f"{dice.choice(_FIRST)} {dice.choice(_LAST)}",
            organisation=dice.choice(self._at[layer]),
            layer=layer,
            topics=tuple((topic, self._parts.draw()) for topic in topics),
            role=dice.choice(_ROLES),
            introduces=dice.random() < 0.15,  # noqa: PLR2004
            findable=dice.random() < 0.95,  # noqa: PLR2004
            requests=dice.random() < 0.92,  # noqa: PLR2004
            joined=timedelta(days=dice.randrange(1, 360)),
        )


def ties_between(officials: Sequence[Invented], dice: Random) -> list[InventedTie]:
    """Who knows whom: mostly over a shared topic, at another organisation, no pair twice."""
    sources = _Weighted(TIE_SHARES, dice)
    by_topic: dict[TopicId, list[int]] = {}
    for place, official in enumerate(officials):
        for topic, _ in official.topics:
            by_topic.setdefault(topic, []).append(place)
    found: dict[tuple[int, int], InventedTie] = {}
    for _ in range(len(officials) * TIES_EACH // 2):
        one = dice.randrange(len(officials))
        topic = dice.choice(officials[one].topics)[0]
        other = dice.choice(by_topic[topic])
        pair = min(one, other), max(one, other)
        if officials[one].organisation == officials[other].organisation or pair in found:
            continue
        source = sources.draw()
        since = timedelta(days=dice.randrange(5, 700))
        found[pair] = InventedTie(*pair, source, None if source == "declared" else topic, since)
    return list(found.values())


class _Weighted(Generic[T]):
    """Draws values by their weights."""

    def __init__(self, weights: Mapping[T, float], dice: Random) -> None:
        self._values = tuple(weights)
        self._sums = tuple(accumulate(weights.values()))
        self._dice = dice

    def draw(self) -> T:
        return self._values[bisect(self._sums, self._dice.random() * self._sums[-1])]
