"""Changing one line of the profile: its question, how an answer is read, and what it changes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from bot.chat.form import Field, FieldError, Suggestion
from bot.domain.contact import RouteKind, parse_email, parse_phone
from bot.domain.errors import KoffieError
from bot.domain.ids import OrganisationId, SubQuestionId
from bot.domain.lookup import One, decide
from bot.domain.official import Official
from bot.domain.politicians import is_politician
from bot.domain.profile import (
    DAYS,
    FORMATS,
    FREE,
    LANGUAGES,
    MOST_PACE,
    NUDGES,
    SPOKEN,
    ZONES,
    Line,
    parse_days,
    parse_formats,
    parse_hours,
    parse_languages,
    parse_nudges,
    parse_zone,
)
from bot.domain.words import clean, normalise
from bot.i18n.text import About, Text, Words, text
from bot.services import profile, stated
from bot.services.register import indexes
from bot.services.registration import LONGEST_NAME, usable_name
from bot.services.wording import Named
from bot.store import contact, involvements, officials
from bot.store import topic as topics
from bot.store.work import Work

ADDRESS = "address"
"""The field for an e-mail address or a number, behind the way of being reached."""

_ROUTES = tuple(
    Suggestion(value=kind.value, label=text("profile-route", kind=kind.value)) for kind in RouteKind
)
_YES_OR_NO = (
    Suggestion(value="yes", label=text("profile-yes")),
    Suggestion(value="no", label=text("profile-no")),
)


@dataclass(frozen=True)
class _Question:
    prompt: Text
    kind: Literal["text", "search", "one", "many"] = "text"
    options: tuple[Suggestion, ...] = ()
    how: Text | None = None


_EMPTY = text("profile-hint-empty")
_MANY = text("profile-hint-many")
_QUESTIONS = {
    Line.NAME: _Question(text("registration-name")),
    Line.ORGANISATION: _Question(text("profile-ask-organisation"), "search"),
    Line.ROLE: _Question(text("profile-ask-role"), how=_EMPTY),
    Line.NOT_ABOUT: _Question(text("profile-ask-not-about"), how=_EMPTY),
    Line.HUMAN_LINE: _Question(text("profile-ask-human-line"), how=_EMPTY),
    Line.KNOWS: _Question(text("profile-ask-knows"), how=_EMPTY),
    Line.SEEKS: _Question(text("profile-ask-seeks"), how=_EMPTY),
    Line.REGION: _Question(text("profile-ask-region"), "search", how=_EMPTY),
    Line.PLACE: _Question(text("profile-ask-place"), how=_EMPTY),
    Line.WORKING_DAYS: _Question(
        text("profile-ask-days"),
        "many",
        tuple(Suggestion(value=day, label=text("profile-day", day=day)) for day in DAYS),
        _MANY,
    ),
    Line.WORKING_HOURS: _Question(text("profile-ask-hours"), how=_EMPTY),
    Line.TIME_ZONE: _Question(
        text("profile-ask-zone"),
        "one",
        (
            Suggestion(value=ZONES[0], label=text("profile-zone-value", zone="home")),
            Suggestion(value=ZONES[1], label=text("profile-zone-value", zone="caribbean")),
        ),
    ),
    Line.FORMATS: _Question(
        text("profile-ask-formats"),
        "many",
        tuple(Suggestion(value=one, label=text("profile-format", format=one)) for one in FORMATS),
        _MANY,
    ),
    Line.PACE: _Question(
        text("profile-ask-pace"),
        "one",
        tuple(
            Suggestion(value=str(pace), label=text("profile-pace-option", pace=str(pace)))
            for pace in range(1, 5)
        ),
    ),
    Line.LANGUAGE: _Question(
        text("profile-ask-language"),
        "one",
        tuple(Suggestion(value=one, label=text("profile-language-value", language=one)) for one in LANGUAGES),
    ),
    Line.SPOKEN: _Question(
        text("profile-ask-spoken"),
        "many",
        tuple(Suggestion(value=one, label=text("profile-language-value", language=one)) for one in SPOKEN),
        text("profile-hint-spoken"),
    ),
    Line.INTRODUCES: _Question(text("profile-ask-introduces"), "one", _YES_OR_NO),
    Line.NUDGES: _Question(
        text("profile-ask-nudges"),
        "many",
        tuple(Suggestion(value=one, label=text("profile-nudge", nudge=one)) for one in NUDGES),
        text("profile-hint-nudges"),
    ),
}
_LISTS = frozenset({Line.WORKING_DAYS, Line.FORMATS})
_MAY_BE_EMPTY = _LISTS | {*FREE, Line.REGION, Line.WORKING_HOURS, Line.TIME_ZONE}
_NOTHING = frozenset({"", "geen", "niets", "leeg", "wis", "none", "nothing", "empty"})
_LANGUAGES = {"nederlands": "nl", "dutch": "nl", "nl": "nl", "engels": "en", "english": "en", "en": "en"}
_KINDS = {
    "chat": RouteKind.CHAT, "mail": RouteKind.EMAIL, "e mail": RouteKind.EMAIL, "email": RouteKind.EMAIL,
    "telefoon": RouteKind.PHONE, "phone": RouteKind.PHONE, "bellen": RouteKind.PHONE,
}  # fmt: skip


async def fields(work: Work, official: Official, line: Line, answers: Mapping[str, JsonValue]) -> list[Field]:
    """The questions for one line: one, but for topics and contact."""
    if line is Line.TOPICS:
        return await stated.topic_fields(
            work,
            answers,
            text("profile-ask-topics"),
            official.language,
            tuple(await involvements.of(work, official.id)),
        )
    if line is Line.CONTACT:
        return _contact_fields(answers, (await contact.route_of(work, official.id)).kind)
    if line is Line.SUB_QUESTIONS:
        return [await _parts_field(work, official)]
    question = _QUESTIONS[line]
    value, options = _stands(line, official), question.options
    if line is Line.ORGANISATION:
        place = (await indexes(work)).organisations.get(official.organisation_id)
        options = stated.as_choices([place] if place else [])
    elif line is Line.REGION and official.region:
        options = (_region(official.region),)
    fact = _FACTS.get(line)
    return [
        Field(
            name=line.value,
            kind=question.kind,
            prompt=question.prompt,
            how=question.how,
            options=options,
            clears=line in _MAY_BE_EMPTY or line is Line.NUDGES,
            most=len(question.options) if question.kind == "many" else 1,
            value=value,
            known=About(official=official.id, fact=fact) if fact else None,
            limit=FREE.get(line, LONGEST_NAME),
        )
    ]


_FACTS: Mapping[Line, Literal["name", "role"]] = {Line.NAME: "name", Line.ROLE: "role"}
"""What a message never holds itself: it is read when the form is shown."""


def _stands(line: Line, official: Official) -> JsonValue:
    """What a line says now, by the values of its options where it has some."""
    match line:
        case Line.NAME | Line.ROLE:
            return None
        case Line.ORGANISATION:
            return str(official.organisation_id)
        case Line.WORKING_DAYS:
            return [DAYS[day] for day in official.working_days]
        case Line.FORMATS:
            return list(official.formats)
        case Line.SPOKEN:
            return list(official.spoken)
        case Line.NUDGES:
            return [nudge for nudge in NUDGES if nudge not in official.nudges_off]
        case Line.INTRODUCES:
            return "yes" if official.introduces else "no"
        case _:
            return str(getattr(official, line.value))


def _region(name: str) -> Suggestion:
    return Suggestion(value=name, label=Words(text=name[:75]))


async def suggested_regions(work: Work, typed: str) -> tuple[Suggestion, ...]:
    """As-you-type: regions whose names hold these letters."""
    return tuple(_region(one.name) for one in (await indexes(work)).organisations.regions(typed, 10))


async def _parts_field(work: Work, official: Official) -> Field:
    """Which parts of one's topics. Raises :class:`KoffieError` where these have none."""
    offered = await profile.parts_offered(work, official.id)
    if not offered:
        raise KoffieError(text("profile-parts-none"))
    options = tuple(Suggestion(value=str(one.id), label=Words(text=one.label[:75])) for one in offered)
    return Field(
        name=Line.SUB_QUESTIONS.value,
        kind="many",
        prompt=text("profile-ask-parts"),
        how=_MANY,
        options=options,
        clears=True,
        most=len(options),
        value=[str(one) for one in await topics.chosen_sub_questions(work, official.id)],
    )


def _contact_fields(answers: Mapping[str, JsonValue], now: RouteKind) -> list[Field]:
    """How, and then the address. ``beyond_chat`` in the answers: chat is not enough here."""
    ways = _ROUTES[1:] if answers.get("beyond_chat") else _ROUTES
    prompt = text("profile-ask-contact")
    asked = [Field(name=Line.CONTACT.value, kind="one", prompt=prompt, options=ways, value=now.value)]
    match answers.get(Line.CONTACT):
        case RouteKind.EMAIL:
            asked.append(Field(name=ADDRESS, kind="text", prompt=text("profile-ask-email"), limit=254))
        case RouteKind.PHONE:
            asked.append(Field(name=ADDRESS, kind="text", prompt=text("profile-ask-phone"), limit=30))
    return asked


@dataclass(frozen=True)
class Understood:
    """An answer as a draft keeps it; ``more`` are fields that it settles too."""

    value: JsonValue
    more: Mapping[str, JsonValue]


def _is(value: JsonValue, **more: JsonValue) -> Understood:
    return Understood(value, more)


async def read(
    work: Work,
    official: Official,
    line: Line,
    field: str,
    typed: str,
    chosen: Sequence[str],
    answers: Mapping[str, JsonValue],
) -> Understood | FieldError:
    """What an answer to one of :func:`fields` means."""
    first = chosen[0] if chosen else ""
    if line in _MAY_BE_EMPTY and not chosen and normalise(typed) in _NOTHING:
        return _is([] if line in _LISTS else "")
    match line:
        case Line.TOPICS | Line.SUB_QUESTIONS:
            return await _read_stated(work, official, line, field, typed, chosen)
        case Line.ORGANISATION:
            place = await stated.place(work, field, typed, first)
            return place if isinstance(place, FieldError) else _is(int(place.organisation.id))
        case Line.CONTACT:
            return _read_contact(field, typed, first, answers)
        case Line.REGION:
            return await _read_region(work, field, first or typed)
        case _ if line in _NOT_PARSED:
            return _read_parsed(line, field, typed, chosen)
        case Line.PACE | Line.LANGUAGE | Line.INTRODUCES:
            return _read_one(line, field, first or normalise(typed))
        case _:
            return _read_words(line, field, typed)


def _wrong(field: str, reason: Text) -> FieldError:
    return FieldError(field=field, reason=reason)


async def _read_stated(
    work: Work, official: Official, line: Line, field: str, typed: str, chosen: Sequence[str]
) -> Understood | FieldError:
    """Topics, or parts of them."""
    if line is Line.TOPICS:
        taken = await stated.read_topics(work, field, typed, chosen, official.language)
        return taken if isinstance(taken, FieldError) else _is(taken)
    wanted = {normalise(part) for part in re.split(r",|\ben\b|\band\b", typed) if part.strip()}
    if not chosen and normalise(typed) in _NOTHING:
        return _is([])
    known = {str(one.id): normalise(one.label) for one in await profile.parts_offered(work, official.id)}
    found = [number for number, label in known.items() if number in chosen]
    found = found if chosen else [number for number, label in known.items() if label in wanted]
    if len(found) != (len(chosen) or len(wanted)):
        return _wrong(field, text("profile-many-wrong"))
    return _is([int(number) for number in found])


def _read_words(line: Line, field: str, typed: str) -> Understood | FieldError:
    if line is Line.NAME:
        name = usable_name(typed)
        return _is(name) if name else _wrong(field, text("registration-name-unusable"))
    words = " ".join(clean(typed).split())
    if line is Line.ROLE and is_politician(words):
        return _wrong(field, text("profile-politician"))
    if len(words) > FREE[line]:
        return _wrong(field, text("profile-too-long", most=str(FREE[line])))
    return _is(words)


def _read_parsed(line: Line, field: str, typed: str, chosen: Sequence[str]) -> Understood | FieldError:
    """What has a grammar of its own. Of the messages people name those they want; kept are the others."""
    words = " ".join(chosen) or typed
    found: JsonValue = None
    match line:
        case Line.WORKING_DAYS:
            found = list(days) if (days := parse_days(words)) is not None else None
        case Line.FORMATS:
            found = list(formats) if (formats := parse_formats(words)) is not None else None
        case Line.NUDGES:
            wanted = [] if normalise(words) in _NOTHING else parse_nudges(words)
            found = None if wanted is None else [nudge for nudge in NUDGES if nudge not in wanted]
        case Line.WORKING_HOURS:
            found = parse_hours(words)
        case Line.SPOKEN:
            found = list(languages) if (languages := parse_languages(words)) is not None else None
        case _:
            found = parse_zone(words)
    return _wrong(field, _NOT_PARSED[line]) if found is None else _is(found)


_NOT_PARSED = {
    Line.WORKING_DAYS: text("profile-many-wrong"),
    Line.FORMATS: text("profile-many-wrong"),
    Line.NUDGES: text("profile-many-wrong"),
    Line.SPOKEN: text("profile-spoken-wrong"),
    Line.WORKING_HOURS: text("profile-hours-wrong"),
    Line.TIME_ZONE: text("profile-zone-wrong"),
}


def _read_one(line: Line, field: str, said: str) -> Understood | FieldError:
    match line:
        case Line.PACE if said.isascii() and said.isdecimal() and 1 <= int(said[:3]) <= MOST_PACE:
            return _is(int(said))
        case Line.PACE:
            return _wrong(field, text("profile-pace-wrong", most=str(MOST_PACE)))
        case Line.LANGUAGE if said in _LANGUAGES:
            return _is(_LANGUAGES[said])
        case Line.INTRODUCES if said in {"yes", "ja", "graag", "aan"}:
            return _is(value=True)
        case Line.INTRODUCES if said in {"no", "nee", "liever niet", "uit"}:
            return _is(value=False)
        case _:
            return _wrong(field, text("profile-one-wrong"))


async def _read_region(work: Work, field: str, said: str) -> Understood | FieldError:
    """A region by its name; of an organisation that is named, its own regions are offered."""
    index = (await indexes(work)).organisations
    region = index.region(said)
    if region is not None:
        return _is(region.name)
    match decide(index.find(said)):
        case One(hit=hit):
            near = dict.fromkeys((hit.value.province, hit.value.corop, hit.value.veiligheidsregio))
            names = [name for name in near if name and index.region(name) is not None]
        case _:
            names = []
    choices = tuple(_region(name) for name in names)
    reason = text("profile-region-which") if choices else text("profile-region-unknown")
    return FieldError(field=field, reason=reason, choices=choices)


def _read_contact(
    field: str, typed: str, chosen: str, answers: Mapping[str, JsonValue]
) -> Understood | FieldError:
    """The way, or the address; one that is typed at once says the way too."""
    email, phone = parse_email(typed), parse_phone(typed)
    if field == Line.CONTACT:
        if email or phone:
            kind = RouteKind.EMAIL if email else RouteKind.PHONE
            return _is(kind.value, address=email or phone)
        way = chosen or _KINDS.get(normalise(typed), "")
        if way not in [*RouteKind] or (way == RouteKind.CHAT and answers.get("beyond_chat")):
            return _wrong(field, text("profile-one-wrong"))
        return _is(str(way))
    if answers.get(Line.CONTACT) == RouteKind.EMAIL:
        return _is(email) if email else _wrong(field, text("profile-email-wrong"))
    return _is(phone) if phone else _wrong(field, text("profile-phone-wrong"))


async def save(work: Work, official: Official, line: Line, answers: Mapping[str, JsonValue]) -> Text:
    """Do what was answered; says what was kept, to its owner alone."""
    value = answers.get(line)
    match line, value:
        case Line.TOPICS, _:
            await profile.state_topics(work, official.id, stated.involved(answers))
        case Line.SUB_QUESTIONS, list():
            numbers = [SubQuestionId(number) for number in value if isinstance(number, int)]
            await topics.choose_sub_questions(work, official.id, numbers)
        case Line.ORGANISATION, int():
            await profile.move(work, official.id, OrganisationId(value))
        case Line.NAME, str():
            await profile.rename(work, official.id, value)
        case Line.CONTACT, str():
            await contact.set_route(work, official.id, RouteKind(value), str(answers.get(ADDRESS, "")))
        case _:
            await officials.change(work, official.id, **{line.value: value})
    return await _saved(work, official, line)


async def _saved(work: Work, official: Official, line: Line) -> Text:
    now = await officials.get(work, official.id)
    if now is None:
        raise LookupError("the official is gone")
    value: Named = (await profile.values(work, now))[line]
    if line is Line.CONTACT and isinstance(value, About):
        return text("profile-contact-saved", value=value)
    return profile.saved(line, value)
