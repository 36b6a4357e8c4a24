"""A table for two: a handful of organisations and topics, and officials who register there as people do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.chat.address import Account
from bot.domain.ids import KoffieId, OfficialId, OrganisationId, TopicId
from bot.domain.koffie import Answer
from bot.domain.topic import Part
from bot.services import koffie, koffie_ask, registration
from bot.store import channel, officials, tables
from bot.store import koffie as koffies
from bot.store.work import Work, Workshop

ORGANISATIONS = (
    ("gemeente", "gemeente", "Barneveld", "Gelderland"),
    ("waterschap", "waterschap", "Vallei en Veluwe", "Gelderland"),
    ("provincie", "provincie", "Gelderland", "Gelderland"),
    ("rijk", "ministerie", "Landbouw", ""),
)
STIKSTOF, GEHEIM = TopicId(1), TopicId(2)
"""An ordinary topic, and a sensitive one."""


@dataclass
class Tables:
    """Makes officials and koffies in a workshop; ``platform`` is where everybody has an account."""

    workshop: Workshop
    platform: str = "terminal"

    async def build(self) -> Tables:
        """The organisations and topics, unless they are there already."""
        async with self.workshop.write() as work:
            if await work.session.get(tables.Organisation, 1) is not None:
                return self
            for number, (layer, kind, name, province) in enumerate(ORGANISATIONS, 1):
                work.session.add(
                    tables.Organisation(
                        id=number,
                        tooi_uri=f"t:{number}",
                        code=str(number),
                        layer=layer,
                        type=kind,
                        name=name,
                        province=province,
                    )
                )
            work.session.add(tables.Topic(id=STIKSTOF, slug="stikstof", label_nl="Stikstof"))
            work.session.add(tables.Topic(id=GEHEIM, slug="geheim", label_nl="Geheim", sensitive=True))
        return self

    async def official(
        self,
        name: str = "",
        organisation: int | None = None,
        topics: Sequence[TopicId] = (STIKSTOF, GEHEIM),
        tenant: str = "demo",
        language: str = "nl",
    ) -> OfficialId:
        """Somebody new; by default each at the next organisation."""
        async with self.workshop.write() as work:
            rows = await work.session.execute(select(func.count()).select_from(tables.Official))
            number = rows.scalar_one() + 1
            return await registration.register(
                work,
                Account(platform=self.platform, tenant=tenant, user=f"user{number}"),
                name=name or f"Naam Nummer{number}",
                language=language,
                organisation=OrganisationId(organisation or number % len(ORGANISATIONS) + 1),
                involved=[(topic, Part.WORKS_ON) for topic in topics],
            )

    async def pair(self) -> tuple[OfficialId, OfficialId]:
        """Two at different organisations."""
        return await self.official(organisation=1), await self.official(organisation=2)

    async def koffie(
        self, one: OfficialId, other: OfficialId, topic: TopicId | None = STIKSTOF, *, agreed: bool = True
    ) -> KoffieId:
        """``one`` asks ``other``; both say yes unless told otherwise."""
        async with self.workshop.write() as work:
            me = await officials.get(work, one)
            assert me is not None
            if topic == GEHEIM:
                # Whoever finds others on a sensitive topic takes part in its channel.
                made, _ = await channel.make(work, GEHEIM)
                await channel.join(work, made.id, one)
            await koffie_ask.request(work, me, other, topic)
            (kept,) = [kept for kept in await koffies.running(work, one) if other in kept.places]
        if agreed:
            await self.answer(kept.id, one, Answer.YES)
            await self.answer(kept.id, other, Answer.YES)
        return kept.id

    async def answer(self, kept: KoffieId, official: OfficialId, said: Answer) -> None:
        async with self.workshop.write() as work:
            await koffie.answer(work, official, kept, said)


async def texts_of(work: Work) -> str:
    """Every value of every row in the database, as one long text: to look for what must not be there."""
    found: list[str] = []
    for table in tables.Table.metadata.sorted_tables:
        rows = await work.session.execute(table.select())
        found.extend(str(value) for row in rows for value in row)
    return "\n".join(found)
