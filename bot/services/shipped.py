"""The register as it is shipped, without any database: for who tries a look-up before the first run."""

from bot.domain.ids import OrganisationId, TopicId
from bot.domain.lookup_organisation import OrganisationIndex
from bot.domain.lookup_topic import TopicIndex
from bot.domain.register import Alias, Organisation, Theme
from bot.domain.register_file import (
    OrganisationRow,
    RegisterKind,
    read_aliases,
    read_organisations,
    read_themes,
    read_topics,
)
from bot.domain.topic import Topic
from bot.services.register import Indexes
from bot.services.register_import import FILES, newest_snapshot


def shipped_indexes() -> Indexes:
    """The indexes of the newest snapshot; ids count its rows."""
    return Indexes(_organisations(), _topics())


def _read(kind: RegisterKind) -> bytes:
    return (newest_snapshot() / FILES[kind]).read_bytes()


def _organisations() -> OrganisationIndex:
    rows = [
        _organisation(number, row)
        for number, row in enumerate(read_organisations(_read(RegisterKind.ORGANISATIONS)), 1)
    ]
    ids = {row.uri: row.id for row in rows}
    aliases = [Alias(row.alias, ids[row.uri], row.kind) for row in read_aliases(_read(RegisterKind.ALIASES))]
    return OrganisationIndex(rows, aliases)


def _organisation(number: int, row: OrganisationRow) -> Organisation:
    return Organisation(
        id=OrganisationId(number),
        uri=row.uri,
        layer=row.layer,
        kind=row.kind,
        name=row.name,
        short_name=row.short_name,
        province=row.province,
        corop=row.corop,
        veiligheidsregio=row.veiligheidsregio,
        email_domain=row.email_domain,
        ended=row.status == "ended",
        successors=row.successors or (),
    )


def _topics() -> TopicIndex:
    themes = [
        Theme(row.code, row.label, row.level == "main", row.main_theme, row.synonyms)
        for row in read_themes(_read(RegisterKind.THEMES))
    ]
    topics = [
        Topic(
            id=TopicId(number),
            slug=row.slug,
            label_nl=row.label_nl,
            label_en=row.label_en or "",
            synonyms_nl=row.synonyms_nl,
            synonyms_en=row.synonyms_en or (),
            themes=row.codes,
            layers=row.layers,
        )
        for number, row in enumerate(read_topics(_read(RegisterKind.OPGAVEN)), 1)
    ]
    return TopicIndex(topics, themes)
