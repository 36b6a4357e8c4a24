"""How an official is reached once both said yes: chat, unless another way was chosen. Encrypted."""

from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import delete, select

from bot.domain.ids import OfficialId
from bot.store.dialect import insert_into
from bot.store.tables import ContactRoute
from bot.store.work import Work

Kind = Literal["chat", "email", "phone"]
_PLACE = ("contact_route", "sealed")


@dataclass(frozen=True)
class Route:
    """``value`` is the address or number; empty for chat. It never shows in a log."""

    kind: Kind
    value: str = field(default="", repr=False)


async def route_of(work: Work, official: OfficialId) -> Route:
    """The way this official chose; chat when none was."""
    chosen = select(ContactRoute.kind, ContactRoute.sealed).where(ContactRoute.official_id == official)
    row = (await work.session.execute(chosen)).one_or_none()
    if row is None:
        return Route("chat")
    value = work.vault.open(row.sealed, *_PLACE, official).decode()
    return Route("phone" if row.kind == "phone" else "email", value)


async def set_route(work: Work, official: OfficialId, kind: Kind, value: str) -> None:
    """Choose a way; ``value`` is checked by who calls. Chat needs none, and forgets what was there."""
    await work.session.execute(delete(ContactRoute).where(ContactRoute.official_id == official))
    if kind != "chat":
        sealed = work.vault.seal(value.encode(), *_PLACE, official)
        await work.session.execute(
            insert_into(work, ContactRoute).values(official_id=official, kind=kind, sealed=sealed)
        )
