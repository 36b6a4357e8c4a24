"""Handing a topic over: who leaves points at colleagues, and the successor is introduced to them.

Nobody is introduced without being asked: each pair gets the question for a koffie at the same moment, as it
always does, and both have to say yes.
"""

from collections.abc import Collection, Sequence

from bot.chat.form import Field, Suggestion
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId, TieId, TopicId
from bot.domain.invitation import MOST_INTRODUCED
from bot.domain.koffie_why import topic_words
from bot.domain.official import Official
from bot.i18n.text import About, text
from bot.services import koffie_ask
from bot.services.register import indexes
from bot.store import involvements, ties
from bot.store.work import Work

MOST_LISTED = 50


async def to_point_at(work: Work, me: OfficialId, topic: TopicId) -> list[int]:
    """The ties to choose from: first whom one met on the topic or who work on it, then the latest spoken."""
    sides = list(reversed(await ties.of(work, me)))
    there = await involvements.in_topic(work, topic, [side.other for side in sides], asked=False)
    near = {candidate.official for candidate in there}
    sides.sort(key=lambda side: side.topic != topic and side.other not in near)
    return [int(side.id) for side in sides[:MOST_LISTED]]


async def point_list(work: Work, me: Official, topic: TopicId, listed: Sequence[int]) -> Field:
    """To whom is the successor introduced?"""
    sides = {int(side.id): side for side in await ties.of(work, me.id)}
    options = [
        Suggestion(value=str(tie), label=text("tie-one", name=About(official=sides[tie].other, fact="card")))
        for tie in listed
        if tie in sides
    ]
    about = (await indexes(work)).topics.get(topic)
    return Field(
        name="to",
        kind="many",
        prompt=text("successor-to", topic=about.label(me.language) if about else "…"),
        how=text("successor-to-hint", most=MOST_INTRODUCED),
        options=tuple(options),
        most=MOST_INTRODUCED,
    )


async def pointed_at(work: Work, me: OfficialId, chosen: Collection[TieId]) -> list[OfficialId]:
    """Who stands behind these ties; who left meanwhile is not there."""
    return [side.other for side in await ties.of(work, me) if side.id in chosen]


async def introduce(
    work: Work, by: Official, successor: Official, topic: TopicId | None, to: Sequence[OfficialId]
) -> bool:
    """Ask the successor and each of these for a koffie; who cannot be asked now is left out silently.

    Tells whether anybody is asked.
    """
    about = None if topic is None else (await indexes(work)).topics.get(topic)
    if about is None:
        return False
    known = {side.other for side in await ties.of(work, by.id)}
    name = About(official=by.id, fact="name")
    reason = text("koffie-why-successor", name=name, topic=topic_words(about))
    asked = False
    for official in to:
        if official not in known:
            continue
        try:
            async with work.attempt():
                await koffie_ask.request(work, successor, official, topic, reasons=(reason,))
        except KoffieError:
            # Not now: the successor can look them up later, and learns nothing of who was meant.
            continue
        asked = True
    return asked
