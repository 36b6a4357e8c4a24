"""What a line does, however it was typed: words of a person, or a word to the terminal itself."""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from adapters.terminal.people import MOST_NAME, PLATFORM, TENANT, People
from adapters.terminal.render import inert
from bot.chat import Text, text
from bot.chat.address import Account, Address, Conversation, Direct
from bot.chat.inbound import Content, Inbound, Opened, Profile, Said
from bot.chat.inbound import Left as LeftRoom
from bot.chat.message import Attachment
from bot.chat.port import Tools
from bot.chat.stage import Stage

MOST_CHARACTERS = 4000
_FURTHEST = timedelta(days=750)
_ALSO = {
    "als": "as", "mensen": "people", "tijd": "time", "bestand": "file", "hulp": "help", "stop": "quit",
}  # fmt: skip
"""The same words in Dutch."""
_LEAVE = {":leave", ":weg"}
_HELP = (
    text("help-say"), text("help-room"), text("help-as"), text("help-people"), text("help-time"),
    text("help-file"), text("help-help"), text("help-quit"),
)  # fmt: skip


class NotUnderstood(Exception):
    """A line that cannot be taken; ``text`` says why, and what to write instead."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.key)
        self.text = why


class Left(Exception):
    """``:quit``."""


class Talk:
    """One run of the terminal: who speaks, and what has come in so far."""

    def __init__(self, tools: Tools, stage: Stage, people: People) -> None:
        self._bot = tools.bot
        self._stage = stage
        self._language = tools.language
        self._words = tools.words
        self._run = uuid.uuid4().hex
        self._count = 0
        self.people = people
        self.speaker: Account | None = None
        self.files: dict[str, Attachment] = {}
        """The last file that each one got."""
        self.verbs: Mapping[str, Callable[[str], Awaitable[list[Text | str]]]] = {
            "as": self._as,
            "people": self._people,
            "time": self._time,
            "file": self._file,
            "help": self._help,
            "quit": self._quit,
        }

    @property
    def language(self) -> str:
        """The language of who speaks."""
        return self.people.language(self.speaker, self._language) if self.speaker else self._language

    def worded(self, line: Text | str) -> str:
        return inert(line) if isinstance(line, str) else inert(self._words(line, self.language))

    def clock(self) -> str:
        """The demo's moment in words."""
        return self.worded(text("clock", now=self._stage.now()))

    async def line(self, line: str) -> list[str]:
        """Do what a line says; what the terminal itself has to say to it.

        Raises :class:`NotUnderstood` and :class:`Left`.
        """
        if line.startswith(":"):
            return await self.command(line[1:])
        name, colon, words = line.partition(":")
        if not colon:
            if self.speaker is None:
                raise NotUnderstood(text("line-without-name"))
            await self.say(self.speaker, line)
            return []
        await self.say(self._named(name), words.strip())
        return []

    def _named(self, name: str) -> Account:
        try:
            return self.people.typed(name)
        except ValueError:
            raise NotUnderstood(text("line-no-name")) from None

    async def say(self, speaker: Account, words: str) -> None:
        """Let somebody say something, and wait until all that follows from it has been handled.

        Words behind ``#NAME`` are said in the room of that name; ``#NAME :leave`` leaves it.
        """
        if "\0" in words:
            raise NotUnderstood(text("line-nul"))
        if len(words) > MOST_CHARACTERS:
            raise NotUnderstood(text("line-too-long", most=MOST_CHARACTERS))
        if not words.startswith("#"):
            if words:
                await self._put(speaker, Said(text=words), Direct(account=speaker))
            return
        room, _, said = words[1:].partition(" ")
        if not 0 < len(room) <= MOST_NAME:
            raise NotUnderstood(text("line-no-room"))
        where = Conversation(platform=PLATFORM, tenant=TENANT, id=room.casefold(), account=speaker)
        leaves = said.strip().casefold() in _LEAVE
        await self._put(speaker, LeftRoom() if leaves else Said(text=said.strip()), where)

    async def open(self, speaker: Account) -> None:
        """Let somebody open the talk with koffie: who is new gets a welcome."""
        await self._put(speaker, Opened(), Direct(account=speaker))

    async def _put(self, speaker: Account, content: Content, where: Address) -> None:
        self._count += 1
        event = Inbound(
            key=f"{self._run}:{self._count}",
            actor=speaker,
            where=where,
            content=content,
            at=self._stage.now(),
            profile=Profile(name=await self.people.name(speaker)),
        )
        await self._bot.put([event])
        await self._stage.settled()

    async def command(self, words: str) -> list[str]:
        """A word to the terminal itself. Raises :class:`NotUnderstood` and :class:`Left`."""
        verb, _, rest = words.strip().partition(" ")
        verb = verb.casefold()
        run = self.verbs.get(_ALSO.get(verb, verb))
        if run is None:
            raise NotUnderstood(text("verb-unknown", verb=inert(verb)[:40]))
        return [self.worded(line) for line in await run(rest.strip())]

    async def _as(self, name: str) -> list[Text | str]:
        self.speaker = self._named(name)
        player = await self.people.player(self.speaker)
        if player is None:
            return [text("as-new", name=await self.people.name(self.speaker))]
        return [text("as-known", name=player.name, description=player.description)]

    async def _people(self, words: str) -> list[Text | str]:
        players = (await self.people.renew()).values()
        if not players:
            return [text("people-none")]
        return [f"{player.name} — {player.description}" for player in players]

    async def _time(self, words: str) -> list[Text | str]:
        now = self._stage.now()
        moment = self._stage.moment(words) if words else now
        if moment is None:
            raise NotUnderstood(text("time-unknown"))
        if moment < now:
            raise NotUnderstood(text("time-past", now=now))
        if moment > now + _FURTHEST:
            raise NotUnderstood(text("time-far"))
        if words:
            await self._stage.advance(moment)
        return [text("clock", now=self._stage.now())]

    async def _file(self, words: str) -> list[Text | str]:
        found = self.files.get(self.speaker.user) if self.speaker else None
        if found is None:
            raise NotUnderstood(text("file-none"))
        return [f"{found.name} ({found.media_type})", *found.content.decode(errors="replace").splitlines()]

    async def _help(self, words: str) -> list[Text | str]:
        return list(_HELP)

    async def _quit(self, words: str) -> list[Text | str]:
        raise Left
