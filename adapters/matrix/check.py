"""Whether Matrix is well: the server, the login, the signature, who may speak. Nothing is changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from adapters.matrix import cross_signing
from adapters.matrix.cross_signing import Standing
from adapters.matrix.login import LOGIN, LOST_STORE, secret
from adapters.matrix.notes import Notes
from adapters.matrix.settings import Settings
from adapters.matrix.web import LoggedOut, MatrixError, Refused, Web, path
from bot.chat import Text, text
from bot.chat.port import Finding

_PART = "matrix"
_LOUD = timedelta(days=7)
"""So long a lost store is reported; by then everybody who looks has seen it."""


async def check(settings: Settings, notes: Notes, now: datetime) -> list[Finding]:
    """Findings in order."""
    web = Web(settings.homeserver or "")
    try:
        return await _check(settings, web, notes, now)
    except MatrixError as error:
        away = text("matrix-check-away", url=settings.homeserver or "", kind=str(error))
        return [_wrong(away, text("matrix-check-away-mend"))]
    finally:
        await web.close()


async def _check(settings: Settings, web: Web, notes: Notes, now: datetime) -> list[Finding]:
    await web.get("/_matrix/client/versions")
    servers = ", ".join(settings.servers)
    findings = [_well(text("matrix-check-server", url=settings.homeserver or ""))]
    web.token = await _token(settings, notes)
    if web.token is None:
        findings.append(await _not_yet(web))
    else:
        findings += await _logged_in(settings, web, notes)
    lost = (await notes.read(LOST_STORE)).get("at")
    if isinstance(lost, str) and now - datetime.fromisoformat(lost) < _LOUD:
        findings.append(_wrong(text("matrix-check-lost"), text("matrix-check-lost-mend")))
    return [*findings, _well(text("matrix-check-servers", servers=servers))]


async def _token(settings: Settings, notes: Notes) -> str | None:
    if settings.access_token is not None:
        return secret(settings.access_token)
    kept = await notes.read(LOGIN)
    return str(kept["token"]) if kept.get("user") == settings.user and "token" in kept else None


async def _not_yet(web: Web) -> Finding:
    """Before the first start: a login now would make a device that nobody uses."""
    flows = {flow.get("type") for flow in (await web.get(path("login"))).get("flows", [])}
    if "m.login.password" in flows:
        return _well(text("matrix-check-not-yet"))
    return _wrong(text("matrix-check-no-passwords"), text("matrix-check-no-passwords-mend"))


async def _logged_in(settings: Settings, web: Web, notes: Notes) -> list[Finding]:
    try:
        told = await web.get(path("account", "whoami"))
    except LoggedOut:
        mend = "matrix-check-token-mend" if settings.password is None else "matrix-check-again-mend"
        return [_wrong(text("matrix-check-logged-out"), text(mend))]
    user, device = str(told.get("user_id")), str(told.get("device_id"))
    if user != settings.user or (settings.device_id or device) != device:
        return [_wrong(text("matrix-check-another"), text("matrix-check-another-mend"))]
    limits = _well(text("matrix-check-limits", user=user))
    try:
        return [
            _well(text("matrix-check-login", user=user)),
            _standing(await cross_signing.standing(web, notes, user, device)),
            await _keys(web),
            limits,
        ]
    except Refused as refused:
        return [_wrong(text("matrix-check-refused", code=refused.code), text("matrix-check-away-mend"))]


async def _keys(web: Web) -> Finding:
    """How many new devices can still begin to talk with the bot; an upload of nothing tells."""
    told = await web.post(path("keys", "upload"), {})
    left = (told.get("one_time_key_counts") or {}).get("signed_curve25519", 0)
    if left:
        return _well(text("matrix-check-keys", number=str(left)))
    return _wrong(text("matrix-check-no-keys"), text("matrix-check-no-keys-mend"))


def _standing(standing: Standing) -> Finding:
    match standing:
        case Standing.SIGNED:
            return _well(text("matrix-check-signed"))
        case Standing.FOREIGN:
            return _wrong(text("matrix-check-foreign"), text("matrix-check-foreign-mend"))
        case _:
            return _wrong(text("matrix-check-unsigned"), text("matrix-check-unsigned-mend"))


def _well(what: Text) -> Finding:
    return Finding(part=_PART, well=True, what=what)


def _wrong(what: Text, mend: Text) -> Finding:
    return Finding(part=_PART, well=False, what=what, mend=mend)
