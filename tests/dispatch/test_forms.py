"""One form, asked question by question on one platform and shown whole on another, by the same rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.chat.form import OPENS, Next, Refused, Submission, Taken
from bot.store import drafts, due
from bot.store.outbox import Lane
from tests.platforms.board.receive import receive
from tests.platforms.board.render import form_window
from tests.support.bench import TEAM, Bench, bench_over, person
from tests.support.commands import CANARY, COMMANDS
from tests.support.databases import on_sqlite as on_sqlite


async def handed_in(bench: Bench) -> bool:
    async with bench.workshop.read() as work:
        return await due.next_due(work, ("note",)) is not None


async def draft(bench: Bench, user: str = "anna") -> drafts.Draft | None:
    async with bench.workshop.read() as work:
        return await drafts.of(work, person(user))


class TestQuestionByQuestion:
    async def test_all_questions_in_order_then_what_follows(self, plain_bench: Bench) -> None:
        says = plain_bench.says
        assert await says("anna", "proef") == ["Hoe heet je?"]
        assert await says("anna", "Anna") == ["Welke kleur?\n1 Rood   2 Blauw"]
        assert await says("anna", "1") == ["Nog iets?\n1 Overslaan"]
        assert await says("anna", "ja") == ["Klaar: {'extra': 'ja', 'kleur': 'red', 'naam': 'Anna'}"]
        assert await draft(plain_bench) is None

    async def test_an_answer_that_is_not_taken_is_asked_again_with_what_can_be_chosen(
        self, plain_bench: Bench
    ) -> None:
        await plain_bench.says("anna", "proef")
        assert await plain_bench.says("anna", "A") == ["Dat is te kort"]
        await plain_bench.says("anna", "Anna")
        assert await plain_bench.says("anna", "paars") == ["Die kleur ken ik niet\n1 Rood   2 Blauw"]
        assert await plain_bench.says("anna", "Blauw") == ["Nog iets?\n1 Overslaan"]

    async def test_words_like_a_command_that_are_no_answer_tell_the_way_out(self, plain_bench: Bench) -> None:
        for words in ("proef", "Anna"):
            await plain_bench.says("anna", words)
        told = await plain_bench.says("anna", "noteer melk")
        assert told == ["Die kleur ken ik niet\nWil je iets anders? Typ eerst: stop.\n1 Rood   2 Blauw"]
        assert "Wil je iets anders?" not in (await plain_bench.says("anna", "paars"))[0]

    async def test_it_is_never_shown_whole(self, plain_bench: Bench) -> None:
        await plain_bench.says("anna", "proef")
        kept = await draft(plain_bench)
        assert kept is not None
        assert "verlopen" in (await plain_bench.presses("anna", OPENS + kept.token))[-1]
        assert await plain_bench.says("anna", "Anna") == ["Welke kleur?\n1 Rood   2 Blauw"]

    async def test_several_choices_by_number(self, plain_bench: Bench) -> None:
        for words in ("proef", "Anna", "blauw"):
            await plain_bench.says("anna", words)
        assert "1 Rood" in (await plain_bench.says("anna", "overslaan"))[0]
        told = await plain_bench.says("anna", "1, 2")
        assert told == ["Klaar: {'extra': '', 'kleur': 'blue', 'naam': 'Anna', 'tint': ['red', 'blue']}"]

    async def test_back_goes_to_the_question_before(self, plain_bench: Bench) -> None:
        await plain_bench.says("anna", "proef")
        await plain_bench.says("anna", "Anna")
        assert await plain_bench.says("anna", "terug") == ["Hoe heet je?"]
        assert await plain_bench.says("anna", "terug") == ["Hoe heet je?"]
        assert await plain_bench.says("anna", "Anne") == ["Welke kleur?\n1 Rood   2 Blauw"]

    async def test_stop_keeps_nothing(self, plain_bench: Bench) -> None:
        await plain_bench.says("anna", "proef")
        await plain_bench.says("anna", "Anna")
        assert "ik stop ermee" in (await plain_bench.says("anna", "stop"))[0]
        assert await draft(plain_bench) is None
        assert not await handed_in(plain_bench)

    async def test_an_optional_question_can_be_skipped_by_word_and_by_number(
        self, plain_bench: Bench
    ) -> None:
        for user, skip in (("anna", "sla over"), ("bram", "1"), ("cees", "Overslaan")):
            for words in ("proef", "Naam", "rood"):
                await plain_bench.says(user, words)
            assert (await plain_bench.says(user, skip))[0].startswith("Klaar"), skip

    async def test_a_form_ends_when_its_reader_says_so(self, plain_bench: Bench) -> None:
        await plain_bench.says("anna", "proef")
        assert await plain_bench.says("anna", "genoeg") == ["Dan niet"]
        assert await draft(plain_bench) is None

    async def test_what_was_asked_before_the_form_follows_it(self, plain_bench: Bench) -> None:
        for words in ("proef dan", "Anna", "rood"):
            await plain_bench.says("anna", words)
        assert (await plain_bench.says("anna", "sla over"))[-1] == "echo klaar"

    async def test_an_answer_that_is_a_commands_name_is_an_answer(self, plain_bench: Bench) -> None:
        await plain_bench.says("anna", "proef")
        assert await plain_bench.says("anna", "lijst") == ["Welke kleur?\n1 Rood   2 Blauw"]

    async def test_a_command_amid_a_form_is_answered_and_the_question_put_again(
        self, plain_bench: Bench
    ) -> None:
        await plain_bench.says("anna", "proef")
        assert await plain_bench.says("anna", "/lijst") == [
            "Lijst\n1 Naam 1   2 Naam 2   3 Naam 3",
            "Hoe heet je?",
        ]

    async def test_what_nobody_asked_for_waits_while_a_form_is_open(self, plain_bench: Bench) -> None:
        await plain_bench.says("anna", "proef")
        await plain_bench.posts_message("anna", "Zin in koffie?", lane=Lane.UNASKED)
        await plain_bench.settle()
        assert plain_bench.seen("anna") == ["Hoe heet je?"]
        await plain_bench.says("anna", "genoeg")
        assert plain_bench.seen("anna")[-1] == "Zin in koffie?"

    async def test_a_forgotten_form_holds_others_up_for_half_an_hour_at_most(
        self, plain_bench: Bench
    ) -> None:
        await plain_bench.says("anna", "proef")
        await plain_bench.posts_message("anna", "Zin in koffie?", lane=Lane.UNASKED)
        await plain_bench.later(minutes=31)
        assert plain_bench.seen("anna")[-1] == "Zin in koffie?"

    async def test_a_half_filled_form_survives_a_restart(self, plain_bench: Bench) -> None:
        await plain_bench.says("anna", "proef")
        await plain_bench.says("anna", "Anna")
        lacks = ("buttons", "forms", "edits", "suggestions")
        async with bench_over(
            plain_bench.workshop, plain_bench.clock, commands=COMMANDS, lacks=lacks
        ) as after:
            assert await says_anew(after, "rood") == ["Nog iets?\n1 Overslaan"]

    async def test_a_number_that_fits_a_form_and_a_question_is_asked_back(self, plain_bench: Bench) -> None:
        await plain_bench.says("anna", "vraag a")
        await plain_bench.says("anna", "proef")
        asked = await plain_bench.says("anna", "1")
        assert asked[0].startswith("Je antwoord past bij meer vragen")
        assert "1 Ja (over a)" in asked[0]
        assert "2 1 is mijn antwoord op je laatste vraag" in asked[0]
        assert await plain_bench.says("anna", "1") == ["gekozen: a ja"]

    async def test_a_refusal_at_the_end_is_said_and_the_answers_are_kept(self, plain_bench: Bench) -> None:
        for words in ("proef", "Weiger", "rood"):
            await plain_bench.says("anna", words)
        assert await plain_bench.says("anna", "sla over") == ["Dat gaat niet"]
        assert not await handed_in(plain_bench)

    async def test_what_was_answered_does_not_stand_in_the_database(
        self, plain_bench: Bench, database_kind: str
    ) -> None:
        await plain_bench.says("anna", "proef")
        await plain_bench.says("anna", CANARY)
        async with plain_bench.workshop.read() as work:
            assert CANARY not in await everything(work.session)


async def says_anew(bench: Bench, words: str) -> list[str]:
    await bench.act("anna", type="said", text=words, id="after-the-restart")
    await bench.settle()
    return bench.seen("anna")


async def everything(session: Any) -> str:
    """All rows of the tables that a message goes through, as text."""
    from sqlalchemy import select  # noqa: PLC0415

    from bot.store.tables import Draft, Inbox, Offer, Outbox  # noqa: PLC0415

    rows = []
    for table in (Draft, Inbox, Offer, Outbox):
        rows.extend((await session.execute(select(table.__table__))).all())
    return "\n".join(map(repr, rows))


async def submit(bench: Bench, form: str, values: dict[str, Any], key: str = "s1") -> Submission:
    event = receive(
        {"id": key, "team": TEAM, "user": "anna", "type": "submitted", "form": form, "values": values}
    )
    assert event is not None
    answer = await bench.dispatcher.submit(event)
    await bench.settle()
    return answer


class TestShownWhole:
    async def opened(self, bench: Bench) -> str:
        await bench.says("anna", "proef")
        form = bench.posts[-1]["form"]
        assert [field["prompt"] for field in form["fields"]] == ["Hoe heet je?", "Welke kleur?", "Nog iets?"]
        assert form["title"] == "Proef"
        return str(form["id"])

    async def test_a_whole_form_is_handed_in_at_once(self, bench: Bench) -> None:
        form = await self.opened(bench)
        answer = await submit(bench, form, {"naam": "Anna", "kleur": "red", "extra": None})
        assert answer == Taken()
        assert bench.seen("anna")[-1] == "Klaar: {'extra': '', 'kleur': 'red', 'naam': 'Anna'}"

    async def test_what_is_wrong_is_said_field_by_field_in_words(self, bench: Bench) -> None:
        form = await self.opened(bench)
        answer = await submit(bench, form, {"naam": "A", "kleur": "green", "extra": ""})
        assert isinstance(answer, Refused)
        told = {fault.field: fault.reason.model_dump()["text"] for fault in answer.errors}
        assert told == {"naam": "Dat is te kort"} or told.keys() == {"naam", "kleur"}
        assert not await handed_in(bench)

    async def test_a_second_page_asks_what_the_first_brought_up(self, bench: Bench) -> None:
        form = await self.opened(bench)
        answer = await submit(bench, form, {"naam": "Anna", "kleur": "blue", "extra": ""})
        assert isinstance(answer, Next)
        assert "tint" in [field["name"] for field in form_window(answer.form)["fields"]]
        last = await submit(bench, answer.form.id, {"tint": ["red"]}, key="s2")
        assert last == Taken()
        assert "'tint': ['red']" in bench.seen("anna")[-1]

    async def test_it_is_shown_anew_as_it_is_now_until_it_is_over(self, bench: Bench) -> None:
        form = await self.opened(bench)
        filled = {"naam": "Anna", "kleur": "blue", "extra": ""}
        assert isinstance(await submit(bench, form, filled), Next)
        await bench.presses("anna", OPENS + form)
        shown = bench.posts[-1]["form"]
        assert (shown["id"], [field["name"] for field in shown["fields"]]) == (form, ["tint"])
        assert "verlopen" in (await bench.presses("bram", OPENS + form))[-1]
        newer = await self.opened(bench)
        assert "verlopen" in (await bench.presses("anna", OPENS + form))[-1]
        await bench.presses("anna", OPENS + newer)
        assert bench.posts[-1]["form"]["id"] == newer
        assert await submit(bench, newer, {**filled, "kleur": "red"}, key="s2") == Taken()
        assert "verlopen" in (await bench.presses("anna", OPENS + newer))[-1]

    async def test_handed_in_twice_counts_once(self, bench: Bench) -> None:
        form = await self.opened(bench)
        values = {"naam": "Anna", "kleur": "red", "extra": ""}
        assert await submit(bench, form, values) == Taken()
        assert await submit(bench, form, values) == Taken()
        assert len([line for line in bench.seen("anna") if line.startswith("Klaar")]) == 1

    async def test_an_old_form_says_so(self, bench: Bench) -> None:
        form = await self.opened(bench)
        await self.opened(bench)
        assert await submit(bench, form, {"naam": "Anna", "kleur": "red"}) == Taken()
        assert "verlopen" in bench.seen("anna")[-1]

    @pytest.mark.parametrize(
        ("name", "told"), [("Weiger", "Dat gaat niet"), ("Stuk", "Dat lukte niet, en dat ligt aan mij")]
    )
    async def test_what_goes_wrong_at_the_end_is_told_and_nothing_is_kept(
        self, bench: Bench, name: str, told: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        form = await self.opened(bench)
        assert await submit(bench, form, {"naam": name, "kleur": "red", "extra": ""}) == Taken()
        assert bench.seen("anna")[-1].startswith(told)
        assert not await handed_in(bench)
        assert CANARY not in caplog.text

    async def test_letters_typed_are_answered_with_suggestions_in_words(self, bench: Bench) -> None:
        form = await self.opened(bench)
        found = await bench.dispatcher.suggest(person("anna"), form, "kleur", "bl")
        assert [(one.value, one.label.model_dump()["text"]) for one in found] == [("blue", "Blauw")]
        assert list(await bench.dispatcher.suggest(person("bram"), form, "kleur", "bl")) == []

    async def test_nothing_else_waits_while_a_window_is_open(self, bench: Bench) -> None:
        await self.opened(bench)
        await bench.posts_message("anna", "Zin in koffie?", lane=Lane.UNASKED)
        await bench.settle()
        assert bench.seen("anna")[-1] == "Zin in koffie?"

    @pytest.mark.parametrize(
        "values", [{}, {"naam": 7}, {"naam": ["x"] * 99}, {"kleur": {"a": 1}}, {"tint": None}]
    )
    async def test_any_values_are_answered(self, bench: Bench, values: dict[str, Any]) -> None:
        form = await self.opened(bench)
        assert isinstance(await submit(bench, form, values), Refused | Taken | Next)


async def test_a_form_nobody_came_back_to_is_forgotten(plain_bench: Bench) -> None:
    await plain_bench.says("anna", "proef")
    async with plain_bench.workshop.write() as work:
        await drafts.clear(work, timedelta(days=-1))
    assert await draft(plain_bench) is None
