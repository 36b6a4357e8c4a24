"""Accounts: who is behind a platform's user id, and where an official is reached."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, bindparam, delete, select, update

from bot.chat.address import Account
from bot.domain.ids import OfficialId
from bot.store import tables
from bot.store.dialect import batches
from bot.store.work import Work

_CORE = tables.Account.metadata.tables[tables.Account.__tablename__]
# Put together once: each event and each message asks for these.
_HIS = (
    _CORE.c.platform == bindparam("platform_is"),
    _CORE.c.tenant == bindparam("tenant_is"),
    _CORE.c.user == bindparam("user_is"),
)
_OFFICIAL_OF = select(_CORE.c.official_id).where(*_HIS)
BEHIND = _OFFICIAL_OF.scalar_subquery()
"""The official behind an account at the moment that a statement runs, as a value in it."""
_SEEN = update(_CORE).where(*_HIS).values(last_seen_at=bindparam("at"), active=True)
_PREFERRED = (
    select(_CORE.c.platform, _CORE.c.tenant, _CORE.c.user)
    .where(_CORE.c.official_id == bindparam("official"), _CORE.c.active)
    .order_by(_CORE.c.last_seen_at.desc(), _CORE.c.id)
    .limit(1)
)
_ALL_OF = (
    select(_CORE.c.platform, _CORE.c.tenant, _CORE.c.user)
    .where(_CORE.c.official_id == bindparam("official"))
    .order_by(_CORE.c.id)
)
_ACTIVE_OF = _ALL_OF.where(_CORE.c.active)


def params(account: Account) -> dict[str, str]:
    """The values of :data:`BEHIND`."""
    return {"platform_is": account.platform, "tenant_is": account.tenant, "user_is": account.user}


def _is(account: Account) -> tuple[ColumnElement[bool], ...]:
    row = tables.Account
    return (row.platform == account.platform, row.tenant == account.tenant, row.user == account.user)


async def official_of(work: Work, account: Account) -> OfficialId | None:
    """The official behind an account, if registered."""
    found = await work.session.execute(_OFFICIAL_OF, params(account))
    official = found.scalar_one_or_none()
    return None if official is None else OfficialId(official)


async def preferred_account(work: Work, official: OfficialId) -> Account | None:
    """The active account where the official was seen last; ``None`` when there is none."""
    row = (await work.session.execute(_PREFERRED, {"official": official})).one_or_none()
    return None if row is None else Account(platform=row.platform, tenant=row.tenant, user=row.user)


async def accounts_of(work: Work, official: OfficialId, *, inactive: bool = False) -> list[Account]:
    """All accounts of an official: the active ones, or also those that were deactivated on their platform."""
    found = await work.session.execute(_ALL_OF if inactive else _ACTIVE_OF, {"official": official})
    return [Account(platform=row.platform, tenant=row.tenant, user=row.user) for row in found]


async def chats_of(work: Work, some: Collection[OfficialId]) -> dict[OfficialId, frozenset[tuple[str, str]]]:
    """On which platforms and tenants these officials have an active account."""
    row = tables.Account
    found: dict[OfficialId, set[tuple[str, str]]] = {official: set() for official in some}
    for batch in batches(some):
        statement = select(row.official_id, row.platform, row.tenant).where(
            row.official_id.in_(batch), row.active
        )
        for official, platform, tenant in await work.session.execute(statement):
            found[OfficialId(official)].add((platform, tenant))
    return {official: frozenset(chats) for official, chats in found.items()}


async def add(work: Work, official: OfficialId, account: Account) -> int:
    """Link an account; the key of the link."""
    row = tables.Account(
        official_id=official,
        platform=account.platform,
        tenant=account.tenant,
        user=account.user,
        active=True,
        last_seen_at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    return row.id


async def linked(work: Work, official: OfficialId, key: int) -> Account | None:
    """The account of this official under a key that :func:`add` gave; ``None`` when it is theirs no more."""
    row = tables.Account
    found = await work.session.execute(
        select(row.platform, row.tenant, row.user).where(row.id == key, row.official_id == official)
    )
    known = found.one_or_none()
    return None if known is None else Account(platform=known.platform, tenant=known.tenant, user=known.user)


async def remove(work: Work, account: Account) -> None:
    """The account belongs to nobody any more."""
    await work.session.execute(delete(tables.Account).where(*_is(account)))


async def seen(work: Work, account: Account) -> None:
    """Somebody is here: messages go where someone was seen last."""
    await work.session.execute(_SEEN, {**params(account), "at": work.now})


async def deactivate(work: Work, account: Account) -> None:
    await work.session.execute(update(tables.Account).where(*_is(account)).values(active=False))
