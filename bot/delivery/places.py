"""A row to a place of a topic channel: the platform makes it, moves in, or looks after its welcome."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.address import TopicPlace
from bot.chat.message import Heading, Paragraph
from bot.chat.plain import plain_span, plain_spans
from bot.chat.port import Adapter, ChannelRequest, Made, NoPlace
from bot.delivery.prepare import Dropped, Waits
from bot.delivery.resolve import resolve, sight_of
from bot.i18n.catalogue import Catalogue
from bot.services import place
from bot.services.place import Look, Open
from bot.store.claims import Claim
from bot.store.work import Workshop

log = logging.getLogger(__name__)
_MOST_ATTEMPTS = 20
"""So often a platform that does not answer is asked, about a minute apart."""


@dataclass(frozen=True)
class Looked:
    """Whether the welcome of this ref stands; ``None`` when the platform cannot tell."""

    ref: str
    stands: bool | None


async def see_to(
    workshop: Workshop,
    adapter: Adapter,
    claimed: Claim,
    wanted: TopicPlace,
    catalogue: Catalogue,
    patience: timedelta,
) -> Made | Looked | Dropped | Waits:
    """Do what there is to do. All of it may be done twice: a place that was made is found by its key."""
    async with workshop.read() as work:
        task = await place.task(work, wanted)
        if task is None:
            return Looked("", stands=None)
        language = claimed.language or work.language
        seen = await sight_of(work, None, claimed.message)
        sign = await resolve(work, claimed.message, seen, adapter.name, language, catalogue)
    try:
        async with asyncio.timeout(patience.total_seconds()):
            match task:
                case Look(ref=""):
                    return Looked("", stands=False)
                case Look(where=where, ref=ref):
                    return Looked(ref, await adapter.stands(where, ref))
                case Open():
                    name, topic, purpose = _words(sign.blocks)
                    return await adapter.create_channel(
                        ChannelRequest(
                            key=f"place-{wanted.place}",
                            group=task.group,
                            tenant=wanted.tenant,
                            name=name,
                            topic=topic,
                            purpose=purpose,
                            members=task.members,
                            adopt=task.adopt,
                        )
                    )
    except NoPlace as none:
        return Dropped(none.why)
    except Exception as error:  # noqa: BLE001
        log.warning("outbox row %s: no answer about a place (%s)", claimed.id, type(error).__name__)
        if claimed.attempt < _MOST_ATTEMPTS:
            return Waits()
        return Looked(task.ref, stands=None) if isinstance(task, Look) else Dropped("away")


def _words(blocks: tuple[object, ...]) -> list[str]:
    """The name, the topic and the purpose, as :func:`bot.services.channel_words.sign` puts them."""
    return [
        plain_span(block.span) if isinstance(block, Heading) else plain_spans(block.spans)
        for block in blocks
        if isinstance(block, Heading | Paragraph)
    ]
