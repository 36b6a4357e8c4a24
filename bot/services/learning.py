"""From whom one may learn about a topic (P33): each line is entered by somebody of the team itself."""

import re

from bot.domain.channel_rules import Act, Setting
from bot.domain.errors import KoffieError
from bot.domain.ids import OfficialId
from bot.domain.official import Official
from bot.domain.topic import Topic
from bot.domain.topic_name import Unusable, plain_line
from bot.i18n.text import text
from bot.services import look_up, topic_log
from bot.store import audit, involvements
from bot.store import topic as store
from bot.store.channel_change import Change
from bot.store.topic import Team
from bot.store.work import Work

LONGEST = 100
"""Characters of a line."""
MOST = 5
"""Lines of a topic that are shown, the oldest first."""
_NUMBER = re.compile(r"(?:\d[\s.-]?){6,}")
"""A phone number: how somebody is reached is told after two yeses only."""


async def enter(work: Work, me: Official, topic: Topic, words: str) -> None:
    """Enter one's own team: so who is shown agreed. Raises :class:`KoffieError`."""
    look_up.refuse_hidden(me)
    if topic.sensitive:
        raise KoffieError(text("learning-sensitive"))
    if topic.id not in dict(await involvements.of(work, me.id)):
        raise KoffieError(text("learning-not-in-it", topic=topic.label_nl))
    line = plain_line(words, LONGEST)
    if isinstance(line, Unusable) or _NUMBER.search(line):
        raise KoffieError(text("learning-line", most=str(LONGEST)))
    await store.add_team(work, topic.id, me.id, line)


async def leave(work: Work, me: OfficialId, topic: Topic) -> None:
    """Take one's own team off. Raises :class:`KoffieError` where it is not there."""
    if not await store.remove_team(work, topic.id, me):
        raise KoffieError(text("learning-none"))


async def take_off(work: Work, by: OfficialId, topic: Topic, place: int) -> Change | None:
    """Who looks after the topic takes the line at that place off. Raises :class:`KoffieError`.

    Returns what stands in the log, if anything.
    """
    found = await of_topic(work, topic)
    if not 1 <= place <= len(found):
        raise KoffieError(text("learning-none"))
    number = found[place - 1].id
    await store.take_team_off(work, number)
    await audit.record(work, "topic-team-off", actor=by, subject=topic.id)
    return await topic_log.note(work, topic.id, Act.TOPIC_TEAM, by, after={Setting.TEAM: number})


async def of_topic(work: Work, topic: Topic) -> list[Team]:
    """Who may be learnt from, of whom everybody who can be found themselves sees so."""
    return [] if topic.sensitive else await store.to_learn_from(work, topic.id, MOST)
