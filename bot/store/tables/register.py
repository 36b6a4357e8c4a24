"""The register of government: organisations, their other names, themes and topics."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import PUBLIC, kept


class Organisation(Table):
    __tablename__ = "organisation"
    __table_args__ = ({"info": PUBLIC},)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    tooi_uri: Mapped[str] = mapped_column(unique=True, doc="The register's own id")
    code: Mapped[str] = mapped_column(doc="Short code of the register")
    layer: Mapped[str] = mapped_column(doc="Layer of government")
    type: Mapped[str] = mapped_column(doc="Kind of organisation within its layer")
    name: Mapped[str] = mapped_column(doc="Name")
    short_name: Mapped[str] = mapped_column(default="", doc="Usual short name")
    province: Mapped[str] = mapped_column(default="", doc="To find by region")
    corop: Mapped[str] = mapped_column(default="", doc="To find by region")
    veiligheidsregio: Mapped[str] = mapped_column(default="", doc="To find by region")
    email_domain: Mapped[str] = mapped_column(default="", doc="A hint for a proposal at registering")
    status: Mapped[str] = mapped_column(default="current", doc="Whether it still exists")
    valid_until: Mapped[date | None] = mapped_column(doc="When it ended")
    successors: Mapped[list[str]] = mapped_column(JSON, default=list, doc="TOOI ids of who took over")


class OrganisationAlias(Table):
    __tablename__ = "organisation_alias"
    __table_args__ = (UniqueConstraint("organisation_id", "alias", "kind"), {"info": PUBLIC})

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), doc="Whose other name")
    alias: Mapped[str] = mapped_column(doc="The other name")
    kind: Mapped[str] = mapped_column(doc="Former name or short name")
    ended: Mapped[date | None] = mapped_column(doc="When the former name ended")


class Theme(Table):
    __tablename__ = "theme"
    __table_args__ = ({"info": PUBLIC},)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    code: Mapped[str] = mapped_column(unique=True, doc="Code in the TOP-lijst")
    uri: Mapped[str] = mapped_column(doc="The list's own id")
    level: Mapped[str] = mapped_column(doc="Main or sub theme")
    main_theme: Mapped[str] = mapped_column(doc="The main theme above it")
    label: Mapped[str] = mapped_column(doc="Name")
    synonyms: Mapped[list[str]] = mapped_column(JSON, default=list, doc="Other words for it")


class Topic(Table):
    __tablename__ = "topic"
    __table_args__ = ({"info": kept("as long as the topic", "everyone who is registered")},)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    slug: Mapped[str] = mapped_column(unique=True, doc="Stable short name")
    label_nl: Mapped[str] = mapped_column(doc="Dutch name")
    label_en: Mapped[str] = mapped_column(default="", doc="English name")
    synonyms: Mapped[list[str]] = mapped_column(JSON, default=list, doc="Dutch words for it")
    synonyms_en: Mapped[list[str]] = mapped_column(JSON, default=list, doc="English words for it")
    typical_layers: Mapped[list[str]] = mapped_column(
        JSON, default=list, doc="Layers that usually work on it"
    )
    phase: Mapped[str] = mapped_column(default="verkennen", doc="How far the work is; chooses the starters")
    sensitive: Mapped[bool] = mapped_column(default=False, doc="No names before two yeses")
    koepels: Mapped[bool] = mapped_column(default=False, doc="Whether umbrella organisations take part")
    status: Mapped[str] = mapped_column(default="active", doc="Active, closed, or merged into another")
    last_active_at: Mapped[date | None] = mapped_column(doc="To propose closing an idle topic")
    local: Mapped[bool] = mapped_column(
        default=False,
        server_default=text("false"),
        doc="Proposed here: a refreshed register leaves it alone",
    )
    added: Mapped[list[str]] = mapped_column(
        JSON,
        default=list,
        server_default="[]",
        doc="Words that were added here, beside the register's",
    )
    proposed_by: Mapped[int | None] = mapped_column(
        ForeignKey("official.id"),
        index=True,
        doc="Who proposed it, and may change it as long as it has no channel",
        info=kept("until erased", "the official only"),
    )
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("topic.id"),
        doc="What it became part of: old questions and buttons mean that one",
    )


class TopicTheme(Table):
    __tablename__ = "topic_theme"
    __table_args__ = ({"info": PUBLIC},)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True, doc="Which topic")
    theme_id: Mapped[int] = mapped_column(
        ForeignKey("theme.id"), primary_key=True, index=True, doc="Under which theme"
    )
