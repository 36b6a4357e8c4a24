"""The people of a demo, as the platform that plays them lists them."""

from bot.chat.stage import Player
from bot.store import cast
from bot.store.work import Work


async def players(work: Work, platform: str) -> list[Player]:
    """Everybody with an account on the demo's platform, by name; 1,000 at most."""
    found = [
        Player(one.account, one.name, f"{one.organisation}: {', '.join(one.topics)}", one.language)
        for one in await cast.on_platform(work, platform, most=1000)
    ]
    return sorted(found, key=lambda player: player.name)
