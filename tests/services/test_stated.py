"""What people state about themselves, on the real register."""

import pytest

from bot.chat.form import FieldError
from bot.domain.ids import TopicId
from bot.domain.topic import Part
from bot.i18n.text import Words
from bot.services import stated
from bot.services.register import Indexes
from bot.services.registration import usable_name
from bot.services.stated import Place, StatedTopics
from bot.store.work import Work, Workshop
from tests.snapshot import organisations, topics


def with_register(work: Work) -> Work:
    """The shipped register, without the seconds that filling the database with it takes."""
    work.cache.entries["register"] = ("0", Indexes(organisations(), topics()))
    return work


def labels(error: FieldError) -> list[str]:
    return [choice.label.text for choice in error.choices if isinstance(choice.label, Words)]


def topic(slug: str) -> TopicId:
    found = topics().by_slug(slug)
    assert found is not None
    return found.id


@pytest.mark.parametrize(
    ("email", "titles"),
    [
        ("a.bos@zwolle.nl", ["gemeente Zwolle"]),
        ("A.Bos@ZWOLLE.NL", ["gemeente Zwolle"]),
        ("bos@mail.zwolle.nl", ["gemeente Zwolle"]),
        ("bos@nietzwolle.nl", []),
        ("bos@gmail.com", []),
        ("zwolle.nl", ["gemeente Zwolle"]),
        ("", []),
        (None, []),
    ],
)
async def test_an_address_proposes_where_one_works(
    workshop: Workshop, email: str | None, titles: list[str]
) -> None:
    async with workshop.read() as work:
        found = await stated.proposed_places(with_register(work), email)
    assert [one.title for one in found] == titles


async def test_an_address_that_several_share_proposes_them_all(workshop: Workshop) -> None:
    async with workshop.read() as work:
        found = await stated.proposed_places(with_register(work), "bos@rijksoverheid.nl")
    assert 1 < len(found) <= 5
    assert not any(one.ended for one in found)


@pytest.mark.parametrize(
    ("typed", "title", "former"),
    [
        ("gemeente zwolle", "gemeente Zwolle", ""),
        ("BZK", "ministerie van Binnenlandse Zaken en Koninkrijksrelaties", ""),
        ("Brielle", "gemeente Voorne aan Zee", "Brielle"),
    ],
)
async def test_a_place_is_understood(workshop: Workshop, typed: str, title: str, former: str) -> None:
    async with workshop.read() as work:
        found = await stated.place(with_register(work), "organisation", typed)
    assert isinstance(found, Place)
    assert found.organisation.title.casefold() == title.casefold()
    assert found.former == former


async def test_two_of_that_name_are_asked_back(workshop: Workshop) -> None:
    async with workshop.read() as work:
        asked = await stated.place(with_register(work), "organisation", "Utrecht")
        assert isinstance(asked, FieldError)
        assert labels(asked) == ["gemeente Utrecht", "provincie Utrecht"]
        chosen = await stated.place(work, "organisation", "", asked.choices[1].value)
        assert isinstance(chosen, Place)
        assert chosen.organisation.title == "provincie Utrecht"


@pytest.mark.parametrize("value", ["0", "99999999", "x", "1; drop", "-1", "²"])
async def test_a_choice_that_was_not_offered_is_no_place(workshop: Workshop, value: str) -> None:
    async with workshop.read() as work:
        assert isinstance(await stated.place(with_register(work), "organisation", "", value), FieldError)


async def test_a_list_of_topics(workshop: Workshop) -> None:
    async with workshop.read() as work:
        found = await stated.topics(
            with_register(work), "topics", "leid stikstof, volg jeugdzorg en wonen", ()
        )
    assert isinstance(found, StatedTopics)
    assert found.sure == ((topic("stikstof"), Part.LEADS), (topic("jeugdzorg"), Part.FOLLOWS))
    assert [(one.words, one.part) for one in found.open] == [("wonen", Part.FOLLOWS)]
    assert len(found.open[0].topics) > 1
    assert StatedTopics.model_validate(found.model_dump(mode="json")) == found


async def test_a_bare_main_theme_has_to_be_narrowed(workshop: Workshop) -> None:
    async with workshop.read() as work:
        asked = await stated.topic(with_register(work), "which_a", "wonen", "", "nl")
    assert isinstance(asked, FieldError)
    assert asked.reason.model_dump()["key"] == "topics-broad"
    assert "Betaalbaar wonen" in labels(asked)


async def test_what_was_open_counts_once_it_is_settled(workshop: Workshop) -> None:
    async with workshop.read() as work:
        with_register(work)
        taken = await stated.read_topics(work, "topics", "leid wonen, water", (), "nl")
        assert not isinstance(taken, FieldError)
        answers = {"topics": taken}
        assert stated.involved(answers) == ()
        first = await stated.read_topics(work, "which_a", "jeugdzorg", (), "nl")
        assert not isinstance(first, FieldError)
        assert stated.involved({**answers, "which_a": first, "which_b": ""}) == (
            (topic("jeugdzorg"), Part.LEADS),
        )


async def test_suggestions_know_the_part(workshop: Workshop) -> None:
    async with workshop.read() as work:
        leads, *_ = await stated.suggested_topics(with_register(work), "volg krw, leid stiks", "nl")
        chosen = await stated.topics(work, "topics", "", [leads.value])
        assert isinstance(chosen, StatedTopics)
        assert chosen.sure == ((topic("stikstof"), Part.LEADS),)
        assert (await stated.suggested_places(work, "gemeente zwo"))[0].label == Words(text="gemeente Zwolle")


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        ("Anna Bos", "Anna Bos"),
        ("  Anna \n Bos\u202e ", "Anna Bos"),
        ("d'Arc, Jeanne", "d'Arc, Jeanne"),
        ("Şule Öztürk", "Şule Öztürk"),
        ("Jan (wethouder)", None),
        ("x", None),
        ("12345", None),
        ("a" * 81, None),
        ("", None),
        (None, None),
    ],
)
def test_a_name_from_a_profile(profile: str | None, name: str | None) -> None:
    assert usable_name(profile) == name
