"""Half-filled forms: one an account, encrypted, surviving a restart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from pydantic import JsonValue
from sqlalchemy import ColumnElement, bindparam, delete, select

from bot.chat.address import Account
from bot.store import outbox, tables
from bot.store.work import Work

_row = tables.Draft.metadata.tables[tables.Draft.__tablename__].c


@dataclass(frozen=True)
class Draft:
    """A form under way: at which field, what was answered, what to run once it is handed in."""

    token: str
    form: str
    step: str
    answers: Mapping[str, JsonValue]
    then: str
    whole: bool


def _whose(account: Account) -> tuple[ColumnElement[bool], ...]:
    row = tables.Draft
    return (row.platform == account.platform, row.tenant == account.tenant, row.user == account.user)


_OF = select(_row.token, _row.form, _row.step, _row.whole, _row.sealed).where(
    _row.platform == bindparam("platform"),
    _row.tenant == bindparam("tenant"),
    _row.user == bindparam("user"),
)


async def of(work: Work, account: Account) -> Draft | None:
    """The form that this account is filling in."""
    row = (await work.session.execute(_OF, account.model_dump())).one_or_none()
    if row is None:
        return None
    kept = json.loads(work.vault.open(row.sealed, "draft", row.token))
    return Draft(row.token, row.form, row.step, kept["answers"], kept["then"], row.whole)


async def save(work: Work, account: Account, draft: Draft) -> None:
    """Keep the form as it stands now."""
    row = (await work.session.execute(select(tables.Draft).where(*_whose(account)))).scalar_one_or_none()
    kept = json.dumps({"answers": dict(draft.answers), "then": draft.then}).encode()
    sealed = work.vault.seal(kept, "draft", draft.token)
    if row is None:
        row = tables.Draft(
            platform=account.platform,
            tenant=account.tenant,
            user=account.user,
            recipient=outbox.recipient_of(work, account),
            started_at=work.now,
        )
        work.session.add(row)
    row.token, row.form, row.step, row.whole, row.sealed = (
        draft.token,
        draft.form,
        draft.step,
        draft.whole,
        sealed,
    )
    await work.session.flush()


async def remove(work: Work, account: Account) -> bool:
    """Throw the form away; tells whether there was one."""
    gone = await work.session.execute(delete(tables.Draft).where(*_whose(account)).returning(tables.Draft.id))
    return gone.scalar_one_or_none() is not None


async def clear(work: Work, older_than: timedelta) -> None:
    """Forget forms that nobody came back to."""
    await work.session.execute(delete(tables.Draft).where(tables.Draft.started_at < work.now - older_than))
