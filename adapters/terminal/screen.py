"""With a screen: a chat in which one is one person, and sees what the others get in passing."""

import io
import shutil
import sys
from collections.abc import Iterable, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.styles import Style
from rich.console import Console, RenderableType

from adapters.terminal.look import WIDEST, aside, bubble, overheard, welcome
from adapters.terminal.talk import Left, NotUnderstood, Talk
from bot.chat import text
from bot.chat.address import Account, Address, Conversation
from bot.chat.message import Message
from bot.chat.port import CommandInfo, Tools

_FIRST = "Anna"
_STYLE = Style.from_dict({"bottom-toolbar": "noreverse dim", "you": "bold", "mark": "ansiyellow bold"})
_TIMES = ("+1d", "+3d", "+1w", "+3m")


class Screen:
    """Somebody at a terminal."""

    def __init__(self, talk: Talk, tools: Tools) -> None:
        self._talk = talk
        self._commands = tools.commands
        self._name = _FIRST

    @property
    def _me(self) -> Account:
        if self._talk.speaker is None:
            self._talk.speaker = self._talk.people.typed(_FIRST)
        return self._talk.speaker

    async def draw(self, address: Address, message: Message) -> str:
        hint = self._talk.worded(text("other-file"))
        if not isinstance(address, Conversation) and address.account == self._me:
            return _drawn(bubble(message, self._talk.clock(), hint))
        return _drawn(overheard(message, await self._talk.people.name_of(address), hint))

    def write(self, drawn: str) -> None:
        sys.stdout.write(drawn)
        sys.stdout.flush()

    async def run(self) -> None:
        """Until ``:quit``, Ctrl-C or Ctrl-D."""
        session: PromptSession[str] = PromptSession(
            history=InMemoryHistory(),
            completer=_Words(self._talk, self._commands),
            complete_while_typing=True,
            bottom_toolbar=self._toolbar,
            reserve_space_for_menu=6,
            style=_STYLE,
        )
        await self._greet()
        try:
            while True:
                self._name = await self._talk.people.name(self._me)
                await self._line(await session.prompt_async(self._prompt))
        except (EOFError, KeyboardInterrupt, Left):
            self._print(aside([self._talk.worded(text("goodbye"))]))

    async def _greet(self) -> None:
        player = await self._talk.people.player(self._me)
        name = player.name if player else _FIRST
        self._print(welcome(self._talk.worded, name))
        if player is None:
            await self._talk.open(self._me)

    async def _line(self, words: str) -> None:
        words = words.strip()
        before = self._me
        try:
            if words.startswith(":"):
                answers = await self._talk.command(words[1:])
                if answers:
                    self._print(aside(answers))
            else:
                await self._talk.say(self._me, words)
        except NotUnderstood as error:
            self._print(aside([self._talk.worded(error.text)]))
        if self._me != before and await self._talk.people.player(self._me) is None:
            await self._talk.open(self._me)

    def _prompt(self) -> StyleAndTextTuples:
        return [("class:you", self._name), ("class:mark", " › ")]

    def _toolbar(self) -> StyleAndTextTuples:
        you = self._talk.worded(text("bar-you", name=self._name))
        return [("", f" {you}  ·  {self._talk.clock()}  ·  {self._talk.worded(text('bar-help'))}")]

    def _print(self, shown: RenderableType) -> None:
        self.write(_drawn(shown))


def _drawn(shown: RenderableType) -> str:
    """Drawn in memory, as wide as the screen is now, so that it can be written in one piece."""
    width = min(WIDEST, shutil.get_terminal_size().columns)
    drawn = io.StringIO()
    console = Console(file=drawn, force_terminal=True, width=width, highlight=False, emoji=False)
    console.print(shown)
    return drawn.getvalue()


class _Words(Completer):
    """Completes commands, words to the terminal, and names behind ``:as``."""

    def __init__(self, talk: Talk, commands: Sequence[CommandInfo]) -> None:
        self._talk = talk
        self._commands = commands

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor.lstrip()
        verb, space, rest = typed.partition(" ")
        match verb, bool(space):
            case ":as", True:
                yield from self._fitting(rest, self._talk.people.names())
            case ":time", True:
                yield from self._fitting(rest, dict.fromkeys(_TIMES, ""))
            case _, False if typed.startswith(":"):
                yield from self._fitting(typed, {f":{name}": "" for name in self._talk.verbs})
            case _, False if typed:
                summaries = {one.name: self._talk.worded(one.summary) for one in self._commands}
                yield from self._fitting(typed, summaries)

    @staticmethod
    def _fitting(typed: str, words: dict[str, str]) -> Iterable[Completion]:
        for word, meaning in words.items():
            if word.casefold().startswith(typed.casefold()) and word.casefold() != typed.casefold():
                yield Completion(word, start_position=-len(typed), display_meta=meaning)
