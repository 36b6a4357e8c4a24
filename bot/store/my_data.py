"""Reading all that is kept of one person: for themselves, so never what others said or chose.

``EXPORTED`` and ``LEFT_OUT`` together name every column that points at an official; a test holds them
complete.
"""

from typing import Any

from sqlalchemy import ColumnElement, select

from bot.domain.ids import OfficialId
from bot.store import tables
from bot.store.work import Work

Rows = dict[str, list[dict[str, Any]]]


def _whole_rows(official: OfficialId) -> dict[type[tables.Table], ColumnElement[bool]]:
    """Tables of which the person's rows are the person's own data in every column."""
    return {
        tables.Official: tables.Official.id == official,
        tables.Account: tables.Account.official_id == official,
        tables.Involvement: tables.Involvement.official_id == official,
        tables.LookUp: tables.LookUp.asker_id == official,
        tables.LookUpCount: tables.LookUpCount.asker_id == official,
        tables.Watch: tables.Watch.official_id == official,
        tables.SmallWin: tables.SmallWin.by_id == official,
        tables.Report: tables.Report.by_id == official,
        tables.Appeal: tables.Appeal.asker_id == official,
        tables.Block: tables.Block.by_id == official,
        tables.ChannelMember: tables.ChannelMember.official_id == official,
        tables.RoundChoice: tables.RoundChoice.official_id == official,
        tables.ChannelChange: tables.ChannelChange.by_id == official,
        tables.ChannelSteward: tables.ChannelSteward.official_id == official,
        tables.Admin: tables.Admin.official_id == official,
        tables.TieSide: tables.TieSide.official_id == official,
        tables.Invitation: tables.Invitation.by_id == official,
        tables.MovingCode: tables.MovingCode.official_id == official,
        tables.ChosenSubQuestion: tables.ChosenSubQuestion.official_id == official,
        tables.TopicTeam: tables.TopicTeam.official_id == official,
        tables.Topic: tables.Topic.proposed_by == official,
    }


EXPORTED = frozenset({
    "account.official_id", "official_topic.official_id", "look_up.asker_id", "look_up_count.asker_id",
    "watch.official_id", "small_win.by_id", "report.by_id", "block.by_id", "contact_route.official_id",
    "acquaintance.low_id", "acquaintance.high_id", "koffie.requester_id", "koffie_seat.official_id",
    "channel_member.official_id", "round_choice.official_id", "admin.official_id",
    "channel_steward.official_id", "channel_change.by_id",
    "appeal.asker_id", "tie_side.official_id", "invitation.by_id", "moving_code.official_id",
    "official_sub_question.official_id", "topic_team.official_id", "topic.proposed_by",
})  # fmt: skip
LEFT_OUT = {
    "name_token.official_id": "the words of the name, made from it",
    "outbox.official_id": "copies of messages that the person has",
    "apart.low_id": "would tell a no from a silence (P24)",
    "apart.high_id": "would tell a no from a silence (P24)",
    "declaration.by_id": "would tell whether a name is known here; it lapses after 90 days",
    "declaration.of_id": "what another said",
    "koffie_seat.instead_id": "would tell whether a name is known here",
    "block.of_id": "what another chose; own blocks are told of whom one met, by_id",
    "report.of_id": "what another said, for the operator alone",
    "small_win.agreed_by": "what another chose",
    "channel_change.steward_id": "what another did; that one is a steward is told",
    "audit.actor": "ids only; for the operator, as proof",
    "audit.subject": "ids only; would tell what another said",
    "due.subject": "moments that follow from what is exported",
    "meeting_slot.host_id": "told with the koffie: the time that was fixed",
    "meeting_seat.official_id": "told with the koffie: which times one marked",
    "introduction.official_id": "what another chose",
    "opening.official_id": "what the program counts for itself: a week in which it wrote",
}
"""What is not told, by column, and why."""
_NOT_TOLD = frozenset(
    {
        "id",
        "official_id",
        "asker_id",
        "by_id",
        "koffie_id",
        "agreed_by",
        "steward_id",
        "shown",
        "gap_told",
        "score",
        "waiting",
        "code_hash",
        "posts",
        "week",
    }
)
"""Keys; who was listed (no list of persons leaves the bot, P20); what the program counts for itself."""


async def rows_of(work: Work, official: OfficialId) -> Rows:
    """The person's own rows, by table; sealed values stay sealed, with the key of their row beside them."""
    found: Rows = {}
    for table, theirs in _whole_rows(official).items():
        rows = (await work.session.execute(select(table).where(theirs))).scalars()
        found[table.__tablename__] = [_values(row) for row in rows]
    return found


def _values(row: tables.Table) -> dict[str, Any]:
    values = {column.key: getattr(row, column.key) for column in row.__table__.columns}
    if "sealed" in values:
        values["sealed"] = (values["sealed"], values.get("koffie_id") or values["id"])
    return {name: value for name, value in values.items() if name not in _NOT_TOLD}
