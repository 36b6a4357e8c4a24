"""Names as they are typed, and the accounts that they stand for."""

import unicodedata

from bot.chat.address import Account, Address, Conversation
from bot.chat.stage import Player, Stage

PLATFORM = "terminal"
TENANT = "demo"
MOST_NAME = 80


def account_of(name: str) -> Account:
    """The account of a name, however its capitals and spaces are typed.

    Raises ``ValueError`` for what cannot be a name.
    """
    name = tidy(name)
    return Account(platform=PLATFORM, tenant=TENANT, user=name.casefold())


def tidy(name: str) -> str:
    """The name in one form. Raises ``ValueError`` for what cannot be one."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > MOST_NAME or not name.isprintable() or ":" in name:
        raise ValueError("no name")
    return name


class People:
    """Who is who: those of the demo by their own name, others as they were first typed."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._typed: dict[str, str] = {}
        self._players: dict[str, Player] = {}

    def typed(self, name: str) -> Account:
        """The account for a typed name, which is remembered. Raises ``ValueError`` for what is no name."""
        account = account_of(name)
        self._typed.setdefault(account.user, tidy(name))
        return account

    async def renew(self) -> dict[str, Player]:
        """Everybody who is registered, by account."""
        self._players = {player.account.user: player for player in await self._stage.players()}
        return self._players

    async def player(self, account: Account) -> Player | None:
        """Who this is; ``None`` for who is not registered."""
        if account.user not in self._players:
            await self.renew()
        return self._players.get(account.user)

    def language(self, account: Account, default: str) -> str:
        player = self._players.get(account.user)
        return player.language if player else default

    def names(self) -> dict[str, str]:
        """Everybody known by name, with who they are."""
        typed = {name: "" for user, name in self._typed.items() if user not in self._players}
        return typed | {player.name: player.description for player in self._players.values()}

    async def name(self, account: Account) -> str:
        player = await self.player(account)
        return player.name if player else self._typed.get(account.user, account.user.title())

    async def name_of(self, address: Address) -> str:
        """Whom a message is for, in one word for the transcript."""
        return f"#{address.id}" if isinstance(address, Conversation) else await self.name(address.account)
