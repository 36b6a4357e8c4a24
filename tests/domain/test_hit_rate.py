"""How often real-life spellings are understood, on the half used for tuning and on the half kept out of it.

The lists were written down and committed before any look-up existed. Which half a spelling belongs to is
decided by a hash of its text, so that nobody picks. `python -m tests.domain.test_hit_rate` rewrites the page
docs/hit-rate.md.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.lookup import Decision, Nothing, One, Several, decide
from bot.domain.lookup_topic import TooBroad
from bot.domain.question import OrganisationAnswer, TopicAnswer, understand
from bot.domain.register import Organisation
from tests import snapshot

KINDS = ("organisations", "topics", "questions")
PAGE = snapshot.ROOT / "docs" / "hit-rate.md"
TUNING_GOAL = 0.95
HELD_OUT_FLOOR = 0.95
SEEN_EARLY = frozenset({"klimaat", "AI", "water", "zorg", "onderwijs", "boeren"})
"""Of the held-out half; tried out or thought of while the rules were made. They count as tuning."""


@dataclass(frozen=True)
class Rate:
    """How many of how many."""

    right: int
    all: int

    @property
    def share(self) -> float:
        return self.right / self.all

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.right + other.right, self.all + other.all)

    def __str__(self) -> str:
        return f"{self.right} of {self.all} ({100 * self.share:.1f} %)"


def in_tuning_half(text: str) -> bool:
    """Half of all texts, picked by their hash, and those that were seen too early."""
    return text in SEEN_EARLY or hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def rows(kind: str) -> list[dict[str, str]]:
    """The spellings of one kind, with what they should give."""
    return snapshot.read(Path(__file__).parent.parent / "data" / f"spellings_{kind}.csv")


def _named(decision: Decision[Organisation] | OrganisationAnswer | None) -> frozenset[str]:
    match decision:
        case One(hit):
            return frozenset({hit.value.title})
        case Several(hits):
            return frozenset(hit.value.title for hit in hits)
        case _:
            return frozenset()


def _topics(answer: TopicAnswer | Nothing) -> frozenset[str]:
    match answer:
        case One(hit):
            return frozenset({hit.value.slug})
        case Several(hits):
            return frozenset(hit.value.slug for hit in hits)
        case TooBroad(theme=theme):
            return frozenset({f"theme:{theme.label}"})
        case _:
            return frozenset()


def _fits(got: frozenset[str], answer: object, wanted: str) -> bool:
    """One expected value must be the one sure answer; several must all be among the choices asked."""
    expected = frozenset(wanted.split("|")) - {""}
    if len(expected) > 1:
        return isinstance(answer, Several) and expected <= got
    return got == expected and not isinstance(answer, Several)


def organisation_is_right(text: str, expected: str) -> bool:
    decision = decide(snapshot.organisations().find(text))
    return _fits(_named(decision), decision, expected)


def topic_is_right(text: str, expected: str) -> bool:
    answer = snapshot.topics().decide(text)
    return _fits(_topics(answer), answer, expected)


def question_is_right(text: str, expected: str) -> bool:
    """Every part must be as expected, and no part may be there that was not meant."""
    question = understand(text, snapshot.organisations(), snapshot.topics())
    wanted = dict(part.split("=", 1) for part in expected.split(";"))
    wanted_topics = sorted(part for part in wanted.get("topic", "").split(",") if part)
    answers = list(question.topics)
    if len(answers) != len(wanted_topics):
        return False
    for one in wanted_topics:
        fitting = [answer for answer in answers if _fits(_topics(answer), answer, one)]
        if not fitting:
            return False
        answers.remove(fitting[0])
    layers = ",".join(layer.value for layer in question.layers)
    region = question.region.name if question.region else ""
    organisation = _fits(_named(question.organisation), question.organisation, wanted.get("organisation", ""))
    return organisation and layers == wanted.get("layer", "") and region == wanted.get("region", "")


CHECKS = {
    "organisations": organisation_is_right,
    "topics": topic_is_right,
    "questions": question_is_right,
}


def rate(kind: str, *, tuning: bool) -> Rate:
    """The hit rate of one list on one half."""
    half = [row for row in rows(kind) if in_tuning_half(row["text"]) == tuning]
    return Rate(sum(CHECKS[kind](row["text"], row["expected"]) for row in half), len(half))


def page() -> str:
    """The published page."""
    table = {kind: (rate(kind, tuning=True), rate(kind, tuning=False)) for kind in KINDS}
    lines = [f"| {kind} | {tuning} | {held_out} |" for kind, (tuning, held_out) in table.items()]
    tuned = sum((pair[0] for pair in table.values()), Rate(0, 0))
    unseen = sum((pair[1] for pair in table.values()), Rate(0, 0))
    body = "\n".join([*lines, f"| all | {tuned} | {unseen} |"])
    return f"""# How often spellings are understood

Generated by `python -m tests.domain.test_hit_rate`; a test fails when it is out of date.

{tuned.all + unseen.all} spellings as Dutch officials type them (typing errors, abbreviations, former names,
nicknames, compounds, English, whole sentences) stand in `tests/data/spellings_*.csv`. They were written down
and committed before the look-up existed. A hash of the text splits them: one half was used for tuning, the
other was measured when that was done. {len(SEEN_EARLY)} words of the held-out half were seen too early, while
the rules were made ({", ".join(sorted(SEEN_EARLY, key=str.casefold))}): they count as tuning.

| list | tuning half | held-out half |
| --- | --- | --- |
{body}

What counts: one expected answer must be the one sure answer, without asking back. Where a name is two
things, the bot must ask, and all that can be meant must be among the choices. Where nothing is meant, it must
find nothing. A question counts only if every part of it is right (topics, layer, organisation, region) and
nothing else was understood.

Mind: one author wrote both halves, the short names and the synonyms, so the held-out half is unseen by the
rules and not by their author. It is a better guess than the tuning half, not a survey of users. Some
expectations are judgements: "stikstof Drenthe" is read as the region, "stikstof provincie Drenthe" as the
organisation.
"""


@pytest.mark.parametrize("kind", KINDS)
def test_the_tuning_half_is_understood(kind: str) -> None:
    assert rate(kind, tuning=True).share >= TUNING_GOAL


def test_the_held_out_half_stays_understood() -> None:
    """The floor is what was measured once; the held-out half is never tuned on."""
    total = sum((rate(kind, tuning=False) for kind in KINDS), Rate(0, 0))
    assert total.share >= HELD_OUT_FLOOR


def test_the_lists_are_large_and_split_evenly() -> None:
    texts = [row["text"] for kind in KINDS for row in rows(kind)]
    half = sum(in_tuning_half(text) for text in texts)
    assert len(texts) >= 160
    assert 0.4 < half / len(texts) < 0.6


def test_what_is_expected_exists() -> None:
    titles = {organisation.title for organisation in snapshot.organisation_rows()}
    slugs = {topic.slug for topic in snapshot.topics().topics}
    for row in rows("organisations"):
        assert {part for part in row["expected"].split("|") if part} <= titles
    for row in rows("topics"):
        assert {part for part in row["expected"].split("|") if part and ":" not in part} <= slugs


def test_the_published_figures_are_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
