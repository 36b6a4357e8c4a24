"""Taking a person out of every table. What stays is a tombstone: a key in the history of others.

``ERASED`` and ``STAYS`` together name every table that can point at an official; a test holds them complete.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update

from bot.domain.ids import OfficialId
from bot.store import tables
from bot.store.work import Work

STAYS = {
    "official": "as a tombstone: a row with nothing of the person in it",
    "acquaintance": "the other's history; the person is a tombstone in it",
    "koffie": "the history of those who were in it; the person is a tombstone in it",
    "meeting_slot": "times that were proposed to others too; without the person and their words",
    "koffie_seat": "without any answer: only that a seat was there, until its term with the organisation",
    "audit": "ids only, and chained: it proves that the erasure was done",
    "outbox": "emptied: only that something was sent",
    "channel_change": "what a channel was set to; without who",
    "block": "what others chose stays theirs; the blocks of the person are erased",
    "topic": "the opgave is everybody's; that the person proposed it is forgotten",
}
"""Tables that keep a row that pointed at the person, with the reason."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def _rows_of(official: OfficialId) -> dict[type[tables.Table], ColumnElement[bool]]:
    """The rows that go, by table."""
    return {
        # First: an account that is linked by it at this moment is waited for, and goes too.
        tables.MovingCode: tables.MovingCode.official_id == official,
        tables.Account: tables.Account.official_id == official,
        tables.ContactRoute: tables.ContactRoute.official_id == official,
        tables.Involvement: tables.Involvement.official_id == official,
        tables.NameToken: tables.NameToken.official_id == official,
        tables.LookUp: tables.LookUp.asker_id == official,
        tables.LookUpCount: tables.LookUpCount.asker_id == official,
        tables.Watch: tables.Watch.official_id == official,
        tables.Declaration: or_(tables.Declaration.by_id == official, tables.Declaration.of_id == official),
        tables.Apart: or_(tables.Apart.low_id == official, tables.Apart.high_id == official),
        tables.Appeal: tables.Appeal.asker_id == official,
        tables.Block: tables.Block.by_id == official,
        tables.SmallWin: tables.SmallWin.by_id == official,
        tables.MeetingSeat: tables.MeetingSeat.official_id == official,
        tables.Opening: tables.Opening.official_id == official,
        tables.ChannelMember: tables.ChannelMember.official_id == official,
        tables.RoundChoice: tables.RoundChoice.official_id == official,
        tables.ChannelSteward: tables.ChannelSteward.official_id == official,
        tables.Admin: tables.Admin.official_id == official,
        tables.TieSide: tables.TieSide.official_id == official,
        tables.ChosenSubQuestion: tables.ChosenSubQuestion.official_id == official,
        tables.TopicTeam: tables.TopicTeam.official_id == official,
        tables.Introduction: or_(
            tables.Introduction.official_id == official,
            tables.Introduction.invitation_id.in_(
                select(tables.Invitation.id).where(tables.Invitation.by_id == official)
            ),
        ),
        tables.Invitation: tables.Invitation.by_id == official,
    }


ERASED = frozenset(table.__tablename__ for table in _rows_of(OfficialId(0)))
"""Tables of which the person's rows go here; drafts, offers and reports go by their own functions."""

_TOMBSTONE: dict[str, Any] = {
    "state": "erased", "name": "", "organisation_id": None, "layer": "", "language": "nl", "spoken": [],
    "role": "", "not_about": "", "human_line": "", "knows": "", "seeks": "", "region": "", "place": "",
    "working_days": [], "working_hours": "", "time_zone": "", "formats": [], "pace": 0,
    "introduces": False, "nudges_off": [],
    "findable": False, "findable_again_at": None, "requests": False, "requests_again_at": None,
    "rounds": False, "rounds_again_at": None, "rounds_missed": 0,
    "away_until": None, "away_waived": None,
    "joined_at": _LONG_AGO, "last_sign_at": _LONG_AGO, "confirmed_at": _LONG_AGO, "rules_shown_at": None,
    "ties_asked_at": None,
    "consent_version": "", "consent_at": None, "legal_basis": "",
}  # fmt: skip


async def erase(work: Work, official: OfficialId, due_kinds: frozenset[str]) -> None:
    """Leave nothing of this person but a tombstone; ``due_kinds`` are the due things whose subject it is.

    Accounts, drafts, offers and messages are found by account: forget those before.
    """
    for table, theirs in _rows_of(official).items():
        await work.session.execute(delete(table).where(theirs))
    seat = tables.Seat
    await work.session.execute(
        update(seat)
        .where(seat.official_id == official)
        .values(
            answer=None, answered_at=None, reminded_at=None, happened=None, gone=True, instead_id=None,
            beyond_chat=False,
        )
    )  # fmt: skip
    await work.session.execute(update(seat).where(seat.instead_id == official).values(instead_id=None))
    change = tables.ChannelChange
    await work.session.execute(update(change).where(change.by_id == official).values(by_id=None))
    await work.session.execute(update(change).where(change.steward_id == official).values(steward_id=None))
    slot = tables.MeetingSlot
    await work.session.execute(update(slot).where(slot.host_id == official).values(place="", host_id=None))
    topic = tables.Topic
    await work.session.execute(update(topic).where(topic.proposed_by == official).values(proposed_by=None))
    await work.session.execute(
        delete(tables.Due).where(tables.Due.kind.in_(due_kinds), tables.Due.subject == official)
    )
    await work.session.execute(
        update(tables.Official).where(tables.Official.id == official).values(**_TOMBSTONE)
    )
