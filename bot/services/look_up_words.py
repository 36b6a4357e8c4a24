"""The words of a look-up: the rings in one message, what to do without a result, and what was unclear."""

from collections.abc import Sequence
from typing import Literal

from bot.chat.message import (
    Action,
    Block,
    Card,
    Heading,
    Items,
    Message,
    Option,
    Paragraph,
    choose,
    option,
    say,
)
from bot.domain.ids import OfficialId
from bot.domain.search import Search
from bot.domain.topic import Topic
from bot.i18n.text import About, Month, Text, Words, text
from bot.services.look_up import Known, Rings, Seat
from bot.services.register import Indexes
from bot.services.wording import ONE_OF_LAYER, Named, either, part_in, position
from bot.store.network import NOT_MET_HERE, Tie

_MOST_KNOWN = 5
_MOST_INTRODUCERS = 3


def on_search(
    label: Text | str, action: str, search: Search, style: Literal["normal", "primary"] = "normal"
) -> Option:
    """An option that does something with a search."""
    words = Words(text=label) if isinstance(label, str) else label
    return Option(label=words, action=Action(name=action, args=search.args), style=style)


def _where(search: Search, indexes: Indexes) -> Named | None:
    """'gemeente Utrecht', 'een provincie of een waterschap'."""
    found = [one for number in search.organisations if (one := indexes.organisations.get(number))]
    if found:
        return either([one.title for one in found])
    return either([ONE_OF_LAYER[layer] for layer in search.layers]) if search.layers else None


def what(search: Search, topic: Topic, indexes: Indexes, language: str) -> Text:
    """What is looked up, in words: 'Stikstof bij een provincie of een waterschap in Drenthe'."""
    label = topic.label(language)
    part = next((one.label for one in topic.sub_questions if one.id == search.part), None)
    if part is not None:
        label = f"{label} – {part}"
    where = _where(search, indexes)
    region = search.region.name if search.region else None
    match where, region:
        case None, None:
            return text("look-up-topic", topic=label)
        case None, str():
            return text("look-up-topic-in", topic=label, region=region)
        case _, None:
            return text("look-up-topic-at", topic=label, where=where or "")
        case _:
            return text("look-up-topic-at-in", topic=label, where=where or "", region=region or "")


def answer(
    search: Search,
    topic: Topic,
    rings: Rings,
    indexes: Indexes,
    language: str,
    next_steps: Sequence[Option],
    beside: Sequence[Block | Text] = (),
) -> Message:
    """The rings in one message; ``next_steps`` stand under it when nobody unknown was found.

    ``beside`` is what else there is on the topic.
    """
    named = what(search, topic, indexes, language)
    somebody = rings.known or rings.reachable or rings.willing
    blocks: list[Block | Text] = [Heading(span=named)] if somebody else []
    if topic.sensitive:
        blocks.append(text("look-up-sensitive"))
    blocks += known_blocks(rings.known, topic, language)
    if rings.reachable:
        blocks.append(_via(rings.introducers))
    if rings.willing:
        blocks.append(text("look-up-willing", count=len(rings.willing)))
        blocks += [_card(seat, topic, language) for seat in rings.willing]
        blocks += beside
    else:
        if rings.koepel:
            blocks.append(text("look-up-koepel"))
        blocks.append(text("look-up-nobody-else" if rings.known else "look-up-nobody", what=named))
        blocks += beside
        blocks.append(choose(*next_steps))
    return say(*blocks, lasting=True)


def known_blocks(known: Sequence[Known], topic: Topic | None, language: str) -> list[Block]:
    """The first ring, when there is anybody in it."""
    if not known:
        return []
    label = topic.label(language) if topic else None
    lines = [(known_line(one.tie, label if topic and one.tie.topic == topic.id else None),) for one in known]
    if len(lines) > _MOST_KNOWN:
        lines = [*lines[:_MOST_KNOWN], (text("look-up-known-more", count=len(lines) - _MOST_KNOWN),)]
    return [Paragraph(spans=(text("look-up-known"),)), Items(items=tuple(lines))]


def known_line(tie: Tie, topic: str | None) -> Text:
    """'Bram de Boer, adviseur, gemeente Utrecht (sinds maart 2026, van een koffie)'."""
    name = About(official=tie.other, fact="name")
    at = About(official=tie.other, fact="position")
    since = Month(day=tie.since.date())
    if tie.source in NOT_MET_HERE:
        return text("look-up-known-declared", name=name, position=at, since=since)
    if topic is None:
        return text("look-up-known-met", name=name, position=at, since=since)
    return text("look-up-known-met-on", name=name, position=at, since=since, topic=topic)


def _via(introducers: Sequence[OfficialId]) -> Text:
    if not introducers:
        return text("look-up-via")
    names = [About(official=one, fact="name") for one in introducers[:_MOST_INTRODUCERS]]
    return text("look-up-via-named", names=either(names))


def _card(seat: Seat, topic: Topic, language: str) -> Card:
    """One person. On a sensitive topic only what does not tell who it is."""
    one = seat.listed
    part = part_in(one.part, topic.label(language))
    lines: list[tuple[Text | About, ...]]
    if topic.sensitive:
        title: Text | About = text("look-up-someone", where=ONE_OF_LAYER[one.layer])
        lines = [(part,)]
    else:
        title = About(official=one.official, fact="name")
        lines = [
            (position(one.official, one.layer),),
            (part,),
            *((About(official=one.official, fact=extra),) for extra in seat.extras),
        ]
    if seat.asked:
        return Card(title=title, lines=(*lines, (text("look-up-asked"),)))
    if seat.agreed:
        return Card(title=title, lines=(*lines, (text("look-up-agreed"),)))
    ask = option(text("look-up-ask"), "koffie/ask", official=one.official, topic=topic.id)
    return Card(title=title, lines=tuple(lines), options=(ask,))


def next_steps(search: Search, topic: Topic, near: Sequence[Topic], language: str) -> list[Option]:
    """What can be done where nobody was found."""
    steps = [on_search(text("look-up-watch"), "wie-ken-ik/watch", search, "primary")]
    if search.narrowed:
        steps.append(on_search(text("look-up-wider"), "wie-ken-ik/search", search.wider()))
    steps += [
        on_search(
            text("look-up-neighbour", topic=other.label(language)),
            "wie-ken-ik/search",
            Search(topics=(other.id,)),
        )
        for other in near
    ]
    if search.layer is not None:
        steps.append(on_search(text("look-up-gap"), "wie-ken-ik/gap", search))
    steps.append(on_search(text("look-up-forward"), "wie-ken-ik/forward", search))
    return steps


def which_topic(search: Search, indexes: Indexes, language: str, *lead: Text | Block) -> Message:
    """Ask back which topic is meant."""
    options = [
        on_search(topic.label(language), "wie-ken-ik/search", search.on(number))
        for number in search.topics
        if (topic := indexes.topics.get(number)) is not None
    ]
    return say(*lead, choose(*options))


def which_of_mine(search: Search, indexes: Indexes) -> Text:
    """The question for a topic, with what was understood besides."""
    where = _where(search, indexes)
    if where is not None:
        return text("look-up-no-topic-at", where=where)
    if search.region is not None:
        return text("look-up-no-topic-in", region=search.region.name)
    return text("look-up-no-topic-choose")


def which_organisation(search: Search, indexes: Indexes) -> Message:
    """Ask back which organisation is meant."""
    found = [one for number in search.organisations if (one := indexes.organisations.get(number))]
    options = [on_search(one.title, "wie-ken-ik/search", search.at(one.id)) for one in found]
    named = either([one.title for one in found])
    return say(
        text("look-up-which-organisation", names=named),
        choose(*options),
    )


def to_forward(search: Search, topic: Topic, indexes: Indexes, language: str) -> Message:
    """A text to pass on to a colleague."""
    named = what(search, topic, indexes, language)
    return say(text("look-up-forward-intro"), text("look-up-forward-text", what=named))
