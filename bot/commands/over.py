"""``over``: who runs this bot, by which rules, and what came of it."""

from bot import __version__
from bot.chat.message import Block, Fact, Fields, Heading, Items, say
from bot.commands import Ask, Command, Reply, reply
from bot.domain.overview import Kind
from bot.i18n.text import About, Text, Words, text
from bot.store import overview, small_win
from bot.store.feeling import Felt, Question
from bot.store.work import Work

_WINS = 3
_BASIS = {
    "toestemming": text("about-basis-consent"),
    "taak van algemeen belang": text("about-basis-task"),
}


async def run(ask: Ask) -> Reply:
    work = ask.work
    facts = [
        Fact(label=text("about-run-by"), value=(Words(text=work.operator),)),
        Fact(label=text("about-basis"), value=(_BASIS[work.legal_basis],)),
        Fact(label=text("about-version"), value=(Words(text=__version__),)),
    ]
    felt = await _felt(work)
    if felt is not None:
        facts.append(Fact(label=text("about-equal"), value=(felt,)))
    return reply(
        say(
            text("about-what"),
            text("about-neutral"),
            text("about-private"),
            Fields(facts=tuple(facts)),
            *await _wins(work),
            text("about-more" if ask.official is not None else "about-join"),
        )
    )


async def _felt(work: Work) -> Text | None:
    """How many found it equal, as last published; nothing as long as there are few answers (P14)."""
    month = await overview.newest(work)
    equal = (Kind.FELT, Question.EQUAL)
    share = None if month is None else month.share((*equal, Felt.YES), equal)
    return None if share is None else text("about-equal-share", share=share)


async def _wins(work: Work) -> tuple[Block, ...]:
    latest = await small_win.latest(work, _WINS)
    if not latest:
        return ()
    lines = tuple(
        (text("win-line", line=About(official=by, fact="win", koffie=koffie)),) for koffie, by in latest
    )
    return (Heading(span=text("about-wins")), Items(items=lines))


COMMAND = Command(
    name="over",
    aliases=("over koffie", "about"),
    summary=text("about-summary"),
    run=run,
    anyone=True,
    amid_form=True,
)
