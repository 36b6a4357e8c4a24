"""Officials: who they are, what they work on, how they can be reached."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Table
from bot.store.tables.kept import BOT_ONLY, kept

FINDABLE = "who is findable oneself"
SELF = "the official only"


class Official(Table):
    """One person. An erased official is a tombstone: a row with nothing of the person in it."""

    __tablename__ = "official"
    __table_args__ = (
        CheckConstraint("state IN ('active', 'erased')", name="state"),
        {"info": kept("until erased, or a year without a sign of life", FINDABLE)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key; stays as a tombstone after erasure")
    state: Mapped[str] = mapped_column(default="active", doc="Active, or erased")
    name: Mapped[str] = mapped_column(default="", doc="To be introduced by name")
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id"), index=True, doc="To find a counterpart at another organisation"
    )
    layer: Mapped[str] = mapped_column(default="", doc="Copy of the organisation's layer, for the look-up")
    language: Mapped[str] = mapped_column(default="nl", doc="In which language the bot speaks")
    spoken: Mapped[list[str]] = mapped_column(
        JSON,
        default=list,
        server_default="[]",
        doc="To pair people who speak one language; empty is the one above",
        info=kept("as the profile", SELF),
    )
    role: Mapped[str] = mapped_column(default="", doc="Role in one line, on the card")
    not_about: Mapped[str] = mapped_column(default="", doc="What one is not about, on the card")
    human_line: Mapped[str] = mapped_column(default="", doc="One optional human line, on the card")
    knows: Mapped[str] = mapped_column(default="", doc="What one knows from practice")
    seeks: Mapped[str] = mapped_column(default="", doc="What one is looking for")
    region: Mapped[str] = mapped_column(default="", doc="Where one works, to meet nearby")
    place: Mapped[str] = mapped_column(default="", doc="Where one can meet")
    working_days: Mapped[list[int]] = mapped_column(JSON, default=list, doc="To propose a time; 0 is Monday")
    working_hours: Mapped[str] = mapped_column(
        default="", server_default="", doc="To propose a time: from when until when one works"
    )
    time_zone: Mapped[str] = mapped_column(
        default="", server_default="", doc="To propose a time: by which clock, where that is another"
    )
    nudges_off: Mapped[list[str]] = mapped_column(
        JSON,
        default=list,
        server_default="[]",
        doc="Which messages one rather does not get",
        info=kept("as the profile", SELF),
    )
    formats: Mapped[list[str]] = mapped_column(JSON, default=list, doc="Ways of meeting one likes")
    pace: Mapped[int] = mapped_column(
        default=2, doc="Most koffies a month", info=kept("as the profile", SELF)
    )
    introduces: Mapped[bool] = mapped_column(default=False, doc="Opted in to be named as a go-between")
    findable: Mapped[bool] = mapped_column(
        default=True, doc="Whether others may find one", info=kept("as the profile", SELF)
    )
    findable_again_at: Mapped[datetime | None] = mapped_column(
        doc="End of the pause", info=kept("as the profile", SELF)
    )
    requests: Mapped[bool] = mapped_column(
        default=True, doc="Whether one may be asked", info=kept("as the profile", SELF)
    )
    requests_again_at: Mapped[datetime | None] = mapped_column(
        doc="End of the pause", info=kept("as the profile", SELF)
    )
    rounds: Mapped[bool] = mapped_column(
        default=True, doc="Whether one joins rounds", info=kept("as the profile", SELF)
    )
    rounds_again_at: Mapped[datetime | None] = mapped_column(
        doc="End of the pause", info=kept("as the profile", SELF)
    )
    away_until: Mapped[datetime | None] = mapped_column(
        doc="Away by one's own status on a platform: no round until then", info=kept("as the profile", SELF)
    )
    away_waived: Mapped[datetime | None] = mapped_column(
        doc="One takes part all the same, while the status says away until then",
        info=kept("as the profile", SELF),
    )
    rounds_missed: Mapped[int] = mapped_column(
        default=0,
        server_default=text("0"),
        doc="Rounds in a row without an answer: after two, one is let off",
        info=kept("as the profile", SELF),
    )
    joined_at: Mapped[datetime] = mapped_column(doc="Since when")
    last_sign_at: Mapped[datetime] = mapped_column(
        doc="To ask and then erase after a year", info=kept("as the profile", SELF)
    )
    confirmed_at: Mapped[datetime] = mapped_column(
        doc="To ask half-yearly whether it still holds", info=kept("as the profile", SELF)
    )
    rules_shown_at: Mapped[datetime | None] = mapped_column(
        doc="The rules of play are shown once", info=kept("as the profile", SELF)
    )
    ties_asked_at: Mapped[datetime | None] = mapped_column(
        doc="To ask once a year whom one still speaks", info=kept("as the profile", SELF)
    )
    consent_version: Mapped[str] = mapped_column(
        default="", doc="Which consent text was agreed to", info=kept("as the profile", SELF)
    )
    consent_at: Mapped[datetime | None] = mapped_column(
        doc="When it was agreed to", info=kept("as the profile", SELF)
    )
    legal_basis: Mapped[str] = mapped_column(
        default="", doc="Legal basis at that time", info=kept("as the profile", SELF)
    )
    invented: Mapped[bool] = mapped_column(
        default=False, doc="Marks a demo person", info=kept("as the profile", BOT_ONLY)
    )


class ContactRoute(Table):
    """How someone is reached once both said yes; no row means chat."""

    __tablename__ = "contact_route"
    __table_args__ = (
        CheckConstraint("kind IN ('email', 'phone')", name="kind"),
        {"info": kept("until changed or erased", "the other of an agreed koffie")},
    )

    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), primary_key=True, doc="Whose")
    kind: Mapped[str] = mapped_column(doc="E-mail or phone")
    sealed: Mapped[bytes] = mapped_column(doc="The address or number, encrypted")


class Involvement(Table):
    """An official's part in a topic; layer and score are copied in so that one index answers the look-up."""

    __tablename__ = "official_topic"
    __table_args__ = (
        UniqueConstraint("official_id", "topic_id"),
        Index(
            "ix_official_topic_ranked",
            "topic_id", "layer", "score", "official_id",
            sqlite_where=text("active = 1"), postgresql_where=text("active"),
        ),
        Index(
            "ix_official_topic_leads",
            "topic_id", "layer", "score", "official_id",
            sqlite_where=text("active = 1 AND part = 'leads'"),
            postgresql_where=text("active AND part = 'leads'"),
        ),
        {"info": kept("until changed or erased", FINDABLE)},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, doc="Key")
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), doc="Who")
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), doc="What one works on")
    part: Mapped[str] = mapped_column(doc="Leads, works on or follows")
    layer: Mapped[str] = mapped_column(doc="Copy of the official's layer")
    active: Mapped[bool] = mapped_column(default=True, doc="Copy: active, findable and open to requests")
    score: Mapped[int] = mapped_column(
        default=0, doc="Fairness rank: unheard voices first", info=kept("as the profile", BOT_ONLY)
    )
    shown: Mapped[int] = mapped_column(
        default=0, doc="Times listed lately, so that lists rotate", info=kept("as the profile", BOT_ONLY)
    )
    since: Mapped[date] = mapped_column(doc="Since when")


class NameToken(Table):
    """Normalised words of a name, so that both databases find a person alike."""

    __tablename__ = "name_token"
    __table_args__ = ({"info": kept("until changed or erased", BOT_ONLY)},)

    token: Mapped[str] = mapped_column(
        String().with_variant(String(collation="C"), "postgresql"),
        primary_key=True,
        doc="A normalised word of the name",
    )
    official_id: Mapped[int] = mapped_column(
        ForeignKey("official.id"), primary_key=True, index=True, doc="Whose"
    )
