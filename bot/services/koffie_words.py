"""The messages of a koffie: the same words for all at the table, and no names once the question was put.

Who was erased has no name any more, and that must tell the others nothing before the term (P24). So what
comes after the question says 'a colleague at gemeente Barneveld'; the question itself names who is there.
"""

from collections.abc import Sequence
from datetime import date

from bot.chat.message import Block, Card, FileOf, Items, Message, Option, Paragraph, choose, option, say
from bot.domain.ids import OfficialId
from bot.domain.koffie import Answer, Koffie
from bot.domain.koffie_why import topic_words
from bot.domain.topic import Topic
from bot.i18n.text import About, Text, text
from bot.services.register import indexes
from bot.services.wording import ONE_OF_LAYER, Named, all_of
from bot.store import officials
from bot.store.koffie import HURRIED, TEAM_KINDS, KeptKoffie, Kind
from bot.store.work import Work

AGAIN = text("koffie-why-again")
"""The reason of a koffie of who know each other already."""


def slot(kept: KeptKoffie) -> str:
    """The slot of the question that a koffie puts."""
    return f"koffie:{kept.id}"


def bundle_slot(work: Work, koffie: Koffie) -> str:
    """The slot of the questions that come together on one day; they all have one term."""
    return f"koffies:{work.hours.local_date(koffie.asked_at).isoformat()}"


def last_day(work: Work, koffie: Koffie) -> date:
    """The last day on which one may answer."""
    return work.hours.local_date(koffie.term)


async def topic_of(work: Work, kept: KeptKoffie) -> Topic | None:
    """The topic, while it is one."""
    return None if kept.topic is None else (await indexes(work)).topics.get(kept.topic)


async def sensitive(work: Work, kept: KeptKoffie) -> bool:
    """Whether no names are shown before all yeses."""
    topic = await topic_of(work, kept)
    return topic is not None and topic.sensitive


async def place_of(work: Work, kept: KeptKoffie, official: OfficialId) -> Text | str:
    """Where somebody works, as it was when the question was put: 'gemeente Barneveld', or only the layer."""
    organisation = kept.places[official].organisation
    found = None if organisation is None else (await indexes(work)).organisations.get(organisation)
    if found is None:
        return text("koffie-somewhere")
    return ONE_OF_LAYER[found.layer] if kept.nameless or await sensitive(work, kept) else found.title


async def about(work: Work, kept: KeptKoffie, reader: OfficialId) -> Text:
    """'koffie over stikstof met een collega bij gemeente Barneveld'; of a team without who they are."""
    if kept.nameless:
        return text("team-about-topic", topic=await _team_topic(work, kept))
    others: list[Named] = [
        text("koffie-colleague", place=await place_of(work, kept, other)) for other in kept.others(reader)
    ]
    topic = await topic_of(work, kept)
    if topic is None:
        return text("koffie-about", others=all_of(others))
    return text("koffie-about-topic", topic=topic_words(topic), others=all_of(others))


async def _team_topic(work: Work, kept: KeptKoffie) -> Text:
    """The topic of a team; one that was closed meanwhile has no words any more."""
    topic = await topic_of(work, kept)
    return text("team-topic-gone") if topic is None else topic_words(topic)


async def _person(work: Work, kept: KeptKoffie, official: OfficialId, *, named: bool) -> Text:
    place = await place_of(work, kept, official)
    if named:
        return text("koffie-person", name=About(official=official, fact="name"), place=place)
    return text("koffie-colleague", place=place)


async def _may_name(work: Work, kept: KeptKoffie) -> bool:
    """Whether the question holds names: not on a sensitive topic or of a team, nor once a name is gone."""
    if kept.nameless or await sensitive(work, kept):
        return False
    return await officials.all_active(work, [seat.official for seat in kept.koffie.seats])


def _how(work: Work, kept: KeptKoffie) -> Text:
    """What a koffie is, and until when one can answer."""
    if kept.kind is Kind.TEAM_NOW:
        return text("team-how-now", moment=kept.koffie.term)
    return text("koffie-how", day=last_day(work, kept.koffie))


def _answers(kept: KeptKoffie) -> tuple[Option, ...]:
    number = int(kept.id)
    if kept.kind in TEAM_KINDS:
        return (
            option(text("team-yes"), "koffie/answer", "primary", koffie=number, answer=Answer.YES),
            option(text("koffie-not-now"), "koffie/answer", koffie=number, answer=Answer.NOT_NOW),
        )
    answers = (
        option(text("koffie-yes"), "koffie/answer", "primary", koffie=number, answer=Answer.YES),
        option(text("koffie-not-now"), "koffie/answer", koffie=number, answer=Answer.NOT_NOW),
        option(text("koffie-known"), "koffie/answer", koffie=number, answer=Answer.KNOWN),
    )
    if AGAIN in kept.why:
        # They know each other, and it is about these two.
        return answers[:2]
    if kept.round is not None:
        # A round looks for somebody else by itself.
        return answers
    return (*answers, option(text("koffie-other"), "koffie/other", koffies=[number]))


async def question(work: Work, kept: KeptKoffie, reader: OfficialId, *before: Text) -> Message:
    """The question, word for word the same for everybody at the table; ``before`` leads over to it."""
    named = await _may_name(work, kept)
    people: list[Named] = [
        await _person(work, kept, seat.official, named=named) for seat in kept.koffie.seats
    ]
    blocks: list[Block | Text] = [
        *before,
        text("team-question" if kept.kind in TEAM_KINDS else "koffie-question"),
        text("koffie-people", people=all_of(people)),
        Items(items=tuple((reason,) for reason in kept.why)),
    ]
    if kept.nameless:
        blocks.append(text("team-nameless"))
    elif not named:
        blocks.append(text("koffie-nameless", seats=len(kept.koffie.seats)))
    blocks.append(_how(work, kept))
    blocks.append(choose(*_answers(kept)))
    return say(*blocks, slot=slot(kept), about=await about(work, kept, reader))


async def bundle(
    work: Work, together: Sequence[KeptKoffie], reader: OfficialId, *, one_table: bool
) -> Message:
    """Several who want to meet the same one, in one message: choose one or more, or refer on.

    ``one_table``: they may also be invited together.
    """
    intro = "koffie-bundle-together" if one_table else "koffie-bundle"
    blocks: list[Block | Text] = [text(intro, count=len(together))]
    for kept in together:
        named = await _may_name(work, kept)
        (other,) = kept.others(reader)
        place = await place_of(work, kept, other)
        number = int(kept.id)
        blocks.append(
            Card(
                title=await _person(work, kept, other, named=named),
                lines=tuple((reason,) for reason in kept.why),
                options=(
                    option(
                        text("koffie-yes-at", place=place),
                        "koffie/answer",
                        "primary",
                        koffie=number,
                        answer=Answer.YES,
                    ),
                    option(
                        text("koffie-known-at", place=place),
                        "koffie/answer",
                        koffie=number,
                        answer=Answer.KNOWN,
                    ),
                ),
            )
        )
    numbers = [int(kept.id) for kept in together]
    first = together[0].koffie
    blocks.append(text("koffie-how", day=last_day(work, first)))
    all_at_once = option(text("koffie-together"), "koffie/together", koffies=list(numbers))
    blocks.append(
        choose(
            *([all_at_once] if one_table else []),
            option(text("koffie-other"), "koffie/other", koffies=list(numbers)),
            option(text("koffie-none-now"), "koffie/none", koffies=list(numbers)),
        )
    )
    return say(*blocks, slot=bundle_slot(work, first), about=text("koffie-about-bundle"), lasting=True)


async def again(work: Work, kept: KeptKoffie, reader: OfficialId) -> Message:
    """The question once more, for who looks back at it."""
    asked = await about(work, kept, reader)
    return say(
        text("koffie-again", about=asked),
        _how(work, kept),
        choose(*_answers(kept)),
        slot=slot(kept),
        about=asked,
    )


async def reminder(work: Work, kept: KeptKoffie, reader: OfficialId) -> Message:
    """The one reminder."""
    asked = await about(work, kept, reader)
    return say(
        text("koffie-reminder", about=asked, day=last_day(work, kept.koffie)),
        choose(*_answers(kept)),
        slot=slot(kept),
        about=asked,
    )


async def off_in_words(work: Work, kept: KeptKoffie, reader: OfficialId) -> Text:
    """It will not be: the same for a no and for a silence. Worded from the koffie as it was until then."""
    if kept.nameless:
        return text("team-off", topic=await _team_topic(work, kept))
    return text("koffie-off", about=await about(work, kept, reader))


async def off(work: Work, kept: KeptKoffie, reader: OfficialId, *more: Text) -> Message:
    """The same as a message, with what one can do now."""
    asked = await about(work, kept, reader)
    return say(
        await off_in_words(work, kept, reader),
        *more,
        choose(
            option(text("koffie-look-on"), "koffie/look-on", "primary", koffie=int(kept.id)),
            option(text("koffie-pause"), "koffie/pause"),
        ),
        slot=f"koffie-off:{kept.id}",
        lasting=True,
        about=asked,
    )


async def agreed(work: Work, kept: KeptKoffie, reader: OfficialId, after: tuple[Block, ...]) -> Message:
    """All said yes: who the others are and how to reach them, read when it is sent."""
    others = [other for other in kept.others(reader) if other in kept.koffie.present]
    names: list[Named] = [About(official=other, fact="name") for other in others]
    me = About(official=reader, fact="name")
    blocks: list[Block | Text] = [text("koffie-agreed", me=me, others=all_of(names), more=len(others) - 1)]
    for other in others:
        route = Paragraph(spans=(text("koffie-route", route=About(official=other, fact="route")),))
        blocks.append(Card(title=await _person(work, kept, other, named=True), lines=(route.spans,)))
        blocks.append(FileOf(kind="vcard", of=other))
    last = "appeal-agreed-next" if kept.kind in HURRIED else "koffie-agreed-next"
    return say(*blocks, *after, text(last))


async def introduction(work: Work, kept: KeptKoffie, after: tuple[Block, ...]) -> Message:
    """All said yes, to all of them at once in a talk of their own."""
    present = kept.koffie.present
    called: list[Named] = [About(official=official, fact="name") for official in present]
    cards = [Card(title=await _person(work, kept, one, named=True)) for one in present]
    last = "appeal-introduced-next" if kept.kind in HURRIED else "koffie-introduced-next"
    return say(
        text("koffie-introduced", all=all_of(called), more=len(present) - 2),
        *cards,
        *after,
        text(last),
    )


def known(kept: KeptKoffie, reader: OfficialId) -> Message:
    """All said that they know each other."""
    names: list[Named] = [About(official=other, fact="name") for other in kept.others(reader)]
    return say(text("koffie-all-known", others=all_of(names), seats=len(kept.koffie.seats)))


def take_back(others: Sequence[KeptKoffie]) -> Message:
    """After a yes: may the other requests go?"""
    return say(
        text("koffie-more-open", count=len(others)),
        choose(
            option(text("koffie-take-back"), "koffie/withdraw", koffies=[int(kept.id) for kept in others]),
            option(text("koffie-leave-open"), "koffie/leave-open"),
        ),
        slot="koffie-more-open",
        about=text("koffie-about-more-open"),
    )
