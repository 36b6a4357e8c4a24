"""Files of the register, read strictly: a bad row is an error with its line number, and then nothing is read.

The columns are those of the files in `bot/data`; others are left aside. Several values in a cell are
separated by `|`.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.domain.layer import Layer
from bot.domain.words import normalise

LARGEST_FILE = 20_000_000
"""Bytes."""
LONGEST_NAME = 200
LONGEST_CELL = 4_000
MOST_VALUES = 60
"""In one cell."""
MOST_ERRORS = 100
"""After so many a file is not read further."""

_URI = re.compile(r"https://identifier\.overheid\.nl/[A-Za-z0-9_./-]{1,150}|koepel:[a-z0-9-]{1,40}")
_KOEPEL = "koepel"
_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_KIND = re.compile(r"[a-z][a-z_]{0,39}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ORGANISATION_COLUMNS = (
    "tooi_uri code layer type name short_name province corop veiligheidsregio email_domain status valid_until"
)
_PREFIXES = ("zbo ", "samenwerkingsorganisatie ")


class RegisterKind(StrEnum):
    """What a file holds."""

    ORGANISATIONS = "organisations"
    ALIASES = "aliases"
    THEMES = "themes"
    OPGAVEN = "opgaven"


@dataclass(frozen=True, slots=True, order=True)
class RowError:
    """What is wrong in one line (1 is the header; 0 is the file as a whole)."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}" if self.line else self.reason


class RegisterFileError(Exception):
    """The file cannot be taken in; nothing of it was. `errors` says why, line by line."""

    def __init__(self, errors: list[RowError]) -> None:
        self.errors = tuple(sorted(errors)[:MOST_ERRORS])
        super().__init__("\n".join(str(error) for error in self.errors))


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A line of organisations.csv. `successors` is None where the file has no such column."""

    line: int
    uri: str
    code: str
    layer: Layer
    kind: str
    name: str
    short_name: str
    province: str
    corop: str
    veiligheidsregio: str
    email_domain: str
    status: str
    valid_until: date | None
    successors: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class AliasRow:
    """A line of aliases.csv."""

    line: int
    alias: str
    kind: str
    uri: str
    ended: date | None


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A line of themes.csv."""

    line: int
    uri: str
    code: str
    level: str
    main_theme: str
    label: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A line of opgaven.csv. The English words are None where the file has no such column."""

    line: int
    slug: str
    label_nl: str
    label_en: str | None
    synonyms_nl: tuple[str, ...]
    synonyms_en: tuple[str, ...] | None
    codes: tuple[str, ...]
    layers: tuple[Layer, ...]


Row = TypeVar("Row", OrganisationRow, AliasRow, ThemeRow, TopicRow)


def read_organisations(data: bytes) -> list[OrganisationRow]:
    """The organisations in a file. One that stands there twice, as two kinds, is taken once.

    Raises RegisterFileError.
    """
    return _read(data, _ORGANISATION_COLUMNS.split(), _organisation, lambda row: row.uri, _same_organisation)


def read_aliases(data: bytes) -> list[AliasRow]:
    """The other names in a file. Raises RegisterFileError."""
    needed = ["alias", "kind", "tooi_uri", "ended"]
    return _read(data, needed, _alias, lambda row: (row.alias, row.kind, row.uri))


def read_themes(data: bytes) -> list[ThemeRow]:
    """The themes in a file. Raises RegisterFileError."""
    needed = ["top_uri", "code", "level", "main_theme", "label_nl", "synonyms_nl"]
    return _read(data, needed, _theme, lambda row: row.code)


def read_topics(data: bytes) -> list[TopicRow]:
    """The topics in a file. Raises RegisterFileError."""
    needed = ["slug", "label_nl", "synonyms_nl", "top_codes", "typical_layers"]
    return _read(data, needed, _topic, lambda row: row.slug)


class _Line:
    """One line's cells, taken with checks."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number = number
        self._cells = cells

    def has(self, column: str) -> bool:
        return column in self._cells

    def text(self, column: str, *, needed: bool = True, longest: int = LONGEST_NAME) -> str:
        cell = unicodedata.normalize("NFC", self._cells[column]).strip()
        if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for character in cell):
            raise ValueError(f"{column} holds a character that does not show")
        if len(cell) > longest:
            raise ValueError(f"{column} is longer than {longest} characters")
        if needed and not cell:
            raise ValueError(f"{column} is empty")
        return cell

    def matching(self, column: str, pattern: re.Pattern[str]) -> str:
        cell = self.text(column)
        if not pattern.fullmatch(cell):
            raise ValueError(f"{column} is not as it should be: {_short(cell)}")
        return cell

    def day(self, column: str) -> date | None:
        cell = self.text(column, needed=False)
        if not cell:
            return None
        try:
            return date.fromisoformat(cell)
        except ValueError:
            raise ValueError(f"{column} is no date like 2026-12-31: {_short(cell)}") from None

    def values(self, column: str, pattern: re.Pattern[str] | None = None) -> tuple[str, ...]:
        cell = self.text(column, needed=False, longest=LONGEST_CELL)
        values = tuple(dict.fromkeys(part.strip() for part in cell.split("|") if part.strip()))
        if len(values) > MOST_VALUES:
            raise ValueError(f"{column} holds more than {MOST_VALUES} values")
        for value in values:
            if len(value) > LONGEST_NAME:
                raise ValueError(f"{column} holds a value longer than {LONGEST_NAME} characters")
            if pattern and not pattern.fullmatch(value):
                raise ValueError(f"{column} holds a value that is not as it should be: {_short(value)}")
        return values

    def layer(self, column: str) -> Layer:
        return _layer(column, self.text(column))


def _read(
    data: bytes,
    needed: list[str],
    build: Callable[[_Line], Row],
    key: Callable[[Row], object],
    same: Callable[[Row, Row], bool] = lambda one, other: False,
) -> list[Row]:
    """All rows, or RegisterFileError with all that is wrong."""
    rows: dict[object, Row] = {}
    errors: list[RowError] = []
    for number, cells in _lines(data, needed):
        if len(errors) >= MOST_ERRORS:
            break
        if isinstance(cells, str):
            errors.append(RowError(number, cells))
            continue
        try:
            row = build(_Line(number, cells))
        except ValueError as error:
            errors.append(RowError(number, str(error)))
            continue
        first = rows.setdefault(key(row), row)
        if first is not row and not same(first, row):
            errors.append(RowError(number, f"the same key as line {first.line}"))
    if not rows and not errors:
        errors.append(RowError(0, "the file holds no rows"))
    if errors:
        raise RegisterFileError(errors)
    return list(rows.values())


def _lines(data: bytes, needed: list[str]) -> Iterator[tuple[int, dict[str, str] | str]]:
    """The lines under the header: their number, and their cells or what is wrong."""
    if len(data) > LARGEST_FILE:
        raise RegisterFileError([RowError(0, f"the file is larger than {LARGEST_FILE} bytes")])
    if b"\x00" in data:
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        raise RegisterFileError([RowError(line, "a NUL byte: this is no text file")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RegisterFileError([RowError(line, "this is no UTF-8; save the file as CSV UTF-8")]) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        _check_header(header, needed)
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                yield reader.line_num, f"{len(cells)} cells under {len(header)} columns"
            else:
                yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error:
        reason = "the line cannot be read: look at its quotes and its length"
        raise RegisterFileError([RowError(reader.line_num, reason)]) from None


def _check_header(header: list[str], needed: list[str]) -> None:
    missing = [column for column in needed if column not in header]
    doubled = sorted({column for column in header if header.count(column) > 1})
    if missing:
        raise RegisterFileError([RowError(1, f"columns are missing: {', '.join(missing)}")])
    if doubled:
        raise RegisterFileError([RowError(1, f"columns stand there twice: {_short(', '.join(doubled))}")])


def _organisation(line: _Line) -> OrganisationRow:
    kind = line.matching("type", _KIND)
    short_name = line.text("short_name", needed=False)
    name = line.text("name")
    if kind == _KOEPEL and not line.text("tooi_uri", needed=False):
        # The register gives umbrella organisations no URI.
        uri = f"{_KOEPEL}:{normalise(short_name or name).replace(' ', '-')}"
    else:
        uri = line.matching("tooi_uri", _URI)
    status = line.text("status")
    if status not in {"current", "ended"}:
        raise ValueError(f"status is neither current nor ended: {_short(status)}")
    successors = line.values("successor", _URI) if line.has("successor") else None
    if successors and status == "current":
        raise ValueError("a current organisation has no successor")
    if successors and uri in successors:
        raise ValueError("an organisation cannot succeed itself")
    return OrganisationRow(
        line=line.number,
        uri=uri,
        code=line.text("code", needed=False),
        layer=line.layer("layer"),
        kind=kind,
        name=name,
        short_name=short_name,
        province=line.text("province", needed=False),
        corop=line.text("corop", needed=False),
        veiligheidsregio=line.text("veiligheidsregio", needed=False),
        email_domain=line.text("email_domain", needed=False),
        status=status,
        valid_until=line.day("valid_until"),
        successors=successors,
    )


def _same_organisation(one: OrganisationRow, other: OrganisationRow) -> bool:
    """Whether the register lists one body under two kinds (an inspectie that is a zbo as well)."""
    return one.kind != other.kind and _bare(one.name) == _bare(other.name)


def _bare(name: str) -> str:
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return normalise(name)


def _alias(line: _Line) -> AliasRow:
    alias = line.text("alias")
    if not normalise(alias):
        raise ValueError("alias holds no letter or digit")
    return AliasRow(
        line=line.number,
        alias=alias,
        kind=line.matching("kind", _KIND),
        uri=line.matching("tooi_uri", _URI),
        ended=line.day("ended"),
    )


def _theme(line: _Line) -> ThemeRow:
    level, label, main_theme = line.text("level"), line.text("label_nl"), line.text("main_theme")
    if level not in {"main", "sub"}:
        raise ValueError(f"level is neither main nor sub: {_short(level)}")
    if level == "main" and main_theme != label:
        raise ValueError("a main theme stands under itself: main_theme and label_nl differ")
    return ThemeRow(
        line=line.number,
        uri=line.matching("top_uri", _URI),
        code=line.matching("code", _CODE),
        level=level,
        main_theme=main_theme,
        label=label,
        synonyms=line.values("synonyms_nl"),
    )


def _topic(line: _Line) -> TopicRow:
    return TopicRow(
        line=line.number,
        slug=line.matching("slug", _SLUG),
        label_nl=line.text("label_nl"),
        label_en=line.text("label_en", needed=False) if line.has("label_en") else None,
        synonyms_nl=line.values("synonyms_nl"),
        synonyms_en=line.values("synonyms_en") if line.has("synonyms_en") else None,
        codes=line.values("top_codes", _CODE),
        layers=tuple(_layer("typical_layers", value) for value in line.values("typical_layers")),
    )


def _layer(column: str, value: str) -> Layer:
    try:
        return Layer(value)
    except ValueError:
        raise ValueError(f"{column} holds no layer: {_short(value)}") from None


def _short(value: str) -> str:
    longest = 40
    return value if len(value) <= longest else value[:longest] + "…"
