"""What somebody means: an answer to an open question, a command, or words that nobody asked for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from pydantic import JsonValue
from rapidfuzz import fuzz, process

from bot.chat.address import Home
from bot.chat.form import OPENS
from bot.chat.message import Card, Choices, Message, Paragraph, choose, option, say
from bot.commands import Answer, Ask, Command, Registry, Reply, join_first, reply
from bot.dispatch import choices
from bot.dispatch.choices import Meant, Unclear
from bot.dispatch.forms import Forms
from bot.domain.words import clean, normalise
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.i18n.text import Text, Words, text
from bot.store import drafts, offers, outbox
from bot.store.offers import Choice
from bot.store.outbox import Lane

_NEAR = 75
"""Percent of likeness from which an unknown word is taken for a command misspelt."""
_GREETINGS = frozenset("hoi hallo hai hey hee dag goedemorgen goedemiddag goedenavond hello hi".split()) | {
    "good morning",
    "good afternoon",
}


class Listening:
    """Turns words and presses into replies; ``may_edit`` tells of a platform whether it can edit messages."""

    def __init__(
        self, registry: Registry, forms: Forms, catalogue: Catalogue, may_edit: Callable[[str], bool]
    ) -> None:
        self._registry = registry
        self._may_edit = may_edit
        self._forms = forms
        self._catalogue = catalogue

    async def said(self, ask: Ask, words: str, *, command: bool, reply_to: str = "") -> Reply:
        """Answer words. ``command``: the platform made clear that this is one.

        ``reply_to`` is the ref of the message that they answer, if that is known.
        """
        said = clean(words)
        if said[:1] in {"/", "!"}:
            said, command = said[1:].lstrip(), True
        draft = await drafts.of(ask.work, ask.account) if ask.drafting else None
        asking = draft if draft is not None and not draft.whole else None
        if not command:
            numbers = asking is not None and not await self._form_has_options(ask)
            meant = await choices.by_number(
                ask.work, ask.account, ask.where, said, form_takes_numbers=numbers, reply_to=reply_to
            )
            if meant is not None:
                return await self._chosen(ask, meant)
        found = self._registry.match(said)
        if asking is not None and not command and not (found and self._is_heard(ask, found[0], said)):
            return await self._to_form(ask, asking, said, like_command=found is not None)
        if not command and asking is None:
            # Before any command: 'Ken ik al' on a button is no 'ken-ik' about somebody called Al.
            lists = found is None or bool(found[1])
            meant = await choices.by_label(
                ask.work, ask.account, ask.where, said, self._label_words(ask), lists=lists
            )
            if meant is not None:
                return await self._chosen(ask, meant)
        if found is None:
            return await self._unknown(ask, said)
        answer = await self._run(ask, *found)
        if asking is not None and answer.opens is None and await drafts.of(ask.work, ask.account) is not None:
            again = await self._forms.again(ask, asking)
            return replace(answer, messages=(*answer.messages, *again.messages))
        return answer

    def _is_heard(self, ask: Ask, command: Command, said: str) -> bool:
        """Whether a command is one also while a form waits for an answer: of who is registered, any whose
        name is written with its hyphens, since no answer looks like that.
        """
        first = said.split(maxsplit=1)[0]
        outright = ask.official is not None and "-" in first and self._registry.named(first) is command
        return command.amid_form or outright

    async def _to_form(self, ask: Ask, draft: drafts.Draft, said: str, *, like_command: bool) -> Reply:
        """The words on a button of the open question choose it; all else is the answer."""
        label_words = self._label_words(ask)
        for question in await offers.numbered(ask.work, ask.account):
            for choice in question:
                if choice.action.name.startswith("form/") and normalise(
                    label_words(choice.label)
                ) == normalise(said):
                    return await self._press(ask, choice)
        return await self._forms.heard(ask, draft, Answer(typed=said), like_command=like_command)

    async def _form_has_options(self, ask: Ask) -> bool:
        questions = await offers.numbered(ask.work, ask.account)
        return any(question[0].action.name.startswith("form/") for question in questions)

    def _label_words(self, ask: Ask) -> "LabelWords":
        return LabelWords(self._catalogue, ask.language, ask.work.today)

    async def home(self, ask: Ask) -> Reply:
        """The home screen of who asks."""
        return reply(await self._registry.home(ask)) if self._registry.home else Reply()

    async def opened(self, ask: Ask) -> Reply:
        """Somebody opened their home screen, or the talk: there who is new gets a welcome."""
        if isinstance(ask.where, Home):
            return await self.home(ask)
        if ask.official is not None:
            return Reply()
        return _welcome()

    async def _chosen(self, ask: Ask, meant: Meant | Unclear) -> Reply:
        match meant:
            case Meant(choice=choice):
                return await self._press(ask, choice)
            case Unclear(question=question):
                return reply(question)

    async def pressed(self, ask: Ask, token: str) -> Reply:
        """A button: only its addressee moves something, and only once."""
        if token.startswith(OPENS):
            return await self._forms.reopen(ask, token.removeprefix(OPENS))
        choice = await offers.by_token(ask.work, token, ask.account)
        if choice is None:
            return reply(say(text("choice-not-yours")))
        if not choice.open:
            return reply(say(text("choice-settled")))
        return await self._press(ask, choice)

    async def _press(self, ask: Ask, choice: Choice) -> Reply:
        action = choice.action
        match action.name, action.args:
            case "choice/this", {"token": str(token)}:
                await offers.settle(ask.work, choice)
                return await self.pressed(ask, token)
            case "choice/form", {"words": str(words)}:
                await offers.settle(ask.work, choice)
                return await self._form_answer(ask, Answer(typed=words))
            case "form/choose", {"value": str(value)}:
                await offers.settle(ask.work, choice)
                return await self._form_answer(ask, Answer(chosen=(value,)))
            case "form/skip", _:
                await offers.settle(ask.work, choice)
                return await self._form_answer(ask, Answer(typed="skip"))
        answer = await self._act(ask, action.name, action.args)
        if not choice.lasting and not answer.keeps:
            await offers.settle(ask.work, choice)
            if self._may_edit(ask.account.platform):
                await self._show_settled(ask, choice)
        return answer

    async def _act(self, ask: Ask, name: str, args: dict[str, JsonValue]) -> Reply:
        command, press = self._registry.actions[name]
        if ask.official is None and not command.anyone:
            return join_first("")
        return await press(ask, args)

    async def _form_answer(self, ask: Ask, answer: Answer) -> Reply:
        draft = await drafts.of(ask.work, ask.account)
        if draft is None:
            return reply(say(text("form-expired")))
        return await self._forms.heard(ask, draft, answer)

    async def _show_settled(self, ask: Ask, choice: Choice) -> None:
        """Edit the question into its answer."""
        before = await outbox.message_of(ask.work, choice.message)
        if before is None:
            return
        address, message = before
        settled = _settled(message, choice)
        official = ask.official.id if ask.official else None
        await outbox.post(ask.work, address, settled, Lane.ANSWER, official=official, language=ask.language)

    async def _run(self, ask: Ask, command: Command, words: str) -> Reply:
        if ask.official is None and not command.anyone:
            return join_first(f"{command.name} {words}".strip())
        return await command.run(replace(ask, words=words))

    async def _unknown(self, ask: Ask, said: str) -> Reply:
        """Words that are no command: a question may still be in them; else the nearest command is offered."""
        for command in self._registry.commands:
            if await command.understands(ask, said):
                return await self._run(ask, command, said)
        if ask.official is None:
            return _welcome()
        if normalise(said).removesuffix(" koffie") in _GREETINGS:
            return reply(say(text("hello-again")))
        near = process.extractOne(
            normalise(said), self._registry.names, scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        meant = None if near is None else self._registry.named(near[0])
        if meant is None:
            return reply(say(text("unknown")))
        return reply(say(text("unknown-near", command=meant.name)))


class LabelWords:
    """Words of a label in one language; labels hold no facts of officials."""

    def __init__(self, catalogue: Catalogue, language: str, today: date) -> None:
        self._catalogue = catalogue
        self._language = language
        self._today = today

    def __call__(self, label: Text | Words) -> str:
        if isinstance(label, Words):
            return label.text
        return self._catalogue.words(label, self._language, nothing_about, today=self._today)


def _welcome() -> Reply:
    """For who is new, with the one next step."""
    return reply(say(text("welcome"), choose(option(text("welcome-join"), "aanmelden/start", "primary"))))


def _settled(message: Message, choice: Choice) -> Message:
    """The question without its buttons, with what was chosen under it."""
    chosen = choice.label if isinstance(choice.label, Text) else text("choice-words", words=choice.label.text)
    blocks = tuple(
        block.model_copy(update={"options": ()}) if isinstance(block, Card) else block
        for block in message.blocks
        if not isinstance(block, Choices)
    )
    done = Paragraph(spans=(text("choice-chosen", label=chosen),))
    return message.model_copy(
        update={"blocks": (*blocks, done), "replaces": choice.message, "slot": None, "about": None}
    )
