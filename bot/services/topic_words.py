"""The words of a topic: its card, and what changed about it."""

from collections.abc import Sequence
from datetime import date

from bot.chat.message import Block, Heading, Items, Message, Option, choose, option, say
from bot.domain.official import Official
from bot.domain.search import Search
from bot.domain.topic import Topic
from bot.domain.topic_wording import solution_in
from bot.i18n.text import About, Text, Words, text
from bot.services import lacking as lacking_layers
from bot.services import learning
from bot.services import topic as topics
from bot.services.look_up_words import on_search
from bot.services.topic_merge import Merged
from bot.services.wording import ONE_OF_LAYER, all_of, either
from bot.store import channel as channel_store
from bot.store import involvements
from bot.store.topic import Team
from bot.store.work import Work

_NEAR = 3


def solution(label: str) -> str | None:
    """The words by which a name sounds like a solution (P28)."""
    return solution_in(label)


async def card(work: Work, me: Official, topic: Topic, language: str) -> Message:
    """What there is on a topic: phase, other words, who lacks, and what one can do."""
    label = topic.label(language)
    blocks: list[Block | Text] = [
        Heading(span=Words(text=label)),
        text("topic-phase", phase=topic.phase.name.lower()),
    ]
    if topic.synonyms:
        blocks.append(text("topic-also", words=", ".join(topic.synonyms[:8])))
    if topic.sub_questions:
        blocks.append(text("topic-parts", parts=all_of([one.label for one in topic.sub_questions])))
    near = await topics.neighbours(work, topic, _NEAR)
    if near:
        blocks.append(text("topic-near", topics=all_of([one.label(language) for one in near])))
    blocks += await beside(work, me, topic)
    return say(*blocks, choose(*await _steps(work, me, topic)), lasting=True)


async def beside(work: Work, me: Official, topic: Topic) -> list[Block | Text]:
    """At which layers a topic lacks people, and from which organisations' work one may learn."""
    found: list[Block | Text] = []
    lacking = await lacking_layers.layers(work, topic)
    if lacking:
        found.append(text("topic-lacking", layers=either([ONE_OF_LAYER[layer] for layer in lacking])))
    lines = [one for one in await learning.of_topic(work, topic) if me.switches.findable]
    if lines:
        found.append(text("topic-learning"))
        found.append(Items(items=tuple((_learning(one),) for one in lines)))
    return found


def _learning(one: Team) -> Text:
    return text("topic-learning-line", where=About(official=one.official, fact="organisation"), line=one.line)


async def _steps(work: Work, me: Official, topic: Topic) -> Sequence[Option]:
    steps = [on_search(text("topic-search"), "wie-ken-ik/search", Search(topics=(topic.id,)), "primary")]
    if topic.id not in dict(await involvements.of(work, me.id)):
        steps.append(option(text("topic-join"), "opgave/join", topic=int(topic.id)))
    found = await channel_store.of_topic(work, topic.id)
    if found is not None and not await channel_store.is_member(work, found.id, me.id):
        steps.append(option(text("topic-rounds"), "doe-mee/channel", channel=int(found.id)))
    return steps


async def made(work: Work, me: Official, topic: Topic, language: str) -> Message:
    """It is there; what is near, and one next step."""
    label = topic.label(language)
    blocks: list[Block | Text] = [text("topic-made", topic=label)]
    near = await topics.neighbours(work, topic, _NEAR)
    steps = [on_search(text("topic-search"), "wie-ken-ik/search", Search(topics=(topic.id,)), "primary")]
    if near:
        blocks.append(text("topic-made-near", topics=all_of([one.label(language) for one in near])))
        steps += [
            on_search(
                text("look-up-neighbour", topic=one.label(language)),
                "wie-ken-ik/search",
                Search(topics=(one.id,)),
            )
            for one in near[:2]
        ]
    steps.append(option(text("topic-withdraw"), "opgave/withdraw", topic=int(topic.id)))
    blocks.append(text("topic-made-next", topic=topic.label_nl))
    return say(*blocks, choose(*steps), slot=f"topic:{topic.id}", about=text("topic-about", topic=label))


async def changed(work: Work, topic: Topic, language: str) -> list[Text | Block]:
    """How a topic is called from now on."""
    lines: list[Text] = [text("topic-now-name", topic=topic.label(language))]
    if topic.synonyms:
        lines.append(text("topic-also", words=", ".join(topic.synonyms[:20])))
    themes = await topics.theme_names(work, topic)
    if themes:
        lines.append(text("topic-under", themes=all_of(list(themes))))
    return [text("topic-changed"), Items(items=tuple((line,) for line in lines))]


def merged(old: Topic, done: Merged, until: date, language: str) -> Message:
    """Two became one; until when it can be undone."""
    return say(
        text("topic-merged", old=old.label(language), new=done.into.label(language)),
        text("topic-merged-undo", day=until),
        choose(option(text("topic-unmerge"), "opgave/unmerge", topic=int(old.id))),
        slot=f"topic-merge:{done.merge}",
        about=text("topic-merge-about", topic=old.label(language)),
    )


def sub_questions_set(topic: Topic, language: str) -> list[Text | Block]:
    """Which there are from now on, and how people use them."""
    label = topic.label(language)
    if not topic.sub_questions:
        return [text("topic-parts-none", topic=label)]
    lines = tuple((Words(text=one.label),) for one in topic.sub_questions)
    first = topic.sub_questions[0].label.lower()
    return [
        text("topic-parts-set", topic=label),
        Items(items=lines),
        text("topic-parts-next", example=f"wie-ken-ik {label.lower()} {first}"),
    ]


def closed(topic: Topic, language: str) -> Message:
    """It is closed; what stays, and how it is opened again."""
    return say(
        text("topic-closed", topic=topic.label(language)), text("topic-closed-next", topic=topic.label_nl)
    )
