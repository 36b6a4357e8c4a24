"""``hulp``: what this person can do now, and nothing else."""

from bot.chat.message import Items, Paragraph, say
from bot.commands import Ask, Command, Reply, reply
from bot.i18n.text import Words, text


async def run(ask: Ask) -> Reply:
    if ask.registry is None:
        raise TypeError("help needs the commands")
    shown = [command for command in ask.registry.commands if command.shown(ask)]
    lines = tuple((Words(text=f"{command.name}: "), command.summary) for command in shown)
    return reply(say(text("help-intro"), Items(items=lines), Paragraph(spans=(text("help-plain"),))))


COMMAND = Command(
    name="hulp",
    aliases=("help", "?"),
    summary=text("help-summary"),
    run=run,
    anyone=True,
    amid_form=True,
    shown=lambda ask: False,
)
