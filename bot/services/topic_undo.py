"""Taking back what was done with a topic: never over what somebody chose since."""

from bot.domain.channel_rules import Act, Setting
from bot.domain.errors import KoffieError
from bot.domain.ids import TopicId
from bot.i18n.text import text
from bot.services import topic as topics
from bot.store import topic as store
from bot.store.channel_change import Change
from bot.store.work import Work

UNDOABLE = frozenset(
    {
        Act.PHASE,
        Act.TOPIC_NAME,
        Act.TOPIC_WORDS,
        Act.TOPIC_THEMES,
        Act.TOPIC_PARTS,
        Act.TOPIC_SENSITIVE,
        Act.TOPIC_OPEN,
        Act.TOPIC_TEAM,
    }
)


async def put_back(work: Work, topic: TopicId, change: Change) -> bool:
    """All is as it was before the change; false when it is not what the change made of it any more.

    Who had chosen a sub-question that was taken out chooses it anew: that was forgotten at once. Raises
    :class:`KoffieError` for a topic that became sensitive, once somebody came in who counts on it.
    """
    kept = await store.get(work, topic, lock=True)
    if kept is None or kept.status != store.ACTIVE:
        return False
    if change.act == Act.TOPIC_TEAM:
        return await store.put_team_back(work, topic, change.after[Setting.TEAM])
    if await store.values_of(work, topic, change.after) != change.after:
        return False
    words = [*change.before.get(Setting.WORDS, ()), change.before.get(Setting.LABEL, "")]
    for word in filter(None, words):
        known = await topics.same(work, word)
        if known is not None and known.id != topic:
            return False
    if change.act == Act.TOPIC_SENSITIVE:
        day = work.hours.local_date(change.at)
        if await store.came_since(work, topic, day, change.by):
            raise KoffieError(text("topic-sensitive-stays", topic=kept.label))
    await store.put_values(work, topic, change.before)
    return True
