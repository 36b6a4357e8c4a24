"""A small country for tests of the network: a handful of organisations, topics, and officials as needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

import pytest

from bot.chat.address import Account
from bot.domain.ids import OfficialId, OrganisationId, TopicId
from bot.domain.layer import Layer
from bot.domain.official import Official
from bot.domain.topic import Part
from bot.services import registration
from bot.store import involvements, officials, tables
from bot.store.work import Work, Workshop

ORGANISATIONS: dict[str, tuple[Layer, str, str]] = {
    "Utrecht": (Layer.GEMEENTE, "gemeente", "Utrecht"),
    "Ede": (Layer.GEMEENTE, "gemeente", "Gelderland"),
    "Zwolle": (Layer.GEMEENTE, "gemeente", "Overijssel"),
    "provincie Gelderland": (Layer.PROVINCIE, "provincie", "Gelderland"),
    "provincie Overijssel": (Layer.PROVINCIE, "provincie", "Overijssel"),
    "waterschap Rivierenland": (Layer.WATERSCHAP, "waterschap", "Gelderland"),
    "waterschap De Dommel": (Layer.WATERSCHAP, "waterschap", "Noord-Brabant"),
    "ministerie van Financiën": (Layer.RIJK, "ministerie", ""),
    "Vereniging van Nederlandse Gemeenten": (Layer.OVERIG, "koepel", ""),
    "Omgevingsdienst Veluwe": (Layer.OVERIG, "omgevingsdienst", "Gelderland"),
}
"""Name, with layer, kind and province."""
TOPICS = {"stikstof": "Stikstof", "natuur": "Natuurherstel", "wonen": "Betaalbaar wonen", "fraude": "Fraude"}
"""``stikstof`` and ``natuur`` are neighbours, ``fraude`` is sensitive."""
NEIGHBOURS = ("stikstof", "natuur")


@dataclass
class Country:
    """What is there, by name."""

    workshop: Workshop
    organisations: dict[str, OrganisationId] = field(default_factory=dict)
    topics: dict[str, TopicId] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    async def official(
        self,
        work: Work,
        name: str,
        organisation: str,
        *topics: str,
        part: Part = Part.WORKS_ON,
        findable: bool = True,
        requests: bool = True,
        introduces: bool = False,
    ) -> OfficialId:
        """Somebody who registered, with a part in topics."""
        made = await registration.register(
            work,
            Account(platform="country", tenant="", user=f"u{next(self._numbers)}"),
            name=name,
            language="nl",
            organisation=self.organisations[organisation],
            involved=[(self.topics[topic], part) for topic in topics],
        )
        if introduces or not (findable and requests):
            await officials.change(work, made, findable=findable, requests=requests, introduces=introduces)
            await involvements.refresh(work, made)
        return made

    async def new_topic(self, work: Work) -> TopicId:
        """A topic that nobody works on yet."""
        number = next(self._numbers)
        row = tables.Topic(slug=f"topic-{number}", label_nl=f"Opgave {number}")
        work.session.add(row)
        await work.session.flush()
        work.cache.entries.clear()
        return TopicId(row.id)


async def me(work: Work, official: OfficialId) -> Official:
    """The official as a command gets it."""
    found = await officials.get(work, official)
    assert found is not None
    return found


async def build(workshop: Workshop) -> Country:
    """The country's organisations and topics, in an empty database."""
    made = Country(workshop)
    async with workshop.write() as work:
        rows = {
            name: tables.Organisation(
                tooi_uri=f"test:{name}", code=name, layer=layer, type=kind, name=name, province=province
            )
            for name, (layer, kind, province) in ORGANISATIONS.items()
        }
        themes = [
            tables.Theme(code=code, uri=code, level=level, main_theme="milieu", label=label)
            for code, level, label in (("m", "main", "milieu"), ("n", "sub", "natuur en milieu"))
        ]
        topics = {
            slug: tables.Topic(
                slug=slug, label_nl=label, typical_layers=_typical(slug), sensitive=slug == "fraude"
            )
            for slug, label in TOPICS.items()
        }
        work.session.add_all([*rows.values(), *themes, *topics.values()])
        await work.session.flush()
        work.session.add_all(
            tables.TopicTheme(topic_id=topics[slug].id, theme_id=themes[1].id) for slug in NEIGHBOURS
        )
        made.organisations = {name: OrganisationId(row.id) for name, row in rows.items()}
        made.topics = {slug: TopicId(row.id) for slug, row in topics.items()}
    return made


def _typical(slug: str) -> Sequence[str]:
    return ["gemeente", "provincie", "waterschap"] if slug == "stikstof" else []


@pytest.fixture
async def country(workshop: Workshop) -> Country:
    """A small country without inhabitants; a test that uses it runs on both databases."""
    return await build(workshop)
