"""A koffie to which everybody said yes elsewhere: they are introduced at once, and all else is the same."""

from collections.abc import Sequence

from bot.domain import koffie as rules
from bot.domain.ids import OfficialId, TopicId
from bot.domain.koffie import Answer, Answered
from bot.domain.official import Official
from bot.i18n.text import Text
from bot.services import after_yes, introduction
from bot.services.koffie_ask import places_of
from bot.store import koffie as store
from bot.store.koffie import KeptKoffie, Kind
from bot.store.work import Work


async def introduce(
    work: Work,
    people: Sequence[Official],
    requester: OfficialId,
    topic: TopicId | None,
    why: Sequence[Text],
    kind: Kind,
) -> KeptKoffie | None:
    """Keep the koffie of those who all said yes, and bring them together.

    To be called only with the yes of each of them in hand: they get each other's contact route. ``None``,
    with nothing changed, when two of them have a koffie that is not closed.
    """
    koffie = rules.propose(
        [one.id for one in people],
        work.now,
        work.hours,
        requester=requester,
        term_days=work.rules.answer_working_days,
        reminder_days=work.rules.remind_after_working_days,
    )
    for one in people:
        koffie = rules.apply(koffie, Answered(one.id, Answer.YES), work.now)
    places = await places_of(work, people, asked=True)
    kept = await store.add(work, koffie, topic, why, places, kind=kind)
    if kept is not None:
        await after_yes.begin(work, kept.id)
        await introduction.introduce(work, kept)
    return kept
