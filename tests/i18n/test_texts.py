"""Every text is there in both languages, is used, can be worded with what its code gives, and sounds like us.

Keys stand whole, in quotes, in the code: in ``text("key", …)``, or in a table at the top of a module for
``text(TABLE[what], …)``. A table that holds keys holds nothing but keys. A parameter that bears the name of a
language is for the text of that language alone.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from docs.catalogues import LANGUAGES, Entry, House, bundle, houses, worded

LONGEST = 600
"""Characters that one text may have: more is no chat message."""
MAKERS = {"text", "Text"}
HOMES = {"bot.i18n.text", "bot.chat"}
FORBIDDEN = {
    # What the rijk calls the others, and what a politician has; the language of policy papers; what is
    # formal, gloomy or alarming.
    "nl": r"""mede-?overhe(?:id|den) | portefeuille\w* | aansluit\w* | sluit(?:en)?\ aan
        | stakeholders? | synergie\w* | middels | conform | indien | teneinde | omtrent | betreffende | inzake
        | dien(?:t|en)\ te | derhalve | dientengevolge | ten\ behoeve\ van | met\ betrekking\ tot | borgen
        | u | uw | helaas | dringend | onmiddellijk | verplicht | laatste\ kans | waarschuwing""",
    "en": r"""stakeholders? | synerg\w+ | leverag\w+ | utili[sz]\w+ | herewith | pursuant | portfolio
        | unfortunately | urgent\w* | immediately | last\ chance | warning""",
}


@dataclass(frozen=True)
class Call:
    """``text(…)`` in the code.

    ``table``: the key, or one of those that it may be, comes out of a table. ``open``: further parameters
    come in by ``**``.
    """

    where: str
    keys: tuple[str, ...]
    params: frozenset[str]
    table: bool
    open: bool


def files(house: House) -> list[Path]:
    return sorted(house.code.rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def calls(path: Path) -> tuple[Call, ...]:
    return tuple(_calls(path))


def _calls(path: Path) -> Iterator[Call]:
    tree = tree_of(path)
    makers = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in HOMES
        for alias in node.names
        if alias.name in MAKERS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
            named = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
            key = node.args[0] if node.args else named.pop("key")
            found = list(alternatives(key))
            yield Call(
                where=f"{path}:{node.lineno}: {ast.unparse(key)}",
                keys=tuple(str(one.value) for one in found if isinstance(one, ast.Constant)),
                params=frozenset(named),
                table=not all(isinstance(one, ast.Constant) for one in found),
                open=any(keyword.arg is None for keyword in node.keywords),
            )


def alternatives(key: ast.expr) -> Iterator[ast.expr]:
    match key:
        case ast.IfExp(body=one, orelse=other):
            yield from alternatives(one)
            yield from alternatives(other)
        case _:
            yield key


@cache
def strings(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def tables(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The strings in each table at the top of a module: the values of a dict, the items of a tuple."""
    for node in tree_of(path).body:
        one_name = isinstance(node, ast.AnnAssign) or (
            isinstance(node, ast.Assign) and all(isinstance(target, ast.Name) for target in node.targets)
        )
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) and one_name else None
        if value is not None and (found := list(leaves(value))):
            yield f"{path}:{node.lineno}", found


def leaves(value: ast.expr) -> Iterator[str]:
    match value:
        case ast.Constant(value=str() as words):
            yield words
        case ast.Dict(values=values) | ast.Tuple(elts=values) | ast.List(elts=values) | ast.Set(elts=values):
            for one in values:
                yield from leaves(one)


@cache
def entries(house: House, language: str) -> dict[str, Entry]:
    return {entry.key: entry for entry in house.entries(language)}


each_house = pytest.mark.parametrize("house", houses(), ids=lambda house: house.name)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def test_the_catalogues_are_found() -> None:
    assert {"bot", "terminal"} <= {house.name for house in houses()}
    assert len(entries(houses()[0], "nl")) > 100


@each_house
@each_language
def test_each_message_can_be_read_and_stands_there_once(house: House, language: str) -> None:
    found = list(house.entries(language))
    assert [entry.junk for entry in found if entry.junk] == []
    assert [key for key, count in Counter(entry.key for entry in found).items() if count > 1] == []


@each_house
def test_both_languages_have_the_same_texts_in_the_same_files(house: House) -> None:
    dutch, english = ({(entry.noun, entry.key) for entry in house.entries(one)} for one in LANGUAGES)
    assert sorted(dutch ^ english) == []


@each_house
def test_both_languages_ask_for_the_same(house: House) -> None:
    dutch, english = (entries(house, language) for language in LANGUAGES)
    differing = {
        key: (dutch[key].asked.variables ^ english[key].asked.variables) - set(LANGUAGES)
        for key in dutch.keys() & english.keys()
    }
    assert {key: names for key, names in differing.items() if names} == {}


@each_house
@each_language
def test_no_text_is_missing(house: House, language: str) -> None:
    known = entries(house, language)
    missing = [call.where for path in files(house) for call in calls(path) if set(call.keys) - known.keys()]
    missing += [
        f"{where}: {word}"
        for path in files(house)
        for where, table in tables(path)
        if len(known.keys() & set(table)) > len(table) / 2
        for word in table
        if word not in known
    ]
    assert missing == []


@each_house
def test_each_key_stands_whole_in_the_code(house: House) -> None:
    """A key put together from pieces is found by nobody, and neither is its absence."""
    pieced = [
        call.where
        for path in files(house)
        for call in calls(path)
        if call.table and re.search(r"\bf['\"]| \+ |\.format\(|%", call.where.partition(": ")[2])
    ]
    assert pieced == []


@each_house
@each_language
def test_no_text_is_stale(house: House, language: str) -> None:
    used = set().union(*(strings(path) for path in files(house)))
    used |= set().union(*(entry.asked.messages for entry in house.entries(language)))
    assert sorted(entries(house, language).keys() - used) == []


@each_house
@each_language
def test_each_text_gets_what_it_asks_for(house: House, language: str) -> None:
    known = entries(house, language)
    wrong = []
    for path in files(house):
        for call in calls(path):
            asked = [known[key].asked.variables for key in call.keys if key in known]
            lacking = set().union(*asked) - call.params if not call.open else set()
            # A parameter that no text takes is a text that lost something.
            idle = set() if call.table or not asked else call.params - set().union(*asked, LANGUAGES)
            if lacking or idle:
                wrong.append(f"{call.where}: lacks {sorted(lacking)}, does nothing with {sorted(idle)}")
    assert wrong == []


@each_house
@each_language
def test_each_text_out_of_a_table_gets_what_it_asks_for(house: House, language: str) -> None:
    known = entries(house, language)
    in_calls = {key for path in files(house) for call in calls(path) if not call.table for key in call.keys}
    by_file = {path: [call for call in calls(path) if call.table] for path in files(house)}
    everywhere = [call for found in by_file.values() for call in found]
    wrong = []
    for path, found in by_file.items():
        for key in (strings(path) & known.keys()) - in_calls:
            asked = known[key].asked.variables
            given = found or everywhere
            if asked and not any(call.open or asked <= call.params for call in given):
                wrong.append(f"{path}: {key} asks for {sorted(asked)}")
    assert wrong == []


@each_house
@each_language
def test_each_text_can_be_worded(house: House, language: str) -> None:
    made, wrong = bundle(house, language), []
    for key, entry in entries(house, language).items():
        for params, words, errors in worded(made, entry):
            if errors or not words.strip() or words != words.strip() or "{" in words:
                wrong.append(f"{key} with {params}: {errors or words!r}")
    assert wrong == []


@each_house
@each_language
def test_no_text_is_too_long(house: House, language: str) -> None:
    made = bundle(house, language)
    longest = {
        key: max((len(words) for _, words, _ in worded(made, entry)), default=0)
        for key, entry in entries(house, language).items()
    }
    assert {key: length for key, length in longest.items() if length > LONGEST} == {}


@each_house
@each_language
def test_no_text_speaks_another_language_than_ours(house: House, language: str) -> None:
    found = []
    made = bundle(house, language)
    for key, entry in entries(house, language).items():
        for _, words, _ in worded(made, entry):
            found += [f"{key}: {match!r} in {words!r}" for match in forbidden(words, language)]
    assert sorted(set(found)) == []


def forbidden(words: str, language: str) -> list[str]:
    return re.findall(rf"\b(?:{FORBIDDEN[language]})\b", words, re.IGNORECASE | re.VERBOSE)


@pytest.mark.parametrize(
    "words", ["De medeoverheden", "uw dossier", "Wil je aansluiten?", "Sluit aan!", "U dient te"]
)
def test_a_word_that_is_not_ours_is_found(words: str) -> None:
    assert forbidden(words, "nl")


@pytest.mark.parametrize("words", ["Hier staat het", "Collega-overheden", "het huis", "Dat duurt 2 minuten"])
def test_our_own_words_are_left_alone(words: str) -> None:
    assert not forbidden(words, "nl")
