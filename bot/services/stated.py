"""What someone states about themselves, at registering and in the profile: where one works, and on what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from pydantic import JsonValue

from bot.chat.form import Field, FieldError, Suggestion
from bot.domain.ids import OrganisationId, TopicId
from bot.domain.involvements import Stated, parse_involvements
from bot.domain.lookup import Hit, One, Reason, Several, decide
from bot.domain.lookup_topic import TooBroad
from bot.domain.register import Organisation
from bot.domain.topic import Part, Topic
from bot.i18n.text import Text, Value, Words, text
from bot.services import register
from bot.services.wording import Named, part_in
from bot.store.work import Work

_OFFERED = 5


@dataclass(frozen=True)
class Place:
    """An organisation that was understood; ``former`` is the old name that led to it, if one did."""

    organisation: Organisation
    former: str = ""


async def proposed_places(work: Work, email: str | None) -> list[Organisation]:
    """Where an address suggests that one works: a hint, never proof. Longest domain first."""
    domain = (email or "").rpartition("@")[2].lower()
    if not domain:
        return []
    index = (await register.indexes(work)).organisations
    fitting = [
        organisation
        for organisation in index.organisations
        if organisation.email_domain
        and (domain == organisation.email_domain or domain.endswith(f".{organisation.email_domain}"))
    ]
    fitting.sort(key=lambda organisation: -len(organisation.email_domain))
    current = {current.id: current for one in fitting for current in index.current(one)}
    return list(current.values())[:_OFFERED]


async def place(work: Work, field: str, typed: str, chosen: str = "") -> Place | FieldError:
    """The organisation that was typed or chosen; one that ended is its successor."""
    index = (await register.indexes(work)).organisations
    if chosen:
        found = index.get(OrganisationId(int(chosen))) if chosen.isdecimal() else None
        current = index.current(found) if found else ()
        if len(current) == 1:
            return Place(current[0])
        return FieldError(field=field, reason=text("place-unknown"), choices=as_choices(current))
    match decide(index.find(typed, _OFFERED), _OFFERED):
        case One(hit=hit):
            return Place(hit.value, hit.matched if hit.reason is Reason.FORMER_NAME else "")
        case Several(hits=(hit,)):
            reason = text("place-one", organisation=hit.value.title)
            return FieldError(field=field, reason=reason, choices=as_choices([hit.value]))
        case Several(hits=hits):
            titles = [hit.value.title for hit in hits]
            reason = (
                text("place-two", one=titles[0], other=titles[1])
                if len(hits) == 2  # noqa: PLR2004
                else text("place-several")
            )
            return FieldError(field=field, reason=reason, choices=as_choices(hit.value for hit in hits))
        case _:
            return FieldError(field=field, reason=text("place-unknown"))


async def suggested_places(work: Work, typed: str) -> tuple[Suggestion, ...]:
    """As-you-type: what fits so far, best first."""
    index = (await register.indexes(work)).organisations
    return as_choices(hit.value for hit in index.find(typed, 10))


def as_choices(organisations: Iterable[Organisation]) -> tuple[Suggestion, ...]:
    """Organisations to choose from."""
    return tuple(Suggestion(value=str(one.id), label=Words(text=one.title[:75])) for one in organisations)


Involved = tuple[tuple[TopicId, Part], ...]


class Open(Value):
    """Words that could be several topics, or none: to be asked about."""

    words: str
    part: Part
    topics: tuple[TopicId, ...] = ()


class StatedTopics(Value):
    """A list of topics as understood: what is sure, and what has to be asked. It is kept in drafts."""

    sure: Involved = ()
    open: tuple[Open, ...] = ()


async def topics(work: Work, field: str, typed: str, chosen: Sequence[str]) -> StatedTopics | FieldError:
    """The topics in a typed list, and those that were chosen; ``FieldError`` when none can be made of it."""
    most = work.rules.topics_an_official
    index = (await register.indexes(work)).topics
    values = (_chosen(value) for value in chosen)
    sure = dict(one for one in values if one is not None and index.get(one[0]) is not None)
    if chosen and not sure:
        return FieldError(field=field, reason=text("topics-most", most=str(most)))
    open_: list[Open] = []
    for stated in parse_involvements(typed, index):
        match stated.answer:
            case One(hit=hit):
                sure[hit.value.id] = stated.part
            case Several(hits=hits) | TooBroad(hits=hits):
                open_.append(_open(stated, hits))
            case _:
                open_.append(_open(stated))
    if len(sure) + len(open_) > most:
        return FieldError(field=field, reason=text("topics-most", most=str(most)))
    if not sure and not any(one.topics for one in open_):
        words = text("topics-unknown", words=open_[0].words) if len(open_) == 1 else text("topics-none")
        return FieldError(field=field, reason=words)
    return StatedTopics(sure=tuple(sure.items()), open=tuple(open_))


def _open(stated: Stated, hits: Iterable[Hit[Topic]] = ()) -> Open:
    return Open(words=stated.text[:60], part=stated.part, topics=tuple(hit.value.id for hit in hits))


async def topic(work: Work, field: str, typed: str, chosen: str, language: str) -> TopicId | FieldError:
    """One topic, as an answer to which was meant."""
    index = (await register.indexes(work)).topics
    if chosen:
        picked = _chosen(chosen)
        if picked is not None and index.get(picked[0]) is not None:
            return picked[0]
        return FieldError(field=field, reason=text("topics-none"))
    match index.decide(typed, _OFFERED):
        case One(hit=hit):
            return hit.value.id
        case Several(hits=hits):
            return FieldError(field=field, reason=text("topics-which"), choices=_topics(hits, language))
        case TooBroad(hits=hits):
            reason = text("topics-broad", words=typed[:60])
            return FieldError(field=field, reason=reason, choices=_topics(hits, language))
        case _:
            return FieldError(field=field, reason=text("topics-unknown", words=typed[:60]))


async def choices(work: Work, some: Iterable[TopicId], language: str) -> tuple[Suggestion, ...]:
    """Topics to choose from."""
    index = (await register.indexes(work)).topics
    known = (index.get(one) for one in some)
    return tuple(_suggestion(one, language) for one in known if one is not None)


async def suggested_topics(work: Work, typed: str, language: str) -> tuple[Suggestion, ...]:
    """As-you-type: what fits the last topic of a list so far, with the part that its words name."""
    index = (await register.indexes(work)).topics
    stated = parse_involvements(typed, index)
    if not stated:
        return ()
    last = stated[-1]
    return tuple(_suggestion(hit.value, language, last.part) for hit in index.find(last.text, 10))


def _topics(hits: Iterable[Hit[Topic]], language: str) -> tuple[Suggestion, ...]:
    return tuple(_suggestion(hit.value, language) for hit in hits)


async def as_stated(work: Work, involved: Involved, language: str) -> tuple[Suggestion, ...]:
    """These topics, each with the part that one has in it, as they are chosen."""
    index = (await register.indexes(work)).topics
    known = ((index.get(topic), part) for topic, part in involved)
    return tuple(_suggestion(one, language, part) for one, part in known if one is not None)


def _suggestion(topic: Topic, language: str, part: Part = Part.WORKS_ON) -> Suggestion:
    label = topic.label(language)[:75]
    if part is Part.WORKS_ON:
        return Suggestion(value=str(topic.id), label=Words(text=label))
    return Suggestion(value=f"{topic.id}:{part.value}", label=part_in(part, label))


def _chosen(value: str) -> tuple[TopicId, Part] | None:
    number, _, part = value.partition(":")
    if not number.isdecimal() or part not in {"", *Part}:
        return None
    return TopicId(int(number)), Part(part) if part else Part.WORKS_ON


TOPICS = "topics"
_WHICH = "which_"


def _which(place_: int) -> str:
    return f"{_WHICH}{chr(ord('a') + place_)}"


def known_topic(topic: TopicId | None) -> dict[str, JsonValue]:
    """Answers in which one topic is settled, for who came for it; none without a topic."""
    if topic is None:
        return {}
    return {TOPICS: StatedTopics(sure=((topic, Part.WORKS_ON),)).model_dump(mode="json")}


def asks_topics(field: str) -> bool:
    """Whether a field is one of :func:`topic_fields`."""
    return field == TOPICS or field.startswith(_WHICH)


async def topic_fields(
    work: Work, answers: Mapping[str, JsonValue], prompt: Text, language: str, standing: Involved = ()
) -> list[Field]:
    """The question for the list of topics, and one for each that could be several or none.

    ``standing`` are the topics that one has now.
    """
    options = await as_stated(work, standing, language)
    fields = [
        Field(
            name=TOPICS,
            kind="search",
            prompt=prompt,
            hint=text("topics-hint"),
            options=options,
            value=[one.value for one in options] or None,
            most=max(work.rules.topics_an_official, len(options)),
        )
    ]
    if TOPICS not in answers:
        return fields
    stated = StatedTopics.model_validate(answers[TOPICS])
    for place_, one in enumerate(stated.open):
        others = {name: value for name, value in answers.items() if name != _which(place_)}
        prompt = text("topics-which-of" if one.topics else "topics-unknown", words=one.words)
        fields.append(
            Field(
                name=_which(place_),
                kind="search",
                prompt=prompt,
                options=await choices(work, one.topics, language),
                optional=bool(involved(others)),
            )
        )
    return fields


async def read_topics(
    work: Work, field: str, typed: str, chosen: Sequence[str], language: str
) -> JsonValue | FieldError:
    """An answer to one of :func:`topic_fields`, as a draft keeps it."""
    if field != TOPICS:
        picked = await topic(work, field, typed, chosen[0] if chosen else "", language)
        return picked if isinstance(picked, FieldError) else int(picked)
    stated = await topics(work, field, typed, chosen)
    return stated if isinstance(stated, FieldError) else stated.model_dump(mode="json")


def involved(answers: Mapping[str, JsonValue]) -> Involved:
    """The topics that the answers so far give; one that was named twice counts as said last."""
    if TOPICS not in answers:
        return ()
    stated = StatedTopics.model_validate(answers[TOPICS])
    parts = dict(stated.sure)
    for place_, one in enumerate(stated.open):
        picked = answers.get(_which(place_))
        if isinstance(picked, int):
            parts[TopicId(picked)] = one.part
    return tuple(parts.items())


async def in_words(work: Work, involved: Sequence[tuple[TopicId, Part]], language: str) -> Named:
    """'leidt Stikstof; werkt aan Droogte, Jeugdzorg'; an empty string for none."""
    index = (await register.indexes(work)).topics
    known = [(index.get(topic), part) for topic, part in involved]
    parts: list[Text] = []
    for part in Part:
        labels = [one.label(language) for one, own in known if one is not None and own is part]
        if labels:
            parts.append(part_in(part, ", ".join(labels)))
    return (
        reduce(lambda rest, first: text("topics-also", first=first, rest=rest), reversed(parts))
        if parts
        else ""
    )
