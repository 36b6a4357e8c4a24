"""Who is on a platform: for a demo, in which one plays them."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.chat.address import Account
from bot.domain.register import title_of
from bot.store import tables
from bot.store.work import Work


@dataclass(frozen=True)
class OnPlatform:
    """An official with an account there; ``topics`` are labels in the official's language."""

    account: Account
    name: str
    organisation: str
    topics: tuple[str, ...]
    language: str


async def on_platform(work: Work, platform: str, most: int) -> list[OnPlatform]:
    """Active officials with an account on a platform, those who came first first."""
    account, official, organisation = tables.Account, tables.Official, tables.Organisation
    rows = await work.session.execute(
        select(
            official.id,
            account.tenant,
            account.user,
            official.name,
            organisation.type,
            organisation.name,
            official.language,
        )
        .join(official, official.id == account.official_id)
        .join(organisation, organisation.id == official.organisation_id)
        .where(account.platform == platform, official.state == "active")
        .order_by(account.id)
        .limit(most)
    )
    people = rows.all()
    topics = await _topics(work, [person[0] for person in people])
    return [
        OnPlatform(
            account=Account(platform=platform, tenant=tenant, user=user),
            name=name,
            organisation=title_of(kind, at),
            topics=tuple(nl if language == "nl" or not en else en for nl, en in topics.get(key, ())),
            language=language,
        )
        for key, tenant, user, name, kind, at, language in people
    ]


async def _topics(work: Work, officials: list[int]) -> dict[int, list[tuple[str, str]]]:
    """The labels of each one's topics, Dutch and English."""
    if not officials:
        return {}
    involvement, topic = tables.Involvement, tables.Topic
    rows = await work.session.execute(
        select(involvement.official_id, topic.label_nl, topic.label_en)
        .join(topic, topic.id == involvement.topic_id)
        .where(involvement.official_id.between(min(officials), max(officials)))
        .order_by(involvement.official_id, involvement.id)
    )
    labels: dict[int, list[tuple[str, str]]] = {}
    for official, nl, en in rows:
        labels.setdefault(official, []).append((nl, en))
    return labels
