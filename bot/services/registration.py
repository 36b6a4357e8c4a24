"""Registering: from three answers to an official, and from a refusal to nothing at all."""

import re
from collections.abc import Sequence

from bot.chat.address import Account
from bot.domain.ids import OfficialId, OrganisationId, TopicId
from bot.domain.layer import Layer
from bot.domain.politicians import is_politician
from bot.domain.topic import Part
from bot.domain.words import clean
from bot.i18n.text import Text, text
from bot.services import fairness, reach
from bot.services.register import indexes, standing
from bot.services.wording import LAYER_NAME
from bot.store import accounts, involvements, officials, people
from bot.store.officials import Consent
from bot.store.work import Work

CONSENT_VERSION = "2026-11"
"""Of the texts above the confirmation: a change of what they say is a new version."""
LONGEST_NAME = 80
_LETTER = re.compile(r"[^\W\d_]")


async def register(
    work: Work,
    account: Account,
    *,
    name: str,
    language: str,
    organisation: OrganisationId,
    involved: Sequence[tuple[TopicId, Part]],
) -> OfficialId:
    """Keep a new official, who just agreed to the consent text; one who was registered stays as is.

    Raises ``ValueError`` for an organisation that does not exist.
    """
    known = await accounts.official_of(work, account)
    if known is not None:
        return known
    place = (await indexes(work)).organisations.get(organisation)
    if place is None:
        raise ValueError("no such organisation")
    official = await officials.add(
        work,
        name=name,
        language=language,
        organisation=organisation,
        layer=place.layer,
        consent=Consent(CONSENT_VERSION, work.now, work.legal_basis),
    )
    await accounts.add(work, official, account)
    await people.index_name(work, official, name)
    await involvements.replace(work, official, await standing(work, involved))
    await fairness.rescore(work, official)
    await reach.plan(work, official)
    return official


def usable_name(text: str | None) -> str | None:
    """A name in one line, if the text can be one; a platform's profile may hold anything."""
    name = " ".join(clean(text or "").split())
    if len(name) > LONGEST_NAME or len(_LETTER.findall(name)) < 2 or is_politician(name):  # noqa: PLR2004
        return None
    return name


async def example(work: Work, official: OfficialId, language: str) -> Text | str:
    """A question that this official could ask next: a topic of one's own, at another layer."""
    me = await officials.get(work, official)
    index = (await indexes(work)).topics
    known = [index.get(topic) for topic, _ in await involvements.of(work, official)]
    topic = next((one for one in known if one is not None), None)
    if me is None or topic is None:
        return text("registration-example-bare")
    others = [layer for layer in topic.layers or tuple(Layer) if layer not in {me.layer, Layer.OVERIG}]
    layer = others[0] if others else next(layer for layer in Layer if layer is not me.layer)
    return text("registration-example", topic=_running(topic.label(language)), layer=LAYER_NAME[layer])


def _running(label: str) -> str:
    """A name as it stands in a sentence: without a capital, unless it is an abbreviation."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
