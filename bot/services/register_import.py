"""Refreshing the register from a file: all of it or nothing, and twice is as once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.domain.lookup_organisation import OrganisationIndex
from bot.domain.register import Organisation
from bot.domain.register_file import (
    MOST_ERRORS,
    AliasRow,
    OrganisationRow,
    RegisterFileError,
    RegisterKind,
    RowError,
    ThemeRow,
    TopicRow,
    read_aliases,
    read_organisations,
    read_themes,
    read_topics,
)
from bot.domain.words import normalise
from bot.store import due, register, register_import
from bot.store.dialect import take_turns
from bot.store.register_import import Counts, Progress
from bot.store.work import Work

_IMPORTING = 7_261_532_405_115
"""Advisory lock on PostgreSQL."""
SUCCESSOR_DUE = "successor"
"""The kind of due thing that asks an official which successor of an ended organisation is theirs."""

SNAPSHOTS = Path(__file__).parent.parent / "data"
FILES = {
    RegisterKind.THEMES: "themes.csv",
    RegisterKind.ORGANISATIONS: "organisations.csv",
    RegisterKind.ALIASES: "aliases.csv",
    RegisterKind.OPGAVEN: "opgaven.csv",
}


@dataclass(frozen=True)
class Orphaned:
    """An ended organisation that nobody took over, with officials who still are there."""

    organisation: str
    officials: int


@dataclass(frozen=True)
class Report:
    """What an import did. `moved` officials went to a successor, `asked` ones have to choose."""

    kind: RegisterKind
    counts: Counts
    moved: int = 0
    asked: int = 0
    orphaned: tuple[Orphaned, ...] = ()


async def import_register(
    work: Work,
    kind: RegisterKind,
    data: bytes,
    *,
    reserved: Collection[str] = (),
    progress: Progress | None = None,
) -> Report:
    """Take a file in. `reserved` are words that no topic may bear.

    Raises RegisterFileError: then nothing has changed.
    """
    counts = await _take(work, kind, data, reserved, progress)
    if counts.new or counts.changed:
        await register_import.renew_version(work)
    if kind is RegisterKind.ORGANISATIONS:
        await register.set_dated(work, work.today.isoformat())
    report = Report(kind, counts)
    return await _follow_successors(work, report) if kind is RegisterKind.ORGANISATIONS else report


async def import_snapshot(work: Work, reserved: Collection[str] = ()) -> list[Report]:
    """Fill an empty register with the newest snapshot that is shipped; a filled one stays as it is."""
    # Two processes that start at once on an empty database: the second finds it filled.
    await take_turns(work, _IMPORTING)
    if await register_import.organisation_ids(work):
        return []
    newest = newest_snapshot()
    reports = [
        await import_register(work, kind, (newest / name).read_bytes(), reserved=reserved)
        for kind, name in FILES.items()
    ]
    await register.set_dated(work, newest.name)
    return reports


def newest_snapshot() -> Path:
    """The folder of the newest snapshot that is shipped; its name is its month."""
    return max(folder for folder in SNAPSHOTS.iterdir() if folder.is_dir())


async def _take(
    work: Work, kind: RegisterKind, data: bytes, reserved: Collection[str], progress: Progress | None
) -> Counts:
    match kind:
        case RegisterKind.ORGANISATIONS:
            organisations = read_organisations(data)
            await _check_successors(work, organisations)
            return await register_import.organisations(work, organisations, progress)
        case RegisterKind.ALIASES:
            aliases = read_aliases(data)
            await _check_aliases(work, aliases)
            return await register_import.aliases(work, aliases, progress)
        case RegisterKind.THEMES:
            themes = read_themes(data)
            await _check_themes(work, themes)
            return await register_import.themes(work, themes, progress)
        case RegisterKind.OPGAVEN:
            topics = read_topics(data)
            await _check_topics(work, topics, reserved)
            return await register_import.topics(work, topics, progress)


async def _follow_successors(work: Work, report: Report) -> Report:
    """Officials of an ended organisation go on under its successor; with several, each is asked."""
    rows = await register.load(work)
    index = OrganisationIndex(rows.organisations)
    ended = {organisation.id: organisation for organisation in rows.organisations if organisation.ended}
    moved = asked = 0
    orphaned: list[Orphaned] = []
    for key, count in sorted((await register_import.officials_at(work, ended)).items()):
        match index.current(ended[key]):
            case ():
                orphaned.append(Orphaned(ended[key].title, count))
            case (successor,):
                await register_import.move_officials(work, key, successor.id, successor.layer)
                moved += count
            case _:
                asked += await _ask(work, ended[key])
    return replace(report, moved=moved, asked=asked, orphaned=tuple(orphaned))


async def _ask(work: Work, organisation: Organisation) -> int:
    """Note for each official that the question is due, once; how many are newly asked."""
    new = 0
    for official in await register_import.official_ids_at(work, organisation.id):
        key = f"{SUCCESSOR_DUE}:{organisation.id}:{official}"
        new += await due.schedule(work, key, SUCCESSOR_DUE, work.now, official)
    return new


async def _check_successors(work: Work, rows: Sequence[OrganisationRow]) -> None:
    known = set(await register_import.organisation_ids(work)) | {row.uri for row in rows}
    _refuse(
        RowError(row.line, f"successor is no known organisation: {uri}")
        for row in rows
        for uri in row.successors or ()
        if uri not in known
    )


async def _check_aliases(work: Work, rows: Sequence[AliasRow]) -> None:
    known = await register_import.organisation_ids(work)
    _refuse(
        RowError(row.line, f"tooi_uri is no known organisation: {row.uri}")
        for row in rows
        if row.uri not in known
    )


async def _check_themes(work: Work, rows: Sequence[ThemeRow]) -> None:
    mains = {row.label for row in rows if row.level == "main"} | await register_import.main_theme_labels(work)
    _refuse(
        RowError(row.line, f"main_theme is no known main theme: {row.main_theme}")
        for row in rows
        if row.main_theme not in mains
    )


async def _check_topics(work: Work, rows: Sequence[TopicRow], reserved: Collection[str]) -> None:
    codes = await register_import.theme_ids(work)
    taken = {normalise(word) for word in reserved}
    errors = [
        RowError(row.line, f"top_codes holds a code that is no known theme: {code}")
        for row in rows
        for code in row.codes
        if code not in codes
    ]
    for row in rows:
        names = (row.slug, row.label_nl, row.label_en or "", *row.synonyms_nl, *(row.synonyms_en or ()))
        clashes = [name for name in names if name and normalise(name) in taken]
        errors += [RowError(row.line, f"a command has this name: {name}") for name in clashes]
    _refuse(errors)


def _refuse(errors: Iterable[RowError]) -> None:
    found = list(errors)
    if found:
        raise RegisterFileError(found[:MOST_ERRORS])
