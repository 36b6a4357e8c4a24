"""Inviting anybody to a channel: a letter with links and a code, a picture of the link, and how it stands.

The code belongs to the channel: many use it, and it says nothing of who passed it on. Figures are those of
the overview, published once a month, so that nobody can watch one move (docs/decisions/0090).
"""

from io import BytesIO

import segno

from bot.chat.message import Attachment, Block, FileOf, Link, Message, Paragraph, choose, option, say
from bot.domain.channel import Channel
from bot.domain.channel_rules import Act, Setting
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, PlaceId
from bot.domain.invitation import find_code
from bot.domain.koffie_why import topic_words
from bot.domain.layer import EQUALS
from bot.domain.overview import Kind
from bot.domain.topic import Topic
from bot.i18n.text import Text, Words, text
from bot.services import channel_words, overview
from bot.services.reveal import Withheld
from bot.services.wording import ONE_OF_LAYER, either
from bot.store import audit, channel_code, officials
from bot.store import channel as channels
from bot.store import channel_change as log
from bot.store import place as places
from bot.store.channel_change import Change
from bot.store.work import Work

PICTURE = "place-qr"
"""Kind of a file; it is of a place."""
_SCALE, _BORDER = 10, 4
"""Pixels a module, and the quiet zone that readers want."""


async def invite(work: Work, channel: Channel) -> tuple[Message, Message]:
    """To who invites: how it stands, with the picture; and the letter to pass on.

    Raises :class:`KoffieError` for a sensitive topic, which is joined inside its conversations only.
    """
    topic = await channel_words.topic_of(work, channel)
    if topic is not None and topic.sensitive:
        raise KoffieError(text("invite-sensitive", topic=topic_words(topic)))
    code = await channel_code.issue(work, channel.id)
    there = [place for place in await places.of_channel(work, channel.id) if place.link or place.name]
    lead = say(
        text("invite-lead"),
        *await standing(work, topic),
        *(FileOf(kind=PICTURE, of=int(place.id)) for place in there if place.link),
        choose(option(text("invite-withdraw"), "koffie-beheer/withdraw", channel=int(channel.id))),
        about=text("invite-about"),
    )
    ways: list[Block] = [
        Paragraph(
            spans=(
                text("invite-way", platform=place.platform.capitalize()),
                Words(text=" "),
                Link(url=place.link, label=Words(text=place.link)) if place.link else Words(text=place.name),
            )
        )
        for place in there
    ]
    short = await channel_words.short_name(work, channel)
    about = text("invite-letter-none") if topic is None else text("invite-letter", topic=short)
    # Fleeting: the code stays nowhere once it is sent.
    letter = say(about, *ways, text("invite-code", code=code), text("invite-end"), fleeting=True)
    return lead, letter


async def standing(work: Work, topic: Topic | None) -> list[Text]:
    """'40 doen mee, 23 vindbaar, een provincie ontbreekt': as last published, and nothing under five."""
    if topic is None:
        return []
    month = (await overview.months(work))[-1]
    members = month.get(Kind.MEMBERS, topic.slug)
    findable = month.get(Kind.ON_TOPIC, topic.slug)
    if members is None and findable is None:
        return [text("invite-few")]
    lines = []
    if members is not None and findable is not None:
        lines.append(text("invite-standing", members=members, findable=findable, day=month.day))
    elif members is not None:
        lines.append(text("invite-members", members=members, day=month.day))
    elif findable is not None:
        lines.append(text("invite-findable", findable=findable, day=month.day))
    lacking = [layer for layer in EQUALS if month.get(Kind.ON_TOPIC, topic.slug, layer) is None]
    if lacking:
        lines.append(text("invite-lacking", layers=either([ONE_OF_LAYER[layer] for layer in lacking])))
    return lines


async def channel_meant(work: Work, words: str) -> Channel | None:
    """The channel whose code is in the words."""
    code = find_code(words)
    number = None if code is None else await channel_code.channel_of(work, code)
    return None if number is None else await channels.get(work, number)


async def withdraw(work: Work, channel: Channel, by: OfficialId) -> Change:
    """The code works no more; who calls holds the channel. Raises :class:`KoffieError` for none."""
    before = await channel_code.number_of(work, channel.id)
    if before is None:
        raise KoffieError(text("steward-same"))
    await channel_code.withdraw(work, channel.id)
    after = await channel_code.number_of(work, channel.id)
    await audit.record(work, "channel-code-off", actor=by, subject=channel.id)
    values = {Setting.CODE: before}, {Setting.CODE: after}
    return await log.add(work, channel.id, Act.CODE_OFF, by, before=values[0], after=values[1])


async def picture(work: Work, reader: OfficialId, number: int) -> Attachment:
    """The way to a place as a picture to scan. Raises :class:`Withheld` where there is none any more."""
    place = await places.get(work, PlaceId(number))
    if place is None or not place.link or await officials.get(work, reader) is None:
        raise Withheld("no such place")
    content = BytesIO()
    segno.make(place.link, error="m", micro=False).save(content, kind="png", scale=_SCALE, border=_BORDER)
    return Attachment(name=f"koffie-{place.platform}.png", media_type="image/png", content=content.getvalue())
