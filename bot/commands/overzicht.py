"""``overzicht``: my card, my network by layer, what is open, and one press to pause: the home screen too."""

from dataclasses import replace

from bot.chat.message import Block, Fact, Fields, Heading, Message, Paragraph, Span, choose, option, say
from bot.commands import Answers, Ask, Command, Reply, agenda, koffie, pauze, reply, verder
from bot.domain.profile import Line
from bot.i18n.text import Text, Words, text
from bot.services import network, profile
from bot.services.wording import Named

SLOT = "overview"
_LINES = (Line.ORGANISATION, Line.ROLE, Line.TOPICS)


async def run(ask: Ask) -> Reply:
    return reply(await page(ask))


async def page(ask: Ask) -> Message:
    """The whole screen; who is not registered gets the welcome."""
    if ask.official is None:
        return say(text("welcome"), choose(option(text("welcome-join"), "aanmelden/start", "primary")))
    cards = [*await koffie.open_cards(ask), *await agenda.cards(ask)]
    seen = await network.overview(ask.work, ask.me)
    return say(
        Heading(span=Words(text=ask.me.name)),
        await _card(ask),
        Paragraph(spans=(_state(ask),)),
        _choices(ask),
        Heading(span=text("overview-koffies")),
        *(cards or (text("overview-no-koffies"),)),
        *seen.blocks,
        slot=SLOT,
        lasting=True,
        about=text("overview-about"),
    )


async def _card(ask: Ask) -> Fields:
    known = await profile.values(ask.work, ask.me)
    facts = (
        Fact(label=profile.LABEL[line], value=(_span(known[line]),)) for line in _LINES if known[line] != ""
    )
    return Fields(facts=tuple(facts))


def _span(value: Named) -> Span:
    return Words(text=value) if isinstance(value, str) else value


def _state(ask: Ask) -> Text:
    return text("overview-paused") if verder.is_paused(ask) else text("overview-active")


def _choices(ask: Ask) -> Block:
    paused = verder.is_paused(ask)
    switch = option(
        text("overview-resume" if paused else "overview-pause"),
        f"overzicht/{'resume' if paused else 'pause'}",
    )
    return choose(
        option(text("overview-ask"), "koffie/one", "primary"),
        option(text("overview-profile"), "profiel/show"),
        switch,
    )


async def pause(ask: Ask, args: Answers) -> Reply:
    return await pauze.run(replace(ask, words=""))


async def resume(ask: Ask, args: Answers) -> Reply:
    return await verder.run(replace(ask, words=""))


COMMAND = Command(
    name="overzicht",
    aliases=("overview", "home"),
    summary=text("overview-summary"),
    run=run,
    home=page,
    actions={"pause": pause, "resume": resume},
)
