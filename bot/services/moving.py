"""Moving to another account: a code from the old one makes the new one the same official's.

Nothing is copied, so all comes along: ties, koffies, blocks, switches. An account that was there before stays
as long as its platform keeps it, hears of the move at once, and can undo it for a while: so a code in wrong
hands is noticed. Two officials are never made one.
"""

from datetime import date, timedelta

from bot.chat.address import Account, Direct
from bot.chat.message import Message, choose, option, say
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId
from bot.domain.invitation import MOVING_DAYS, TAKE_BACK_DAYS, find_code
from bot.domain.official import Official
from bot.i18n.text import text
from bot.services import erasure
from bot.store import accounts, audit, invitation, moving, officials, outbox
from bot.store.outbox import Lane
from bot.store.work import Work


async def letter(work: Work, me: OfficialId) -> Message:
    """A new code with how to use it. Fleeting: it stays nowhere once it is sent."""
    code = await moving.make(work, me)
    return say(text("moving-letter", code=code, day=_last_day(work, MOVING_DAYS)), fleeting=True)


def _last_day(work: Work, days: int) -> date:
    return work.hours.local_date(work.now + timedelta(days=days - 1))


async def link(work: Work, account: Account, me: Official | None, words: str) -> Official | None:
    """The account belongs from now on to the official whose code is in the words, who is returned.

    ``me`` is who is behind the account already. ``None`` when no code for a move is in the words, or one that
    does not work. Raises :class:`KoffieError` when the account takes part already; the code is not used then.
    """
    code = find_code(words)
    whose = None if code is None else await moving.use(work, code)
    official = None if whose is None else await officials.get(work, whose)
    if official is None:
        return None
    if me is not None:
        raise KoffieError(text("moving-own") if me.id == official.id else text("moving-already"))
    await erasure.forget_account(work, account)
    before = await accounts.accounts_of(work, official.id, inactive=True)
    active = await accounts.accounts_of(work, official.id)
    key = await accounts.add(work, official.id, account)
    await officials.touch(work, official.id)
    for old in before:
        if old not in active:
            await drop(work, old, account)
            continue
        await outbox.readdress(work, old, account)
        notice = _notice(key, _last_day(work, TAKE_BACK_DAYS))
        there = Direct(account=old)
        await outbox.post(work, there, notice, Lane.FOLLOWS, official=official.id, language=official.language)
    await audit.record(work, "move", subject=official.id)
    return official


def _notice(key: int, last_day: date) -> Message:
    not_me = option(text("moving-not-me"), "verhuizen/back", account=key, until=last_day.isoformat())
    return say(
        text("moving-notice", day=last_day),
        choose(not_me),
        slot=f"moving:{key}",
        about=text("moving-about"),
    )


async def undo(work: Work, me: Official, here: Account, key: int, last_day: date) -> None:
    """Somebody else moved: their account is nobody's any more, and no code that they may have made works.

    ``key`` is that of the account's link. Raises :class:`KoffieError` after ``last_day``.
    """
    if work.today > last_day:
        raise KoffieError(text("moving-back-over", day=last_day))
    other = await accounts.linked(work, me.id, key)
    if other is not None and other != here:
        await drop(work, other, here)
    await moving.take_back(work, me.id)
    await invitation.take_back(work, me.id)
    await audit.record(work, "move-back", subject=me.id)


async def drop(work: Work, account: Account, to: Account) -> None:
    """The account belongs to nobody any more; what waited for it goes ``to`` another of the same official."""
    await outbox.readdress(work, account, to)
    await accounts.remove(work, account)
    await erasure.forget_account(work, account)
