"""What both get once everybody said yes, besides each other's contact route."""

from bot.chat.message import Block, Heading, Items
from bot.domain import starters
from bot.domain.ids import KoffieId, OfficialId
from bot.i18n.text import text
from bot.services import follow_up, meeting
from bot.services.rules_of_play import RULES
from bot.store import after_yes
from bot.store.work import Work


async def begin(work: Work, koffie: KoffieId) -> None:
    """To be called once, when the last seat says yes: what follows by itself is noted."""
    await follow_up.plan(work, koffie)
    await meeting.expect(work, koffie)


async def blocks(work: Work, koffie: KoffieId, *readers: OfficialId) -> tuple[Block, ...]:
    """For the message to some of them: why these two, two things to start with, and once the rules of play.

    All at one table get the same starters, whoever's message is made first.
    """
    agreed = await after_yes.agreed(work, koffie)
    given = agreed.starters
    if not given:
        recent = await after_yes.recent_starters(work, agreed.officials)
        given = starters.choose(work.random, phase=agreed.phase, layers=agreed.layers, recent=recent)
        await after_yes.keep_starters(work, koffie, given)
    made: list[Block] = []
    if agreed.why:
        made.append(Heading(span=text("after-yes-why", count=len(agreed.officials))))
        made.append(Items(items=tuple((reason,) for reason in agreed.why)))
    made.append(Heading(span=text("starter-intro")))
    made.append(Items(items=tuple((text(key),) for key in given)))
    new_here = [await after_yes.rules_to_show(work, reader, agreed.at) for reader in readers]
    if any(new_here):
        made.append(Heading(span=text("rules-once")))
        made.append(RULES)
    return tuple(made)
