"""Taking rows of the register in: what is new, what changed, and who moves to a successor."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import delete, func, select, update

from bot.domain.ids import OfficialId, OrganisationId
from bot.domain.layer import Layer
from bot.domain.register_file import AliasRow, OrganisationRow, ThemeRow, TopicRow
from bot.store import register, state, tables
from bot.store.work import Work

Progress = Callable[[int, int], None]
"""Called with how many rows are done, of how many."""

_STEP = 100
_Table = TypeVar("_Table", bound=tables.Table)


@dataclass(frozen=True)
class Counts:
    """What an import did with its rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


class _Taker:
    """Writes rows and counts what it did with them."""

    def __init__(self, work: Work, total: int, progress: Progress | None) -> None:
        self._session = work.session
        self._total = total
        self._progress = progress
        self._counts = {"new": 0, "changed": 0, "unchanged": 0}

    def take(self, known: _Table | None, table: type[_Table], values: Mapping[str, Any]) -> _Table:
        """Add a row, or change what differs."""
        if known is None:
            known = table(**values)
            self._session.add(known)
            self._done("new")
            return known
        differing = {name: value for name, value in values.items() if getattr(known, name) != value}
        for name, value in differing.items():
            setattr(known, name, value)
        self._done("changed" if differing else "unchanged")
        return known

    def leave(self) -> None:
        """Count a row that stays as it is."""
        self._done("unchanged")

    def recount_as_changed(self) -> None:
        """The row that was just taken as unchanged differs in something beside its own columns."""
        self._counts["unchanged"] -= 1
        self._counts["changed"] += 1

    async def counts(self) -> Counts:
        """What was done, once it is all in the transaction."""
        await self._session.flush()
        return Counts(**self._counts)

    def _done(self, what: str) -> None:
        self._counts[what] += 1
        done = sum(self._counts.values())
        if self._progress is not None and (done % _STEP == 0 or done == self._total):
            self._progress(done, self._total)


async def organisations(
    work: Work, rows: Sequence[OrganisationRow], progress: Progress | None = None
) -> Counts:
    """Organisations by their uri. A file without successors leaves them as they are."""
    known = {row.tooi_uri: row for row in (await work.session.execute(select(tables.Organisation))).scalars()}
    taker = _Taker(work, len(rows), progress)
    for row in rows:
        values: dict[str, Any] = {
            "tooi_uri": row.uri,
            "code": row.code,
            "layer": row.layer.value,
            "type": row.kind,
            "name": row.name,
            "short_name": row.short_name,
            "province": row.province,
            "corop": row.corop,
            "veiligheidsregio": row.veiligheidsregio,
            "email_domain": row.email_domain,
            "status": row.status,
            "valid_until": row.valid_until,
        }
        if row.successors is not None:
            values["successors"] = list(row.successors)
        elif row.uri not in known:
            values["successors"] = []
        taker.take(known.get(row.uri), tables.Organisation, values)
    return await taker.counts()


async def aliases(work: Work, rows: Sequence[AliasRow], progress: Progress | None = None) -> Counts:
    """Other names, by name, kind and organisation; each uri must be known."""
    ids = await organisation_ids(work)
    known = {
        (row.alias, row.kind, row.organisation_id): row
        for row in (await work.session.execute(select(tables.OrganisationAlias))).scalars()
    }
    taker = _Taker(work, len(rows), progress)
    for row in rows:
        values = {"alias": row.alias, "kind": row.kind, "organisation_id": ids[row.uri], "ended": row.ended}
        taker.take(known.get((row.alias, row.kind, ids[row.uri])), tables.OrganisationAlias, values)
    return await taker.counts()


async def themes(work: Work, rows: Sequence[ThemeRow], progress: Progress | None = None) -> Counts:
    """Themes by their code."""
    known = {row.code: row for row in (await work.session.execute(select(tables.Theme))).scalars()}
    taker = _Taker(work, len(rows), progress)
    for row in rows:
        values = {
            "code": row.code,
            "uri": row.uri,
            "level": row.level,
            "main_theme": row.main_theme,
            "label": row.label,
            "synonyms": list(row.synonyms),
        }
        taker.take(known.get(row.code), tables.Theme, values)
    return await taker.counts()


async def topics(work: Work, rows: Sequence[TopicRow], progress: Progress | None = None) -> Counts:
    """Topics by their slug, with the themes above them; each code must be known.

    Phase, sensitivity, status and words that were added here stay; so does a topic that was proposed here.
    """
    codes = await theme_ids(work)
    known = {row.slug: row for row in (await work.session.execute(select(tables.Topic))).scalars()}
    links: dict[int, set[int]] = {}
    for link in (await work.session.execute(select(tables.TopicTheme))).scalars():
        links.setdefault(link.topic_id, set()).add(link.theme_id)
    taker = _Taker(work, len(rows), progress)
    for row in rows:
        values: dict[str, Any] = {
            "slug": row.slug,
            "label_nl": row.label_nl,
            "synonyms": list(row.synonyms_nl),
            "typical_layers": [layer.value for layer in row.layers],
        }
        if row.label_en is not None:
            values["label_en"] = row.label_en
        if row.synonyms_en is not None:
            values["synonyms_en"] = list(row.synonyms_en)
        before = known.get(row.slug)
        if before is not None and before.local:
            taker.leave()
            continue
        unchanged = before is not None and all(getattr(before, key) == value for key, value in values.items())
        topic = taker.take(before, tables.Topic, values)
        await work.session.flush()
        wanted = {codes[code] for code in row.codes}
        if wanted != links.get(topic.id, set()):
            await work.session.execute(
                delete(tables.TopicTheme).where(tables.TopicTheme.topic_id == topic.id)
            )
            work.session.add_all(
                tables.TopicTheme(topic_id=topic.id, theme_id=theme) for theme in sorted(wanted)
            )
            if unchanged:
                taker.recount_as_changed()
    return await taker.counts()


async def organisation_ids(work: Work) -> dict[str, int]:
    """Every known organisation's uri with its key."""
    rows = await work.session.execute(select(tables.Organisation.tooi_uri, tables.Organisation.id))
    return {row.tooi_uri: row.id for row in rows}


async def theme_ids(work: Work) -> dict[str, int]:
    """Every known theme's code with its key."""
    rows = await work.session.execute(select(tables.Theme.code, tables.Theme.id))
    return {row.code: row.id for row in rows}


async def main_theme_labels(work: Work) -> set[str]:
    """The labels of the main themes that are known."""
    rows = await work.session.execute(select(tables.Theme.label).where(tables.Theme.level == "main"))
    return set(rows.scalars())


async def renew_version(work: Work) -> None:
    """Tell every holder of an index that it is out of date.

    A version is never used again: an index that was made in a unit of work that was undone is never taken for
    the one of a later change.
    """
    await state.set_meta(work, register.VERSION, work.token())


async def officials_at(work: Work, organisations: Iterable[OrganisationId]) -> dict[OrganisationId, int]:
    """How many active officials work at each of these organisations, where there are any."""
    rows = await work.session.execute(
        select(tables.Official.organisation_id, func.count())
        .where(tables.Official.organisation_id.in_(list(organisations)), tables.Official.state == "active")
        .group_by(tables.Official.organisation_id)
    )
    return {OrganisationId(key): count for key, count in rows if key is not None}


async def official_ids_at(work: Work, organisation: OrganisationId) -> list[OfficialId]:
    """The active officials of an organisation."""
    rows = await work.session.execute(
        select(tables.Official.id)
        .where(tables.Official.organisation_id == organisation, tables.Official.state == "active")
        .order_by(tables.Official.id)
    )
    return [OfficialId(key) for key in rows.scalars()]


async def move_officials(work: Work, old: OrganisationId, new: OrganisationId, layer: Layer) -> None:
    """All active officials of an organisation go to another one, with the layer of that one."""
    moving = select(tables.Official.id).where(
        tables.Official.organisation_id == old, tables.Official.state == "active"
    )
    await work.session.execute(
        update(tables.Involvement)
        .where(tables.Involvement.official_id.in_(moving))
        .values(layer=layer.value)
        .execution_options(synchronize_session=False)
    )
    await work.session.execute(
        update(tables.Official)
        .where(tables.Official.organisation_id == old, tables.Official.state == "active")
        .values(organisation_id=new, layer=layer.value)
        .execution_options(synchronize_session=False)
    )
