"""What a steward sets of a topic besides its words: its sub-questions, and whether it is sensitive."""

from collections.abc import Sequence

from bot.domain.channel_rules import Act, Setting
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId
from bot.domain.topic import MOST_SUB_QUESTIONS
from bot.domain.words import squash
from bot.i18n.text import text
from bot.services import topic, topic_log
from bot.store import audit
from bot.store import topic as store
from bot.store.channel_change import Change
from bot.store.topic import Kept
from bot.store.work import Work


async def set_sensitive(work: Work, kept: Kept, by: OfficialId, *, on: bool) -> Change | None:
    """From now on only who takes part in its channel finds others on it, without names; or no more so.

    Returns what stands in the log, if anything. Raises :class:`KoffieError` for no more so while others are
    in it: they came in where nobody is named.
    """
    if not on and await store.others_in(work, kept.id, by):
        raise KoffieError(text("topic-sensitive-stays", topic=kept.label))
    await audit.record(work, "topic-sensitive" if on else "topic-open", actor=by, subject=kept.id)
    act = Act.TOPIC_SENSITIVE if on else Act.TOPIC_OPEN
    return await topic_log.put(work, kept.id, act, by, {Setting.SENSITIVE: on})


async def set_sub_questions(work: Work, kept: Kept, by: OfficialId, labels: Sequence[str]) -> None:
    """Exactly these. Raises :class:`KoffieError` for too many, and for the name of the topic itself.

    Another word of the topic may be one: asked for beside the topic it narrows, by itself it means the topic.
    """
    if len(labels) > MOST_SUB_QUESTIONS:
        raise KoffieError(text("topic-parts-many", most=str(MOST_SUB_QUESTIONS)))
    known = await topic.current(work, kept.id)
    for label in labels:
        if squash(label) in map(squash, known.labels):
            raise KoffieError(text("topic-part-itself", word=label, topic=kept.label))
    await audit.record(work, "topic-sub-questions", actor=by, subject=kept.id)
    await topic_log.put(work, kept.id, Act.TOPIC_PARTS, by, {Setting.PARTS: list(labels)})
