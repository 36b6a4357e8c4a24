"""``nodig-uit``: a letter with a code for one colleague, who then is a confirmed tie."""

from bot.chat.message import choose, option, say
from bot.commands import Answers, Ask, Command, Reply, reply
from bot.i18n.text import text
from bot.services import invitation


async def run(ask: Ask) -> Reply:
    made = await invitation.invite(ask.work, ask.me)
    lead = say(
        text("invitation-made"),
        choose(option(text("invitation-take-back"), "nodig-uit/take-back")),
        slot="invitation",
        about=text("invitation-about"),
    )
    # Fleeting: the code stays nowhere once it is sent.
    letter = text("invitation-letter", code=made.code, day=made.last_day)
    return reply(lead, say(letter, fleeting=True))


async def take_back(ask: Ask, args: Answers) -> Reply:
    await invitation.take_back(ask.work, ask.me.id)
    return reply(say(text("invitation-taken-back")))


COMMAND = Command(
    name="nodig-uit",
    aliases=("uitnodigen", "nodig iemand uit", "nodig een collega uit", "invite"),
    summary=text("invitation-summary"),
    run=run,
    actions={"take-back": take_back},
)
