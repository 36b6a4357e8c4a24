"""``koffie plan`` as an operator meets it: what goes in, what comes out, and one line for what cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.matching.town import history, town
from tests.support.line import Line

ANNA = {
    "id": "anna",
    "organisation": "gm1",
    "layer": "gemeente",
    "topics": {"stikstof": "leads"},
    "region": "Drenthe",
    "languages": ["nl"],
    "slots": [0, 3],
    "waiting": 0,
    "introductions": 0,
    "small": False,
}
BERT = {"id": "bert", "organisation": "ws1", "layer": "waterschap", "topics": {"stikstof": "works_on"}}


def run(line: Line, content: object, *words: str) -> Any:
    Path("people.json").write_text(json.dumps(content), encoding="utf-8")
    return line("plan", "people.json", *words)


def test_a_plan_with_its_reasons(line: Line) -> None:
    done = run(line, {"people": [ANNA, BERT]}, "--json")
    assert done.exit_code == 0
    told = json.loads(done.output)
    assert list(told) == ["groups", "left_out", "certificate", "why", "sha256"]
    assert told["groups"] == [["anna", "bert"]]
    assert told["certificate"] == {"weight": 180 + 70, "bound": 250, "pairs": 1, "max_pairs": 1}
    why = told["why"]["anna"]["bert"]
    assert why["terms"] == {"other_layer": 100, "shared_topic": 60, "parts": 20}
    assert why["words"] == [
        "Jullie werken bij verschillende overheden: een gemeente en een waterschap.",
        "Jullie hebben allebei te maken met de opgave stikstof.",
        "Een van jullie leidt de opgave stikstof, de ander werkt eraan.",
    ]
    assert "anna, bert" in run(line, {"people": [ANNA, BERT]}).output


def test_whom_somebody_knows_is_weighed_and_never_told(line: Line) -> None:
    told = json.loads(run(line, {"people": [ANNA | {"lacks": ["waterschap"]}, BERT]}, "--json").output)
    plain = json.loads(run(line, {"people": [ANNA, BERT]}, "--json").output)
    why, without = told["why"]["anna"]["bert"], plain["why"]["anna"]["bert"]
    assert why["terms"] == without["terms"] | {"new_layer": 40}
    assert why["words"] == without["words"]


def test_any_order_gives_the_same_words(line: Line) -> None:
    everybody = town(30)
    people: list[Any] = [
        {"id": one.id, "organisation": one.organisation, "layer": one.layer, "topics": dict(one.topics)}
        for one in everybody
    ]
    known = [list(pair) for pair in history(everybody)]
    first = run(line, {"people": people, "known": known}, "--json").output
    dice = Random(1)
    dice.shuffle(people)
    dice.shuffle(known)
    turned = [dict(reversed(one.items())) for one in people]
    assert run(line, {"known": [pair[::-1] for pair in known], "people": turned}, "--json").output == first


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "Invalid JSON"),
        ("[" * 100_000, "recursion"),
        ("[]", "should be an object"),
        ('{"people": [{"id": 1}]}', "people.0.id"),
        ('{"people": [], "extra": 1}', "Extra inputs"),
        ('{"people": [], "settings": {"weights": {"waiting": NaN}}}', "settings.weights.waiting"),
        ('{"people": [], "settings": {"weights": {"waiting": 1e400}}}', "settings.weights.waiting"),
        ('{"people": [], "settings": {"size": 99999999999999999999999}}', "settings.size"),
        ('{"people": [], "settings": {"weights": {"rank": 9}}}', "there is no such weight"),
        ('{"people": [], "known": [["geheim", "geheim"]]}', "known or blocked"),
        ('{"people": [], "known": [["geheim"]]}', "known.0"),
        (json.dumps({"people": [ANNA, ANNA]}), "people[1].id occurs twice"),
        (json.dumps({"people": [ANNA | {"waiting": 10**30}]}), "people.0.waiting"),
        (json.dumps({"people": [ANNA | {"topics": {"geheim\n": "geheim"}}]}), "people.0.topics"),
        (json.dumps({"people": [ANNA | {"layer": "geheim"}]}), "people.0.layer"),
        (json.dumps({"people": [ANNA | {"lacks": ["geheim"]}]}), "people.0.lacks.0"),
        ('{"people": [{"id": "\\ud800"}]}', "Invalid JSON"),
    ],
)
def test_hostile_input_gets_one_plain_line(line: Line, content: str, says: str) -> None:
    Path("people.json").write_text(content, encoding="utf-8")
    done = line("plan", "people.json", "--json")
    assert done.exit_code == 1
    assert says in done.output
    assert len(done.output.splitlines()) == 1
    assert "geheim" not in done.output
