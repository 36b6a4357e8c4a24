"""Whether Slack is well: the token, its rights, and the way in."""

from __future__ import annotations

from adapters.slack.installations import Installations, OneInstallation
from adapters.slack.scopes import SCOPES
from adapters.slack.web import Refused, SlackError, Web
from bot.chat import text
from bot.chat.port import Finding

_PART = "slack"


async def check(
    web: Web, installations: Installations, app_token: str | None, base_url: str
) -> list[Finding]:
    """Findings in order; nothing is changed on Slack."""
    away = Finding(
        part=_PART,
        well=False,
        what=text("slack-check-away", url=base_url),
        mend=text("slack-check-away-mend"),
    )
    try:
        found = await installations.all()
        findings = [
            Finding(part=_PART, well=True, what=text("slack-check-token", team=one.tenant))
            for one in found[:20]
        ]
        if not isinstance(installations, OneInstallation):
            findings.insert(
                0,
                Finding(
                    part=_PART, well=True, what=text("slack-check-installations", number=str(len(found)))
                ),
            )
        findings += [_rights(await web.scopes(one.token)) for one in found[:20]]
    except Refused as refused:
        findings = [
            Finding(
                part=_PART,
                well=False,
                what=text("slack-check-no-token", code=refused.code),
                mend=text("slack-check-no-token-mend"),
            )
        ]
    except SlackError:
        return [away]
    if app_token is not None:
        findings.append(await _socket(web, app_token, away))
    return findings


def _rights(granted: frozenset[str] | None) -> Finding:
    missing = [] if granted is None else sorted(set(SCOPES) - granted)
    if not missing:
        return Finding(part=_PART, well=True, what=text("slack-check-scopes"))
    return Finding(
        part=_PART,
        well=False,
        what=text("slack-check-no-scopes", scopes=", ".join(missing)),
        mend=text("slack-check-no-scopes-mend"),
    )


async def _socket(web: Web, app_token: str, away: Finding) -> Finding:
    try:
        await web.call(app_token, "apps.connections.open")
    except Refused as refused:
        return Finding(
            part=_PART,
            well=False,
            what=text("slack-check-no-socket", code=refused.code),
            mend=text("slack-check-no-socket-mend"),
        )
    except SlackError:
        return away
    return Finding(part=_PART, well=True, what=text("slack-check-socket"))
