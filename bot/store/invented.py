"""Writing invented officials in bulk: tens of thousands a minute on both databases."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from bot.domain.ids import OfficialId, OrganisationId
from bot.domain.invented import Invented, InventedTie
from bot.domain.topic import Part
from bot.domain.words import tokens
from bot.store import tables
from bot.store.work import Work

_CONSENT = "invented"
_QUIET = timedelta(days=60)
"""Nobody joined or was confirmed longer ago, so that no demo begins with questions whether it still holds."""


async def colleagues(work: Work) -> dict[OrganisationId, int]:
    """How many officials each organisation has."""
    rows = await work.session.execute(
        select(tables.Official.organisation_id, func.count())
        .where(tables.Official.state == "active", tables.Official.organisation_id.is_not(None))
        .group_by(tables.Official.organisation_id)
    )
    return {OrganisationId(organisation): count for organisation, count in rows if organisation}


async def users(work: Work, platform: str) -> set[str]:
    """The user ids that are taken on a platform."""
    rows = await work.session.execute(select(tables.Account.user).where(tables.Account.platform == platform))
    return set(rows.scalars())


async def add_officials(work: Work, people: Sequence[Invented]) -> list[OfficialId]:
    """Write officials, without accounts; their ids in the same order."""
    if not people:
        return []
    rows = await work.session.execute(
        insert(tables.Official).returning(tables.Official.id, sort_by_parameter_order=True),
        [_row(work, one) for one in people],
    )
    ids = [OfficialId(number) for number in rows.scalars()]
    # A word that stands twice in a name is kept once.
    words = [
        {"token": word, "official_id": official}
        for official, one in zip(ids, people, strict=True)
        for word in dict.fromkeys(tokens(one.name))
    ]
    await work.session.execute(insert(tables.NameToken), words)
    return ids


def _row(work: Work, one: Invented) -> dict[str, Any]:
    joined = work.now - one.joined
    lately = max(joined, work.now - _QUIET)
    return {
        "name": one.name,
        "organisation_id": one.organisation,
        "layer": one.layer,
        "language": "nl",
        "role": one.role,
        "human_line": one.human_line,
        "knows": one.knows,
        "seeks": one.seeks,
        "introduces": one.introduces,
        "findable": one.findable,
        "requests": one.requests,
        "joined_at": joined,
        "last_sign_at": lately,
        "confirmed_at": lately,
        "consent_version": _CONSENT,
        "consent_at": joined,
        "legal_basis": work.legal_basis,
        "invented": True,
    }


async def add_accounts(
    work: Work, platform: str, tenant: str, accounts: Sequence[tuple[OfficialId, str]]
) -> None:
    """Give each official the user id named."""
    rows = [
        {
            "official_id": official,
            "platform": platform,
            "tenant": tenant,
            "user": user,
            "last_seen_at": work.now,
        }
        for official, user in accounts
    ]
    if rows:
        await work.session.execute(insert(tables.Account), rows)


async def add_involvements(work: Work, people: Sequence[tuple[OfficialId, Invented, Sequence[int]]]) -> None:
    """What each works on, with the rank in each topic."""
    rows = [
        {
            "official_id": official,
            "topic_id": topic,
            "part": Part(part),
            "layer": one.layer,
            "active": one.findable and one.requests,
            "score": score,
            "since": (work.now - one.joined).date(),
        }
        for official, one, scores in people
        for (topic, part), score in zip(one.topics, scores, strict=True)
    ]
    if rows:
        await work.session.execute(insert(tables.Involvement), rows)


async def add_ties(work: Work, ids: Sequence[OfficialId], ties: Sequence[InventedTie]) -> None:
    """Who knows whom; places in ``ties`` are places in ``ids``."""
    rows = [
        {
            "low_id": min(ids[tie.one], ids[tie.other]),
            "high_id": max(ids[tie.one], ids[tie.other]),
            "source": tie.source,
            "topic_id": tie.topic,
            "since": work.now - tie.since,
            "last_sign_at": _sign(work, tie),
        }
        for tie in ties
    ]
    if rows:
        await work.session.execute(insert(tables.Acquaintance), rows)


def _sign(work: Work, tie: InventedTie) -> datetime:
    return work.now - tie.since / 2
