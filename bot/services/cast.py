"""The people of a demo, as the terminal lists them."""

from bot.chat.stage import Player
from bot.store import officials
from bot.store.work import Work


async def players(work: Work, platform: str) -> list[Player]:
    """Everybody with an account on the demo's platform, by name."""
    found = []
    for account, official in await officials.on_platform(work, platform):
        found.append(Player(account, official.name, f"{official.organisation} ({official.layer})"))
    return sorted(found, key=lambda player: player.name)
