"""The overview in a chat: what it says in words, and its pictures, drawn when they are sent."""

from bot.chat.message import Attachment, Block, Fact, Fields, FileOf, Heading, Message, say
from bot.domain.ids import OfficialId, TopicId
from bot.i18n.text import Text, Words, text
from bot.services import overview, pictures
from bot.services.overview_report import Label, Report, Subject
from bot.services.overview_report import Words as Reader
from bot.services.register import indexes
from bot.services.reveal import Withheld
from bot.store import officials
from bot.store.work import Work

TIES, GROWTH, MAP = "overview-ties", "overview-growth", "overview-map"
KINDS = frozenset({TIES, GROWTH, MAP})
"""Kinds of files; they are of a topic, or of ``EVERY_TOPIC``."""
EVERY_TOPIC = 0


async def message(work: Work, language: str, topic: TopicId | None) -> Message:
    """The newest month: of the whole network, or who knows whom around one topic."""
    report = await overview.report(work, language)
    if topic is not None:
        slug = await _slug(work, topic)
        ties, growth = report.ties(slug), report.growth(slug)
        return say(*_as_of(report), *_told(ties, TIES, topic), *_told(growth, GROWTH, topic))
    facts = (Fact(label=label, value=(_span(value),)) for label, value in report.key_figures())
    return say(
        *_as_of(report),
        report.headline(),
        Fields(facts=tuple(facts)),
        *_told(report.ties(), TIES),
        *_told(report.growth(), GROWTH),
        *_told(report.map(), MAP),
        text("overview-guarded"),
    )


def _as_of(report: Report) -> tuple[Block | Text, ...]:
    return Heading(span=text("overview-title")), text("overview-as-of", day=report.month.day)


def _told(subject: Subject, kind: str, topic: int = EVERY_TOPIC) -> tuple[Block | Text, ...]:
    picture = () if subject.is_empty else (FileOf(kind=kind, of=topic),)
    return Heading(span=subject.title), subject.says, *picture


def _span(label: Label) -> Text | Words:
    return Words(text=label) if isinstance(label, str) else label


async def picture(work: Work, reader: OfficialId, kind: str, topic: int, words: Reader) -> Attachment:
    """One of the pictures. Raises :class:`Withheld` for a topic that is gone, or who is not registered."""
    me = await officials.get(work, reader)
    if me is None:
        raise Withheld("not registered")
    report = await overview.report(work, me.language)
    slug = None if topic == EVERY_TOPIC else await _slug(work, TopicId(topic))
    match kind:
        case "overview-growth":
            subject = report.growth(slug)
        case "overview-map":
            subject = report.map()
        case _:
            subject = report.ties(slug)
    return Attachment(
        name=f"koffie-{subject.name}.png",
        media_type="image/png",
        content=await pictures.draw(subject, "png", words),
    )


async def _slug(work: Work, topic: TopicId) -> str:
    found = (await indexes(work)).topics.get(topic)
    if found is None:
        raise Withheld("no such topic")
    return found.slug
