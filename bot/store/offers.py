"""Offers: the choices that a message put to one person, behind opaque tokens and plain numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, delete, insert, or_, select, update

from bot.chat.address import Account, Address, Conversation
from bot.chat.message import Action, Card, Choices, Message, Option
from bot.i18n.text import Text, Words
from bot.store import tables
from bot.store.dialect import is_sqlite
from bot.store.tables import ChannelPlace, Offer, Outbox
from bot.store.work import Offered, Work

_MOST_DIGITS = 3
WELCOMES = select(ChannelPlace.welcome_key).where(ChannelPlace.welcome_key != "")
"""The messages that stand in a channel as long as it is there: who comes by later takes part by them."""

PASSING = ""
"""The slot of messages that put no question of their own: lists."""


@dataclass(frozen=True)
class Choice:
    """One open choice: of which offer, what its button says and what pressing does."""

    offer: int
    number: int
    message: str
    slot: str
    about: Text | None
    label: Text | Words
    action: Action
    lasting: bool
    open: bool


def with_tokens(key: str, message: Message) -> Message:
    """The message as it is stored: each option bears a token, and its action stays here."""
    numbers = iter(range(1, len(message.options) + 1))

    def strip(option: Option) -> Option:
        return option.model_copy(update={"action": None, "token": f"{key}.{next(numbers)}"})

    blocks = tuple(
        block.model_copy(update={"options": tuple(strip(option) for option in block.options)})
        if isinstance(block, Card | Choices)
        else block
        for block in message.blocks
    )
    return message.model_copy(update={"blocks": blocks})


# Put together once: most messages put choices to somebody.
_CORE = Offer.metadata.tables[Offer.__tablename__]
_offer = _CORE.c
_HIS = (
    _offer.platform == bindparam("platform_is"),
    _offer.tenant == bindparam("tenant_is"),
    _offer.user == bindparam("user_is"),
)
# An offer in a shared place, to nobody in particular, has empty owner columns.
_ANYBODYS = (_offer.platform == "", _offer.tenant == "", _offer.user == "")
_GIVE = update(_CORE).where(*_HIS, _offer.open, _offer.numbered).values(numbered=False)
_SAME_SLOT = _offer.slot == bindparam("slot_is")
_IN_THE_WAY = and_(
    _offer.message.not_in(bindparam("fresh", expanding=True)), or_(_offer.slot == PASSING, _offer.lasting)
)
_GIVE_SLOT = _GIVE.where(_SAME_SLOT)
_GIVE_WAY = _GIVE.where(_IN_THE_WAY)
_GIVE_TO_ANSWER = _GIVE.where(or_(_SAME_SLOT, _IN_THE_WAY))
_OPEN = (
    insert(_CORE)
    .values(
        {
            column: bindparam(f"{column.name}_is", type_=column.type)
            for column in _offer
            if column is not _offer.id
        }
    )
    .inline()
)
# In one round trip on PostgreSQL; SQLite changes one table, and one way, in a statement.
_GIVE_SLOT_AND_OPEN = _OPEN.add_cte(_GIVE_SLOT.cte("gave"))
_GIVE_TO_ANSWER_AND_OPEN = _OPEN.add_cte(_GIVE_TO_ANSWER.cte("gave"))
_CHOICES: Select[Any] = select(
    _offer.id, _offer.message, _offer.slot, _offer.about, _offer.options, _offer.lasting, _offer.open
)
_NUMBERED = _CHOICES.where(*_HIS, _offer.open, _offer.numbered).order_by(_offer.id.desc()).limit(20)
_BY_TOKEN = _CHOICES.where(_offer.token == bindparam("token_is"), or_(and_(*_HIS), and_(*_ANYBODYS)))
_SETTLE = (
    update(_CORE)
    .where(_offer.id == bindparam("row"), _offer.open)
    .values(open=False, numbered=False)
    .returning(_offer.id)
)
_CLOSE_SLOT = (
    update(_CORE)
    .where(_offer.slot == bindparam("slot_is"), _offer.open)
    .values(open=False, numbered=False)
    .returning(_offer.message)
)
_CLOSE_HIS = _CLOSE_SLOT.where(*_HIS)
# Only what is open has a number; said, so that the index of what is open serves.
_UNNUMBER_SLOT = (
    update(_CORE)
    .where(_offer.slot == bindparam("slot_is"), _offer.open, _offer.numbered)
    .values(numbered=False)
)
_UNNUMBER_HIS = _UNNUMBER_SLOT.where(*_HIS)


def _params(account: Account | None) -> dict[str, Any]:
    return {
        "platform_is": account.platform if account else "",
        "tenant_is": account.tenant if account else "",
        "user_is": account.user if account else "",
    }


async def open_offer(
    work: Work,
    key: str,
    message: Message,
    account: Account | None,
    *,
    numbered: bool = True,
    room: Conversation | None = None,
    answers: bool = False,
) -> None:
    """Store the choices of a message; it takes the numbers over from older ones in its slot.

    A message without a slot is a passing one: a newer passing one takes its numbers over. Choices that are
    not ``numbered`` can be pressed only: no bare number in a talk is meant for them. What everybody in a
    ``room`` may choose takes the numbers of that room. To what ``answers`` older lists and menus give way as
    well, as :func:`give_way` has it.
    """
    if not message.options:
        return
    values = {
        **_params(account),
        "token_is": key,
        "message_is": key,
        "slot_is": message.slot or (_slot_of(room) if room else PASSING),
        "about_is": message.about.model_dump(mode="json") if message.about else None,
        "options_is": [_stored(option) for option in message.options],
        "lasting_is": message.lasting,
        "open_is": True,
        "numbered_is": numbered,
        "created_at_is": work.now,
        "fresh": _fresh(work, account),
    }
    if is_sqlite(work):
        await work.session.execute(_GIVE_TO_ANSWER if answers else _GIVE_SLOT, values)
        await work.session.execute(_OPEN, values)
    else:
        await work.session.execute(_GIVE_TO_ANSWER_AND_OPEN if answers else _GIVE_SLOT_AND_OPEN, values)
    work.outgoing.offered.append(Offered(account, key, answers))


def _stored(option: Option) -> dict[str, Any]:
    if option.action is None:
        raise ValueError("an option without an action")
    return {"label": option.label.model_dump(mode="json"), "action": option.action.model_dump(mode="json")}


def _whose(account: Account) -> tuple[ColumnElement[bool], ...]:
    return (Offer.platform == account.platform, Offer.tenant == account.tenant, Offer.user == account.user)


def _choices(row: Row[Any]) -> list[Choice]:
    about = None if row.about is None else Text.model_validate(row.about)
    return [
        Choice(
            offer=row.id,
            number=number,
            message=row.message,
            slot=row.slot,
            about=about,
            label=_label(entry["label"]),
            action=Action.model_validate(entry["action"]),
            lasting=row.lasting,
            open=row.open,
        )
        for number, entry in enumerate(row.options, start=1)
    ]


def _label(stored: dict[str, Any]) -> Text | Words:
    return Words.model_validate(stored) if stored["type"] == "words" else Text.model_validate(stored)


async def by_token(work: Work, token: str, account: Account) -> Choice | None:
    """The choice behind a token, if it was put to this account (or to everyone in a shared place)."""
    key, _, number = token.rpartition(".")
    if not number.isascii() or not number.isdigit() or len(number) > _MOST_DIGITS:
        return None
    row = (await work.session.execute(_BY_TOKEN, {"token_is": key, **_params(account)})).one_or_none()
    if row is None or not 1 <= int(number) <= len(row.options):
        return None
    return _choices(row)[int(number) - 1]


async def numbered(work: Work, account: Account) -> list[list[Choice]]:
    """The questions that a bare number could answer now, newest first."""
    rows = await work.session.execute(_NUMBERED, _params(account))
    return [_choices(row) for row in rows]


async def numbered_in(work: Work, room: Conversation) -> list[Choice]:
    """What a bare number could mean to anybody in a room: the newest that was put there to all."""
    row = (
        await work.session.execute(
            _CHOICES.where(*_ANYBODYS, _offer.slot == _slot_of(room), _offer.open, _offer.numbered)
            .order_by(_offer.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return [] if row is None else _choices(row)


async def put_by(work: Work, ref: str, account: Account, where: Address) -> list[Choice]:
    """The open choices of the message under a platform's ref: put to this account, or to all in that room."""
    whose = and_(*_HIS)
    if isinstance(where, Conversation):
        whose = or_(whose, and_(*_ANYBODYS, _offer.slot == _slot_of(where)))
    rows = await work.session.execute(
        _CHOICES.add_columns(Outbox.refs)
        .join(Outbox, Outbox.key == _offer.message)
        .where(_offer.open, whose)
        .order_by(_offer.id.desc()),
        _params(account),
    )
    return next((_choices(row) for row in rows if ref in row.refs), [])


def _slot_of(room: Conversation) -> str:
    return f"room:{room.platform}:{room.tenant}:{room.id}"


async def settle(work: Work, choice: Choice) -> bool:
    """Close the offer after a press; false when it was closed before (a double press)."""
    closed = await work.session.execute(_SETTLE, {"row": choice.offer})
    return closed.scalar_one_or_none() is not None


async def close_slot(work: Work, slot: str, account: Account | None = None) -> list[str]:
    """Close all open offers in a slot (of one account, or of all); returns the keys of their messages."""
    if account is None:
        rows = await work.session.execute(_CLOSE_SLOT, {"slot_is": slot})
    else:
        rows = await work.session.execute(_CLOSE_HIS, {"slot_is": slot, **_params(account)})
    return list(rows.scalars())


async def unnumber_slot(work: Work, slot: str, account: Account | None = None) -> None:
    """A bare number no longer means these offers; pressing their buttons still tells that it is over."""
    if account is None:
        await work.session.execute(_UNNUMBER_SLOT, {"slot_is": slot})
    else:
        await work.session.execute(_UNNUMBER_HIS, {"slot_is": slot, **_params(account)})


async def give_way(work: Work, account: Account) -> None:
    """What somebody's own act brought up is in front of them: older lists and menus give their numbers up.

    Questions that wait keep theirs, so that a number which fits two of those is asked back. For an answer
    they gave way already.
    """
    if any(one.account == account and not one.answers for one in work.outgoing.offered):
        await work.session.execute(_GIVE_WAY, {**_params(account), "fresh": _fresh(work, account)})


def _fresh(work: Work, account: Account | None) -> list[str]:
    """What this unit of work has put to somebody so far."""
    return [one.key for one in work.outgoing.offered if one.account == account]


async def readdress(work: Work, messages: Sequence[str], to: Account) -> None:
    """The choices of these messages are another account's to make."""
    await work.session.execute(update(Offer).where(Offer.message.in_(messages)).values(to.model_dump()))


async def forget(work: Work, account: Account) -> None:
    """Forget all that was put to an account: part of an erasure."""
    await work.session.execute(delete(Offer).where(*_whose(account)))


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget the choices of long ago."""
    await work.session.execute(
        delete(Offer).where(Offer.created_at < work.now - older_than, Offer.message.not_in(WELCOMES))
    )


async def clear_strangers(work: Work, older_than: timedelta) -> None:
    """Forget sooner what was put to who did not register."""
    known = tables.Account
    registered = select(known.id).where(
        known.platform == Offer.platform, known.tenant == Offer.tenant, known.user == Offer.user
    )
    await work.session.execute(
        delete(Offer).where(Offer.user != "", Offer.created_at < work.now - older_than, ~registered.exists())
    )
