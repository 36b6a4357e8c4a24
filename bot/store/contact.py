"""Contact routes: encrypted, bound to their official and kind; no row means chat."""

from sqlalchemy import bindparam, delete, select

from bot.domain.contact import Route, RouteKind
from bot.domain.ids import OfficialId
from bot.store.dialect import insert_into
from bot.store.tables import ContactRoute
from bot.store.work import Work

_ROUTE = select(ContactRoute.kind, ContactRoute.sealed).where(
    ContactRoute.official_id == bindparam("official")
)


async def route_of(work: Work, official: OfficialId) -> Route:
    """How this official wants to be reached. Raises :class:`bot.store.vault.VaultError`."""
    row = (await work.session.execute(_ROUTE, {"official": official})).one_or_none()
    if row is None:
        return Route()
    value = work.vault.open(row.sealed, "contact_route", row.kind, official)
    return Route(RouteKind(row.kind), value.decode())


async def set_route(work: Work, official: OfficialId, kind: RouteKind, value: str = "") -> None:
    """Reached this way from now on; ``value`` is a checked address or number, and empty for chat."""
    await forget_route(work, official)
    if kind is RouteKind.CHAT:
        return
    if not value:
        raise ValueError("a contact route without a value")
    sealed = work.vault.seal(value.encode(), "contact_route", kind, official)
    await work.session.execute(
        insert_into(work, ContactRoute).values(official_id=official, kind=kind, sealed=sealed)
    )


async def forget_route(work: Work, official: OfficialId) -> None:
    await work.session.execute(delete(ContactRoute).where(ContactRoute.official_id == official))
