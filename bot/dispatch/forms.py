"""Forms: shown whole where the platform can, asked question by question elsewhere, by the same rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from bot.chat.form import Field, FieldError, FormView, Next, Refused, Submission, Suggestion, Taken
from bot.chat.message import Block, Items, Message, Whole, choose, option, say
from bot.commands import Answer, Ask, Form, Leave, OpenForm, Registry, Reply, Took, reply
from bot.domain.words import normalise
from bot.i18n.text import Text, Words, text
from bot.services import erasure
from bot.store import drafts, offers
from bot.store.drafts import Draft

SLOT = "form"
_STOP = {"stop", "annuleer", "annuleren", "cancel", "quit"}
_BACK = {"terug", "vorige", "back", "previous"}
_LONGEST_OWN = 60
_SKIP = {"overslaan", "sla over", "skip", "geen", "niets", "none"}


@dataclass(frozen=True)
class Forms:
    """Runs the forms of a registry."""

    registry: Registry

    async def start(self, ask: Ask, opens: OpenForm, *, whole: bool) -> Reply:
        """Open a form; what was half filled in of another one is dropped."""
        form = self.registry.forms[opens.form]
        await drafts.remove(ask.work, ask.account)
        draft = Draft(ask.work.token(), form.name, "", dict(opens.answers), opens.then, whole)
        # From now on a bare number answers the form, and no longer the list that led to it.
        await offers.unnumber_slot(ask.work, offers.PASSING, ask.account)
        if opens.said:
            first = (await form.fields(ask, draft.answers))[0].name
            draft = replace(draft, step=first, whole=False)
            await drafts.save(ask.work, ask.account, draft)
            return await self.heard(ask, draft, Answer(typed=opens.said))
        if whole:
            await drafts.save(ask.work, ask.account, draft)
            return await self._show(ask, draft)
        return await self._ask_next(ask, form, draft)

    async def reopen(self, ask: Ask, token: str) -> Reply:
        """Show a whole form once more, as it is now: a platform keeps none, nor what stands in one."""
        draft = await drafts.of(ask.work, ask.account)
        if draft is None or draft.token != token or not draft.whole:
            return reply(say(text("form-expired")))
        return await self._show(ask, draft)

    async def _show(self, ask: Ask, draft: Draft) -> Reply:
        form = self.registry.forms[draft.form]
        page = _page(form, draft, await form.fields(ask, draft.answers))
        return reply(say(Whole(form=page)))

    async def heard(self, ask: Ask, draft: Draft, answer: Answer, *, like_command: bool = False) -> Reply:
        """An answer to the question that is open: words, or a chosen value.

        Who is refused words that are ``like_command`` may have wanted that, and hears the way out.
        """
        form = self.registry.forms[draft.form]
        said = normalise(answer.typed)
        if said in _STOP and not answer.chosen:
            return await self.stop(ask)
        if said in _BACK and not answer.chosen:
            return await self._back(ask, form, draft)
        fields = {field.name: field for field in await form.fields(ask, draft.answers)}
        field = fields.get(draft.step)
        if field is None:
            return await self._ask_next(ask, form, draft)
        # A question without options must not leave the numbers to those of an earlier one.
        await offers.close_slot(ask.work, SLOT, ask.account)
        if field.optional and said in _SKIP and not answer.chosen:
            taken: Took | FieldError | Leave = Took("")
        else:
            taken = await form.read(ask, field.name, _by_option(field, answer), draft.answers)
        match taken:
            case Leave(reply=last):
                await self._close(ask)
                return last
            case FieldError():
                return reply(_question(field, taken, text("form-way-out") if like_command else None))
            case Took():
                answers = {**draft.answers, field.name: taken.value, **taken.more}
                return await self._ask_next(ask, form, replace(draft, answers=answers))

    async def _ask_next(self, ask: Ask, form: Form, draft: Draft) -> Reply:
        for field in await form.fields(ask, draft.answers):
            if _waits(field, draft.answers):
                await drafts.save(ask.work, ask.account, replace(draft, step=field.name))
                return reply(_question(field))
        await self._close(ask)
        last = await form.done(ask, draft.answers)
        return replace(last, then=last.then or draft.then)

    async def _back(self, ask: Ask, form: Form, draft: Draft) -> Reply:
        names = [field.name for field in await form.fields(ask, draft.answers) if not field.assumed]
        place = names.index(draft.step) if draft.step in names else 0
        if place == 0:
            return await self._ask_next(ask, form, draft)
        answers = {name: value for name, value in draft.answers.items() if name != names[place - 1]}
        return await self._ask_next(ask, form, replace(draft, answers=answers))

    async def again(self, ask: Ask, draft: Draft) -> Reply:
        """Put the open question once more, after something else came in between."""
        return await self._ask_next(ask, self.registry.forms[draft.form], draft)

    async def stop(self, ask: Ask) -> Reply:
        """Throw the form away; of who is not registered nothing at all stays."""
        await self._close(ask)
        if ask.official is not None:
            return reply(say(text("form-stopped")))
        await erasure.forget_account(ask.work, ask.account)
        return reply(say(text("form-stopped"), fleeting=True))

    async def _close(self, ask: Ask) -> None:
        await drafts.remove(ask.work, ask.account)
        await offers.close_slot(ask.work, SLOT, ask.account)

    async def submit(self, ask: Ask, token: str, values: Mapping[str, JsonValue]) -> tuple[Submission, Reply]:
        """A form handed in whole: either what is wrong with it, or what follows."""
        draft = await drafts.of(ask.work, ask.account)
        if draft is None or draft.token != token:
            return Taken(), reply(say(text("form-expired")))
        form = self.registry.forms[draft.form]
        answers: dict[str, JsonValue] = dict(draft.answers)
        errors: list[FieldError] = []
        for field in await form.fields(ask, answers):
            if field.name not in values and not _waits(field, answers):
                continue  # Settled on an earlier page.
            given = values.get(field.name)
            answer = _whole_answer(field, given)
            if field.optional and answer == Answer():
                answers[field.name] = ""
                continue
            taken = await form.read(ask, field.name, answer, answers)
            match taken:
                case Leave(reply=last):
                    await self._close(ask)
                    return Taken(), last
                case FieldError():
                    errors.append(taken)
                case Took():
                    answers |= {field.name: taken.value, **taken.more}
        if errors:
            return Refused(errors=tuple(errors)), reply()
        fields = await form.fields(ask, answers)
        if any(_waits(field, answers) for field in fields):
            draft = replace(draft, answers=answers)
            await drafts.save(ask.work, ask.account, draft)
            return Next(form=_page(form, draft, fields)), reply()
        await self._close(ask)
        last = await form.done(ask, answers)
        return Taken(), replace(last, then=last.then or draft.then)

    async def suggest(self, ask: Ask, token: str, field: str, typed: str) -> Sequence[Suggestion]:
        draft = await drafts.of(ask.work, ask.account)
        if draft is None or draft.token != token:
            return ()
        form = self.registry.forms[draft.form]
        if not typed.strip():
            asked = [one for one in await form.fields(ask, draft.answers) if one.name == field]
            return asked[0].options if asked else ()
        found = await form.suggest(ask, field, typed) if form.suggest else ()
        return found or (_own(typed),)


def _waits(field: Field, answers: Mapping[str, JsonValue]) -> bool:
    """Whether the form cannot do without an answer to this one."""
    return field.name not in answers and not field.assumed


def _page(form: Form, draft: Draft, fields: Sequence[Field]) -> FormView:
    """What is still to be asked, as a platform shows it whole."""
    shown = tuple(
        field.model_copy(update={"how": None, "optional": field.optional or field.clears})
        for field in fields
        if field.name not in draft.answers
    )
    return FormView(id=draft.token, title=form.title, submit=form.submit, fields=shown)


_OWN = "own:"
"""Begins the value of an option that is what somebody typed in a field that searches."""


def _own(typed: str) -> Suggestion:
    """The words themselves, where nothing fits them: handed in, they are answered as words that were said."""
    words = " ".join(typed.split())[:_LONGEST_OWN]
    return Suggestion(value=_OWN + words, label=text("form-own", words=words))


def _question(field: Field, error: FieldError | None = None, way_out: Text | None = None) -> Message:
    """One field as a message: what was wrong, the question, and what can be chosen or done."""
    blocks: list[Block | Text | Words] = []
    if error is None:
        blocks.extend(field.before)
        blocks.append(field.prompt)
    else:
        blocks.append(error.reason)
    if way_out is not None:
        blocks.append(way_out)
    offered = error.choices if error and error.choices else _to_offer(field)
    if error is None:
        blocks.extend(words for words in (field.hint, field.how) if words is not None)
    if field.kind == "many" and not (error and error.choices):
        labels = tuple(
            (text("form-number", number=str(n), label=_worded(o)),) for n, o in enumerate(offered, 1)
        )
        blocks.append(Items(items=labels))
        return say(*blocks, slot=SLOT)
    options = [option(_worded(one), "form/choose", value=one.value, field=field.name) for one in offered]
    if field.optional:
        options.append(option(text("form-skip"), "form/skip", field=field.name))
    if options:
        blocks.append(choose(*options))
    return say(*blocks, slot=SLOT, about=text("form-about"))


def _to_offer(field: Field) -> Sequence[Suggestion]:
    """The options; in a search what stands there now is none."""
    standing = field.value if isinstance(field.value, list) else [field.value]
    return [one for one in field.options if field.kind != "search" or one.value not in standing]


def _worded(one: Suggestion) -> Text | str:
    return one.label if isinstance(one.label, Text) else one.label.text


def _by_option(field: Field, answer: Answer) -> Answer:
    """Numbers typed at a field with several choices are its options."""
    if field.kind != "many" or answer.chosen:
        return answer
    parts = answer.typed.replace(",", " ").replace(" en ", " ").replace(" and ", " ").split()
    if not parts or not all(part.isascii() and part.isdigit() and len(part) < 3 for part in parts):  # noqa: PLR2004
        return answer
    numbers = [int(part) for part in parts]
    if not all(1 <= number <= len(field.options) for number in numbers):
        return answer
    return Answer(chosen=tuple(field.options[number - 1].value for number in dict.fromkeys(numbers)))


def _whole_answer(field: Field, given: JsonValue) -> Answer:
    match given:
        case str() if field.kind == "text":
            return Answer(typed=given)
        case str() if given:
            return _picked([given])
        case list():
            return _picked([str(value) for value in given])
        case bool():
            return Answer(chosen=("yes",)) if given else Answer()
        case _:
            return Answer()


def _picked(values: Sequence[str]) -> Answer:
    own = [value.removeprefix(_OWN) for value in values if value.startswith(_OWN)]
    return Answer(", ".join(own), tuple(value for value in values if not value.startswith(_OWN)))
