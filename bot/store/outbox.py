"""The outbox: every effect is a row first, in the transaction of the change that caused it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, false, func, or_, select, text, update

from bot.chat.address import Account, Conversation, Destination, Direct, Home
from bot.chat.message import Message
from bot.domain.ids import OfficialId
from bot.store import offers
from bot.store.accounts import BEHIND, params, preferred_account
from bot.store.dialect import either
from bot.store.tables import Outbox
from bot.store.tables.clockwork import OPEN
from bot.store.work import Work

log = logging.getLogger(__name__)
DESTINATION: TypeAdapter[Destination] = TypeAdapter(Destination)


class Lane(StrEnum):
    """Why a message goes out: what nobody asked for waits for office hours and behind all others."""

    ANSWER = "answer"
    FOLLOWS = "follows"
    UNASKED = "unasked"


EMPTY: dict[str, Any] = {"message": None, "address": {}, "recipient": "", "refs": [], "official_id": None}
"""What an emptied row holds: that something was sent, and nothing of to whom."""
_OVER = ("sent", "dead", "unknown")
_PRIORITY = {Lane.ANSWER: 0, Lane.FOLLOWS: 10, Lane.UNASKED: 50}


def recipient_of(work: Work, account: Account) -> str:
    return work.vault.hash("recipient", account.platform, account.tenant, account.user)


async def post(
    work: Work,
    to: Destination | OfficialId,
    message: Message,
    lane: Lane,
    *,
    business_key: str | None = None,
    not_before: datetime | None = None,
    valid_until: datetime | None = None,
    official: OfficialId | None = None,
    language: str = "",
) -> str | None:
    """Put a message in the outbox; its key, or ``None`` when nobody can be reached or it was posted before.

    ``to`` is a place, or an official: then where that official was seen last. ``business_key`` says what the
    message is about ('nudge:7:2026-11-24'): one row a key, ever. ``language`` counts where the recipient is
    not registered, or is not any more: a fleeting message is to an account alone.
    """
    if isinstance(to, int):
        official = to
        account = await preferred_account(work, to)
        if account is None:
            return None
        address: Destination = Direct(account=account)
    else:
        address = to
    row = row_of(work, address, message, lane, official=official, language=language)
    wait = work.hours.next_office_moment(work.now) if lane is Lane.UNASKED else work.now
    row |= {
        "business_key": business_key,
        "not_before": max(not_before or work.now, wait),
        "valid_until": valid_until,
    }
    statement = _POST(work) if business_key is None else _POST_ONCE(work)
    if (await work.session.execute(statement, row)).scalar_one_or_none() is None:
        return None
    await open_choices(work, row, message, address, lane)
    work.outgoing.waits = True
    return str(row["key"])


CORE = Outbox.metadata.tables[Outbox.__tablename__]
_FATE = select(CORE.c.state, CORE.c.refs).where(CORE.c.key == bindparam("key_is"))
# In the words of the partial index: with bound values SQLite would not use it.
_NEXT_AT = select(func.min(CORE.c.not_before)).where(
    text(OPEN), or_(CORE.c.state == "pending", CORE.c.look_back)
)
_MESSAGE = select(CORE.c.address, CORE.c.message).where(CORE.c.key == bindparam("key_is"))
_POST = either(lambda insert: insert(CORE).returning(CORE.c.id))
_POST_ONCE = either(
    lambda insert: insert(CORE).on_conflict_do_nothing(index_elements=["business_key"]).returning(CORE.c.id)
)


def row_of(
    work: Work,
    address: Destination,
    message: Message,
    lane: Lane,
    *,
    official: OfficialId | None,
    language: str,
) -> dict[str, Any]:
    """The row of a message that may go at once; not stored yet."""
    key = work.token()
    account = address.account
    return {
        "key": key,
        "official_id": None if message.fleeting else official,
        "platform": address.platform,
        "address": address.model_dump(mode="json"),
        "recipient": recipient_of(work, account) if account else "",
        "message": offers.with_tokens(key, message).model_dump(mode="json", exclude_none=True),
        "language": language,
        "fleeting": message.fleeting,
        "lane": lane,
        "priority": _PRIORITY[lane],
        "state": "pending",
        "attempt": 0,
        "not_before": work.now,
        "look_back": False,
        "refs": [],
        "created_at": work.now,
    }


async def open_choices(
    work: Work, row: dict[str, Any], message: Message, address: Destination, lane: Lane
) -> None:
    """What can be pressed in a message that was stored; by a number too, but on a home screen."""
    room = address if isinstance(address, Conversation) and address.account is None else None
    numbered = not isinstance(address, Home)
    await offers.open_offer(
        work,
        str(row["key"]),
        message,
        address.account,
        numbered=numbered,
        room=room,
        answers=lane is Lane.ANSWER,
    )


@dataclass(frozen=True)
class Fate:
    """What became of a message: whether that is settled, and the platform's names of what was sent."""

    over: bool
    refs: tuple[str, ...]


async def fate_of(work: Work, key: str) -> Fate:
    """What became of the message posted under ``key``; one that is no longer kept is over."""
    row = (await work.session.execute(_FATE, {"key_is": key})).one_or_none()
    if row is None:
        return Fate(over=True, refs=())
    return Fate(over=row.state in _OVER, refs=tuple(row.refs) if row.state == "sent" else ())


_NO_EDIT = Outbox.message["replaces"].as_string().is_(None)
_LAST = select(
    func.max(Outbox.claimed_at).filter(_NO_EDIT).label("last"),
    func.max(Outbox.claimed_at).filter(Outbox.key == bindparam("key_is")).label("this"),
).where(Outbox.official_id == BEHIND)


async def is_last(work: Work, account: Account, key: str) -> bool:
    """Whether who is behind an account was sent nothing after the message under ``key``, but for edits.

    What was sent to who did not register is not looked into.
    """
    row = (await work.session.execute(_LAST, {"key_is": key, **params(account)})).one()
    return row.last is None or row.this == row.last


async def message_of(work: Work, key: str) -> tuple[Destination, Message] | None:
    """The message posted under ``key`` and where it went, while it is kept."""
    row = (await work.session.execute(_MESSAGE, {"key_is": key})).one_or_none()
    if row is None or row.message is None:
        return None
    return DESTINATION.validate_python(row.address), Message.model_validate(row.message)


async def withdraw(work: Work, business_key: str) -> None:
    """Take back what was not sent yet."""
    await work.session.execute(
        update(Outbox)
        .where(Outbox.business_key == business_key, Outbox.state == "pending")
        .values(state="dead", reason="withdrawn", message=None)
    )


async def withdraw_all(work: Work, beginning: str) -> bool:
    """Take back all of one matter that was not sent yet, by how its keys begin; it may be posted anew.

    False when nothing of it was waiting.
    """
    taken = await work.session.execute(
        update(Outbox)
        .where(text(OPEN), Outbox.state == "pending")
        .where(Outbox.business_key.startswith(beginning, autoescape=True))
        .values(state="dead", reason="withdrawn", message=None, business_key=None)
        .returning(Outbox.id)
    )
    return bool(taken.scalars().all())


async def forget(work: Work, official: OfficialId | None, accounts: Sequence[Account]) -> None:
    """Take back all that waits for these and empty what was sent: part of an erasure.

    What is being sent at this moment is emptied as soon as that is over.
    """
    recipients = [recipient_of(work, account) for account in accounts]
    theirs = or_(
        Outbox.recipient.in_(recipients), false() if official is None else Outbox.official_id == official
    )
    await work.session.execute(
        update(Outbox).where(theirs, Outbox.state == "pending").values(state="dead", reason="erased")
    )
    await work.session.execute(update(Outbox).where(theirs, Outbox.state == "sending").values(fleeting=True))
    await work.session.execute(update(Outbox).where(theirs, Outbox.state != "sending").values(**EMPTY))


async def forget_words(work: Work, keys: Sequence[str]) -> None:
    """Nothing is kept of what these messages said; where they stand is, so that they can be edited."""
    await work.session.execute(
        update(Outbox).where(Outbox.key.in_(keys), Outbox.state.in_(_OVER)).values(message=None)
    )
    await work.session.execute(
        update(Outbox).where(Outbox.key.in_(keys), Outbox.state == "sending").values(fleeting=True)
    )


async def readdress(work: Work, account: Account, to: Account) -> None:
    """What waits to be told to an account in private goes to another one of the same person instead."""
    waiting = await work.session.execute(
        select(Outbox.id, Outbox.key, Outbox.address).where(
            Outbox.recipient == recipient_of(work, account), Outbox.state == "pending"
        )
    )
    private = [row for row in waiting.all() if isinstance(DESTINATION.validate_python(row.address), Direct)]
    await work.session.execute(
        update(Outbox)
        .where(Outbox.id.in_([row.id for row in private]))
        .values(
            platform=to.platform,
            address=Direct(account=to).model_dump(mode="json"),
            recipient=recipient_of(work, to),
        )
    )
    await offers.readdress(work, [row.key for row in private], to)


async def next_due(work: Work) -> datetime | None:
    """When the next row is due, for who moves the clock."""
    moment: datetime | None = (await work.session.execute(_NEXT_AT)).scalar_one()
    return moment


async def counts(work: Work) -> dict[str, int]:
    """Rows by state, for the check and the tests."""
    rows = await work.session.execute(
        select(Outbox.state, func.count().label("number")).group_by(Outbox.state)
    )
    return {row.state: row.number for row in rows}


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget what was sent long ago."""
    await work.session.execute(
        delete(Outbox).where(
            Outbox.state.in_(_OVER),
            Outbox.created_at < work.now - older_than,
            Outbox.key.not_in(offers.WELCOMES),
        )
    )


async def clear_strangers(work: Work, older_than: timedelta) -> None:
    """Forget sooner what was sent to who did not register."""
    await work.session.execute(
        update(Outbox)
        .where(
            Outbox.official_id.is_(None), Outbox.recipient != "", Outbox.created_at < work.now - older_than,
            Outbox.state.in_(_OVER),
        )
        .values(**EMPTY)
    )  # fmt: skip
