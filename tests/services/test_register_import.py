"""Refreshing the register on a real database: all or nothing, and twice is as once."""

import pytest
from sqlalchemy import func, select

from bot.domain.lookup import One, decide
from bot.domain.register_file import RegisterFileError, RegisterKind
from bot.services import register
from bot.services.register_import import (
    SUCCESSOR_DUE,
    Orphaned,
    Report,
    import_register,
    import_snapshot,
)
from bot.store import register as stored
from bot.store import tables
from bot.store.register_import import Counts
from bot.store.work import Work, Workshop
from tests import snapshot
from tests.support.databases import on_both as on_both

HEADER = (
    "tooi_uri,code,layer,type,name,short_name,province,corop,veiligheidsregio,email_domain,status,"
    "valid_until,successor"
)
URI = "https://identifier.overheid.nl/tooi/id/gemeente/gm"


def gemeente(number: int, name: str, *, ended: bool = False, successors: tuple[int, ...] = ()) -> str:
    after = "|".join(f"{URI}{successor}" for successor in successors)
    state = f"ended,2025-12-31,{after}" if ended else "current,,"
    return f"{URI}{number},GM{number},gemeente,gemeente,{name},,Drenthe,,,,{state}"


def organisations(*lines: str) -> bytes:
    return "\n".join((HEADER, *lines)).encode()


async def take(workshop: Workshop, data: bytes, kind: RegisterKind = RegisterKind.ORGANISATIONS) -> Report:
    async with workshop.write() as work:
        return await import_register(work, kind, data)


async def register_official(work: Work, number: int, *, state: str = "active") -> int:
    """An official at the organisation with that number, who works on a topic of its own."""
    where = select(tables.Organisation).where(tables.Organisation.tooi_uri == f"{URI}{number}")
    organisation = (await work.session.execute(where)).scalar_one()
    topic = tables.Topic(
        slug=f"t-{number}-{state}", label_nl="T", label_en="", synonyms=[], typical_layers=[]
    )
    official = tables.Official(
        state=state,
        name="Test",
        organisation_id=organisation.id,
        layer=organisation.layer,
        joined_at=work.now,
        last_sign_at=work.now,
        confirmed_at=work.now,
    )
    work.session.add_all((topic, official))
    await work.session.flush()
    work.session.add(
        tables.Involvement(
            official_id=official.id,
            topic_id=topic.id,
            part="works_on",
            layer=organisation.layer,
            since=work.today,
        )
    )
    return official.id


async def workplace(work: Work, official: int) -> tuple[str, str, str]:
    """Where an official works now: name, layer, and the layer that the look-up goes by."""
    found = await work.session.execute(
        select(tables.Organisation.name, tables.Official.layer, tables.Involvement.layer)
        .join(tables.Official, tables.Official.organisation_id == tables.Organisation.id)
        .join(tables.Involvement, tables.Involvement.official_id == tables.Official.id)
        .where(tables.Official.id == official)
    )
    name, layer, involved = found.one()
    return name, layer, involved


async def count(work: Work, table: type[tables.Table]) -> int:
    return (await work.session.execute(select(func.count()).select_from(table))).scalar_one()


async def test_the_snapshot_fills_an_empty_register_once(workshop: Workshop) -> None:
    async with workshop.write() as work:
        reports = await import_snapshot(work)
        assert {report.kind: report.counts.new for report in reports} == {
            RegisterKind.THEMES: 92,
            RegisterKind.ORGANISATIONS: 936,
            RegisterKind.ALIASES: 448,
            RegisterKind.OPGAVEN: 37,
        }
        assert await import_snapshot(work) == []
    async with workshop.read() as work:
        indexes = await register.indexes(work)
        decision = decide(indexes.organisations.find("Brielle"))
        assert isinstance(decision, One)
        assert decision.hit.value.title == "gemeente Voorne aan Zee"
        topic = indexes.topics.decide("dijkversterkingsproject")
        assert isinstance(topic, One)
        assert topic.hit.value.slug == "waterveiligheid"


async def test_importing_the_snapshot_twice_changes_nothing(workshop: Workshop) -> None:
    files = {
        RegisterKind.THEMES: "themes.csv",
        RegisterKind.ORGANISATIONS: "organisations.csv",
        RegisterKind.ALIASES: "aliases.csv",
        RegisterKind.OPGAVEN: "opgaven.csv",
    }
    async with workshop.write() as work:
        await import_snapshot(work)
        version = await stored.version(work)
    for kind, name in files.items():
        report = await take(workshop, (snapshot.FOLDER / name).read_bytes(), kind)
        assert (report.counts.new, report.counts.changed) == (0, 0)
        assert report.counts.unchanged > 30
    async with workshop.read() as work:
        assert await stored.version(work) == version


async def test_an_import_renews_the_index(workshop: Workshop) -> None:
    await take(workshop, organisations(gemeente(1, "Eerstedorp")))
    async with workshop.read() as work:
        first = await register.indexes(work)
        assert await register.indexes(work) is first
    report = await take(workshop, organisations(gemeente(1, "Anderdorp"), gemeente(2, "Tweededorp")))
    assert report.counts == Counts(new=1, changed=1)
    async with workshop.read() as work:
        hits = (await register.indexes(work)).organisations.find("Anderdorp")
    assert [hit.value.name for hit in hits] == ["Anderdorp"]


async def test_nothing_is_half_imported(workshop: Workshop) -> None:
    await take(workshop, organisations(gemeente(1, "Eerstedorp")))
    bad = organisations(gemeente(1, "Anderdorp"), gemeente(2, "Tweededorp"), "kort")
    with pytest.raises(RegisterFileError, match="line 4"):
        await take(workshop, bad)
    unknown = organisations(gemeente(3, "Weg", ended=True, successors=(99,)))
    with pytest.raises(RegisterFileError, match="line 2: successor is no known organisation"):
        await take(workshop, unknown)
    async with workshop.read() as work:
        assert [row.name for row in (await stored.load(work)).organisations] == ["Eerstedorp"]


async def test_rows_that_a_file_leaves_out_stay(workshop: Workshop) -> None:
    await take(workshop, organisations(gemeente(1, "Eerstedorp")))
    await take(workshop, organisations(gemeente(2, "Tweededorp")))
    async with workshop.read() as work:
        assert await count(work, tables.Organisation) == 2


async def test_a_file_without_successors_leaves_them(workshop: Workshop) -> None:
    await take(workshop, organisations(gemeente(1, "Oud", ended=True, successors=(2,)), gemeente(2, "Nieuw")))
    line = gemeente(1, "Oud", ended=True).removesuffix(",")
    report = await take(workshop, f"{HEADER.removesuffix(',successor')}\n{line}".encode())
    assert report.counts == Counts(unchanged=1)


async def test_officials_of_an_ended_organisation_go_on_under_its_successor(workshop: Workshop) -> None:
    await take(workshop, organisations(gemeente(1, "Oud"), gemeente(2, "Nieuw")))
    async with workshop.write() as work:
        official = await register_official(work, 1)
        erased = await register_official(work, 1, state="erased")
    province = gemeente(2, "Nieuw").replace("gemeente,gemeente", "provincie,provincie")
    ended = organisations(gemeente(1, "Oud", ended=True, successors=(2,)), province)
    report = await take(workshop, ended)
    assert (report.moved, report.asked, report.orphaned) == (1, 0, ())
    async with workshop.read() as work:
        assert await workplace(work, official) == ("Nieuw", "provincie", "provincie")
        assert (await workplace(work, erased))[0] == "Oud"
    again = await take(workshop, ended)
    assert (again.counts, again.moved) == (Counts(unchanged=2), 0)


async def test_an_official_with_several_successors_is_asked_once(workshop: Workshop) -> None:
    await take(workshop, organisations(gemeente(1, "Oud"), gemeente(2, "Noord"), gemeente(3, "Zuid")))
    async with workshop.write() as work:
        official = await register_official(work, 1)
    ended = organisations(gemeente(1, "Oud", ended=True, successors=(2, 3)))
    assert (await take(workshop, ended)).asked == 1
    assert (await take(workshop, ended)).asked == 0
    async with workshop.read() as work:
        due = (await work.session.execute(select(tables.Due))).scalars().all()
        assert [(row.kind, row.subject) for row in due] == [(SUCCESSOR_DUE, official)]
        assert (await workplace(work, official))[0] == "Oud"


async def test_the_operator_hears_of_officials_without_a_successor(workshop: Workshop) -> None:
    await take(workshop, organisations(gemeente(1, "Oud")))
    async with workshop.write() as work:
        await register_official(work, 1)
    report = await take(workshop, organisations(gemeente(1, "Oud", ended=True)))
    assert report.orphaned == (Orphaned("gemeente Oud", 1),)


async def test_a_topic_keeps_what_the_admins_set_and_changes_its_themes(workshop: Workshop) -> None:
    header = "slug,label_nl,synonyms_nl,top_codes,typical_layers"
    themes = (snapshot.FOLDER / "themes.csv").read_bytes()
    await take(workshop, themes, RegisterKind.THEMES)
    await take(workshop, f"{header}\nwolf,Wolf,,c_db2fbedb,rijk".encode(), RegisterKind.OPGAVEN)
    async with workshop.write() as work:
        row = (await work.session.execute(select(tables.Topic))).scalar_one()
        row.sensitive, row.phase, row.label_en = True, "uitvoeren", "Wolf"
    moved = f"{header}\nwolf,Wolf,,c_989e37d9|c_db2fbedb,rijk".encode()
    report = await take(workshop, moved, RegisterKind.OPGAVEN)
    assert report.counts == Counts(changed=1)
    async with workshop.read() as work:
        row = (await work.session.execute(select(tables.Topic))).scalar_one()
        assert (row.sensitive, row.phase, row.label_en) == (True, "uitvoeren", "Wolf")
        (topic,) = (await stored.load(work)).topics
        assert set(topic.themes) == {"c_989e37d9", "c_db2fbedb"}


async def test_no_topic_bears_a_command_s_name_or_an_unknown_theme(workshop: Workshop) -> None:
    data = b"slug,label_nl,synonyms_nl,top_codes,typical_layers\nhulp,Hulp,,,rijk\nx,X,Pauze!,c_0,rijk\n"
    async with workshop.write() as work:
        with pytest.raises(RegisterFileError) as refused:
            await import_register(work, RegisterKind.OPGAVEN, data, reserved={"hulp", "pauze"})
    assert [error.line for error in refused.value.errors] == [2, 2, 3, 3]


async def test_aliases_and_themes_refer_to_what_is_known(workshop: Workshop) -> None:
    alias = f"alias,kind,tooi_uri,ended\nOud,former_gemeente,{URI}7,2020-12-31\n".encode()
    with pytest.raises(RegisterFileError, match="line 2: tooi_uri is no known organisation"):
        await take(workshop, alias, RegisterKind.ALIASES)
    uri = "https://identifier.overheid.nl/tooi/def/thes/top/c_1"
    theme = f"top_uri,code,level,main_theme,label_nl,synonyms_nl\n{uri},c_1,sub,boven,onder,\n".encode()
    with pytest.raises(RegisterFileError, match="line 2: main_theme is no known main theme"):
        await take(workshop, theme, RegisterKind.THEMES)


async def test_progress_is_told_to_the_end(workshop: Workshop) -> None:
    told: list[tuple[int, int]] = []
    lines = [gemeente(number, f"Dorp {number}") for number in range(1, 251)]
    async with workshop.write() as work:
        await import_register(
            work,
            RegisterKind.ORGANISATIONS,
            organisations(*lines),
            progress=lambda done, total: told.append((done, total)),
        )
    assert told == [(100, 250), (200, 250), (250, 250)]
