"""The texts of all catalogues, read for the pages and the tests that judge them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

ROOT = Path(__file__).parent.parent
LANGUAGES = ("nl", "en")
NUMBERS = (0, 1, 2, 12)
WORDS = "Anna"
_PLURALS = {"zero", "one", "two", "few", "many", "other"}


@dataclass(frozen=True)
class House:
    """One catalogue with the code that it belongs to: the core's, or an adapter's."""

    name: str
    texts: Path
    code: Path

    def entries(self, language: str) -> Iterator[Entry]:
        """Every message of one language, as often as it stands there."""
        for file in sorted((self.texts / language).glob("*.ftl")):
            source = file.read_text("utf-8")
            for part in FluentParser().parse(source).body:
                if isinstance(part, ast.Junk):
                    yield Entry(language, file.stem, "", Asked(), source, junk=part.content or file.name)
                elif isinstance(part, ast.Message):
                    asked = Asked()
                    asked.visit(part)
                    yield Entry(language, file.stem, part.id.name, asked, source)


@dataclass
class Asked(Visitor):
    """What a message asks for: variables, what each is compared with, and other messages."""

    variables: set[str] = field(default_factory=set)
    compared: dict[str, set[str]] = field(default_factory=dict)
    messages: set[str] = field(default_factory=set)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - the library's
        self.messages.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 - the library's
        if isinstance(node.selector, ast.VariableReference):
            keys = {
                variant.key.name if isinstance(variant.key, ast.Identifier) else str(variant.key.value)
                for variant in node.variants
            }
            self.compared.setdefault(node.selector.id.name, set()).update(keys)
        self.generic_visit(node)


@dataclass(frozen=True)
class Entry:
    """One message in one language. ``junk`` is what Fluent could not read."""

    language: str
    noun: str
    key: str
    asked: Asked
    source: str = field(repr=False)
    junk: str = ""

    def samples(self) -> Iterator[Mapping[str, str | int]]:
        """Parameters as its code may give them: numbers where it counts, cases where it compares."""
        names = sorted(self.asked.variables)
        for values in itertools.product(*(self._values(name) for name in names)):
            yield dict(zip(names, values, strict=True))

    def _values(self, name: str) -> tuple[str | int, ...]:
        compared = self.asked.compared.get(name, set())
        if not compared:
            return (WORDS,)
        if all(key in _PLURALS or key.isdigit() for key in compared):
            return (*NUMBERS, *(int(key) for key in compared if key.isdigit()))
        return tuple(sorted(compared))


def houses() -> list[House]:
    """The core's catalogue, and each adapter's."""
    folders = sorted((*ROOT.glob("adapters/*/texts"), *ROOT.glob("tests/platforms/*/texts")))
    return [
        House("bot", ROOT / "bot" / "i18n", ROOT / "bot"),
        *(House(texts.parent.name, texts, texts.parent) for texts in folders),
    ]


def bundle(house: House, language: str) -> FluentBundle:
    """As the program loads it."""
    made = FluentBundle([language], use_isolating=False)
    for file in sorted((house.texts / language).glob("*.ftl")):
        made.add_resource(FluentResource(file.read_text("utf-8")))
    return made


def worded(
    made: FluentBundle, entry: Entry
) -> Iterator[tuple[Mapping[str, str | int], str, list[Exception]]]:
    """The message for each of its samples: the parameters, the words, and what went wrong."""
    message = made.get_message(entry.key)
    for params in entry.samples():
        words, errors = made.format_pattern(message.value, dict(params)) if message.value else ("", [])
        yield params, str(words), errors
