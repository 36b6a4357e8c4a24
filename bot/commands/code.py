"""``code``: use the code of an invitation; the whole letter will do, and who is new registers first."""

from bot.chat.message import say
from bot.commands import Ask, Command, Reply, reply
from bot.domain.invitation import find_code, is_like_a_code
from bot.i18n.text import About, text
from bot.services import invitation


async def run(ask: Ask) -> Reply:
    accepted = await invitation.accept(ask.work, ask.me, ask.words)
    name = About(official=accepted.by, fact="card")
    said = [text("invitation-accepted", name=name)]
    if accepted.introduced:
        said.append(text("successor-introduced"))
    return reply(say(*said))


async def _understands(ask: Ask, words: str) -> bool:
    return find_code(words) is not None


COMMAND = Command(
    name="code",
    aliases=("uitnodiging", "invitation"),
    summary=text("code-summary"),
    run=run,
    takes=is_like_a_code,
    understands=_understands,
    shown=lambda ask: False,
)
