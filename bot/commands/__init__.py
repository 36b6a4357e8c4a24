"""Commands: one file, one constant ``COMMAND``. This package says what a command is, and finds them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from bot.chat.address import Account, Address
from bot.chat.form import Field, FieldError, Suggestion
from bot.chat.inbound import Profile
from bot.chat.message import Message, say
from bot.chat.port import CommandInfo
from bot.domain.errors import KoffieError
from bot.domain.official import Official
from bot.domain.words import normalise
from bot.i18n.text import Text, text
from bot.store.work import Work

Answers = Mapping[str, JsonValue]


class Unheard(KoffieError):
    """A command for officials was run without one."""


@dataclass(frozen=True)
class Ask:
    """What a command gets: who asks, where, with which words, inside which unit of work.

    ``words`` are the arguments, cleaned; ``official`` is empty for who did not register. ``makers`` are the
    platforms that make conversations for topics. ``drafting``: a form may be under way.
    """

    work: Work
    account: Account
    where: Address
    language: str
    words: str = ""
    official: Official | None = None
    profile: Profile | None = None
    registry: Registry | None = None
    makers: frozenset[str] = frozenset()
    drafting: bool = True

    @property
    def me(self) -> Official:
        """The official who asks. Commands that say ``anyone=False`` always have one."""
        if self.official is None:
            raise Unheard(text("error-not-registered"))
        return self.official


@dataclass(frozen=True)
class OpenForm:
    """Start a form, with answers that are known. ``then`` is run as a command once it is handed in.

    ``said`` is what was typed already as the answer to its first question.
    """

    form: str
    answers: Answers = field(default_factory=dict)
    then: str = ""
    said: str = ""


@dataclass(frozen=True)
class Reply:
    """What a command answers the one who asked; a value, nothing is sent by returning it.

    ``keeps`` leaves the pressed question open; ``then`` runs further words as a command.
    """

    messages: tuple[Message, ...] = ()
    opens: OpenForm | None = None
    keeps: bool = False
    then: str = ""


def reply(*messages: Message) -> Reply:
    return Reply(messages=messages)


def join_first(then: str, known: Answers | None = None) -> Reply:
    """Register, and then run the words ``then``. ``asked`` tells the form that an answer follows it.

    ``known`` are answers that need no asking.
    """
    if not then:
        return Reply(opens=OpenForm("aanmelden"))
    lead = text("join-first-known" if known else "join-first")
    answers = {**(known or {}), "asked": True}
    return Reply(messages=(say(lead),), opens=OpenForm("aanmelden", answers, then))


@dataclass(frozen=True)
class Took:
    """An answer was understood as ``value`` (ids and plain JSON); ``more`` are fields it settles too."""

    value: JsonValue
    more: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class Leave:
    """The form ends here: its draft is thrown away and this is said."""

    reply: Reply


@dataclass(frozen=True)
class Answer:
    """What was answered: ``typed`` words, or the ``chosen`` values of suggestions or options."""

    typed: str = ""
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form: the fields to ask (given the answers so far), how each answer is read, what follows.

    ``fields`` leaves out what needs no asking. ``read`` never raises for bad input: it returns a
    :class:`FieldError`, with choices where those help.
    """

    name: str
    title: Text
    submit: Text
    fields: Callable[[Ask, Answers], Awaitable[Sequence[Field]]]
    read: Callable[[Ask, str, Answer, Answers], Awaitable[Took | FieldError | Leave]]
    done: Callable[[Ask, Answers], Awaitable[Reply]]
    suggest: Callable[[Ask, str, str], Awaitable[Sequence[Suggestion]]] | None = None


Run = Callable[[Ask], Awaitable[Reply]]
Press = Callable[[Ask, Mapping[str, JsonValue]], Awaitable[Reply]]


def _none(words: str) -> bool:
    return not words


async def _never(ask: Ask, words: str) -> bool:
    return False


def free_words(words: str) -> bool:
    """For commands that take any words."""
    return True


@dataclass(frozen=True)
class Command:
    """One command.

    ``takes`` tells whether words behind the name are this command's own; by default it takes none, so that
    'pauze is fijn' in a sentence is no command. ``anyone`` may be asked by who is not registered;
    ``amid_form`` ones are heard while a form is open, as are those whose name is written with a hyphen.
    ``top_level`` commands have a slash of their own where a platform has few; the words after one that
    ``hosts`` may be another command ('koffie pauze'). ``understands`` tells whether words without any
    command's name are meant for this one. ``shown`` says whether the help lists it for this person now. One
    command makes the ``home`` screen, where a platform has one.
    """

    name: str
    aliases: tuple[str, ...]
    summary: Text
    run: Run
    takes: Callable[[str], bool] = _none
    anyone: bool = False
    top_level: bool = False
    hosts: bool = False
    amid_form: bool = False
    actions: Mapping[str, Press] = field(default_factory=dict)
    forms: tuple[Form, ...] = ()
    understands: Callable[[Ask, str], Awaitable[bool]] = _never
    shown: Callable[[Ask], bool] = lambda ask: ask.official is not None
    home: Callable[[Ask], Awaitable[Message]] | None = None

    @property
    def info(self) -> CommandInfo:
        return CommandInfo(self.name, self.aliases, self.summary, self.top_level)


class Registry:
    """All commands by all their names; two with one name refuse to start."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self.commands = tuple(sorted(commands, key=lambda command: command.name))
        self._names: dict[tuple[str, ...], Command] = {}
        self.actions: dict[str, tuple[Command, Press]] = {}
        self.forms: dict[str, Form] = {}
        self.home: Callable[[Ask], Awaitable[Message]] | None = None
        for command in self.commands:
            for name in (command.name, *command.aliases):
                if self._names.setdefault(_words(name), command) is not command:
                    raise ValueError(f"two commands bear the name {name!r}")
            for verb, press in command.actions.items():
                self.actions[f"{command.name}/{verb}"] = (command, press)
            if command.home is not None:
                if self.home is not None:
                    raise ValueError(f"two commands make the home screen, {command.name!r} is one")
                self.home = command.home
            for form in command.forms:
                if form.name in self.forms:
                    raise ValueError(f"two forms bear the name {form.name!r}")
                self.forms[form.name] = form
        self._longest = max((len(words) for words in self._names), default=0)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name and alias: reserved words, which no topic may bear."""
        return tuple(" ".join(words) for words in self._names)

    def named(self, name: str) -> Command | None:
        return self._names.get(_words(name))

    def match(self, words: str) -> tuple[Command, str] | None:
        """The command that these words are, with its arguments.

        The longest name that fits wins, and only when the rest is the command's own: after ``koffie`` the
        word of another command is that command ('koffie pauze tot 1 maart'), while 'koffie over stikstof'
        is a koffie.
        """
        parts = words.split()
        for length in range(min(self._longest, len(parts)), 0, -1):
            command = self._names.get(_words(" ".join(parts[:length])))
            if command is None:
                continue
            rest = " ".join(parts[length:])
            if command.hosts and rest:
                inner = self.match(rest)
                if inner is not None and not inner[0].top_level:
                    return inner
            if command.takes(rest):
                return command, rest
        return None


def _words(name: str) -> tuple[str, ...]:
    return tuple(normalise(name.replace("-", " ")).split())


def walk() -> Registry:
    """All commands of this folder."""
    found: list[Command] = []
    for module in pkgutil.iter_modules(__path__):
        command = importlib.import_module(f"{__name__}.{module.name}").COMMAND
        if not isinstance(command, Command):
            raise TypeError(f"{module.name}: COMMAND is no Command")
        found.append(command)
    return Registry(found)
