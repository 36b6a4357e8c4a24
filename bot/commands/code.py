"""``code``: use the code of an invitation, of a channel or of a move; the whole letter will do.

Who is new registers first by an invitation; by the code of a move one is known at once.
"""

from bot.chat.message import say
from bot.commands import Ask, Command, Reply, join_first, reply
from bot.commands.doe_mee import register_for, take_part
from bot.domain.invitation import find_code, is_like_a_code
from bot.domain.official import Official
from bot.i18n.text import About, text
from bot.services import channel_find, channel_invitation, invitation, moving, topic_merge


async def run(ask: Ask) -> Reply:
    moved = await moving.link(ask.work, ask.account, ask.official, ask.words)
    if moved is not None:
        return welcome_back(moved)
    found = await channel_invitation.channel_meant(ask.work, ask.words)
    if found is not None:
        found = await topic_merge.channel_now(ask.work, found)
        if ask.official is None:
            return await register_for(ask, found)
        await channel_find.refuse_outside(ask.work, ask.where, found)
        return await take_part(ask, found)
    if ask.official is None:
        return join_first(f"{COMMAND.name} {ask.words}")
    accepted = await invitation.accept(ask.work, ask.me, ask.words)
    name = About(official=accepted.by, fact="card")
    said = [text("invitation-accepted", name=name)]
    if accepted.introduced:
        said.append(text("successor-introduced"))
    return reply(say(*said))


def welcome_back(moved: Official) -> Reply:
    """To who moved, at the new account."""
    name = About(official=moved.id, fact="name")
    place = About(official=moved.id, fact="organisation")
    return reply(say(text("moving-done", name=name, organisation=place)))


async def _understands(ask: Ask, words: str) -> bool:
    return find_code(words) is not None


COMMAND = Command(
    name="code",
    aliases=("uitnodiging", "invitation"),
    summary=text("code-summary"),
    run=run,
    anyone=True,
    takes=is_like_a_code,
    understands=_understands,
    shown=lambda ask: False,
)
