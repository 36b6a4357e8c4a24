"""The words of a call: what stands in the channel, its preview to the asker, and its settled answer."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.message import Block, Heading, Message, Option, Paragraph, choose, option, say
from bot.domain.appeal import Appeal, AppealState, shown_role
from bot.domain.koffie_why import topic_words
from bot.domain.layer import Layer
from bot.domain.official import Official
from bot.domain.search import Search
from bot.domain.topic import Topic
from bot.i18n.text import Text, text
from bot.services import look_up_words
from bot.services.wording import ONE_OF_LAYER, Named, either
from bot.store.work import Work


def at_layers(layers: Sequence[Layer]) -> Named:
    """'het rijk of een provincie'; any layer is 'een andere overheid'."""
    return either([ONE_OF_LAYER[layer] for layer in layers]) if layers else text("koffie-somewhere")


def _sought(
    topic: Topic, asker: Official, layers: Sequence[Layer], until: datetime, *, with_role: bool
) -> Text:
    """'Een collega van een waterschap zoekt vóór morgen 17:00 uur iemand bij het rijk over stikstof.'"""
    facts = {"from": ONE_OF_LAYER[asker.layer], "to": at_layers(layers), "topic": topic_words(topic)}
    if with_role:
        return text("appeal-post-role", role=shown_role(asker.role), moment=until, **facts)
    return text("appeal-post", moment=until, **facts)


def post(topic: Topic, asker: Official, appeal: Appeal, *, with_role: bool) -> Message:
    """What everybody in the channel reads. Its words hold no name, and no fact that is read later."""
    return say(
        _sought(topic, asker, appeal.layers, appeal.until, with_role=with_role),
        text("appeal-post-how"),
        choose(option(text("appeal-me"), "oproep/me", "primary", appeal=int(appeal.id))),
        lasting=True,
    )


def settled(topic: Topic | None, appeal: Appeal) -> Message:
    """What stands there afterwards: not who, and not why."""
    key = "appeal-post-found" if appeal.state is AppealState.FOUND else "appeal-post-over"
    return say(text(key, about=about(topic, appeal)))


def about(topic: Topic | None, appeal: Appeal) -> Text:
    """'Oproep over Stikstof, aan iemand bij het rijk'."""
    if topic is None:
        return text("appeal-about-none", to=at_layers(appeal.layers))
    return text("appeal-about", to=at_layers(appeal.layers), topic=topic_words(topic))


def may_show_role(asker: Official, topic: Topic) -> bool:
    """On a sensitive topic a role would tell who it is."""
    return bool(shown_role(asker.role)) and not topic.sensitive


def preview(topic: Topic, asker: Official, search: Search, until: datetime) -> Message:
    """To the asker alone: word for word what would stand there, and one press to place it."""

    def place(label: str, *, with_role: bool) -> Option:
        return option(
            text(label),
            "oproep/place",
            "normal" if with_role else "primary",
            topic=int(topic.id),
            layers=[str(layer) for layer in search.layers],
            until=until.isoformat(),
            role=with_role,
        )

    blocks: list[Block | Text] = [
        Heading(span=text("appeal-preview")),
        Paragraph(spans=(_sought(topic, asker, search.layers, until, with_role=False),)),
        text("appeal-post-how"),
    ]
    options = [place("appeal-place", with_role=False)]
    if may_show_role(asker, topic):
        role = shown_role(asker.role)
        blocks.append(text("appeal-preview-role", role=role))
        options.append(place("appeal-place-role", with_role=True))
    options.append(option(text("appeal-leave"), "oproep/leave"))
    return say(*blocks, choose(*options), slot="appeal", about=text("appeal-slot"))


def no_channel(topic: Topic, search: Search, *, steps: bool) -> Message:
    """There is no place for a call; with ``steps`` what else can be done."""
    why = text("appeal-no-channel", topic=topic_words(topic))
    return say(why, text("appeal-no-channel-but"), choose(*_else(search))) if steps else say(why)


def over(topic: Topic, search: Search) -> Message:
    """To the asker: the moment has come and nobody pressed."""
    return say(
        text("appeal-over", to=at_layers(search.layers), topic=topic_words(topic)), choose(*_else(search))
    )


def _else(search: Search) -> tuple[Option, ...]:
    return (
        look_up_words.on_search(text("appeal-watch"), "wie-ken-ik/watch", search, "primary"),
        look_up_words.on_search(text("look-up-forward"), "wie-ken-ik/forward", search),
    )


def again(work: Work, topic: Topic, search: Search, until: datetime) -> str:
    """Words by which the same call is asked for once more."""
    moment = until.astimezone(work.zone)
    return f"oproep {topic.label_nl} {' '.join(search.layers)} voor {moment:%Y-%m-%d %H:%M}"
