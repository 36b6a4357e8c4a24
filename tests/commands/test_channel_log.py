"""The log of a channel tells what its admins did, also of its topic; ``ongedaan`` takes the last back."""

from __future__ import annotations

from bot.domain.topic import Phase
from bot.services import topic
from bot.store import channel_code
from bot.store import topic as topics
from tests.support.rounds import ADMIN, PEOPLE, ROOM, Rounds
from tests.support.rounds import by_hand as by_hand
from tests.support.town import ANNA, BRAM, NITROGEN, Person

ACTS = {
    "koffie-beheer fase ontwikkelen": "Fase: ontwikkelen",
    "opgave wijzig stikstof; ook: stikstofruimte": "andere woorden voor de opgave gekozen",
    "opgave wijzig stikstof; zonder: stikstofruimte": "andere woorden voor de opgave gekozen",
    "opgave wijzig stikstof; engels: nitrogen deposits": "de opgave een andere naam gegeven",
    "koffie-beheer deelvragen stikstof: vergunningen": "de deelvragen gekozen",
    "koffie-beheer ronde start": "een ronde gestart",
    "koffie-beheer ronde vandaag om 13 uur": "een ronde van één dag gestart",
    "opgave sluit stikstof": "de opgave gesloten",
    "opgave heropen stikstof": "de opgave heropend",
}
"""What an admin says, and what the log tells of it."""


async def _log(here: Rounds, by: Person = ADMIN) -> list[str]:
    """The lines, the newest first."""
    return (await here.told("koffie-beheer logboek", by)).splitlines()[1:]


async def test_each_act_of_an_admin_is_told_in_words(here: Rounds) -> None:
    before = len(await _log(here))
    for words in ACTS:
        told = await here.told(words)
        assert not told.startswith(("Dat ", "Schrijf", "Die ", "Ik vind")), (words, told)
    lines = await _log(here)
    assert [line.split(f"{ADMIN.name}: ")[1] for line in reversed(lines[:-before])] == list(ACTS.values())
    others = [person.name for person in PEOPLE if person is not ADMIN]
    assert not [name for name in others if name in "".join(lines)]


async def test_what_a_member_does_is_not_told(here: Rounds) -> None:
    before = await _log(here)
    async with here.town.workshop.write() as work:
        kept = await topics.get(work, NITROGEN, lock=True)
        assert kept is not None
        await topic.add_words(work, kept, here.town.ids[ANNA.name], ["ammoniakruimte"])
    assert await _log(here) == before


async def test_two_topics_that_are_merged_and_split_tell_so(here: Rounds) -> None:
    await here.town.say(ADMIN, "koffie-beheer kanaal nieuw waterkwaliteit", "water")
    await here.told("opgave samenvoegen waterkwaliteit met stikstof")
    assert "twee opgaven samengevoegd" in (await _log(here))[0]
    refused = await here.told("koffie-beheer ongedaan")
    assert "opgave splitsen" in refused
    await here.told("opgave splitsen waterkwaliteit")
    assert "twee opgaven weer gesplitst" in (await _log(here))[0]
    await here.town.say(ADMIN, "koffie-beheer logboek", "water")
    assert "twee opgaven weer gesplitst" in here.town.last(ADMIN)


async def test_who_looks_after_one_of_two_networks_joins_them_not_and_after_both_can_split_them(
    here: Rounds,
) -> None:
    """Else whoever opens a channel could become steward of any other by a merge."""
    for name, room in (("Veenbrand", "veen"), ("Muizenplaag", "muis")):
        await here.town.say(ANNA, f"opgave nieuw {name}; ook: {room}ziekte; thema: geen")
        await here.town.say(ANNA, f"koffie-beheer kanaal nieuw {name}", room)
    refused = await here.told("opgave samenvoegen veenbrand met stikstof", ANNA)
    assert refused.startswith("Alleen wie ook Stikstof beheert, voegt er een opgave aan toe")
    assert (await here.told("koffie-beheer groep 4", ANNA)).startswith("Dat kan alleen een beheerder")
    assert (await here.told("opgave samenvoegen veenbrand met muizenplaag", ANNA)).startswith("Gedaan.")
    await here.town.press(ANNA, "Maak ongedaan")
    assert "staat weer op zichzelf" in here.town.last(ANNA)


async def test_what_was_set_of_the_one_that_went_is_not_undone_in_the_one_that_stays(here: Rounds) -> None:
    """Though the same was set there: it was not done with that one."""
    await here.town.say(ADMIN, "opgave nieuw Veenbrand; ook: veenziekte; thema: geen")
    await here.town.say(ADMIN, "koffie-beheer kanaal nieuw Veenbrand", "veen")
    for room in (ROOM, "veen"):
        await here.town.say(ADMIN, "koffie-beheer groep 3", room)
    assert (await here.told("opgave samenvoegen veenbrand met stikstof")).startswith("Gedaan.")
    await here.town.press(ADMIN, "Ongedaan maken")
    assert here.town.last(ADMIN).startswith("Iemand heeft dit daarna weer veranderd.")
    assert (await here.channel()).group_size == 3


class TestUndoing:
    async def test_a_phase_is_as_it_was_and_so_is_the_log(self, here: Rounds) -> None:
        was = (await here.topic()).phase
        for back in ("press", "koffie-beheer ongedaan"):
            await here.told("koffie-beheer fase uitvoeren")
            assert (await here.topic()).phase is Phase.CARRY_OUT
            if back == "press":
                await here.town.press(ADMIN, "Ongedaan maken")
            else:
                await here.told(back)
            assert here.town.last(ADMIN) == "Ongedaan gemaakt. De fase is weer zoals die was."
            assert (await here.topic()).phase is was
            assert "(ongedaan gemaakt)" in (await _log(here))[0]

    async def test_a_phase_that_another_chose_since_stays(self, here: Rounds) -> None:
        await here.add_steward()
        await here.told("koffie-beheer fase uitvoeren")
        await here.told("koffie-beheer fase afronden", BRAM)
        assert (await here.told("koffie-beheer ongedaan")).startswith("Iemand heeft dit daarna weer")
        assert (await here.topic()).phase is Phase.ROUND_OFF

    async def test_what_has_a_way_back_of_its_own_names_it(self, here: Rounds) -> None:
        """An earlier change is not undone instead."""
        await here.told("koffie-beheer groep 3")
        await here.told("koffie-beheer ronde start")
        told = await here.told("koffie-beheer ongedaan")
        assert told.startswith("Je laatste stap was: een ronde gestart.")
        assert "koffie-beheer ronde sla over" in told
        assert (await here.channel()).group_size == 3

    async def test_a_code_that_was_withdrawn_works_again_unless_there_is_a_newer_one(
        self, here: Rounds
    ) -> None:
        async def code() -> str:
            number = (await here.channel()).id
            async with here.town.workshop.write() as work:
                return await channel_code.issue(work, number)

        first = await code()
        await here.told("koffie-beheer kanaal uitnodiging")
        await here.town.press(ADMIN, "Trek de code in")
        assert "de uitnodigingscode ingetrokken" in (await _log(here))[0]
        await here.told(f"code {first}", ANNA)
        assert here.town.last(ANNA).startswith("Deze code werkt niet (meer).")
        assert (await here.told("koffie-beheer ongedaan")).endswith("De code werkt weer.")
        assert await code() == first
        await here.told("koffie-beheer kanaal uitnodiging")
        await here.town.press(ADMIN, "Trek de code in")
        second = await code()
        assert (await here.told("koffie-beheer ongedaan")).startswith("Iemand heeft dit daarna")
        assert await code() == second != first
