"""The way of an event: out of the inbox, to a command, its reply into the outbox, in one transaction."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from pydantic import BaseModel

from bot.chat.address import Account, Address, Conversation, Direct, Home
from bot.chat.capabilities import Capabilities
from bot.chat.form import Submission, Suggestion, Taken
from bot.chat.hints import Hints
from bot.chat.inbound import Away, Gone, Inbound, Left, Opened, Pressed, Profile, Said, Submitted
from bot.chat.message import Message, say
from bot.chat.port import Hint
from bot.chat.tree import mapped
from bot.chat.workers import Workers
from bot.commands import Ask, Registry, Reply
from bot.dispatch.forms import Forms
from bot.dispatch.listening import LabelWords, Listening
from bot.domain.errors import KoffieError
from bot.i18n.catalogue import LANGUAGES, Catalogue
from bot.i18n.text import Text, Words, text
from bot.services import appeal, channel, koffie, moving, pause
from bot.store import accounts, claims, inbox, offers, officials, outbox, state
from bot.store.database import is_passing
from bot.store.inbox import Arrived
from bot.store.officials import Behind
from bot.store.outbox import Lane
from bot.store.work import Outgoing, Work, Workshop

log = logging.getLogger(__name__)
_SAME_SIGN = timedelta(minutes=10)
"""Signs of life that follow each other so soon are one."""
_AT_ONCE = 6
"""Events of different people that are handled at the same time."""
_MOST_FAILURES = 5
"""After so many failures outside the error boundary an event is set aside."""
_MOST_OUTAGES = 100
"""The same for an event in the middle of which the database gives way each time."""


class Dispatcher:
    """Implements the port towards the platforms (:class:`bot.chat.port.Bot`) and handles what they put in.

    ``posted`` is called after a commit that put something in the outbox, so that it goes out at once.
    ``has_room`` tells whether an answer may be claimed as it is posted, and handed over by ``posted``.
    """

    def __init__(
        self,
        workshop: Workshop,
        registry: Registry,
        catalogue: Catalogue,
        capabilities: Mapping[str, Capabilities],
        hints: Hints,
        posted: Callable[[Outgoing], None],
        has_room: Callable[[], bool] = lambda: False,
    ) -> None:
        self._workshop = workshop
        self._capabilities = capabilities
        self._posted = posted
        self._has_room = has_room
        self._hints = hints
        self._catalogue = catalogue
        self._forms = Forms(registry)
        self._listening = Listening(registry, self._forms, catalogue, self._may_edit)
        self._registry = registry
        self._workers = Workers("handling", self._take)
        self._expected = 0
        self._in_hand = 0
        self._failures: dict[int, int] = {}

    # What a platform may ask.

    async def put(
        self,
        events: Sequence[Inbound],
        *,
        platform: str | None = None,
        cursor: str | None = None,
        hints: Mapping[str, Hint] | None = None,
    ) -> None:
        events = await self._concerning(events)
        if not events and cursor is None:
            return
        # Kept first: a worker may take an event the moment it is committed.
        for event in events:
            if hints and event.key in hints:
                self._hints.keep(inbox.key_of(event), hints[event.key])
        alone = len(events) == 1 and cursor is None
        async with self._workshop.write_one() if alone else self._workshop.write() as work:
            new = await inbox.put(work, events)
            place = platform or (events[0].actor.platform if events else None)
            if cursor is not None and place is not None:
                await state.set_meta(work, f"cursor:{place}", cursor)
        self._expected += len(new)
        for _ in new:
            self._workers.wake()

    async def _concerning(self, events: Sequence[Inbound]) -> Sequence[Inbound]:
        """Without the absences of who is not registered: nothing is kept of those, not even for a while."""
        if not any(isinstance(event.content, Away) for event in events):
            return events
        async with self._workshop.read() as work:
            return [
                event
                for event in events
                if not isinstance(event.content, Away)
                or await accounts.official_of(work, event.actor) is not None
            ]

    async def cursor(self, platform: str) -> str | None:
        async with self._workshop.read() as work:
            return await state.meta(work, f"cursor:{platform}")

    async def suggest(
        self, actor: Account, form: str, field: str, typed: str, profile: Profile | None = None
    ) -> Sequence[Suggestion]:
        async with self._workshop.read() as work:
            ask = await self._ask(work, actor, None, profile)
            found = await self._forms.suggest(ask, form, field, typed)
            return [mapped(one, self._worded(ask)) for one in found]

    async def submit(self, event: Inbound) -> Submission:
        content = event.content
        if not isinstance(content, Submitted):
            raise TypeError("only a submitted form can be handed in")
        async with self._workshop.write() as work:
            if not await inbox.put(work, [event]):
                return Taken()
            answer: Submission = Taken()
            try:
                # Undone by itself: the event was put in the inbox here, and stays there.
                async with work.attempt():
                    ask = await self._ask(work, event.actor, event)
                    given, last = await self._forms.submit(ask, content.form, content.values)
                    await self._send(ask, await self._complete(ask, last), event)
                    answer = mapped(given, self._worded(ask))
            except Exception as error:
                _raise_if_passing(error)
                await self._apologise(work, event, error)
            await inbox.finish_key(work, event)
        self._posted(work.outgoing)
        return answer

    def _worded(self, ask: Ask) -> Callable[[BaseModel], BaseModel | None]:
        """Puts words for the texts of a form, in the language of who asks."""
        words_of = LabelWords(self._catalogue, ask.language, ask.work.today)
        return lambda node: Words(text=words_of(node)) if isinstance(node, Text) else None

    # The worker.

    async def run(self) -> None:
        """Handle events as they come, until stopped or cancelled; on SQLite all who write take turns."""
        await self._workers.run(1 if self._workshop.database.is_sqlite else _AT_ONCE)

    def stop(self) -> None:
        """Take nothing new out of the inbox: ``run`` returns once the events in hand are handled."""
        self._workers.stop()

    async def _take(self) -> bool:
        """For a worker: handle one event; false when as far as is known here no other waits."""
        expected = self._expected > 0
        if await self.handle_next():
            self._expected -= expected
            # One that nobody here put in, or that waited from before, seldom comes alone. What others have in
            # hand is not looked for.
            return not expected or self._expected > self._in_hand
        if self._workers.busy == 1:
            # Other processes took them. While others here are at work, one of an actor's may wait for them.
            self._expected = 0
        return False

    async def handle_next(self) -> bool:
        """Handle the oldest event that waits; false when there is none."""
        arrived: Arrived | None = None
        try:
            async with self._workshop.write() as work:
                arrived = await inbox.take(work)
                if arrived is None:
                    return False
                self._in_hand += 1
                await self._handle(work, arrived.event)
        except Exception as error:
            if arrived is None:
                raise
            work = await self._undone(arrived, error)
        finally:
            self._in_hand -= arrived is not None
        self._failures.pop(arrived.id, None)
        self._posted(work.outgoing)
        return True

    async def _handle(self, work: Work, event: Inbound) -> None:
        ask = await self._ask(work, event.actor, event)
        await self._send(ask, await self._answer(ask, event), event)
        await offers.give_way(work, event.actor)
        if isinstance(event.where, Home) and isinstance(event.content, Pressed):
            # What was pressed there may have changed what it shows.
            opened = event.model_copy(update={"content": Opened()})
            fresh = await self._ask(work, event.actor, opened)
            await self._send(fresh, await self._answer(fresh, opened), opened)

    # The error boundary: what fails changes nothing but the answer that says so.

    async def _undone(self, arrived: Arrived, error: Exception) -> Work:
        """Say what went wrong, in a unit of work of its own: the other was undone with all that was in it.

        The event waits again by then, and another worker may have taken it.
        """
        try:
            _raise_if_passing(error)
            async with self._workshop.write() as work:
                if await inbox.settle(work, arrived, failed=not isinstance(error, KoffieError)):
                    await self._apologise(work, arrived.event, error)
        except Exception as last:
            if not self._hopeless(arrived, last):
                raise
            async with self._workshop.write() as work:
                await inbox.settle(work, arrived, failed=True)
        return work

    def _hopeless(self, arrived: Arrived, error: Exception) -> bool:
        """Whether an event failed so often, and its apology too, that it must not hold others up."""
        failures = self._failures[arrived.id] = self._failures.get(arrived.id, 0) + 1
        if failures < (_MOST_OUTAGES if is_passing(error) else _MOST_FAILURES):
            return False
        log.error("event %s set aside: %s in %s", arrived.id, type(error).__name__, _place(error))
        return True

    async def _apologise(self, work: Work, event: Inbound, error: Exception) -> None:
        if isinstance(error, KoffieError):
            message = say(error.text)
        else:
            # Only the kind of error and where it happened: its words may hold what the user wrote.
            log.error("an event failed: %s in %s", type(error).__name__, _place(error))
            message = say(text("error-ours"))
        ask = await self._ask(work, event.actor, event)
        await self._send(ask, Reply(messages=(message,)), event)

    async def _ask(
        self, work: Work, actor: Account, event: Inbound | None, profile: Profile | None = None
    ) -> Ask:
        """Who asks. A sign of life is noted when there is an event, which brings its own profile."""
        behind = await officials.behind(work, actor)
        official = None if behind is None else behind.official
        profile = event.profile if event else profile
        language = (
            official.language if official else _language(profile.language if profile else None, work.language)
        )
        if event is not None and behind is not None and not isinstance(event.content, Gone | Away | Left):
            await _sign_of_life(work, actor, behind)
        where = event.where if event else None
        return Ask(
            work=work,
            account=actor,
            where=where or Direct(account=actor),
            language=language,
            official=official,
            profile=profile,
            registry=self._registry,
            makers=frozenset(name for name, able in self._capabilities.items() if able.channels),
            drafting=behind is None or behind.drafting,
        )

    async def _answer(self, ask: Ask, event: Inbound) -> Reply:
        match event.content:
            case Said(text=words, command=command, reply_to=ref):
                heard = await self._listening.said(ask, words, command=command, reply_to=ref)
            case Pressed(token=token):
                heard = await self._listening.pressed(ask, token)
            case Opened():
                heard = await self._listening.opened(ask)
            case Gone():
                await self._gone(ask)
                heard = Reply()
            case Away(until=until):
                if ask.official is not None:
                    await pause.follow_status(ask.work, ask.official, until)
                heard = Reply()
            case Left():
                await self._left(ask)
                heard = Reply()
            case _:  # A form is handed in through `submit`.
                heard = Reply()
        return await self._complete(ask, heard)

    async def _gone(self, ask: Ask) -> None:
        """Who can be reached nowhere any more leaves their koffies; the others notice nothing."""
        await accounts.deactivate(ask.work, ask.account)
        if ask.official is None:
            return
        elsewhere = await accounts.preferred_account(ask.work, ask.official.id)
        if elsewhere is None:
            await appeal.leave(ask.work, ask.official.id)
            await koffie.leave(ask.work, ask.official.id)
        else:
            # Who moved is there; whoever gets this account again is somebody else.
            await moving.drop(ask.work, ask.account, elsewhere)

    async def _left(self, ask: Ask) -> None:
        """Who leaves a conversation leaves the rounds that are held there."""
        if ask.official is not None and isinstance(ask.where, Conversation):
            await channel.left_place(ask.work, ask.where, ask.official.id)

    async def _complete(self, ask: Ask, heard: Reply) -> Reply:
        """Run what a reply leads to: a form that opens, and further words after it."""
        messages = list(heard.messages)
        for _ in range(3):
            if heard.opens is not None:
                heard = await self._forms.start(ask, heard.opens, whole=self._whole(ask))
            elif heard.then:
                fresh = replace(
                    await self._ask(ask.work, ask.account, None), where=ask.where, profile=ask.profile
                )
                heard = await self._further(fresh, heard.then)
            else:
                break
            messages.extend(heard.messages)
        return Reply(messages=tuple(messages))

    async def _further(self, ask: Ask, words: str) -> Reply:
        """Run words that follow on something. They may be refused by themselves; what was before stands."""
        try:
            async with ask.work.attempt():
                return await self._listening.said(ask, words, command=True)
        except KoffieError as refusal:
            return Reply(messages=(say(refusal.text),))

    def _whole(self, ask: Ask) -> bool:
        capabilities = self._capabilities.get(ask.account.platform)
        return capabilities is not None and capabilities.forms

    def _may_edit(self, platform: str) -> bool:
        """Whether what stands there can be edited, as far as is known here: delivery knows for sure."""
        capabilities = self._capabilities.get(platform)
        return capabilities is None or capabilities.edits

    async def _send(self, ask: Ask, answer: Reply, event: Inbound) -> None:
        """Answers go where the question came from; in a shared place only the one who asked sees them."""
        where = ask.where
        if isinstance(where, Home) and not isinstance(event.content, Opened):
            # The home screen is no place to answer in: it shows how things stand.
            where = Direct(account=ask.account)
        for message in answer.messages:
            if isinstance(where, Conversation):
                where = where.model_copy(update={"account": ask.account})
                message = message.model_copy(update={"only_you": True})  # noqa: PLW2901
            key = await self._post(ask, where, message)
            hint = self._hints.get(inbox.key_of(event))
            if key is not None and hint is not None:
                self._hints.keep(key, hint)

    async def _post(self, ask: Ask, where: Address, message: Message) -> str | None:
        if self._has_room():
            return await claims.answer(ask.work, where, message, asker=ask.account, language=ask.language)
        # Who they are now: the event may have registered or erased them.
        official = await accounts.official_of(ask.work, ask.account)
        return await outbox.post(
            ask.work, where, message, Lane.ANSWER, official=official, language=ask.language
        )


def _raise_if_passing(error: Exception) -> None:
    """When the database itself gave way nothing is said: the event comes again."""
    if not isinstance(error, KoffieError) and is_passing(error):
        raise error


async def _sign_of_life(work: Work, account: Account, behind: Behind) -> None:
    """Noted once in a while; at once where somebody comes from another account than the last time."""
    if behind.signed_at is None or work.now - behind.signed_at > _SAME_SIGN:
        await accounts.seen(work, account)
        await officials.touch(work, behind.official.id)


def _place(error: BaseException) -> str:
    """The innermost function and line."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    return f"{step.tb_frame.f_code.co_qualname}:{step.tb_lineno}" if step else "?"


def _language(wish: str | None, default: str) -> str:
    short = (wish or "")[:2].lower()
    return short if short in LANGUAGES else default
