"""Erasing: nothing of the person is left anywhere but a tombstone, and others' history stays whole."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.chat.address import Conversation
from bot.compose.clocks import DemoClock
from bot.domain.ids import KoffieId, OfficialId
from bot.domain.koffie import Answer
from bot.domain.search import Search
from bot.services import appeal, erasure, koffie, koffie_ask
from bot.services.register import indexes
from bot.store import (
    accounts,
    admins,
    audit,
    channel,
    channel_change,
    claims,
    invitation,
    moving,
    network,
    officials,
    openings,
    outbox,
    report,
    small_win,
    tables,
    ties,
    topic,
    watch,
)
from bot.store import erasure as store
from bot.store import koffie as koffies
from bot.store import round as rounds
from bot.store.work import Work, Workshop
from tests.support.bench import TEAM, person
from tests.support.country import Country, me
from tests.support.databases import on_both as on_both
from tests.support.desk import Desk, sealed_columns

CANARY = "kanarie"
SEALED = {
    "adapter_state.sealed": "a platform's own, not of a person",
    "contact_route.sealed": "gone",
    "draft.sealed": "gone",
    "feedback.sealed": "without who gave it",
    "inbox.sealed": "emptied once handled",
    "overview.sealed": "counts, of nobody",
    "report.sealed": "gone",
    "small_win.sealed": "gone",
    "topic_merge.sealed": "keys of rows; at an undo who was erased is left out",
}
"""Every encrypted column, with what becomes of what a person wrote in it."""


async def full_life(desk: Desk) -> tuple[OfficialId, OfficialId]:
    """Bram, of whom there is something in every table that can hold it; and Anna, who met him."""
    anna = await desk.joins("anna")
    desk.names["bram"] = f"Bram {CANARY}"
    bram = await desk.joins("bram", "waterschap Rivierenland", "stikstof, natuurherstel")
    await desk.says(
        "bram", f"profiel rol {CANARY} rol", f"profiel over mij {CANARY}", f"profiel ik weet {CANARY}",
        f"profiel ik zoek {CANARY}", f"profiel plek {CANARY}", f"profiel niet over {CANARY}",
        f"profiel mail {CANARY}@ede.nl", "profiel regio gelderland", "wie-ken-ik stikstof",
        "pauze rondes tot 1 maart",
    )  # fmt: skip
    async with desk.bench.workshop.write() as work:
        carla = await desk.country.official(work, "Carla Smit", "Zwolle", "stikstof")
        dirk = await desk.country.official(work, "Dirk Mol", "Utrecht", "stikstof")
        await network.add_tie(work, bram, carla, "koffie", None)
        (side,) = await ties.of(work, bram)
        await ties.spoke(work, bram, [side.id])
        await invitation.make(work, bram, None, [carla])
        await moving.make(work, bram)
        await invitation.make(work, carla, desk.country.topics["wonen"], [bram, dirk])
        made, _ = await channel.make(work, desk.country.topics["wonen"])
        await channel.join(work, made.id, bram)
        await channel.bind(work, made.id, Conversation(platform="board", tenant=TEAM, id="wonen"))
        await admins.add_admin(work, bram)
        await admins.add_steward(work, made.id, bram)
        await channel_change.add(work, made.id, "steward-in", bram, steward=bram)
        held = await rounds.add(work, made.id, work.now)
        assert held is not None
        await rounds.choose(work, held.id, bram, joins=False)
        proposed = await topic.add(work, bram, "Veenbrand")
        assert proposed is not None
        await topic.set_sub_questions(work, proposed, ["blussen"])
        (known,) = [one for one in (await indexes(work)).topics.topics if one.id == proposed]
        await topic.choose_sub_questions(work, bram, [part.id for part in known.sub_questions])
        await topic.add_team(work, proposed, bram, f"{CANARY} team")
        wonen = (await indexes(work)).topics.get(desk.country.topics["wonen"])
        assert wonen is not None
        until = appeal.end_of_haste(work)
        await appeal.place(work, await me(work, bram), wonen, Search(), until, with_role=True)
        await network.declare(work, bram, dirk)
        await network.keep_apart(work, bram, dirk, None)
        await openings.take(work, bram, work.now)
        await network.block(work, bram, dirk)
        await network.block(work, dirk, bram)
        await report.add(work, bram, dirk, f"{CANARY} gemeld")
        await report.add(work, dirk, bram, f"over {CANARY}")
        await watch.add(work, bram, Search(topics=(desk.country.topics["wonen"],)))
        done = await agreed(work, bram, anna)
        await small_win.add(work, done, bram, f"{CANARY} winst")
        emma = await desk.country.official(work, "Emma Kok", "Utrecht", "stikstof")
        await koffie_ask.request(work, await me(work, emma), bram, None)
    await desk.bench.settle()
    await desk.says("bram", "profiel rol")
    return anna, bram


async def agreed(work: Work, one: OfficialId, other: OfficialId) -> KoffieId:
    await koffie_ask.request(work, await me(work, one), other, None)
    (kept,) = await koffies.running(work, one)
    for official in (one, other):
        await koffie.answer(work, official, kept.id, Answer.YES)
    return kept.id


async def test_nothing_is_left_but_a_tombstone(desk: Desk) -> None:
    anna, bram = await full_life(desk)
    before = await tables_of(desk, bram)
    assert before >= store.ERASED | {
        "contact_route",
        "draft",
        "offer",
        "outbox",
        "report",
        "koffie_seat",
        "acquaintance",
    }
    assert (await desk.trace(CANARY)).keys() >= {"official.name", "official.role", "name_token.token"}
    await desk.says("bram", "stop")
    assert "Wat al bij je collega of in dit gesprek staat" in await desk.says("bram", "wis-mij")
    assert await desk.says("bram", "Wis alles") == "Klaar. Ik weet niets meer van je."
    assert await desk.trace(CANARY, "bram") == {}
    assert await desk.find("bram") is None
    rows = {row["id"]: row for row in await desk.rows(tables.Official)}
    empty = {name: value for name, value in rows[bram].items() if value}
    assert empty.keys() == {"id", "state", "language", "joined_at", "last_sign_at", "confirmed_at"}
    assert await tables_of(desk, bram) <= store.STAYS.keys()
    assert rows[anna]["name"] == "Anna Bos"


async def tables_of(desk: Desk, official: OfficialId) -> set[str]:
    """Tables with a row that points at the official, or at one of the accounts."""
    found: set[str] = set()
    async with desk.bench.workshop.read() as work:
        recipient = outbox.recipient_of(work, person("bram"))
        for table in tables.Table.metadata.sorted_tables:
            for row in await work.session.execute(table.select()):
                values = row._asdict()
                pointing = [
                    column.name
                    for column in table.columns
                    if any(key.column.table.name == "official" for key in column.foreign_keys)
                    and values[column.name] == official
                ]
                theirs = values.get("recipient") == recipient or values.get("user") == person("bram").user
                if pointing or theirs:
                    found.add(table.name)
    return found


async def test_the_last_word_is_emptied_once_it_is_sent(desk: Desk) -> None:
    await desk.joins("bram")
    await desk.says("bram", "wis-mij", "wis alles")
    rows = await desk.rows(tables.Outbox)
    assert all(row["recipient"] == "" and row["message"] is None and row["address"] == {} for row in rows)
    assert rows[-1]["state"] == "sent"


async def test_what_is_being_sent_at_that_moment_is_emptied_when_that_is_over(desk: Desk) -> None:
    bram = await desk.joins("bram")
    await desk.bench.posts_message("bram", "Nog even", official=bram)
    async with desk.bench.workshop.write() as work:
        claimed = await claims.claim(work, (person("bram").platform,), timedelta(seconds=90))
        assert claimed is not None
        await erasure.erase(work, bram)
    async with desk.bench.workshop.write() as work:
        assert await claims.sent(work, claimed, claimed.standing)
    assert await desk.trace("bram") == {}


async def test_the_history_of_others_stays_whole(desk: Desk) -> None:
    anna, bram = await full_life(desk)
    async with desk.bench.workshop.write() as work:
        await erasure.erase(work, bram)
    async with desk.bench.workshop.read() as work:
        (kept,) = await koffies.all_of(work, anna)
        assert kept.koffie.seat_of(anna).answer is Answer.YES
        assert kept.koffie.seat_of(bram).answer is None
        seats = await work.session.execute(select(func.count()).select_from(tables.Seat))
        assert seats.scalar_one() == 4
    assert "een oud-collega" not in await desk.says("anna", "wie-ken-ik stikstof waterschap")


async def test_every_table_that_points_at_an_official_is_dealt_with() -> None:
    pointing = {
        table.name
        for table in tables.Table.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "official" for key in column.foreign_keys)
    }
    dealt_with = store.ERASED | store.STAYS.keys() | {"report"}
    assert pointing - dealt_with == set()
    assert store.ERASED & store.STAYS.keys() == {"block"}


def test_every_column_of_the_person_is_emptied_in_the_tombstone() -> None:
    left = {column.name for column in tables.Official.__table__.columns} - store._TOMBSTONE.keys()
    assert left == {"id", "invented"}


def test_what_becomes_of_each_sealed_column_is_known() -> None:
    assert sealed_columns() == SEALED.keys()


async def test_the_audit_proves_it_and_stays_valid(workshop: Workshop, country: Country) -> None:
    async with workshop.write() as work:
        bram = await country.official(work, "Bram", "Ede")
        await erasure.erase(work, bram)
        assert await audit.first_broken(work) is None
        (row,) = (await work.session.execute(select(tables.Audit))).scalars()
        assert (row.act, row.subject) == ("erase", bram)


async def test_who_comes_back_is_somebody_new(desk: Desk) -> None:
    first = await desk.joins("bram")
    await desk.says("bram", "wis-mij", "wis alles")
    assert "Hoi!" in await desk.says("bram", "hoi")
    assert await desk.joins("bram") != first


async def test_one_may_change_ones_mind(desk: Desk) -> None:
    await desk.joins("bram")
    assert await desk.says("bram", "wis-mij", "toch niet") == "Fijn. Alles blijft zoals het is."
    assert await desk.find("bram") is not None


async def test_who_is_not_registered_leaves_nothing_by_asking(desk: Desk) -> None:
    assert await desk.says("bram", "hoi", "wis-mij") == "Ik bewaar niets van je."
    assert await desk.says("zeno", "mijn-gegevens") == "Ik bewaar niets van je. Meedoen? Typ aanmelden."
    assert await desk.trace("bram") == {}


async def test_an_account_that_was_deactivated_is_erased_too(desk: Desk) -> None:
    bram = await desk.joins("bram")
    async with desk.bench.workshop.write() as work:
        await accounts.deactivate(work, person("bram"))
        await erasure.erase(work, bram)
    assert await desk.trace("bram") == {}


class TestSilence:
    """A year without a sign: asked once, then erased."""

    async def test_who_says_nothing_is_asked_and_then_erased(self, desk: Desk) -> None:
        await desk.joins("bram")
        await desk.bench.later(days=364)
        assert not any("Wil je blijven" in seen for seen in desk.bench.seen("bram"))
        await desk.bench.later(days=7)
        assert "We spraken elkaar een tijd niet." in desk.bench.seen("bram")[-1]
        asked = len(desk.bench.seen("bram"))
        await desk.bench.later(days=25)
        assert len(desk.bench.seen("bram")) == asked
        await desk.bench.later(days=10)
        assert desk.bench.seen("bram")[asked:] == [
            "Ik hoorde niets meer van je. Zoals afgesproken heb ik alles gewist. Je bent altijd welkom."
        ]
        assert await desk.trace("bram", "van Dijk") == {}

    async def test_who_stays_is_left_alone_for_another_year(self, desk: Desk) -> None:
        await desk.joins("bram")
        await desk.bench.later(days=368)
        assert await desk.says("bram", "Ik blijf") == "Fijn. Alles blijft zoals het is."
        await desk.bench.later(days=300)
        assert await desk.find("bram") is not None
        await desk.bench.later(days=70)
        assert "We spraken elkaar een tijd niet." in desk.bench.seen("bram")[-1]

    async def test_any_sign_of_life_will_do(self, desk: Desk) -> None:
        await desk.joins("bram")
        await desk.bench.later(days=368)
        await desk.says("bram", "hulp")
        await desk.bench.later(days=100)
        assert await desk.find("bram") is not None

    async def test_who_wants_to_go_is_asked_once_more(self, desk: Desk) -> None:
        await desk.joins("bram")
        await desk.bench.later(days=368)
        assert "Ik wis wat ik bewaar" in await desk.says("bram", "Wis mij")
        assert await desk.says("bram", "wis alles") == "Klaar. Ik weet niets meer van je."

    async def test_the_invented_are_left_alone(
        self, workshop: Workshop, country: Country, clock: DemoClock
    ) -> None:
        async with workshop.write() as work:
            bram = await country.official(work, "Bram", "Ede")
            await officials.change(work, bram, invented=True)
        clock.move(clock.now() + timedelta(days=500))
        async with workshop.read() as work:
            assert await officials.without_sign_since(work, work.now) == []
