"""Officials: reading and keeping them."""

from sqlalchemy import select, update

from bot.chat.address import Account
from bot.domain.ids import OfficialId, OrganisationId
from bot.domain.layer import Layer
from bot.domain.official import Official, Switches
from bot.store import tables
from bot.store.work import Work


async def get(work: Work, official: OfficialId) -> Official | None:
    """An active official; ``None`` for nobody and for a tombstone."""
    statement = (
        select(tables.Official, tables.Organisation.name)
        .join(tables.Organisation, tables.Organisation.id == tables.Official.organisation_id)
        .where(tables.Official.id == official, tables.Official.state == "active")
    )
    found = (await work.session.execute(statement)).one_or_none()
    if found is None:
        return None
    row, organisation = found.tuple()
    if row.organisation_id is None:
        raise LookupError("an active official without an organisation")
    return Official(
        id=OfficialId(row.id),
        name=row.name,
        organisation_id=OrganisationId(row.organisation_id),
        organisation=organisation,
        layer=Layer(row.layer),
        language=row.language,
        role=row.role,
        not_about=row.not_about,
        human_line=row.human_line,
        knows=row.knows,
        seeks=row.seeks,
        region=row.region,
        place=row.place,
        working_days=tuple(row.working_days),
        formats=tuple(row.formats),
        pace=row.pace,
        introduces=row.introduces,
        switches=Switches(row.findable, row.requests, row.rounds),
        joined_at=row.joined_at,
        rules_shown=row.rules_shown_at is not None,
    )


async def touch(work: Work, official: OfficialId) -> None:
    """A sign of life."""
    await work.session.execute(
        update(tables.Official).where(tables.Official.id == official).values(last_sign_at=work.now)
    )


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
