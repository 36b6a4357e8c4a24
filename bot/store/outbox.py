"""The outbox: every effect is a row first, in the transaction of the change that caused it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import and_, delete, false, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.chat.address import Account, Address
from bot.chat.message import Message
from bot.domain.ids import OfficialId
from bot.store import offers
from bot.store.accounts import preferred_account
from bot.store.dialect import insert_into
from bot.store.tables import Draft, Outbox
from bot.store.work import Work

log = logging.getLogger(__name__)
ADDRESS: TypeAdapter[Address] = TypeAdapter(Address)


class Lane(StrEnum):
    """Why a message goes out: what nobody asked for waits for office hours and behind all others."""

    ANSWER = "answer"
    FOLLOWS = "follows"
    UNASKED = "unasked"


_EMPTY: dict[str, Any] = {"message": None, "address": {}, "recipient": "", "refs": [], "official_id": None}
"""What an emptied row holds: that something was sent, and nothing of to whom."""
_PRIORITY = {Lane.ANSWER: 0, Lane.FOLLOWS: 10, Lane.UNASKED: 50}


@dataclass(frozen=True)
class Claim:
    """A row that this process may send now; ``attempt`` fences every update of it.

    ``look_back`` is true when an earlier attempt is in doubt: ask the platform before sending again.
    """

    id: int
    key: str
    attempt: int
    look_back: bool
    official: OfficialId | None
    address: Address
    message: Message
    valid_until: datetime | None
    language: str


def recipient_of(work: Work, account: Account) -> str:
    return work.vault.hash("recipient", account.platform, account.tenant, account.user)


async def post(
    work: Work,
    to: Address | OfficialId,
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
        address: Address = ADDRESS.validate_python({"type": "direct", "account": account.model_dump()})
    else:
        address = to
        account = address.account
    key = work.token()
    wait = work.hours.next_office_moment(work.now) if lane is Lane.UNASKED else work.now
    row: dict[str, Any] = {
        "key": key,
        "business_key": business_key,
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
        "not_before": max(not_before or work.now, wait),
        "valid_until": valid_until,
        "look_back": False,
        "refs": [],
        "created_at": work.now,
    }
    statement = insert_into(work, Outbox).values(**row)
    if business_key is not None:
        statement = statement.on_conflict_do_nothing(index_elements=["business_key"])
    if (await work.session.execute(statement.returning(Outbox.id))).scalar_one_or_none() is None:
        return None
    await offers.open_offer(work, key, message, account)
    return key


async def claim(work: Work, platforms: Sequence[str], grace: timedelta) -> Claim | None:
    """Take the next row of these platforms: due, or left behind by a process that died or hangs.

    A recipient's rows go one at a time. While someone fills in a form question by question, what nobody
    asked for waits, for half an hour at most.
    """
    busy, draft = aliased(Outbox), aliased(Draft)
    in_flight = select(busy.id).where(
        busy.recipient == Outbox.recipient, busy.recipient != "", busy.state == "sending",
        busy.look_back.is_(False), busy.id != Outbox.id,
    )  # fmt: skip
    filling_in = select(draft.id).where(
        draft.recipient == Outbox.recipient, draft.whole.is_(False),
        draft.started_at > work.now - timedelta(minutes=30),
    )  # fmt: skip
    due = and_(
        Outbox.state == "pending", Outbox.not_before <= work.now, ~in_flight.exists(),
        or_(Outbox.lane != Lane.UNASKED, ~filling_in.exists()),
    )  # fmt: skip
    left_behind = and_(
        Outbox.state == "sending",
        or_(
            and_(Outbox.look_back, Outbox.not_before <= work.now),
            and_(Outbox.look_back.is_(False), Outbox.claimed_at <= work.now - grace),
        ),
    )
    statement = (
        select(Outbox)
        .where(Outbox.platform.in_(platforms), or_(due, left_behind))
        .order_by(Outbox.priority, Outbox.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    while (row := (await work.session.execute(statement)).scalar_one_or_none()) is not None:
        try:
            return await _claimed(work, row)
        except ValueError:
            # A row of another version, or damaged: it must not stop all that come after it.
            log.error("outbox row %s cannot be read: set aside", row.id)
            row.state, row.reason = "dead", "unreadable"
            await work.session.flush()
    return None


async def _claimed(work: Work, row: Outbox) -> Claim:
    """Raises ``ValueError`` for a row that cannot be read."""
    address, message = ADDRESS.validate_python(row.address), Message.model_validate(row.message)
    look_back = row.state == "sending"
    row.state, row.look_back, row.claimed_at, row.attempt = "sending", False, work.now, row.attempt + 1
    await work.session.flush()
    return Claim(
        id=row.id,
        key=row.key,
        attempt=row.attempt,
        look_back=look_back,
        official=OfficialId(row.official_id) if row.official_id is not None else None,
        address=address,
        message=message,
        valid_until=row.valid_until,
        language=row.language,
    )


async def _record(work: Work, claimed: Claim, **values: Any) -> bool:
    """Update the row unless another process has taken it over since; tells whether it was ours."""
    ours = and_(Outbox.id == claimed.id, Outbox.attempt == claimed.attempt, Outbox.state == "sending")
    changed = await work.session.execute(
        update(Outbox).where(ours).values(**values).returning(Outbox.fleeting)
    )
    fleeting = changed.scalar_one_or_none()
    if fleeting and values.get("state") in {"sent", "dead", "unknown"}:
        await work.session.execute(update(Outbox).where(Outbox.id == claimed.id).values(**_EMPTY))
    return fleeting is not None


async def sent(work: Work, claimed: Claim, refs: Sequence[str]) -> bool:
    return await _record(work, claimed, state="sent", refs=list(refs), sent_at=work.now, reason=None)


async def dead(work: Work, claimed: Claim, reason: str) -> bool:
    """It will not be sent: expired, withdrawn, or the recipient is gone."""
    return await _record(work, claimed, state="dead", reason=reason, message=None)


async def unknown(work: Work, claimed: Claim, reason: str) -> bool:
    """Nobody can tell whether it arrived: reported, never sent again."""
    return await _record(work, claimed, state="unknown", reason=reason)


async def again(work: Work, claimed: Claim, at: datetime, reason: str | None) -> bool:
    """It surely did not arrive: once more from ``at``."""
    return await _record(work, claimed, state="pending", not_before=at, reason=reason)


async def doubt(work: Work, claimed: Claim, look_at: datetime, reason: str | None) -> bool:
    """It may have arrived: look back at ``look_at``."""
    return await _record(work, claimed, look_back=True, not_before=look_at, reason=reason)


async def recover(work: Work) -> int:
    """At the start of the only process of a database: what stands on 'sending' was cut off, look back now."""
    rows = await work.session.execute(
        update(Outbox)
        .where(Outbox.state == "sending")
        .values(look_back=True, not_before=work.now)
        .returning(Outbox.id)
    )
    return len(rows.all())


async def refs_of(work: Work, key: str) -> tuple[str, ...]:
    """The platform's names of what was sent under ``key``; empty when it was not."""
    refs = await work.session.execute(select(Outbox.refs).where(Outbox.key == key, Outbox.state == "sent"))
    return tuple(refs.scalar_one_or_none() or ())


async def message_of(work: Work, key: str) -> tuple[Address, Message] | None:
    """The message posted under ``key`` and where it went, while it is kept."""
    row = (
        await work.session.execute(select(Outbox.address, Outbox.message).where(Outbox.key == key))
    ).one_or_none()
    if row is None or row.message is None:
        return None
    return ADDRESS.validate_python(row.address), Message.model_validate(row.message)


async def withdraw(work: Work, business_key: str) -> None:
    """Take back what was not sent yet."""
    await work.session.execute(
        update(Outbox)
        .where(Outbox.business_key == business_key, Outbox.state == "pending")
        .values(state="dead", reason="withdrawn", message=None)
    )


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
    await work.session.execute(update(Outbox).where(theirs, Outbox.state != "sending").values(**_EMPTY))


async def next_due(work: Work) -> datetime | None:
    """When the next row is due, for who moves the clock."""
    return (
        await work.session.execute(
            select(func.min(Outbox.not_before)).where(
                or_(Outbox.state == "pending", and_(Outbox.state == "sending", Outbox.look_back))
            )
        )
    ).scalar_one()


async def counts(work: Work) -> dict[str, int]:
    """Rows by state, for the check and the tests."""
    rows = await work.session.execute(select(Outbox.state, func.count()).group_by(Outbox.state))
    return dict(rows.tuples().all())


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget what was sent long ago."""
    await work.session.execute(
        delete(Outbox).where(
            Outbox.state.in_(("sent", "dead", "unknown")), Outbox.created_at < work.now - older_than
        )
    )


async def clear_strangers(work: Work, older_than: timedelta) -> None:
    """Forget sooner what was sent to who did not register."""
    await work.session.execute(
        update(Outbox)
        .where(
            Outbox.official_id.is_(None), Outbox.recipient != "", Outbox.created_at < work.now - older_than,
            Outbox.state.in_(("sent", "dead", "unknown")),
        )
        .values(**_EMPTY)
    )  # fmt: skip
