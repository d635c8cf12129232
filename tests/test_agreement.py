"""Compare two passes over small stories: identical, shifted by known amounts, reordered, and empty."""

from __future__ import annotations

import hashlib
import math
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from conftest import CONTEXT, change, record_checksums
from retold import Corpus, CorpusError, Span, load_corpus
from retold.agreement import (
    FIELDS,
    LAYERS,
    LOOSE,
    STRICT,
    Agreed,
    Score,
    compare_spans,
    field_agreement,
    jaccard,
    load_pass,
    token_alpha,
    variant_agreement,
    variant_pairs,
)
from retold.vocabulary import Layer

ROOT = Path(__file__).parents[1]
PASSES = ("first_pass", "second_pass")
NINE = "surface: At least nine\n"
Change = tuple[str, str, str]


def write_passes(root: Path, *changes: Change) -> tuple[Corpus, Corpus]:
    """Make the story's annotations both passes, change the second, and load them."""
    for name in PASSES:
        shutil.copytree(root / "annotations", root / name)
        (root / name / "context.yaml").unlink()
    for name in PASSES:
        (root / name).rename(root / "annotations" / name)
    for file, old, new in changes:
        change(root, f"annotations/second_pass/{file}.yaml", old, new)
    return load_pass(root, "first_pass"), load_pass(root, "second_pass")


def write_words(root: Path, text: str, *marked: Sequence[tuple[str, str]]) -> tuple[Corpus, Corpus]:
    """Write the articles 201 and 202, both with the same text, and passes that mark words as quantities."""
    (root / "seeds").mkdir(parents=True)
    for article in ("201", "202"):
        (root / f"seeds/{article}.txt").write_text(text, encoding="utf-8")
    record_checksums(root)
    (root / "annotations").mkdir()
    (root / CONTEXT).write_text("facts: []\n", encoding="utf-8")
    outlet = {"id": "post", "name": "Post", "kind": "outlet", "side": "third", "named": True}
    head = {"outlet": "post", "outlet_certainty": "high", "outlet_evidence": "a guess"}
    head |= {"published": "2023-11-20", "published_evidence": "a guess"}
    for name, words in zip(PASSES, marked, strict=True):
        files: dict[str, object] = {"sources": {"sources": [outlet]}, "claims": {}, "issues": {}}
        for article in ("201", "202"):
            surfaces = [surface for where, surface in words if where == article]
            quantities = [
                {"id": f"q{at}", "surface": surface, "value": 1, "unit": "word", "kind": "count"}
                for at, surface in enumerate(surfaces)
            ]
            files[article] = {"article": head, "quantities": quantities}
        (root / "annotations" / name).mkdir()
        for file, content in files.items():
            (root / f"annotations/{name}/{file}.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return load_pass(root, "first_pass"), load_pass(root, "second_pass")


# Loading


def test_a_pass_takes_its_annotations_from_its_folder_and_facts_from_the_story(story: Path) -> None:
    first, second = write_passes(story, ("101", NINE, "surface: nine\n"))
    assert (first.words("101/nine-damaged"), second.words("101/nine-damaged")) == ("At least nine", "nine")
    assert load_corpus(story).words("101/nine-damaged") == "At least nine"
    assert list(second.facts) == ["tide-table", "undated"]


def test_a_fault_in_a_pass_is_told_with_its_folder(story: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        write_passes(story, ("101", NINE, "surface: At least ten\n"))
    assert [problem.file for problem in caught.value.problems] == ["annotations/second_pass/101.yaml"]


def test_a_pass_that_is_not_there_is_a_problem(story: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        load_pass(story, "third_pass")
    files = [problem.file for problem in caught.value.problems]
    names = ("sources", "claims", "issues", "101", "102", "103")
    assert files == [f"annotations/third_pass/{name}.yaml" for name in names]


# Identical passes


@pytest.mark.parametrize(
    ("layer", "count"), [("attribution", 14), ("quantity", 9), ("position", 1), ("event", 6), ("claim", 9)]
)
def test_identical_passes_agree_fully(story: Path, layer: Layer, count: int) -> None:
    first, second = write_passes(story)
    spans = compare_spans(first, second, layer)
    assert spans.score(LOOSE) == spans.score(STRICT) == Score(count, 1.0, 1.0, 1.0)
    assert {match.first for match in spans.matches if match.first == match.second} == {
        passage.id for passage in first.find_passages(layer)
    }
    assert token_alpha(first, second, layer) == 1.0
    assert field_agreement(first, second, layer) == dict.fromkeys(FIELDS[layer], Agreed(count, count))


def test_identical_passes_have_the_same_variants(story: Path) -> None:
    passes = write_passes(story)
    assert variant_agreement(*passes) == {"kind": Agreed(3, 3), "severity": Agreed(3, 3)}
    assert variant_agreement(*passes)["kind"].share == 1.0


def test_every_layer_is_measured() -> None:
    assert LAYERS == ("attribution", "quantity", "position", "event", "claim")
    assert set(FIELDS) == set(LAYERS)


# Spans


@pytest.mark.parametrize(
    ("surface", "overlap", "loose", "strict"),
    [
        pytest.param("nine", 4 / 13, 9, 8, id="just matched"),
        pytest.param("least nine of the", 10 / 20, 9, 8, id="moved"),
        pytest.param("least nine", 10 / 13, 9, 8, id="not quite the same ends"),
        pytest.param("t least nine", 12 / 13, 9, 9, id="nearly the same ends"),
        pytest.param("[At, nine]", 6 / 13, 9, 8, id="in parts"),
        pytest.param("nine of the 14 boats", 0, 8, 8, id="too little"),
        pytest.param("were damaged", 0, 8, 8, id="elsewhere"),
    ],
)
def test_a_shift_of_known_size(story: Path, surface: str, overlap: float, loose: int, strict: int) -> None:
    passes = write_passes(story, ("101", NINE, f"surface: {surface}\n"))
    spans = compare_spans(*passes, "quantity")
    found = {match.first: match.overlap for match in spans.matches}
    assert found.get("101/nine-damaged", 0) == pytest.approx(overlap)
    assert (spans.score(LOOSE).matched, spans.score(STRICT).matched) == (loose, strict)
    assert spans.score(STRICT).f1 == pytest.approx(strict / 9)


STRAIT = ("101", "  - {id: strait, surface: six miles, value: 6, unit: mile, kind: distance}\n", "")
RIVAL = (
    "101",
    "  - id: nine-damaged\n",
    "  - {id: rival, surface: least nine, value: 9, unit: boat, kind: count}\n  - id: nine-damaged\n",
)


@pytest.mark.parametrize(
    ("changes", "counts", "score"),
    [
        pytest.param([STRAIT], (9, 8), Score(8, 1.0, 8 / 9, 16 / 17), id="one left out"),
        pytest.param([RIVAL], (9, 10), Score(9, 0.9, 1.0, 18 / 19), id="one more, of the same words"),
        pytest.param([STRAIT, RIVAL], (9, 9), Score(8, 8 / 9, 8 / 9, 8 / 9), id="both"),
    ],
)
def test_precision_and_recall(
    story: Path, changes: list[Change], counts: tuple[int, int], score: Score
) -> None:
    first, second = write_passes(story, *changes)
    spans, turned = compare_spans(first, second, "quantity"), compare_spans(second, first, "quantity")
    assert (spans.first, spans.second) == counts
    assert spans.score(LOOSE) == pytest.approx(score)
    assert turned.score(LOOSE) == pytest.approx(Score(score.matched, score.recall, score.precision, score.f1))
    assert ("101/nine-damaged", "101/nine-damaged", 1.0) in spans.matches


def test_a_row_shows_counts_and_shares(story: Path) -> None:
    spans = compare_spans(*write_passes(story, STRAIT), "quantity")
    assert spans.row(LOOSE) == ["quantity", 9, 8, 8, "100.0", "88.9", "94.1"]


def test_the_same_place_in_another_article_is_no_match(tmp_path: Path) -> None:
    passes = write_words(tmp_path / "words", "alpha beta", [("201", "alpha")], [("202", "alpha")])
    assert compare_spans(*passes, "quantity").matches == ()


def test_the_greatest_overlap_is_matched_first(tmp_path: Path) -> None:
    first = [("201", "alpha beta gamma"), ("201", "beta gamma delta")]
    second = [("201", "beta gamma"), ("201", "alpha beta gamma delta")]
    spans = compare_spans(
        *write_words(tmp_path / "words", "alpha beta gamma delta", first, second), "quantity"
    )
    found = [(match.first, match.second, round(match.overlap, 3)) for match in spans.matches]
    assert found == [("201/q0", "201/q1", round(16 / 22, 3)), ("201/q1", "201/q0", round(10 / 16, 3))]


@pytest.mark.parametrize(
    ("surface", "loose", "strict"),
    [("abc", 1, 0), ("ab", 0, 0), ("abc defg", 1, 1), ("abc def", 1, 0)],
)
def test_thresholds_are_reached_at_three_and_eight_tenths(
    tmp_path: Path, surface: str, loose: int, strict: int
) -> None:
    marked = [("201", "abc defghi")], [("201", surface)]
    spans = compare_spans(*write_words(tmp_path / "words", "abc defghi\n", *marked), "quantity")
    assert (spans.score(LOOSE).matched, spans.score(STRICT).matched) == (loose, strict)


def test_layers_around_the_same_content_are_told_apart_by_source_and_cue(story: Path) -> None:
    gazette, pilots = "    source_text: {}\n    cue: reported\n", "    source_text: {}\n    cue: citing\n"
    gazette, pilots = gazette.format("the Eskholm Gazette"), pilots.format("two pilots")
    changes = [("101", gazette, "SWAPPED\n"), ("101", pilots, gazette), ("101", "SWAPPED\n", pilots)]
    passes = write_passes(story, *changes)
    pairs = {match.first: match.second for match in compare_spans(*passes, "attribution").matches}
    assert (pairs["101/gazette"], pairs["101/pilots"]) == ("101/pilots", "101/gazette")
    assert field_agreement(*passes, "attribution")["source"] == Agreed(12, 14)


def test_annotations_of_the_same_words_are_told_apart_by_their_fields(story: Path) -> None:
    again = "  - id: {}\n    quote: refuses to rehire seven pilots before talks begin\n    actor: union\n"
    again += "    issue: night-service\n    stance: for\n    move: demand\n"
    change(story, "annotations/101.yaml", "positions:\n", "positions:\n" + again.format("aa"))
    moved = [("101", again.format("aa"), ""), ("101", "events:\n", again.format("zz") + "events:\n")]
    first, second = write_passes(story, *moved)
    assert [p.record.id for p in second.find_passages("position")] == ["rehire", "zz"]
    assert field_agreement(first, second, "position")["issue"] == Agreed(2, 2)


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [
        pytest.param([], [], 1.0, id="both empty"),
        pytest.param([Span(0, 4)], [], 0.0, id="one empty"),
        pytest.param([Span(0, 4)], [Span(4, 8)], 0.0, id="side by side"),
        pytest.param([Span(0, 4)], [Span(2, 6)], 1 / 3, id="half and half"),
        pytest.param([Span(0, 2), Span(4, 6)], [Span(0, 6)], 2 / 3, id="in parts"),
        pytest.param([Span(0, 4), Span(2, 6)], [Span(0, 6)], 1.0, id="overlapping itself"),
    ],
)
def test_overlap_is_jaccards(left: list[Span], right: list[Span], share: float) -> None:
    assert jaccard(left, right) == jaccard(right, left) == pytest.approx(share)


# Tokens


@pytest.mark.parametrize(
    ("first", "second", "alpha"),
    [
        # two articles of four tokens: sixteen values; alpha = 1 - 15 * disagreeing / (inside * outside)
        pytest.param(["alpha beta"], ["alpha beta"], 1.0, id="same"),
        pytest.param(["alpha beta"], ["alpha"], 1 - 15 * 1 / (3 * 13), id="one apart"),
        pytest.param(["alpha beta"], ["alpha", "beta"], 1.0, id="same tokens, other spans"),
        pytest.param(["alpha beta"], ["alpha be"], 1 - 15 * 1 / (3 * 13), id="half a token is outside"),
        pytest.param(["alpha beta"], ["gamma delta"], 1 - 15 * 4 / (4 * 12), id="disjoint"),
        pytest.param(["alpha"], [], 1 - 15 * 1 / (1 * 15), id="none in the other"),
        pytest.param([], [], math.nan, id="none in either"),
    ],
)
def test_alpha_by_hand(tmp_path: Path, first: list[str], second: list[str], alpha: float) -> None:
    marked = ([("201", words) for words in each] for each in (first, second))
    passes = write_words(tmp_path / "words", "“alpha beta”\ngamma delta.\n", *marked)
    assert token_alpha(*passes, "quantity") == pytest.approx(alpha, nan_ok=True)


def test_alpha_is_not_a_number_where_every_token_is_inside(tmp_path: Path) -> None:
    all_words = [("201", "alpha, beta"), ("202", "alpha, beta")]
    passes = write_words(tmp_path / "words", "alpha, beta", all_words, all_words)
    assert math.isnan(token_alpha(*passes, "quantity"))


# Fields

SOURCE_ID = ("sources", "  - id: one-pilot\n", "  - id: the-pilot\n")
RENAMED = [
    SOURCE_ID,
    ("101", "    source: one-pilot\n", "    source: the-pilot\n"),
    ("102", "    source: one-pilot\n", "    source: the-pilot\n"),
]


def pilot(old: str, new: str) -> Change:
    text = "    name: a pilot\n    kind: official\n    side: unknown\n    named: false\n"
    return "sources", text, text.replace(old, new)


@pytest.mark.parametrize(
    ("changes", "layer", "field", "same", "compared"),
    [
        (RENAMED, "attribution", "source", 14, 14),
        ([pilot("side: unknown", "side: union")], "attribution", "source", 12, 14),
        ([pilot("kind: official", "kind: person")], "attribution", "source", 12, 14),
        ([pilot("named: false", "named: true")], "attribution", "source", 12, 14),
        ([("101", "source: anna-berg", "source: brightwater")], "attribution", "source", 13, 14),
        ([("102", "form: direct", "form: mixed")], "attribution", "form", 13, 14),
        ([("102", "polarity: denies", "polarity: asserts")], "attribution", "polarity", 13, 14),
        ([("102", "certainty: carried-over", "certainty: inferred")], "attribution", "certainty", 13, 14),
        ([("102", "hedge: about", "hedge: at-least")], "quantity", "hedge", 8, 9),
        ([("103", "kind: share", "kind: count")], "quantity", "kind", 8, 9),
        ([("101", "base: the 14 boats", "base: 14 boats")], "quantity", "base", 9, 9),
        ([("103", "base: the crews", "base: some crews")], "quantity", "base", 9, 9),
        ([("101", "base: the 14 boats", "base: the fleet")], "quantity", "base", 8, 9),
        ([("101", "    base: the 14 boats\n", "")], "quantity", "base", 8, 9),
        ([("101", "actor: company", "actor: port")], "position", "actor", 0, 1),
        ([("101", "issue: rehiring", "issue: night-service")], "position", "issue", 0, 1),
        ([("101", "stance: against", "stance: conditional")], "position", "stance", 0, 1),
        ([("101", "move: refusal", "move: precondition")], "position", "move", 0, 1),
        ([("103", "status: hypothetical", "status: planned")], "event", "status", 5, 6),
        ([("101", "reconciled: 2023-09/2023-11", "reconciled: unresolved")], "event", "reconciled", 5, 6),
        ([("101", NINE, "surface: were damaged\n")], "quantity", "hedge", 8, 8),
    ],
)
def test_a_change_of_one_field(
    story: Path, changes: list[Change], layer: Layer, field: str, same: int, compared: int
) -> None:
    passes = write_passes(story, *changes)
    found = field_agreement(*passes, layer)
    assert found[field] == Agreed(same, compared)
    assert found[field].share == pytest.approx(same / compared)
    others = {name: shared for name, shared in found.items() if name != field}
    assert others == dict.fromkeys(others, Agreed(compared, compared))


# Variants

SOURCE_VARIANT = """\
      - id: damaged-source
        kind: attribution
        severity: 3
        explanation: An office in one, four people in the other.
        readings: {101: the port office, 102: four officials}
"""


def variant(old: str, new: str) -> Change:
    return "claims", SOURCE_VARIANT, SOURCE_VARIANT.replace(old, new)


QUOTED = "{101: the port office, 102: four officials}"
READINGS = """\
      101: At least nine of the 14 boats were damaged last autumn
      102: About nine boats were damaged in autumn 2023
"""


@pytest.mark.parametrize(
    ("changes", "kind", "severity"),
    [
        pytest.param([variant("severity: 3", "severity: 2")], (3, 3), (2, 3), id="severity"),
        pytest.param([variant("kind: attribution", "kind: identity")], (2, 3), (3, 3), id="kind"),
        pytest.param([variant(SOURCE_VARIANT, "")], (2, 2), (2, 2), id="left out"),
        pytest.param([variant("damaged-source", "who-says-so")], (3, 3), (3, 3), id="another id"),
        pytest.param([variant("four officials", "four people")], (3, 3), (3, 3), id="other words"),
        pytest.param([variant(QUOTED, "{101: some, 102: others}")], (2, 2), (2, 2), id="all other words"),
        pytest.param(
            [variant("101: the port office, 102", "102: the port office, 101")],
            (2, 2),
            (2, 2),
            id="the same words in other articles",
        ),
        pytest.param(
            [("claims", "  - id: boats-damaged", "  - id: nine")], (3, 3), (3, 3), id="a claim's id"
        ),
        pytest.param([("claims", READINGS, "      101: Photo\n")], (1, 1), (1, 1), id="a claim's words"),
    ],
)
def test_variants(
    story: Path, changes: list[Change], kind: tuple[int, int], severity: tuple[int, int]
) -> None:
    first, second = write_passes(story, *changes)
    assert variant_agreement(first, second) == {"kind": Agreed(*kind), "severity": Agreed(*severity)}
    assert variant_agreement(second, first) == variant_agreement(first, second)


def test_variants_are_paired_by_their_words(story: Path) -> None:
    first, second = write_passes(
        story, variant("damaged-source", "aa"), ("claims", "id: damaged-hedge", "id: zz")
    )
    pairs = {(ours.id, theirs.id) for ours, theirs in variant_pairs(first, second)}
    assert pairs == {("stop-modality", "stop-modality"), ("damaged-source", "aa"), ("damaged-hedge", "zz")}


def test_a_claim_that_a_pass_splits_is_paired_with_its_greater_part(story: Path) -> None:
    words = "Brightwater Ferries will stop its night boats in winter"
    part = f"  - id: aa\n    statement: It stops.\n    kind: event\n    readings: {{101: {words}}}\n"
    split = ("claims", f"      101: {words}\n", "      101: null\n")
    added = ("claims", "claims:\n", "claims:\n" + part)
    passes = write_passes(story, split, added)
    assert variant_agreement(*passes)["kind"] == Agreed(3, 3)


# Empty passes


@pytest.mark.parametrize(
    ("first", "second", "score"),
    [
        ([], [], Score(0, math.nan, math.nan, math.nan)),
        ([("201", "alpha")], [], Score(0, math.nan, 0.0, 0.0)),
        ([], [("201", "alpha")], Score(0, 0.0, math.nan, 0.0)),
    ],
)
def test_empty_passes(
    tmp_path: Path, first: list[tuple[str, str]], second: list[tuple[str, str]], score: Score
) -> None:
    passes = write_words(tmp_path / "words", "alpha beta", first, second)
    assert compare_spans(*passes, "quantity").score(LOOSE) == pytest.approx(score, nan_ok=True)
    for layer in LAYERS:
        shared = field_agreement(*passes, layer)
        assert shared == dict.fromkeys(FIELDS[layer], Agreed(0, 0))
        assert all(math.isnan(each.share) for each in shared.values())
    assert variant_agreement(*passes) == {"kind": Agreed(0, 0), "severity": Agreed(0, 0)}
    assert variant_pairs(*passes) == []


# The passes of this book


@pytest.mark.parametrize("name", PASSES)
def test_the_passes_are_as_they_were_before_any_comparison(name: str) -> None:
    folder = ROOT / "annotations" / name
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    recorded = {file: digest for digest, file in (line.split("  ") for line in lines)}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.yaml")}
    assert found == recorded


@pytest.mark.parametrize("layer", LAYERS)
def test_agreement_of_the_passes_is_the_same_in_both_directions(layer: Layer) -> None:
    first, second = (load_pass(ROOT, name) for name in PASSES)
    there, back = compare_spans(first, second, layer), compare_spans(second, first, layer)
    assert {(a, b) for a, b, _ in there.matches} == {(a, b) for b, a, _ in back.matches}
    assert field_agreement(first, second, layer) == field_agreement(second, first, layer)
    assert token_alpha(first, second, layer) == token_alpha(second, first, layer)
