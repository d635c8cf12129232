"""Set out who waits for whom, and which conditions face each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from retold import Corpus
from retold.conditions import Edge, Standoff, find_edges
from retold.positions import Tier
from retold_report.conditional import arrows, condition_table, standoff_table
from retold_report.graphs import Arrow, Line
from retold_report.tables import Table


def rows(made: Table) -> list[list[str]]:
    joined = [["; ".join(part.text for part in parts) for parts in row] for row in made.rows]
    return [[words.replace("\u00a0", " ") for words in row] for row in joined]


def evidence(made: Table) -> list[list[str]]:
    """Return, row by row, every id that a row rests on."""
    return [[each for parts in row for part in parts for each in part.evidence] for row in made.rows]


@pytest.fixture(scope="module")
def rehire(corpus: Corpus) -> Edge:
    [found] = find_edges(corpus, which="as printed")
    return found


def test_conditions(corpus: Corpus, rehire: Edge) -> None:
    made = condition_table(corpus, "conditions", "A caption.", [rehire])
    assert (made.name, made.caption) == ("conditions", "A caption.")
    assert "; ".join(made.columns) == "Who; Agreement to; Waits for; According to; Told as; Where"
    assert rows(made) == [
        ["Brightwater", "Talks", "The pilots' union to drop the demand", "Anna Berg",
         "refusal (other side, on the record)", "101 ¶4"],
    ]  # fmt: skip
    assert evidence(made) == [["101/rehire", "101/rehire"]]


@pytest.mark.parametrize(
    ("move", "tier", "line"),
    [
        pytest.param("refusal", "on the record", "solid", id="on the record"),
        pytest.param("refusal", "unnamed", "dashed", id="unnamed"),
        pytest.param("prospect", "on the record", "dotted", id="forecast"),
    ],
)
def test_arrows(corpus: Corpus, rehire: Edge, move: str, tier: Tier, line: Line) -> None:
    ends = "The pilots' union", "drop the demand", "Brightwater", "Talks"
    assert arrows(corpus, [replace(rehire, move=move, tier=tier)]) == [Arrow(*ends, line, "101, Anna Berg")]


@pytest.mark.parametrize(
    ("objects", "accents"),
    [
        pytest.param(["talks", "talks"], [True, True], id="of one object"),
        pytest.param(["talks", "truce"], [False, False], id="of two"),
        pytest.param(["truce", "talks", "talks"], [True, True, False], id="before the rest"),
    ],
)
def test_arrows_that_close_a_circle_are_accented_and_come_first(
    corpus: Corpus, rehire: Edge, objects: list[str], accents: list[bool]
) -> None:
    truce = corpus.objects["talks"].model_copy(update={"id": "truce", "label": "A truce"})
    edges = [
        replace(rehire, actor=actor, by=by, object=object)
        for (actor, by), object in zip(
            [("company", "union"), ("union", "company")] * 2, objects, strict=False
        )
    ]
    drawn = arrows(replace(corpus, objects={**corpus.objects, "truce": truce}), edges)
    assert [arrow.accent for arrow in drawn] == accents


@pytest.mark.parametrize(
    ("object", "words"),
    [pytest.param("talks", "the same", id="one"), pytest.param("truce", "different", id="two")],
)
def test_standoffs(corpus: Corpus, rehire: Edge, object: str, words: str) -> None:
    objects = {**corpus.objects, "truce": corpus.objects["talks"].model_copy(update={"label": "A truce"})}
    other = replace(
        rehire, actor="union", by="company", act="rehire first", object=object, passages=("101/strait",)
    )
    made = standoff_table(replace(corpus, objects=objects), "facing", "A caption.", [Standoff(rehire, other)])
    assert (made.name, made.caption) == ("facing", "A caption.")
    assert "; ".join(made.columns) == "One side; The other side; Objects; Where"
    wanted = {"talks": "talks", "truce": "a truce"}[object]
    assert rows(made) == [
        ["Brightwater, on talks: The pilots' union to drop the demand",
         f"The pilots' union, on {wanted}: Brightwater to rehire first", words, "101 ¶4; 101 ¶6"],
    ]  # fmt: skip
    assert evidence(made) == [["101/rehire", "101/strait"] * 2]


@pytest.mark.parametrize("make", [condition_table, standoff_table])
def test_a_story_without_conditions(corpus: Corpus, make: Callable[..., Table]) -> None:
    assert make(corpus, "none", "A caption.", []).rows == ()


@pytest.mark.parametrize("field", ["actor", "by", "object"])
def test_an_unknown_name_is_an_error(corpus: Corpus, rehire: Edge, field: str) -> None:
    edge = replace(rehire, **{field: "nobody"})  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="nobody"):
        condition_table(corpus, "conditions", "A caption.", [edge])
