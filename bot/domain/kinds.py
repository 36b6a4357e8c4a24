"""The words people put before an organisation's name, and the layer they stand for."""

from bot.domain.layer import Layer
from bot.domain.register import Organisation

KIND_WORDS: dict[str, str] = {
    word: kind
    for kind, words in {
        "gemeente": "gemeente gem gemeenten gemeentes gemeentelijke municipality municipalities city cities "
        "stad town",
        "provincie": "provincie prov provincies provincien provinciale province provinces",
        "waterschap": "waterschap waterschappen ws wetterskip hoogheemraadschap hoogheemraadschappen hh "
        "waterboard waterboards",
        "ministerie": "ministerie min ministeries ministry ministries departement departementen",
    }.items()
    for word in words.split()
}
"""Normalised word → kind of organisation."""

KIND_LAYERS = {
    "gemeente": Layer.GEMEENTE,
    "provincie": Layer.PROVINCIE,
    "waterschap": Layer.WATERSCHAP,
    "ministerie": Layer.RIJK,
}

LAYER_WORDS: dict[str, Layer] = {
    **{word: KIND_LAYERS[kind] for word, kind in KIND_WORDS.items()},
    **{
        word: layer
        for layer, words in {
            Layer.RIJK: "rijk rijks rijksoverheid rijksambtenaar rijksambtenaren landelijk nationaal haagse "
            "rijksdienst rijksdiensten inspectie inspecties",
            Layer.PROVINCIE: "provinciaal ipo-leden",
            Layer.GEMEENTE: "gemeentelijk lokaal municipal",
            Layer.OVERIG: "overig koepel koepels zbo zbos omgevingsdienst omgevingsdiensten veiligheidsregio "
            "veiligheidsregios ggd ggds uitvoeringsorganisatie uitvoeringsorganisaties samenwerkingsverband "
            "samenwerkingsverbanden",
        }.items()
        for word in words.split()
    },
}
"""Normalised word → layer, for questions."""

LAYER_PHRASES: dict[tuple[str, ...], Layer] = {
    ("water", "board"): Layer.WATERSCHAP,
    ("water", "boards"): Layer.WATERSCHAP,
    ("water", "authority"): Layer.WATERSCHAP,
    ("water", "authorities"): Layer.WATERSCHAP,
    ("central", "government"): Layer.RIJK,
    ("national", "government"): Layer.RIJK,
    ("local", "government"): Layer.GEMEENTE,
    ("uitvoering", "en", "samenwerking"): Layer.OVERIG,
    ("uitvoering", "samenwerking"): Layer.OVERIG,
}

PLURALS = frozenset(
    "gemeenten gemeentes municipalities cities provincies provincien provinces waterschappen "
    "hoogheemraadschappen "
    "waterboards ministeries ministries departementen".split()
)
"""A plural never belongs to one organisation's name: "gemeenten Utrecht" are those in Utrecht."""

_KIND_OF = {
    "gemeente": "gemeente",
    "caribisch_openbaar_lichaam": "gemeente",
    "provincie": "provincie",
    "waterschap": "waterschap",
    "ministerie": "ministerie",
}

_REWRITES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("water", "board"), "waterschap"),
    (("water", "boards"), "waterschappen"),
    (("water", "authority"), "waterschap"),
    (("gemeentelijke", "gezondheidsdienst"), "ggd"),
    (("gemeenschappelijke", "gezondheidsdienst"), "ggd"),
    (("geneeskundige", "gezondheidsdienst"), "ggd"),
    (("regionale", "uitvoeringsdienst"), "rud"),
    (("veiligheidsregio",), "vr"),
    (("omgevingsdienst",), "od"),
    (("friesland",), "fryslan"),
)


def kind_of(organisation: Organisation) -> str:
    """The kind word that fits an organisation, or an empty text."""
    return _KIND_OF.get(organisation.kind, "")


def rewrite(words: list[str]) -> list[str]:
    """Long and short ways of saying the same made alike ("veiligheidsregio" is "vr")."""
    result: list[str] = []
    position = 0
    while position < len(words):
        for pattern, replacement in _REWRITES:
            if tuple(words[position : position + len(pattern)]) == pattern:
                result.append(replacement)
                position += len(pattern)
                break
        else:
            result.append(words[position])
            position += 1
    return result
