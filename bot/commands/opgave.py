"""``opgave``: what there is on one, and proposing a new one: asked question by question, or in one line."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from bot.chat.form import Field, FieldError, Suggestion
from bot.chat.message import choose, option, say
from bot.commands import Answer, Answers, Ask, Command, Form, Leave, OpenForm, Reply, Took, reply
from bot.commands.koffie_beheer import topic_settings, topics
from bot.domain.errors import KoffieError
from bot.domain.ids import TopicId
from bot.domain.topic import Topic
from bot.domain.topic_name import LONGEST
from bot.domain.words import tokens
from bot.i18n.text import Text, Words, text
from bot.services import channel_find, topic, topic_idle, topic_words
from bot.services.register import indexes
from bot.services.topic import Proposal
from bot.store import involvements

_VERBS: Mapping[str, str] = {
    "nieuw": "opgave nieuw", "new": "opgave nieuw",
    "wijzig": "opgave wijzig", "change": "opgave wijzig",
    "samenvoegen": "opgave samenvoegen", "voeg": "opgave samenvoegen", "merge": "opgave samenvoegen",
    "splitsen": "opgave splitsen", "split": "opgave splitsen",
    "team": "opgave team",
    "sluit": "opgave sluit", "close": "opgave sluit",
    "heropen": "opgave heropen", "reopen": "opgave heropen",
}  # fmt: skip
_MOST_WORDS = 6
"""Words behind 'opgave' that can name one; more is talk."""
_LIMIT = 400
_NAMING = frozenset({"label", "wording", "same"})
"""What is asked about the name itself: another name begins with these anew."""
_PROPOSE = frozenset({"opgave nieuw", "topic new"})


async def run(ask: Ask) -> Reply:
    first, *_ = tokens(ask.words) or [""]
    if first in _VERBS:
        return await topics.RUN[_VERBS[first]](ask, " ".join(ask.words.split()[1:]))
    if not ask.words:
        return await _mine(ask)
    number = await channel_find.topic_named(ask.work, ask.words)
    if number is None:
        raise KoffieError(text("channel-no-topic"))
    return await _card(ask, number)


async def _mine(ask: Ask) -> Reply:
    """One's own topics to look at, and proposing another."""
    index = (await indexes(ask.work)).topics
    known = [index.get(number) for number, _ in await involvements.of(ask.work, ask.me.id)]
    options = [
        option(one.label(ask.language), "opgave/card", topic=int(one.id)) for one in known if one is not None
    ]
    new = option(text("topic-new-button"), "opgave/new")
    return reply(say(text("topic-which"), choose(*options, new), lasting=True))


async def card(ask: Ask, args: Answers) -> Reply:
    return await _card(ask, _number(args))


async def _card(ask: Ask, number: TopicId) -> Reply:
    found = await topic.current(ask.work, number)
    return reply(await topic_words.card(ask.work, ask.me, found, ask.language))


def _number(args: Answers) -> TopicId:
    number = args.get("topic")
    if not isinstance(number, int):
        raise KoffieError(text("look-up-topic-closed"))
    return TopicId(number)


async def new(ask: Ask, args: Answers) -> Reply:
    return Reply(opens=OpenForm(FORM.name))


async def join(ask: Ask, args: Answers) -> Reply:
    """Work on a topic too."""
    found = await topic.current(ask.work, _number(args))
    return await _joined(ask, found)


async def _joined(ask: Ask, found: Topic) -> Reply:
    took = await topic.take_part(ask.work, ask.me.id, found)
    label = found.label(ask.language)
    if took or found.id in dict(await involvements.of(ask.work, ask.me.id)):
        return reply(say(text("topic-joined", topic=label)))
    return reply(say(text("topics-most", most=str(ask.work.rules.topics_an_official))))


async def withdraw(ask: Ask, args: Answers) -> Reply:
    await topic.withdraw(ask.work, ask.me.id, _number(args))
    return reply(say(text("topic-withdrawn")))


async def unmerge(ask: Ask, args: Answers) -> Reply:
    row = await topic.state_of(ask.work, _number(args))
    return await topics.unmerge(ask, row)


async def idle_close(ask: Ask, args: Answers) -> Reply:
    """The answer to a kind proposal (P32)."""
    closed = await topic_idle.close(ask.work, ask.me.id, ask.account, _number(args))
    return reply(topic_words.closed(closed, ask.language))


async def idle_keep(ask: Ask, args: Answers) -> Reply:
    await topic_idle.keep_open(ask.work, ask.me.id, ask.account, _number(args))
    return reply(say(text("topic-idle-kept")))


# Proposing one.


async def fields(ask: Ask, answers: Answers) -> Sequence[Field]:
    asked = [
        Field(name="label", kind="text", prompt=text("topic-ask"), hint=text("topic-ask-hint"), limit=LONGEST)
    ]
    label = answers.get("label")
    if not isinstance(label, str):
        return asked
    sounds = topic_words.solution(label)
    if sounds is not None:
        asked.append(_wording(label, sounds))
    near = await topic.alike(ask.work, label)
    if near:
        known = await topic.same(ask.work, label)
        asked.append(_same(near, ask.language, must=known is not None))
    if answers.get("same", "new") == "new":
        also = Field(name="also", kind="text", prompt=text("topic-ask-also"), optional=True, limit=_LIMIT)
        themes = await topic.likely_themes(ask.work, label, str(answers.get("also", "")))
        theme = Field(
            name="theme",
            kind="search",
            prompt=text("topic-ask-theme"),
            options=tuple(_theme_option(one.code, one.label) for one in themes),
            optional=True,
        )
        asked += [also, theme]
    return asked


def _wording(label: str, sounds: str) -> Field:
    return Field(
        name="wording",
        kind="one",
        prompt=text("topic-solution", name=label, words=sounds),
        options=(
            Suggestion(value="other", label=text("topic-solution-other")),
            Suggestion(value="keep", label=text("topic-solution-keep")),
        ),
    )


def _same(near: Sequence[Topic], language: str, *, must: bool) -> Field:
    """Whether one of these is meant; ``must``: one of them bears just this name."""
    options: list[tuple[str, Text]] = []
    for one in near:
        options.append((f"join:{one.id}", text("topic-same-join", topic=one.label(language))))
        if not must:
            options.append((f"also:{one.id}", text("topic-same-word", topic=one.label(language))))
    if not must:
        options.append(("new", text("topic-same-new")))
    prompt = text("topic-same" if must else "topic-alike", topic=near[0].label(language))
    choices = tuple(Suggestion(value=value, label=label) for value, label in options)
    return Field(name="same", kind="one", prompt=prompt, options=choices)


def _theme_option(code: str, label: str) -> Suggestion:
    return Suggestion(value=code, label=Words(text=label[:75]))


async def read(ask: Ask, field: str, answer: Answer, answers: Answers) -> Took | FieldError | Leave:
    chosen = answer.chosen[0] if answer.chosen else ""
    try:
        match field:
            case "label":
                return Took(await topic.named(ask.work, _only_name(answer.typed), topics.reserved(ask)))
            case "also":
                return Took(list(topic.other_words(answer.typed, topics.reserved(ask))))
            case "theme":
                return await _read_theme(ask, chosen, answer.typed)
            case "wording" if chosen == "other" or answer.typed:
                known = {name: value for name, value in answers.items() if name not in _NAMING}
                return Leave(Reply(opens=OpenForm(FORM.name, known, said=answer.typed)))
            case "wording" if chosen == "keep":
                return Took(chosen)
            case "same" if chosen:
                return Took(chosen)
            case _:
                return FieldError(field=field, reason=text("topic-choose"))
    except KoffieError as refusal:
        return FieldError(field=field, reason=refusal.text)


def _only_name(typed: str) -> str:
    """Who is asked for a name may say the whole command again."""
    command, name = typed.split()[:2], typed.split()[2:]
    return " ".join(name) if " ".join(tokens(" ".join(command))) in _PROPOSE else typed


async def _read_theme(ask: Ask, chosen: str, typed: str) -> Took | FieldError:
    known = {theme.code: theme for theme in (await indexes(ask.work)).topics.themes}
    if chosen in known:
        return Took([chosen])
    found = await topic.likely_themes(ask.work, typed)
    if len(found) == 1:
        return Took([found[0].code])
    choices = tuple(_theme_option(one.code, one.label) for one in found)
    reason = text("topic-theme-which" if found else "topic-theme-unknown")
    return FieldError(field="theme", reason=reason, choices=choices)


async def done(ask: Ask, answers: Answers) -> Reply:
    how, _, number = str(answers.get("same", "new")).partition(":")
    label = str(answers["label"])
    if number.isdecimal():
        found = await topic.current(ask.work, TopicId(int(number)))
        if how == "also":
            kept = await topics.kept(ask, found)
            await topic.add_words(ask.work, kept, ask.me.id, [label])
        return await _joined(ask, found)
    made = await topic.propose(
        ask.work,
        ask.me.id,
        Proposal(
            label=label,
            synonyms=_strings(answers.get("also")),
            label_en=str(answers.get("english", "")),
            themes=_strings(answers.get("theme")),
        ),
    )
    return reply(await topic_words.made(ask.work, ask.me, made, ask.language))


def _strings(value: JsonValue) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


async def suggest(ask: Ask, field: str, typed: str) -> Sequence[Suggestion]:
    if field != "theme":
        return ()
    return [_theme_option(one.code, one.label) for one in await topic.likely_themes(ask.work, typed)]


FORM = Form(
    name=topics.PROPOSE,
    title=text("topic-form-title"),
    submit=text("topic-form-submit"),
    fields=fields,
    read=read,
    done=done,
    suggest=suggest,
)


def _takes(words: str) -> bool:
    said = tokens(words)
    return not said or said[0] in _VERBS or len(said) <= _MOST_WORDS


COMMAND = Command(
    name="opgave",
    aliases=("topic",),
    summary=text("topic-summary"),
    run=run,
    takes=_takes,
    actions={
        "card": card,
        "new": new,
        "join": join,
        "withdraw": withdraw,
        "unmerge": unmerge,
        "idle-close": idle_close,
        "idle-keep": idle_keep,
        **topic_settings.ACTIONS,
    },
    forms=(FORM,),
)
