"""How everything begins that Anna and Bram are told about a koffie, whatever the platform."""

UNTIL_OFF = {
    "anna": (
        "Mooi. Ik vraag het nu", "Zin in koffie?", "Leuk!", "Ik weet drie momenten", "Genoteerd",
        "Het staat: koffie met Bram", "Je koffie met Bram", "De koffie over Stikstof", "Vijf spelregels",
    ),
    "bram": (
        "Zin in koffie?", "Ik weet drie momenten", "Het staat: koffie met Anna",
        "Prima. Je krijgt nieuwe momenten", "Je koffie met Anna", "De koffie over Stikstof",
        "Vijf spelregels",
    ),
}  # fmt: skip
"""From the first yes until Bram calls it off."""

AROUND_IT = {
    "anna": (
        "Bijna zover: koffie met Bram", "Geen probleem. Ik geef het door.",
        "Heb je koffie gedronken met Bram", "Fijn! Gaf het energie?", "Vijf spelregels",
    ),
    "bram": (
        "Bijna zover: koffie met Anna", "Anna de Vries is iets later.",
        "Heb je koffie gedronken met Anna", "Fijn! Gaf het energie?", "Vijf spelregels",
    ),
}  # fmt: skip
"""From the working day before it until the one after."""
