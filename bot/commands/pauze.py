"""``pauze [rondes|verzoeken|vindbaar] [tot DAG]``: less for a while, or nothing. No reason is asked."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.message import Message, choose, option, say
from bot.commands import Answers, Ask, Command, Reply, reply
from bot.domain.dates import Ambiguous, Past
from bot.domain.errors import KoffieError
from bot.domain.pause import Switch, is_pause, parse_pause
from bot.i18n.text import Text, text
from bot.services import meeting_off, pause
from bot.services.wording import all_of
from bot.store import offers, officials

SLOT = "pause"
SWITCH = {
    Switch.ROUNDS: text("pause-rounds"),
    Switch.REQUESTS: text("pause-requests"),
    Switch.FINDABLE: text("pause-findable"),
}


async def run(ask: Ask) -> Reply:
    wish = parse_pause(ask.words, ask.work.now, ask.work.zone)
    if wish is None:
        raise KoffieError(text("pause-unclear"))
    match wish.back:
        case Ambiguous(options=days):
            switches = [switch.value for switch in wish.switches]
            options = [
                option(
                    text("pause-day", day=day), "pauze/until", switches=list(switches), day=day.isoformat()
                )
                for day in days
            ]
            return reply(say(text("pause-which"), choose(*options), slot=SLOT, about=text("pause-about")))
        case Past():
            raise KoffieError(text("pause-past"))
        case back:
            return await _pause(ask, wish.switches, back)


async def until(ask: Ask, args: Answers) -> Reply:
    """The day that was chosen where words could mean several."""
    chosen, day = args.get("switches"), date.fromisoformat(str(args.get("day")))
    switches = [Switch(str(switch)) for switch in chosen] if isinstance(chosen, list) else []
    if day <= ask.work.today:
        raise KoffieError(text("pause-past"))
    return await _pause(ask, switches, day)


async def _pause(ask: Ask, switches: Sequence[Switch], back: date | None) -> Reply:
    await pause.pause(ask.work, ask.me.id, switches, back)
    await offers.close_slot(ask.work, SLOT, ask.account)
    off = {Switch(one.switch) for one in await officials.pauses(ask.work, ask.me.id)}
    on = [switch for switch in Switch if switch not in off]
    lines: list[Text] = [_what(switches, back)]
    if Switch.FINDABLE in off:
        lines.append(text("pause-hidden"))
    if on:
        lines.append(text("pause-stays-on", switches=all_of([SWITCH[switch] for switch in on])))
    lines.append(text("pause-back"))
    return reply(say(*lines), *await _called_off(ask, switches, back))


async def _called_off(ask: Ask, switches: Sequence[Switch], back: date | None) -> list[Message]:
    """Appointments that fall in the pause, so that nobody waits at a table."""
    if Switch.REQUESTS not in switches:
        return []
    return await meeting_off.away(ask.work, ask.me.id, None if back is None else ask.work.hours.opening(back))


def _what(switches: Sequence[Switch], back: date | None) -> Text:
    what = all_of([SWITCH[switch] for switch in switches])
    if back is None:
        return text("pause-off", switches=what)
    # People are told their last day off, as they count it.
    return text("pause-off-until", switches=what, last=back - timedelta(days=1), back=back)


COMMAND = Command(
    name="pauze",
    aliases=("pause",),
    summary=text("pause-summary"),
    run=run,
    takes=is_pause,
    actions={"until": until},
)
