"""Forms as modals: opened by a trigger, and answered at once."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from adapters.slack import modal
from adapters.slack.exchange import Handle
from adapters.slack.installations import Installation
from adapters.slack.web import SlackError, Web
from bot.chat import text
from bot.chat.address import Account, Direct
from bot.chat.form import FormView
from bot.chat.inbound import Inbound, Profile, Submitted
from bot.chat.port import Tools

log = logging.getLogger(__name__)


class Windows:
    """The modals of this app."""

    def __init__(self, web: Web, tools: Tools) -> None:
        self._web = web
        self._tools = tools

    async def show(self, installation: Installation, form: FormView, handle: Handle | None) -> bool:
        """Open a form's modal; false when a button has to do it, whose press brings a trigger."""
        trigger = handle.take_trigger() if handle else None
        if trigger is None:
            return False
        try:
            await self._web.call(installation.token, "views.open", trigger_id=trigger, view=modal.view(form))
        except SlackError as error:
            log.warning("a modal did not open: %s", error)
            return False
        return True

    async def handed_in(
        self, view: Mapping[str, Any], key: str, account: Account, profile: Profile, at: datetime
    ) -> dict[str, Any]:
        """A modal that was handed in, and what to answer it."""
        event = Inbound(
            key=f"form:{key}"[:255],
            actor=account,
            where=Direct(account=account),
            content=Submitted(form=str(view.get("private_metadata"))[:200], values=modal.values(view)),
            at=at,
            profile=profile,
        )
        try:
            answered = await self._tools.bot.submit(event)
        except Exception as error:  # noqa: BLE001 - the modal waits for an answer, whatever went wrong
            log.error("a form failed: %s", type(error).__name__)
            sorry = self._tools.words(text("slack-trouble"), language_of(profile, self._tools.language))
            return modal.wrong({"": sorry}, view)
        return modal.answer(answered, view)

    async def suggest(self, body: Mapping[str, Any], account: Account, profile: Profile) -> dict[str, Any]:
        """What fits the letters typed so far."""
        view = body.get("view") or {}
        found = await self._tools.bot.suggest(
            account,
            str(view.get("private_metadata")),
            str(body.get("block_id"))[:40],
            str(body.get("value") or "")[:200],
            profile,
        )
        return modal.suggestions(found)


def language_of(profile: Profile, otherwise: str) -> str:
    """The language of the adapter's own few words."""
    short = (profile.language or otherwise)[:2].lower()
    return short if short in {"nl", "en"} else otherwise
