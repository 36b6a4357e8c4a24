"""The register: organisations, their other names, themes and topics."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from bot.domain.ids import OrganisationId, SubQuestionId, TopicId
from bot.domain.layer import Layer
from bot.domain.register import Alias, Organisation, Theme
from bot.domain.topic import Phase, SubQuestion, Topic
from bot.store import state, tables
from bot.store.work import Work

VERSION = "register-version"
DATED = "register-dated"


@dataclass(frozen=True)
class Register:
    """All rows, as the look-ups read them."""

    organisations: tuple[Organisation, ...]
    aliases: tuple[Alias, ...]
    themes: tuple[Theme, ...]
    topics: tuple[Topic, ...]
    merged: Mapping[TopicId, TopicId] = field(default_factory=dict)
    """Topics that became part of another one, which may itself have become part of a third."""


async def version(work: Work) -> str:
    """Changes with every import: what is built from the rows is valid for one version."""
    return await state.meta(work, VERSION) or "0"


async def dated(work: Work) -> str | None:
    """Of which month or day the organisations are; ``None`` before the first import."""
    return await state.meta(work, DATED)


async def set_dated(work: Work, day: str) -> None:
    await state.set_meta(work, DATED, day)


async def counts(work: Work) -> tuple[int, int]:
    """How many organisations and topics there are."""
    organisations = select(func.count()).select_from(tables.Organisation)
    topics = select(func.count()).select_from(tables.Topic)
    row = await work.session.execute(select(organisations.scalar_subquery(), topics.scalar_subquery()))
    return tuple(row.one())


async def load(work: Work) -> Register:
    """All of it; some thousands of rows."""
    organisations = (await work.session.execute(select(tables.Organisation))).scalars()
    aliases = (await work.session.execute(select(tables.OrganisationAlias))).scalars()
    themes = {row.id: row for row in (await work.session.execute(select(tables.Theme))).scalars()}
    under: dict[int, list[str]] = {}
    for link in (await work.session.execute(select(tables.TopicTheme))).scalars():
        under.setdefault(link.topic_id, []).append(themes[link.theme_id].code)
    topics = (
        await work.session.execute(select(tables.Topic).where(tables.Topic.status == "active"))
    ).scalars()
    row = tables.Topic
    merged = await work.session.execute(
        select(row.id, row.merged_into_id).where(row.merged_into_id.is_not(None))
    )
    parts = await _sub_questions(work)
    return Register(
        organisations=tuple(_organisation(row) for row in organisations),
        aliases=tuple(Alias(row.alias, OrganisationId(row.organisation_id), row.kind) for row in aliases),
        themes=tuple(
            Theme(row.code, row.label, row.level == "main", row.main_theme, tuple(row.synonyms))
            for row in themes.values()
        ),
        topics=tuple(_topic(row, tuple(under.get(row.id, ())), parts.get(row.id, ())) for row in topics),
        merged={TopicId(one): TopicId(into) for one, into in merged if into is not None},
    )


async def _sub_questions(work: Work) -> dict[int, tuple[SubQuestion, ...]]:
    """The sub-questions of each topic that has them, in their order."""
    row = tables.SubQuestion
    found: dict[int, tuple[SubQuestion, ...]] = {}
    for one in (await work.session.execute(select(row).order_by(row.place, row.id))).scalars():
        part = SubQuestion(SubQuestionId(one.id), one.label)
        found[one.topic_id] = (*found.get(one.topic_id, ()), part)
    return found


def _organisation(row: tables.Organisation) -> Organisation:
    return Organisation(
        id=OrganisationId(row.id),
        uri=row.tooi_uri,
        layer=Layer(row.layer),
        kind=row.type,
        name=row.name,
        short_name=row.short_name,
        province=row.province,
        corop=row.corop,
        veiligheidsregio=row.veiligheidsregio,
        email_domain=row.email_domain,
        ended=row.status != "current",
        successors=tuple(row.successors),
    )


def _topic(row: tables.Topic, themes: tuple[str, ...], parts: tuple[SubQuestion, ...]) -> Topic:
    return Topic(
        id=TopicId(row.id),
        slug=row.slug,
        label_nl=row.label_nl,
        label_en=row.label_en,
        synonyms_nl=tuple(row.synonyms),
        synonyms_en=tuple(row.synonyms_en),
        added=tuple(row.added),
        local=row.local,
        themes=themes,
        layers=tuple(Layer(layer) for layer in row.typical_layers),
        sensitive=row.sensitive,
        koepels=row.koepels,
        phase=Phase(row.phase),
        sub_questions=parts,
    )
