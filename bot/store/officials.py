"""Officials: reading and keeping them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, select, update

from bot.chat.address import Account
from bot.domain.ids import OfficialId, OrganisationId
from bot.domain.layer import Layer
from bot.domain.official import Official, Switches
from bot.domain.register import title_of
from bot.store import tables
from bot.store.work import Work

SWITCHES = ("rounds", "requests", "findable")
"""What can be paused, each by itself."""


# Rows of tables, not of classes: as they are now, and in half the time.
_CORE, _PLACE, _ACCOUNT, _DRAFT = (
    table.metadata.tables[table.__tablename__]
    for table in (tables.Official, tables.Organisation, tables.Account, tables.Draft)
)
_row, _place, _account, _draft = _CORE.c, _PLACE.c, _ACCOUNT.c, _DRAFT.c
_WHOLE: Select[Any] = (
    select(
        _row.id, _row.name, _row.organisation_id, _row.layer, _row.language, _row.spoken, _row.role,
        _row.not_about, _row.human_line, _row.knows, _row.seeks, _row.region, _row.place, _row.working_days,
        _row.working_hours, _row.time_zone, _row.formats, _row.pace, _row.introduces, _row.nudges_off,
        _row.findable, _row.requests, _row.rounds, _row.joined_at, _row.confirmed_at, _row.rules_shown_at,
        _row.last_sign_at,
        _place.type.label("kind"), _place.name.label("organisation"),
    )
    .join(_PLACE, _place.id == _row.organisation_id)
    .where(_row.state == "active")
)  # fmt: skip
# Put together once: each event asks for these.
_BY_ID = _WHOLE.where(_row.id == bindparam("official"))
_drafting = exists().where(
    _draft.platform == _account.platform, _draft.tenant == _account.tenant, _draft.user == _account.user
)
_BY_ACCOUNT = (
    _WHOLE.add_columns(_account.last_seen_at, _account.active, _drafting.label("drafting"))
    .join(_ACCOUNT, _account.official_id == _row.id)
    .where(
        _account.platform == bindparam("platform"),
        _account.tenant == bindparam("tenant"),
        _account.user == bindparam("user"),
    )
)


async def get(work: Work, official: OfficialId) -> Official | None:
    """An active official; ``None`` for nobody and for a tombstone."""
    found = (await work.session.execute(_BY_ID, {"official": official})).one_or_none()
    return None if found is None else _official(found)


_ACTIVE = select(func.count()).where(
    _CORE.c.id.in_(bindparam("officials", expanding=True)), _CORE.c.state == "active"
)


async def all_active(work: Work, some: Collection[OfficialId]) -> bool:
    """Whether none of them is gone."""
    count: int = (await work.session.execute(_ACTIVE, {"officials": list(some)})).scalar_one()
    return count == len(set(some))


@dataclass(frozen=True)
class Behind:
    """Who is behind an account.

    ``signed_at``: the last sign of life, when it was given by this account. ``drafting``: a form is
    under way.
    """

    official: Official
    signed_at: datetime | None
    drafting: bool


async def behind(work: Work, account: Account) -> Behind | None:
    """The active official behind an account."""
    found = (await work.session.execute(_BY_ACCOUNT, account.model_dump())).one_or_none()
    if found is None:
        return None
    signed_here = found.active and found.last_seen_at == found.last_sign_at
    return Behind(_official(found), found.last_sign_at if signed_here else None, found.drafting)


def _official(row: Any) -> Official:
    return Official(
        id=OfficialId(row.id),
        name=row.name,
        organisation_id=OrganisationId(row.organisation_id),
        organisation=title_of(row.kind, row.organisation),
        layer=Layer(row.layer),
        language=row.language,
        spoken=tuple(row.spoken) or (row.language,),
        role=row.role,
        not_about=row.not_about,
        human_line=row.human_line,
        knows=row.knows,
        seeks=row.seeks,
        region=row.region,
        place=row.place,
        working_days=tuple(row.working_days),
        working_hours=row.working_hours,
        time_zone=row.time_zone,
        formats=tuple(row.formats),
        pace=row.pace,
        introduces=row.introduces,
        nudges_off=tuple(row.nudges_off),
        switches=Switches(row.findable, row.requests, row.rounds),
        joined_at=row.joined_at,
        confirmed_at=row.confirmed_at,
        rules_shown=row.rules_shown_at is not None,
    )


@dataclass(frozen=True)
class OwnLines:
    """Which lines of a card, that one writes as one likes, somebody wrote; empty ones are not shown."""

    not_about: bool
    human_line: bool


WROTE = (tables.Official.not_about != "", tables.Official.human_line != "")
"""The columns of :class:`OwnLines`."""
_OWN_LINES = select(_row.id, *WROTE).where(
    _row.id.in_(bindparam("officials", expanding=True)), _row.state == "active"
)


async def own_lines(work: Work, some: Collection[OfficialId]) -> dict[OfficialId, OwnLines]:
    """Those of the active ones among these officials."""
    if not some:
        return {}
    rows = await work.session.execute(_OWN_LINES, {"officials": list(some)})
    return {OfficialId(official): OwnLines(*wrote) for official, *wrote in rows}


@dataclass(frozen=True)
class Consent:
    """What was agreed to, when, and on which legal basis."""

    version: str
    at: datetime
    legal_basis: str


async def add(
    work: Work, *, name: str, language: str, organisation: OrganisationId, layer: Layer, consent: Consent
) -> OfficialId:
    """A new official, with the profile that everybody starts with."""
    row = tables.Official(
        name=name,
        language=language,
        organisation_id=organisation,
        layer=layer,
        pace=work.rules.pace_a_month,
        working_days=[],
        formats=[],
        joined_at=work.now,
        last_sign_at=work.now,
        confirmed_at=work.now,
        consent_version=consent.version,
        consent_at=consent.at,
        legal_basis=consent.legal_basis,
    )
    work.session.add(row)
    await work.session.flush()
    return OfficialId(row.id)


async def change(work: Work, official: OfficialId, **values: Any) -> None:
    """Write some columns of an active official; the copies elsewhere are the caller's to refresh."""
    await work.session.execute(
        update(tables.Official)
        .where(tables.Official.id == official, tables.Official.state == "active")
        .values(**values)
    )


async def last_sign_at(work: Work, official: OfficialId) -> datetime | None:
    """The last sign of life of an active official."""
    found = await work.session.execute(
        select(tables.Official.last_sign_at).where(
            tables.Official.id == official, tables.Official.state == "active"
        )
    )
    return found.scalar_one_or_none()


async def without_sign_since(work: Work, moment: datetime) -> list[tuple[OfficialId, datetime]]:
    """Active officials whose last sign of life is before a moment, with it; invented ones never give any."""
    row = tables.Official
    found = await work.session.execute(
        select(row.id, row.last_sign_at)
        .where(row.state == "active", row.last_sign_at < moment, row.invented.is_(False))
        .order_by(row.id)
    )
    return [(OfficialId(official), last_sign) for official, last_sign in found]


@dataclass(frozen=True)
class Pause:
    """One switch that is off; ``until`` is the moment it goes on again by itself, if there is one."""

    switch: str
    until: datetime | None


async def pauses(work: Work, official: OfficialId) -> list[Pause]:
    """The switches that are off, of an active official."""
    row = tables.Official
    found = await work.session.execute(
        select(
            row.rounds, row.rounds_again_at, row.requests, row.requests_again_at,
            row.findable, row.findable_again_at,
        ).where(row.id == official, row.state == "active")
    )  # fmt: skip
    values = found.one_or_none()
    if values is None:
        return []
    switches = zip(SWITCHES, values[::2], values[1::2], strict=True)
    return [Pause(switch, until) for switch, on, until in switches if not on]


@dataclass(frozen=True)
class Absence:
    """Until when somebody is away by their status, and until when that status is passed over."""

    until: datetime | None
    waived: datetime | None


async def absence(work: Work, official: OfficialId) -> Absence:
    """What an active official's status said last."""
    row = tables.Official
    found = await work.session.execute(select(row.away_until, row.away_waived).where(row.id == official))
    return Absence(*found.one())


_TOUCH = update(_CORE).where(_CORE.c.id == bindparam("official")).values(last_sign_at=bindparam("at"))


async def touch(work: Work, official: OfficialId) -> None:
    """A sign of life."""
    await work.session.execute(_TOUCH, {"official": official, "at": work.now})


async def on_platform(work: Work, platform: str) -> list[tuple[Account, Official]]:
    """Active officials with an account on a platform, 1,000 at most."""
    rows = await work.session.execute(
        select(tables.Account)
        .where(tables.Account.platform == platform)
        .order_by(tables.Account.id)
        .limit(1000)
    )
    found = []
    for row in rows.scalars().all():
        official = await get(work, OfficialId(row.official_id))
        if official is not None:
            found.append((Account(platform=row.platform, tenant=row.tenant, user=row.user), official))
    return found


async def any_registered(work: Work) -> bool:
    return (await work.session.execute(select(tables.Official.id).limit(1))).scalar_one_or_none() is not None
