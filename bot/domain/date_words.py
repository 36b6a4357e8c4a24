"""The Dutch and English words in which people say dates, and how a phrase becomes a list of such words."""

import re
import unicodedata

from bot.domain.words import clean

PHRASE_LIMIT = 100
"""Characters of a phrase; what is longer says more than a date."""

UNTIL = (
    ("tot", "aan"),
    ("tot",),
    ("until",),
    ("till",),
    ("til",),
    ("weer", "terug"),
    ("terug",),
    ("back",),
)
"""The day that follows is the first day back."""

THROUGH = (
    ("tot", "en", "met"),
    ("tm",),
    ("tem",),
    ("until", "and", "including"),
    ("up", "to", "and", "including"),
    ("through",),
    ("thru",),
    ("tot", "na"),
    ("until", "after"),
    ("till", "after"),
    ("na",),
    ("after",),
)
"""The day that follows is the last day away."""

DURING = frozenset({"over", "in", "voor", "for", "gedurende", "nog"})
FROM_NOW = (("vanaf", "vandaag"), ("vanaf", "nu"), ("from", "now"), ("from", "today"))

INDEFINITELY = (
    ("onbepaalde", "tijd"),
    ("nader", "order"),
    ("nader", "bericht"),
    ("further", "notice"),
    ("onbepaald",),
    ("indefinitely",),
)

NEAR_DAYS = {
    ("gisteren",): -1,
    ("yesterday",): -1,
    ("vandaag",): 0,
    ("today",): 0,
    ("morgen",): 1,
    ("tomorrow",): 1,
    ("overmorgen",): 2,
    ("day", "after", "tomorrow"): 2,
}

THIS = frozenset({"deze", "dit", "this"})
COMING = frozenset({"komende", "komend", "aanstaande", "aanstaand", "as", "coming"})
NEXT = frozenset({"volgende", "volgend", "next"})

BEGIN = frozenset({"begin", "beginning", "start"})
MIDDLE = frozenset({"half", "medio", "midden", "mid"})
END = frozenset({"eind", "einde", "end"})

WEEKEND = "weekend"
WEEK, MONTH, YEAR = "week", "month", "year"
PERIODS = {"week": WEEK, "maand": MONTH, "month": MONTH, "jaar": YEAR, "year": YEAR}

_WEEKDAYS = (
    "maandag ma monday mon",
    "dinsdag di tuesday tue tues",
    "woensdag wo wednesday wed",
    "donderdag do thursday thu thur thurs",
    "vrijdag vr friday fri",
    "zaterdag za saturday sat",
    "zondag zo sunday sun",
)
WEEKDAYS = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}

_MONTHS = (
    "januari jan january",
    "februari feb february febr",
    "maart mrt march mar",
    "april apr",
    "mei may",
    "juni jun june",
    "juli jul july",
    "augustus aug august",
    "september sep sept",
    "oktober okt october oct",
    "november nov",
    "december dec",
)
MONTHS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}

_NUMBERS = (
    "een a an one",
    "twee two",
    "drie three",
    "vier four",
    "vijf five",
    "zes six",
    "zeven seven",
    "acht eight",
    "negen nine",
    "tien ten",
    "elf eleven",
    "twaalf twelve",
)
NUMBERS = {word: number for number, words in enumerate(_NUMBERS, start=1) for word in words.split()}
ENGLISH_NUMBERS = frozenset(word for words in _NUMBERS for word in words.split()[1:])
NUMBERS["veertien"] = NUMBERS["fourteen"] = 14

_SPANS = {
    "minuut minuten min minute minutes m": ("minutes", 1),
    "uur uren u hour hours h": ("minutes", 60),
    "dag dagen d day days": ("days", 1),
    "week weken weeks w wk": ("days", 7),
    "fortnight": ("days", 14),
    "maand maanden mnd month months": ("months", 1),
    "jaar jaren year years": ("months", 12),
}
SPANS = {word: worth for words, worth in _SPANS.items() for word in words.split()}

# A feast's first day, by the name that the holidays package gives it or as month and day; its length in days.
FEASTS: dict[str, tuple[str | tuple[int, int], int]] = {
    "kerst": ((12, 25), 2),
    "kerstmis": ((12, 25), 2),
    "christmas": ((12, 25), 2),
    "oudjaar": ((12, 31), 1),
    "oudjaarsdag": ((12, 31), 1),
    "nieuwjaar": ((1, 1), 1),
    "nieuwjaarsdag": ((1, 1), 1),
    "newyear": ((1, 1), 1),
    "sinterklaas": ((12, 5), 1),
    "bevrijdingsdag": ((5, 5), 1),
    "koningsdag": ("Koningsdag", 1),
    "pasen": ("Eerste paasdag", 2),
    "easter": ("Eerste paasdag", 2),
    "hemelvaart": ("Hemelvaartsdag", 1),
    "hemelvaartsdag": ("Hemelvaartsdag", 1),
    "pinksteren": ("Eerste pinksterdag", 2),
    "pentecost": ("Eerste pinksterdag", 2),
}

_FILLERS = frozenset({"de", "het", "the", "van", "of", "op", "on", "om", "at", "t"})
_JOINED = (
    (re.compile(r"\bt\s?/\s?m\b"), "tm"),
    (re.compile(r"\bt\.\s?e\.\s?m\b\.?"), "tem"),
    (re.compile(r"\ba\.\s?s\b\.?"), "as"),
    (re.compile(r"\bnew year'?s?( day)?(?![\w])"), "newyear"),
    # 'Morgen' alone is tomorrow.
    (re.compile(r"(?:\bin de |'?\bs )morgens?\b"), "ochtend"),
    (re.compile(r"(?<=dag|van)morgen\b"), "ochtend"),
    (re.compile(r"(?:\bin (?:de|the) |'?\bs )(ochtend|middag|avond|morning|afternoon|evening)s?\b"), r"\1"),
    (re.compile(r"\b(?:van|this )(?=(?:ochtend|middag|avond|morning|afternoon|evening)\b)"), "today "),
    (re.compile(r"(?<=dag|gen)(?=(?:ochtend|middag|avond)\b)"), " "),
)


def date_words(text: str) -> list[str] | None:
    """The words of a phrase in lower case, without accents, articles and closing marks.

    Digits keep the marks between them ('24-12', '10:00'). None when it is too long to be a date.
    """
    cleaned = clean(text, PHRASE_LIMIT + 1)
    if len(cleaned) > PHRASE_LIMIT:
        return None
    decomposed = unicodedata.normalize("NFKD", cleaned.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
    for pattern, word in _JOINED:
        plain = pattern.sub(word, plain)
    words = (word.strip(",.!?;()'") for word in plain.split())
    return [word for word in words if word and word not in _FILLERS]
