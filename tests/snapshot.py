"""The shipped register snapshot as domain values, read with nothing but the csv module."""

import csv
from functools import cache
from pathlib import Path

from bot.domain.ids import OrganisationId, TopicId
from bot.domain.layer import Layer
from bot.domain.lookup_organisation import OrganisationIndex
from bot.domain.lookup_topic import TopicIndex
from bot.domain.register import Alias, Organisation, Theme
from bot.domain.topic import Topic

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "bot" / "data" / "2026-05"


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cell(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


@cache
def organisation_rows() -> tuple[Organisation, ...]:
    """All organisations, numbered from 1."""
    return tuple(
        Organisation(
            id=OrganisationId(number),
            uri=row["tooi_uri"] or f"koepel:{row['short_name']}",
            layer=Layer(row["layer"]),
            kind=row["type"],
            name=row["name"],
            short_name=row["short_name"],
            province=row["province"],
            corop=row["corop"],
            veiligheidsregio=row["veiligheidsregio"],
            email_domain=row["email_domain"],
            ended=row["status"] == "ended",
            successors=_cell(row["successor"]),
        )
        for number, row in enumerate(read(FOLDER / "organisations.csv"), 1)
    )


@cache
def organisations() -> OrganisationIndex:
    """The index of all organisations."""
    ids = {organisation.uri: organisation.id for organisation in organisation_rows()}
    aliases = [Alias(row["alias"], ids[row["tooi_uri"]], row["kind"]) for row in read(FOLDER / "aliases.csv")]
    return OrganisationIndex(organisation_rows(), aliases)


@cache
def topics() -> TopicIndex:
    """The index of all topics."""
    rows = [
        Topic(
            id=TopicId(number),
            slug=row["slug"],
            label_nl=row["label_nl"],
            label_en=row["label_en"],
            synonyms_nl=_cell(row["synonyms_nl"]),
            synonyms_en=_cell(row["synonyms_en"]),
            themes=_cell(row["top_codes"]),
            layers=tuple(Layer(layer) for layer in _cell(row["typical_layers"])),
        )
        for number, row in enumerate(read(FOLDER / "opgaven.csv"), 1)
    ]
    themes = [
        Theme(
            code=row["code"],
            label=row["label_nl"],
            main=row["level"] == "main",
            main_theme=row["main_theme"],
            synonyms=_cell(row["synonyms_nl"]),
        )
        for row in read(FOLDER / "themes.csv")
    ]
    return TopicIndex(rows, themes)
