"""'Tell me when somebody joins': said once, when there is somebody who fits."""

from bot.chat.message import choose, say
from bot.domain.ids import OfficialId
from bot.domain.official import Official
from bot.domain.search import Search
from bot.i18n.text import text
from bot.services import look_up, look_up_words, members_only
from bot.services.register import indexes
from bot.store import involvements, officials, outbox, watch
from bot.store import topic as topics
from bot.store.outbox import Lane
from bot.store.watch import Watcher
from bot.store.work import Work


async def begin(work: Work, me: Official, search: Search) -> None:
    """Wait for somebody for this question."""
    look_up.refuse_hidden(me)
    topic = await look_up.topic_of(work, search)
    await members_only.refuse_outsiders(work, topic, me.id)
    await watch.add(work, me.id, await look_up.fitting(work, search, topic))


async def somebody_came(work: Work, official: OfficialId) -> None:
    """Somebody can be found who could not before: tell who waits for such a one, and let those go."""
    came = await officials.get(work, official)
    if came is None or not (came.switches.findable and came.switches.requests):
        return
    topics = [topic for topic, _ in await involvements.of(work, official)]
    for watcher in await watch.waiting(work, topics, came.layer):
        if await _fits(work, watcher, official):
            await _tell(work, watcher)
            await watch.remove(work, watcher)


async def _fits(work: Work, watcher: Watcher, came: OfficialId) -> bool:
    me = await officials.get(work, watcher.official)
    if me is None or not me.switches.findable:
        return False
    topic = (await indexes(work)).topics.get(watcher.search.topics[0])
    if topic is None or not await members_only.may_find(work, topic, me.id):
        return False
    between = await look_up.stance(work, me)
    organisations = await look_up.organisations_in(work, watcher.search)
    found = await involvements.in_topic(work, topic.id, [came])
    part = watcher.search.part
    if part is not None and not await topics.who_chose(work, part, [came]):
        return False
    return any(
        between.open_to(candidate, topic)
        and (not watcher.search.layers or candidate.layer in watcher.search.layers)
        and (organisations is None or candidate.organisation in organisations)
        for candidate in found
    )


async def _tell(work: Work, watcher: Watcher) -> None:
    me = await officials.get(work, watcher.official)
    topic = await look_up.topic_of(work, watcher.search)
    language = me.language if me else work.language
    named = look_up_words.what(watcher.search, topic, await indexes(work), language)
    message = say(
        text("watch-came", what=named),
        choose(look_up_words.on_search(text("watch-show"), "wie-ken-ik/search", watcher.search, "primary")),
        slot=f"watch:{watcher.id}",
        about=text("look-up-about"),
    )
    await outbox.post(work, watcher.official, message, Lane.UNASKED)
