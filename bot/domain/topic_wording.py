"""Whether the name of a topic names a solution instead of the task behind it (P28), in Dutch and English.

A warning, never a refusal: lists of instruments, works and ways of organising, and doings such as 'invoeren
van' and 'set up'. How often they are right is measured in tests/domain/test_topic_wording.py, also on names
that were not looked at while these lists were made.
"""

from bot.domain.words import normalise, tokens

_INSTRUMENTS = frozenset(
    """
    aanbesteding actieplan akkoord app applicatie bewustwordingscampagne campagne chatbot commissie
    convenant cursus dashboard databank database datalake deal drone drones expertteam
    expertisecentrum fonds fusie hackathon handreiking heffing helpdesk herindeling hulplijn
    informatiesysteem intranet kenniscentrum kennisplatform kenniskring keurmerk laadpaal laadpalen
    leidraad lening loket masterplan meldpunt monitor nota noodverordening overleg pilot plan plannen
    platform portaal portal praktijkteam proef proeftuin programma project projectgroep protocol
    regeling regiegroep regiodeal register richtlijn routekaart scan statiegeld stappenplan stuurgroep
    subsidie subsidies subsidieregeling symposium systeem taskforce tool toolkit toolbox training
    uitkoopregeling verbod vergunningplicht verordening voucher voucherregeling vrijstelling warmtenet
    website webpagina werkgroep wet wetsvoorstel windmolen windmolens zonnepark zonnepanelen
    zaaksysteem agreement app application ban campaign chatbot committee convention covenant course
    dashboard database deal fund hackathon hackathons handbook helpdesk hotline levy merger monitor
    network pilot plan platform portal programme program project protocol register roadmap scheme
    steering subsidy subsidies summit system taskforce tool toolbox toolkit tracker training voucher
    website windfarm workshop
    """.split()
)
"""What one makes, buys, agrees on or sets up."""
_ENDINGS = tuple(
    """
    akkoord applicatie bank bijeenkomst budget budgetten campagne centrum chatbot coach coaches
    commissie convenant dashboard deal expertteam fonds handreiking heffing helpdesk lijn loket
    meldpunt organisatie pagina park pas passen pilot plan plannen platform plicht portaal portal
    programma punt punten regeling spreekuur stuurgroep subsidie subsidies systeem taskforce team
    tool toolkit verbod verordening visie voucher website werkgroep wet zone
    """.split()
)
"""Dutch compounds end in what they are: 'stikstofloket', 'voucherregeling'."""
_APP = "app"
"""Only behind a word that stands on its own: 'woonapp', not 'schap' or 'grap'."""
_NO_APP = ("schap", "chap", "grap", "trap", "stap", "hap", "klap", "kap", "lap", "rap", "sap", "tap", "wrap")
_NATURAL = frozenset(
    """
    aanpassen armslag bedrijvenpark bodemsysteem doelgroep ecosysteem energiesysteem grondwatersysteem
    hoogspanningslijn inkomensregeling inkomensregelingen knelpunt knelpunten kustlijn leerplicht
    leeftijdsgroep natuurpark omgevingswet oppassen overheidsorganisatie overheidsorganisaties
    provisie recreatiepark rechtssysteem regiovisie risicogroep riviersysteem spoorlijn standpunt
    televisie vakantiepark voedselbank voedselsysteem watersysteem zorgsysteem
    """.split()
)
"""Compounds on those endings that are there of themselves, or are what is at stake."""
_DOINGS = frozenset(
    """
    aanbesteden aanbieden aankoop aanleg aanleggen aanschaf aanpassen aanschaffen aanstellen
    afschaffen afschaffing benoemen bouw bouwen digitaliseren fuseren implementatie implementeren
    inkoop inkopen inrichten installeren instellen invoeren inzetten openen organiseren invoering
    lanceren lancering ondertekenen ontwikkelen oprichten oprichting opstellen opzetten plaatsen
    plaatsing sloop slopen uitbreiden uitbreiding uitkoop uitkopen uitrol uitrollen uitvoeren
    verbieden verplichten vervangen abolish abolishing appoint appointing ban banning build building
    buy buying construct construction deploy deploying digitise digitising expand expanding expansion
    hire hiring implement implementation implementing install installing introduce introducing
    introduction launch launching merge merging organise organising procure procurement provide
    providing purchase purchasing roll rollout setting
    """.split()
)
"""What one does with such a thing: with another word beside it."""
_PHRASES = (
    "digitale tweeling", "digital twin", "set up", "task force", "steering group", "working group",
    "knowledge platform", "knowledge centre", "roll out",
)  # fmt: skip
_TASKS_OF_DOING = frozenset("woningbouw huizenbouw omgevingswet".split())
"""Names of tasks that hold a doing or an instrument."""
_FEWEST_BESIDES = 2
_THING_TO_COME = frozenset(
    "een a an nieuw nieuwe new slim slimme smart gezamenlijke centrale central".split()
)
"""A name that begins so is of something that is to be made: 'een app', 'nieuwe brug', 'smart lights'."""


def solution_in(name: str) -> str | None:
    """The word or words by which a name sounds like a solution; ``None`` for a task."""
    line = f" {normalise(name)} "
    for phrase in _PHRASES:
        if f" {phrase} " in line:
            return phrase
    words = tokens(name)
    if len(words) >= _FEWEST_BESIDES and words[0] in _THING_TO_COME:
        return words[0]
    for word in words:
        if _is_instrument(word):
            return word
    for word in words:
        if word in _DOINGS and len(words) >= _FEWEST_BESIDES:
            return word
    return None


def _is_instrument(word: str) -> bool:
    if word in _NATURAL or word in _TASKS_OF_DOING:
        return False
    if word in _INSTRUMENTS or word.endswith(_ENDINGS) or word.removesuffix("s").endswith(_ENDINGS):
        return True
    return len(word) > len(_APP) + 2 and word.endswith((_APP, f"{_APP}s")) and not word.endswith(_NO_APP)
