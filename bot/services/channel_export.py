"""A channel as a file: how it is set, and its published figures. Nothing of anybody is in it.

The figures are those of the overview, as they were published: see docs/decisions/0090. No count is made here.
"""

import csv
import io
import json
from typing import Any

from bot.chat.message import Attachment, FileOf
from bot.domain.channel import Channel
from bot.domain.ids import ChannelId, OfficialId
from bot.services import admins, channel_words, overview
from bot.services.reveal import Withheld
from bot.store import admins as admin_store
from bot.store import channel as store
from bot.store.work import Work

CSV, JSON = "channel-csv", "channel-json"
KINDS = frozenset({CSV, JSON})


async def file_of(work: Work, channel: Channel, kind: str) -> FileOf:
    """The file, made when it is sent. The very first figures are published now: then nothing is written."""
    await overview.months(work)
    return FileOf(kind=kind, of=int(channel.id))


async def attachment(work: Work, reader: OfficialId, kind: str, number: int) -> Attachment:
    """The file's bytes. Raises :class:`Withheld` for who may not set the channel any more."""
    channel = await store.get(work, ChannelId(number))
    stewards = await admin_store.stewards(work, ChannelId(number))
    if channel is None or reader not in {*stewards, *await admins.everyone(work)}:
        raise Withheld("not a steward")
    topic = await channel_words.topic_of(work, channel)
    slug = "" if topic is None else topic.slug
    settings = {str(name): value for name, value in store.values_of(channel).items()}
    figures = [
        {"month": month.day.replace(day=1).isoformat()[:7], "figure": "/".join(figure), "value": value}
        for month in await overview.months(work)
        for figure, value in sorted(month.figures.items())
        if slug and slug in figure
    ]
    suffix = "csv" if kind == CSV else "json"
    made = _csv if kind == CSV else _json
    return Attachment(
        name=f"koffie-{slug or 'tussenruimte'}.{suffix}",
        media_type="text/csv" if kind == CSV else "application/json",
        content=made(settings, figures),
    )


def _json(settings: dict[str, Any], figures: list[dict[str, Any]]) -> bytes:
    return json.dumps({"settings": settings, "figures": figures}, indent=2).encode()


def _csv(settings: dict[str, Any], figures: list[dict[str, Any]]) -> bytes:
    page = io.StringIO()
    rows = csv.writer(page)
    rows.writerow(("kind", "name", "month", "value"))
    rows.writerows(
        ("setting", name, "", json.dumps(value) if isinstance(value, dict | list) else value)
        for name, value in settings.items()
    )
    rows.writerows(("figure", one["figure"], one["month"], one["value"]) for one in figures)
    return page.getvalue().encode()
