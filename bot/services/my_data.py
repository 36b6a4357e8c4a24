"""All that is kept of a person, for that person: as a file, and in short as words."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.chat.message import Attachment, Block, Fact, Fields, FileOf, Heading
from bot.domain.ids import ChannelId, KoffieId, OfficialId, OrganisationId, RoundId, TieId, TopicId
from bot.domain.koffie_view import Phase, visible
from bot.domain.official import Official
from bot.i18n.text import Text, Words, text
from bot.services import reveal
from bot.services.register import Indexes, indexes
from bot.services.reveal import Sight
from bot.store import accounts, channel, contact, drafts, koffie, meeting, my_data, network, officials
from bot.store import round as rounds
from bot.store import ties as ties_over_time
from bot.store.koffie import KeptKoffie
from bot.store.work import Work

FILE = "my-data"
_BOTH = frozenset({Phase.AGREED, Phase.DRUNK, Phase.NOT_DRUNK, Phase.KNOWN})
"""Phases that all at the table brought about together: only then are the others named."""

Data = dict[str, Any]


async def file(work: Work, official: OfficialId) -> bytes:
    """Everything, as JSON. Of others it holds what the person sees anyway, and never what they answered."""
    data = await collect(work, official)
    return json.dumps(data, ensure_ascii=False, indent=2, default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


async def attachment(work: Work, official: OfficialId) -> Attachment:
    """The file, to be sent to the person alone."""
    me = await officials.get(work, official)
    name = "my-data.json" if me is not None and me.language == "en" else "mijn-gegevens.json"
    return Attachment(name=name, media_type="application/json", content=await file(work, official))


async def collect(work: Work, official: OfficialId) -> Data:
    """All rows of a person, with names for ids."""
    index = await indexes(work)
    rows = await my_data.rows_of(work, official)
    ties = await network.ties(work, official)
    known = await ties_over_time.others(work, official)
    koffies = await koffie.all_of(work, official)
    others = {tie.other for tie in ties} | {other for kept in koffies for other in kept.others(official)}
    sight = await reveal.sight(work, official, {*others, *(row["of_id"] for row in rows["block"])})
    route = await contact.route_of(work, official)
    (profile,) = rows["official"]
    place = index.organisations.get(OrganisationId(profile.pop("organisation_id")))
    return {
        "profile": {**profile, "organisation": place.title if place else None},
        "contact": {"kind": route.kind.value, "value": route.value},
        "accounts": rows["account"],
        "topics": [_with_topic(index, row) for row in rows["official_topic"]],
        "acquaintances": [
            {
                "with": _person(sight, tie.other),
                "since": tie.since,
                "source": tie.source,
                "topic": _topic(index, tie.topic),
            }
            for tie in ties
        ],
        "still_in_touch": [
            {"with": _person(sight, known[TieId(row.pop("acquaintance_id"))]), **row}
            for row in rows["tie_side"]
        ],
        "sub_questions": _labels(index, rows["official_sub_question"]),
        "others_may_learn": [_with_topic(index, row) for row in rows["topic_team"]],
        "proposed_topics": [row["label_nl"] for row in rows["topic"]],
        "invitations": [_with_topic(index, row) for row in rows["invitation"]],
        "moving_code": rows["moving_code"],
        "koffies": [
            await _koffie(work, index, sight, official, kept)
            for kept in koffies
            if _is_known(work, official, kept)
        ],
        "blocked": [
            {"of": _person(sight, OfficialId(row["of_id"])), "at": row["at"]}
            for row in rows["block"]
            if row["of_id"] in sight.between.named
        ],
        "lookups": [{"topics": _asked(index, row["question"]), **row} for row in rows["look_up"]],
        "lookups_by_day": rows["look_up_count"],
        "watches": [_with_topic(index, row) for row in rows["watch"]],
        "small_wins": [_opened(work, "small_win", row) for row in rows["small_win"]],
        "reports": [_opened(work, "report", row) for row in rows["report"]],
        "channels": [await _with_channel(work, index, row) for row in rows["channel_member"]],
        "calls": [await _with_channel(work, index, row) for row in rows["appeal"]],
        "rounds": [await _with_round(work, index, row) for row in rows["round_choice"]],
        "admin_since": [row["since"] for row in rows["admin"]],
        "half_filled_forms": await _forms(work, official),
    }


def _person(sight: Sight, other: OfficialId) -> Mapping[str, str] | None:
    """Name and organisation of who may be named; ``None`` for others, and for who was erased."""
    known = sight.seen.get(other)
    if known is None or not sight.names(other):
        return None
    return {"name": known.name, "organisation": known.organisation}


def _topic(index: Indexes, topic: TopicId | None) -> str | None:
    found = None if topic is None else index.topics.get(topic)
    return None if found is None else found.label_nl


def _with_topic(index: Indexes, row: Data) -> Data:
    return {"topic": _topic(index, row["topic_id"]), **row}


def _labels(index: Indexes, rows: Sequence[Data]) -> list[str]:
    known = {one.id: one.label for topic in index.topics.topics for one in topic.sub_questions}
    return [known[row["sub_question_id"]] for row in rows if row["sub_question_id"] in known]


async def _with_channel(work: Work, index: Indexes, row: Data) -> Data:
    """``topic`` is empty for the rounds without a topic."""
    known = await channel.get(work, ChannelId(row.pop("channel_id")))
    return {"topic": _topic(index, known.topic if known else None), **row}


async def _with_round(work: Work, index: Indexes, row: Data) -> Data:
    known = await rounds.get(work, RoundId(row.pop("round_id")))
    about = await channel.get(work, known.channel) if known else None
    return {
        "topic": _topic(index, about.topic if about else None),
        "at": known.at if known else None,
        **row,
    }


def _asked(index: Indexes, question: str) -> list[str]:
    """The topics of a look-up, from its key ('t12,15|l…')."""
    numbers = question.partition("|")[0].removeprefix("t").split(",")
    labels = (_topic(index, TopicId(int(number))) for number in numbers if number.isdecimal())
    return [label for label in labels if label is not None]


def _is_known(work: Work, official: OfficialId, kept: KeptKoffie) -> bool:
    """Whether this seat knows of the koffie: its question went out, or one asked for it."""
    return kept.koffie.requester == official or kept.places[official].asked


async def _koffie(work: Work, index: Indexes, sight: Sight, official: OfficialId, kept: KeptKoffie) -> Data:
    """A koffie as its seat sees it: one's own answers, and what all brought about together."""
    view = visible(kept.koffie, official, work.now)
    others = kept.others(official) if view.phase in _BOTH else ()
    return {
        "topic": _topic(index, kept.topic),
        "requested_by_me": view.requested,
        "asked_at": view.asked_at,
        "term": view.term,
        "phase": view.phase.value,
        "ended_at": view.ended_at,
        "my_answer": view.answer,
        "it_happened_i_said": view.happened,
        "with": [_person(sight, other) for other in others],
        "appointment": await _appointment(work, official, kept.id),
    }


async def _appointment(work: Work, official: OfficialId, koffie: KoffieId) -> Data | None:
    """The time of a koffie, and which of the proposed times one marked oneself."""
    known = await meeting.get(work, koffie)
    if known is None or official not in known.officials:
        return None
    marked = known.seat_of(official).marked
    slot = known.slot
    return {
        "state": known.state.value,
        "from": slot.span.start if slot else None,
        "until": slot.span.end if slot else None,
        "how": slot.way.value if slot else None,
        "place": slot.place if slot else None,
        "i_marked": [one.span.start for one in known.slots if one.id in marked],
    }


def _opened(work: Work, table: str, row: Data) -> Data:
    sealed, key = row.pop("sealed")
    row.pop("of_id", None)
    return {**row, "words": work.vault.open(sealed, table, "sealed", key).decode()}


async def _forms(work: Work, official: OfficialId) -> list[Data]:
    found = [await drafts.of(work, one) for one in await accounts.accounts_of(work, official, inactive=True)]
    return [{"form": draft.form, "answers": dict(draft.answers)} for draft in found if draft is not None]


async def in_short(work: Work, official: Official) -> tuple[Block | Text, ...]:
    """What is kept besides the profile, counted; every word of it is in the file."""
    data = await collect(work, official.id)
    profile = data["profile"]
    counts: Sequence[tuple[Text, int]] = (
        (text("my-data-acquaintances"), len(data["acquaintances"])),
        (text("my-data-koffies"), len(data["koffies"])),
        (text("my-data-blocked"), len(data["blocked"])),
        (text("my-data-lookups"), len(data["lookups"])),
        (text("my-data-watches"), len(data["watches"])),
        (text("my-data-written"), len(data["small_wins"]) + len(data["reports"])),
    )
    facts = [Fact(label=label, value=(Words(text=str(count)),)) for label, count in counts if count]
    accounts_here = ", ".join(sorted({account["platform"] for account in data["accounts"]}))
    return (
        Heading(span=text("my-data-also")),
        Fields(
            facts=(
                Fact(
                    label=text("my-data-joined"), value=(text("my-data-day", day=official.joined_at.date()),)
                ),
                Fact(
                    label=text("my-data-consent"),
                    value=(
                        text(
                            "my-data-consent-value",
                            version=profile["consent_version"],
                            basis="consent" if profile["legal_basis"] == "toestemming" else "task",
                        ),
                    ),
                ),
                Fact(label=text("my-data-accounts"), value=(Words(text=accounts_here),)),
                *facts,
            )
        ),
        FileOf(kind=FILE, of=official.id),
        text("my-data-file"),
    )
