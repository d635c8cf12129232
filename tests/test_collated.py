"""Make the tables that set articles side by side, each cell with the readings it rests on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import A102, A103, CLAIMS, SEED_103
from retold import Corpus, load_corpus
from retold.reuse import Quoted, load_null
from retold.vocabulary import VariantKind
from retold_report.collated import (
    brevity_table,
    grid_table,
    kind_table,
    pair_table,
    quotation_table,
    reuse_ranges,
    reuse_table,
    severe_table,
    shared_table,
)
from retold_report.tables import Cell, Table

Load = Callable[..., Corpus]
ROOT = Path(__file__).parents[1]
DARK = "no-sailing"
THREE = ("101", "102", "103")


@pytest.fixture(scope="module")
def book() -> Corpus:
    """Return the corpus of the book."""
    return load_corpus(ROOT)


@pytest.fixture(scope="module")
def null() -> pd.DataFrame:
    """Return a null of two pairs of 3-grams and one of 5-grams, of the small story's length."""
    rows = [(60, 3, "kept", 0.0), (60, 3, "kept", 0.5), (60, 5, "kept", 0.0)]
    return pd.DataFrame(rows, columns=["ngrams_in_first", "n", "quoted_text", "containment"])


def rows(made: Table) -> list[list[str]]:
    joined = [["; ".join(part.text for part in parts) for parts in row] for row in made.rows]
    return [[words.replace("\u00a0", " ") for words in row] for row in joined]


def evidence(made: Table) -> list[list[str]]:
    """Return, row by row, every id that a row rests on."""
    return [[each for parts in row for part in parts for each in part.evidence] for row in made.rows]


def marked(cell: Cell) -> list[str]:
    return [cell.text[start:end] for start, end in cell.marks]


def readings(claim: str) -> list[str]:
    return [f"{article}/claim.{claim}" for article in THREE]


SHORT = [
    (SEED_103, "“Nobody sails in the dark”", "“sail after dark”"),
    (A103, "“Nobody sails in the dark”", "“sail after dark”"),
    (CLAIMS, "“Nobody sails in the dark”", "“sail after dark”"),
]
SILENT = [
    (SEED_103, "“Nobody sails in the dark”", "Nobody sails in the dark"),
    (A103, "“Nobody sails in the dark”\n    form: direct\n    quote_mark: curly", "Nobody sails in the dark"),
    (CLAIMS, "“Nobody sails in the dark”", "Nobody sails in the dark"),
]
ABSENT = [(CLAIMS, "103: “Nobody sails in the dark”", "103: null")]
DUSK, AFTER = "No boat will sail after dusk,", "No boat will sail after dark"


@pytest.mark.parametrize(
    ("changes", "third", "marks", "ids"),
    [
        pytest.param(
            [],
            "Nobody sails in the dark",
            [
                ["No boat will sail after dusk"],
                ["No boat will sail after dark"],
                ["Nobody sails in the dark"],
            ],
            readings(DARK),
            id="three quote, no word in all",
        ),
        pytest.param(
            SHORT,
            "sail after dark",
            [["dusk"], ["dark"], []],
            readings(DARK),
            id="a stretch sets nothing apart",
        ),
        pytest.param(SILENT, "not quoted", [["dusk"], ["dark"], []], readings(DARK), id="one paraphrases"),
        pytest.param(ABSENT, "not carried", [["dusk"], ["dark"], []], readings(DARK)[:2], id="one is silent"),
    ],
)
def test_quotations(
    changed: Load, changes: list[tuple[str, str, str]], third: str, marks: list[list[str]], ids: list[str]
) -> None:
    made = quotation_table(changed(*changes), "quoted", "Caption")
    assert (made.columns, evidence(made)) == (("Claim", *THREE), [ids])
    assert rows(made) == [["No boat sails in the dark.", DUSK, AFTER, third]]
    assert [marked(parts[0]) for parts in made.rows[0][1:]] == marks


def test_no_quotations_in_common(changed: Load) -> None:
    indirect = (A102, "    form: direct\n    quote_mark: dash\n", "")
    assert quotation_table(changed(indirect, *ABSENT), "quoted", "Caption").rows == ()


def test_pairs_of_quotations(changed: Load) -> None:
    made = pair_table(changed(*SHORT), "pairs", "Caption", DARK)
    assert made.columns == ("First", "Second", "First beside second", "How")
    assert rows(made) == [
        ["101", "102", "different words", "only the first has: dusk; only the second has: dark"],
        [
            "101",
            "103",
            "different words",
            "only the first has: No boat will, dusk; only the second has: dark",
        ],
        ["102", "103", "longer", "the second is a stretch of the first"],
    ]
    first, second, third = readings(DARK)
    assert evidence(made) == [[first, second], [first, third], [second, third]]


@pytest.mark.parametrize("claim", ["boats-damaged", "no-such-claim"])
def test_pairs_of_what_is_not_quoted_are_refused(corpus: Corpus, claim: str) -> None:
    with pytest.raises(ValueError, match=claim):
        pair_table(corpus, "pairs", "Caption", claim)


def test_reuse_beside_a_null(corpus: Corpus, null: pd.DataFrame) -> None:
    made = reuse_table(corpus, "reuse", "Caption", null, quoted="kept")
    measures = ("3-grams, %", "3-gram percentile", "5-grams, %", "5-gram percentile", "Shared 7-grams")
    assert made.columns == ("First", "Second", *measures)
    found = {(row[0], row[1]): row[2:] for row in rows(made)}
    assert list(found) == [(a, b) for a in THREE for b in THREE if a != b]
    assert found["101", "102"] == ["8.0", "50 (of 2)", "1.4", "100 (of 1)", "0"]
    assert found["101", "103"] == ["0.0", "25 (of 2)", "0.0", "50 (of 1)", "0"]


@pytest.mark.parametrize(
    ("n", "found"),
    [
        pytest.param(3, ("101 and 102", 8.0, 11.8, "8.0 and 11.8 %", (25.0, 50.0)), id="comparable pairs"),
        pytest.param(7, ("101 and 102", 0.0, 0.0, "0.0 and 0.0 %", None), id="none comparable"),
    ],
)
def test_ranges_of_reuse_stand_beside_a_null(corpus: Corpus, null: pd.DataFrame, n: int, found: Any) -> None:
    made = reuse_ranges(corpus, null, n=n, quoted="kept")
    assert sorted(row.label for row in made) == ["101 and 102", "101 and 103", "102 and 103"]
    assert [row.high for row in made] == sorted((row.high for row in made), reverse=True)
    [row] = [row for row in made if row.label == "101 and 102"]
    assert (row.label, round(row.low, 1), round(row.high, 1), row.note, row.beside) == found


def test_reuse_that_no_null_pair_resembles(corpus: Corpus, null: pd.DataFrame) -> None:
    made = reuse_table(corpus, "reuse", "Caption", null, quoted="marks")
    assert {(row[3], row[5]) for row in rows(made)} == {("–", "–")}


@pytest.mark.parametrize(
    ("quoted", "row"),
    [
        pytest.param("kept", ["20.2", "92 (of 314)", "6.8", "75 (of 320)", "8"], id="kept"),
        pytest.param("marks", ["19.8", "100 (of 302)", "6.9", "100 (of 300)", "8"], id="marks dropped"),
    ],
)
def test_reuse_among_the_five(book: Corpus, quoted: Quoted, row: list[str]) -> None:
    null = load_null(ROOT / "annotations/reuse_null.csv")
    made = rows(reuse_table(book, "reuse", "Caption", null, quoted=quoted))
    assert len(made) == 20
    assert ["000", "003", *row] in made


def test_shared_strings_open_to_the_attribution_around_them(corpus: Corpus) -> None:
    made = shared_table(corpus, "shared", "Caption", count=9)
    assert made.columns == ("Words", "Length", "Where", "Quoted in")
    assert rows(made) == [["No boat will sail after", "5", "101 ¶3; 102 ¶3", "101, 102"]]
    assert evidence(made) == [["101/dusk", "102/pilot"]]


def test_shared_strings_that_are_not_or_not_wholly_quoted(changed: Load) -> None:
    film = (SEED_103, "shot on the pier.\n", "shot on the pier.\nis “six miles wide photo” harbour\n")
    made = shared_table(changed(film), "shared", "Caption", count=1)
    assert rows(made) == [["is six miles wide. Photo: Harbour", "6", "101 ¶6; 103 ¶5", "103 in part"]]
    assert evidence(made) == [["101/strait"]]


def test_brevity_opens_to_the_claims_counted(corpus: Corpus) -> None:
    made = brevity_table(corpus, "brevity", "Caption")
    assert made.columns == ("Article", "Words", "Claims", "Claims per 100 words")
    assert rows(made) == [["101", "77", "2", "2.6"], ["102", "53", "2", "3.8"], ["103", "41", "2", "4.9"]]
    assert evidence(made) == [[f"{a}/claim.night-boats-stop", f"{a}/claim.{DARK}"] for a in THREE]


def test_variants_by_kind_and_severity(corpus: Corpus) -> None:
    made = grid_table(corpus, "grid", "Caption")
    assert made.columns == ("Kind", "Severity 1", "Severity 2", "Severity 3", "All")
    assert rows(made) == [
        ["attribution", "0", "0", "1", "1"],
        ["hedge", "0", "1", "0", "1"],
        ["modality", "0", "1", "0", "1"],
        ["all kinds", "0", "2", "1", "3"],
    ]
    damaged, stop = readings("boats-damaged")[:2], readings("night-boats-stop")
    assert evidence(made) == [damaged, damaged, stop, [*stop, *damaged, *damaged]]


def test_variants_of_a_kind_add_up(changed: Load) -> None:
    made = grid_table(changed((CLAIMS, "kind: hedge", "kind: modality")), "grid", "Caption")
    assert rows(made)[:2] == [["modality", "0", "2", "0", "2"], ["attribution", "0", "0", "1", "1"]]
    assert evidence(made)[0] == [*readings("night-boats-stop"), *readings("boats-damaged")[:2]]


@pytest.mark.parametrize(
    ("kind", "changes", "found"),
    [
        pytest.param(
            "hedge",
            [],
            ["Nine boats were damaged.", "at least nine", "about nine", "not carried"],
            id="an article does not carry the claim",
        ),
        pytest.param(
            "modality",
            [(CLAIMS, "{101: will stop, 102: will end, 103: may stop}", "{101: will stop, 103: may stop}")],
            ["The night boats will stop in winter.", "will stop", "no words on it", "may stop"],
            id="an article has no words on the point",
        ),
    ],
)
def test_what_each_article_has_of_a_kind(
    changed: Load, kind: VariantKind, changes: list[tuple[str, str, str]], found: list[str]
) -> None:
    made = kind_table(changed(*changes), "kinds", "Caption", kind)
    assert made.columns == ("Claim", *THREE)
    assert rows(made) == [found]
    claim = "boats-damaged" if kind == "hedge" else "night-boats-stop"
    assert evidence(made) == [
        [f"{a}/claim.{claim}" for a, has in zip(THREE, found[1:], strict=True) if has != "not carried"]
    ]


def test_severe_variants_in_full(corpus: Corpus) -> None:
    made = severe_table(corpus, "severe", "Caption")
    assert made.columns == ("What it does to the meaning", "What each article has")
    has = f"101: {PORT}; 102: {ABOUT}"
    assert rows(made) == [["attribution: An office in one, four people in the other.", has]]
    assert evidence(made) == [readings("boats-damaged")[:2]]


PORT = "At least nine of the 14 boats were damaged last autumn"
ABOUT = "About nine boats were damaged in autumn 2023"


@pytest.mark.parametrize(
    ("has", "marks"),
    [
        pytest.param(
            "{101: at least nine, 102: about nine}", [["At least nine"], ["About nine"]], id="words"
        ),
        pytest.param("{101: the port office, 102: four people}", [[], []], id="a speaker"),
    ],
)
def test_the_words_a_severe_variant_turns_on_are_marked(
    changed: Load, has: str, marks: list[list[str]]
) -> None:
    told = "readings: {101: the port office, 102: four officials}"
    made = severe_table(changed((CLAIMS, told, f"readings: {has}")), "severe", "Caption")
    [row] = made.rows
    assert [marked(cell) for cell in row[-1]] == marks


def test_every_severe_variant_of_the_five_is_shown_and_each_reading_once(book: Corpus) -> None:
    severe = [[v for v in claim.variants if v.severity == 3] for claim in book.claims.values()]
    told = [[f"{v.kind}: {v.explanation}" for v in found] for found in severe if found]
    made = severe_table(book, "severe", "Caption")
    assert [[cell.text for cell in row[0]] for row in made.rows] == told != []
    has = [len({article for v in found for article in v.readings}) for found in severe if found]
    assert [len(row[-1]) for row in made.rows] == has
