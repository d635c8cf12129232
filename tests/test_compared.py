"""Set quantities side by side: all of them, two by two, and what each admits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import A101, A102, A103
from retold import Corpus
from retold_report.compared import (
    comparison_table,
    inventory_table,
    precision_table,
)
from retold_report.tables import Table

Load = Callable[..., Corpus]


def rows(made: Table) -> list[list[str]]:
    joined = [["; ".join(part.text for part in parts) for parts in row] for row in made.rows]
    return [[words.replace("\u00a0", " ") for words in row] for row in joined]


def evidence(made: Table) -> list[list[str]]:
    """Return, row by row, every id that a row rests on."""
    return [[each for parts in row for part in parts for each in part.evidence] for row in made.rows]


def test_the_inventory_has_every_quantity_in_the_order_of_the_files(corpus: Corpus) -> None:
    made = inventory_table(corpus, "all", "Caption")
    every = [each.id for each in corpus.find_passages("quantity")]
    assert [row[0].evidence for (row, *_) in made.rows] == [(each,) for each in every]
    assert [parts[0].evidence for (*_, parts) in made.rows] == [(each,) for each in every]


OFFICE = "outlet > Port Office & Pier"


@pytest.mark.parametrize(
    ("surface", "cells"),
    [
        pytest.param(
            "At least nine",
            ["at least", "the 14 boats", "damaged; last autumn", OFFICE, "102: About nine", "101 ¶5"],
            id="state, period, and another article",
        ),
        pytest.param("14", ["none printed", "not said", "not said", OFFICE, "–", "101 ¶5"], id="of no claim"),
        pytest.param("Several", ["vague", "boats", "not said", "outlet", "–", "103 ¶3"], id="vague"),
        pytest.param(
            "almost half",
            ["almost", "the crews", "not said", "outlet", "not carried", "103 ¶3"],
            id="of a claim that no other article carries",
        ),
    ],
)
def test_a_row_of_the_inventory(changed: Load, surface: str, cells: list[str]) -> None:
    corpus = changed((A103, "base: the crews}", "base: the crews, claim: crews}"))
    assert [surface, *cells] in rows(inventory_table(corpus, "all", "Caption"))


def test_what_stands_elsewhere_opens_to_it(corpus: Corpus) -> None:
    found = evidence(inventory_table(corpus, "all", "Caption"))
    assert ["101/nine-damaged", "102/nine-damaged", "101/nine-damaged"] in found


def test_comparisons_read_from_left_to_right(corpus: Corpus) -> None:
    made = comparison_table(corpus, "pairs", "Caption", ["crews", "boats-damaged"])
    [[one, verdict, other, reason, place]] = rows(made)
    assert (one, verdict, other, place) == ("At least nine", "agrees", "About nine", "101 ¶5; 102 ¶4")
    assert reason.startswith("9 or more / 8.5–9.5 (unit: boat); taken as alike: base: ")
    assert evidence(made) == [["101/nine-damaged", "102/nine-damaged"] * 2]


def test_precision_at_several_steps(changed: Load) -> None:
    corpus = changed((A102, "    kind: count\n", "    kind: area\n"), (A102, "unit: boat", "unit: kilometre"))
    steps = [10, 5]
    made = precision_table(
        corpus, "steps", "Caption", coarse="102/nine-damaged", fine="101/strait", steps=steps
    )
    assert made.columns[2] == "Admits (kilometre)"
    assert rows(made) == [
        ["About nine", "10", "4–14", "8.851–10.46", "6", "102 ¶4; 101 ¶6"],
        ["About nine", "5", "6.5–11.5", "8.851–10.46", "3", "102 ¶4; 101 ¶6"],
    ]
    assert evidence(made) == [["102/nine-damaged", "101/strait"] * 2] * 2


@pytest.mark.parametrize(
    ("coarse", "fine", "error"),
    [
        pytest.param("101/strait", "101/fleet", ValueError, id="units of unlike things"),
        pytest.param("101/strait", "101/nine-damaged", ValueError, id="an open end"),
        pytest.param("101/nobody", "101/strait", KeyError, id="an unknown id"),
    ],
)
def test_precision_that_cannot_be_told_is_refused(
    corpus: Corpus, coarse: str, fine: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        precision_table(corpus, "steps", "Caption", coarse=coarse, fine=fine, steps=[1])


def test_a_story_whose_numbers_belong_to_no_claim(changed: Load) -> None:
    corpus = changed((A101, "    claim: boats-damaged\n", ""), (A102, "    claim: boats-damaged\n", ""))
    assert rows(comparison_table(corpus, "pairs", "Caption", corpus.claims)) == []


@pytest.mark.parametrize(
    ("make", "columns"),
    [
        pytest.param(
            lambda corpus: inventory_table(corpus, "label", "A caption."),
            "As printed; Hedge class; Of what; State and period; Who says so; Elsewhere; Where",
            id="inventory",
        ),
        pytest.param(
            lambda corpus: comparison_table(corpus, "label", "A caption.", corpus.claims),
            "One; Verdict; Other; Reason; Where",
            id="comparison",
        ),
        pytest.param(
            lambda corpus: precision_table(
                corpus, "label", "A caption.", coarse="101/strait", fine="101/strait", steps=[1]
            ),
            "As printed; To the nearest; Admits (mile); 101 admits; Times wider; Where",
            id="precision",
        ),
    ],
)
def test_a_table_keeps_its_name_and_caption_and_names_its_columns(
    corpus: Corpus, make: Callable[..., Any], columns: str
) -> None:
    made = make(corpus)
    assert (made.name, made.caption) == ("label", "A caption.")
    assert "; ".join(made.columns) == columns
    assert made.rows


def test_an_unknown_claim_is_no_empty_table(corpus: Corpus) -> None:
    with pytest.raises(KeyError, match="nobody"):
        comparison_table(corpus, "pairs", "Caption", ["nobody"])
