"""``verder [rondes|verzoeken|vindbaar]``: back from a pause, with everything or with a part."""

from bot.chat.message import say
from bot.commands import Ask, Command, Reply, reply
from bot.commands.pauze import SLOT, SWITCH
from bot.domain.pause import Switch, is_switches, split
from bot.i18n.text import text
from bot.services import pause
from bot.services.wording import all_of
from bot.store import offers


def is_paused(ask: Ask) -> bool:
    if ask.official is None:
        return False
    switches = ask.official.switches
    return not (switches.findable and switches.requests and switches.rounds)


async def run(ask: Ask) -> Reply:
    wanted, _ = split(ask.words)
    await offers.close_slot(ask.work, SLOT, ask.account)
    ended = await pause.go_on(ask.work, ask.me.id, wanted or tuple(Switch))
    if not ended:
        return reply(say(text("resume-nothing")))
    return reply(say(text("resume-done", switches=all_of([SWITCH[switch] for switch in ended]))))


COMMAND = Command(
    name="verder",
    aliases=("resume", "continue"),
    summary=text("resume-summary"),
    run=run,
    takes=is_switches,
    shown=is_paused,
)
