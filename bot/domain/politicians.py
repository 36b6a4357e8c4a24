"""Whether someone says to be a politician (P15): officials work for them, and are not meant."""

from bot.domain.words import clean, tokens

_POLITICIANS = frozenset(
    """
    wethouder wethouders burgemeester locoburgemeester gedeputeerde minister ministerpresident premier
    staatssecretaris bewindspersoon bewindsman bewindsvrouw raadslid gemeenteraadslid raadsleden duoraadslid
    burgerraadslid fractievoorzitter fractievoorzitster fractielid statenlid provinciestatenlid kamerlid
    kamerleden
    eerstekamerlid tweedekamerlid senator europarlementarier dijkgraaf watergraaf heemraad hoogheemraad
    waterschapsbestuurder bestuurder politicus politica volksvertegenwoordiger gezaghebber eilandgedeputeerde
    eilandsraadslid rijksvertegenwoordiger
    mayor alderman alderwoman councillor councilor mp senator politician
    """.split()
)
_PHRASES = (
    "commissaris van de koning",
    "commissaris van de koningin",
    "lid van de raad",
    "lid van de gemeenteraad",
    "lid gemeenteraad",
    "lid van provinciale staten",
    "lid provinciale staten",
    "lid van gedeputeerde staten",
    "lid gedeputeerde staten",
    "lid algemeen bestuur",
    "lid van het algemeen bestuur",
    "lid dagelijks bestuur",
    "lid van het dagelijks bestuur",
    "lid van de tweede kamer",
    "lid tweede kamer",
    "lid van de eerste kamer",
    "lid eerste kamer",
    "member of parliament",
    "state secretary",
    "kings commissioner",
    "commissioner of the king",
)
_OFFICIALS = frozenset(
    """
    adviseur adviseurs bestuursadviseur beleidsadviseur beleidsmedewerker medewerker ambtenaar secretaris
    secretaresse
    secretariaat assistent assistente ondersteuner ondersteuning griffier raadsgriffier griffie woordvoerder
    voorlichter chauffeur strateeg directeur manager hoofd team kabinet kabinetschef bureau afdeling
    stagiair trainee
    adviser advisor assistant spokesperson official officer clerk staff office
    """.split()
)
_GOVERNING = frozenset(
    "van voor bij namens onder naast geen niet oud ex voormalig voormalige vroeger gewezen of to for not "
    "former "
    "no under with met".split()
)
_BETWEEN = frozenset("de het een onze mijn the a an our my een loco".split())


def is_politician(text: str) -> bool:
    """Whether a role or an answer to "where do you work" is a politician's.

    "wethouder in Zwolle" is; "adviseur van de wethouder", "oud-wethouder" and "raadsgriffier" are not.
    """
    words = _joined(tokens(clean(text)))
    return any(_is_meant(words, position) for position, word in enumerate(words) if word in _POLITICIANS)


def _joined(words: list[str]) -> list[str]:
    """Phrases and forms in two words ("loco-burgemeester", "Tweede Kamerlid") as one known word."""
    line = f" {' '.join(words)} "
    for phrase in _PHRASES:
        line = line.replace(f" {phrase} ", " politicus ")
    for first in ("minister president", "loco burgemeester"):
        line = line.replace(f" {first} ", f" {first.replace(' ', '')} ")
    return line.split()


def _is_meant(words: list[str], position: int) -> bool:
    """Whether the politician is the speaker, and not whom the speaker works for or was."""
    after = words[position + 1] if position + 1 < len(words) else ""
    if after in _OFFICIALS:
        return False
    before = position - 1
    while before >= 0 and words[before] in _BETWEEN:
        before -= 1
    if before >= 0 and (words[before] in _GOVERNING or words[before] in _OFFICIALS):
        return False
    return not any(word in _OFFICIALS for word in words[max(0, position - 4) : position])
