"""Load stories: seeds, checksums, annotations, selectors; every fault is a problem in its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import (
    A101,
    A102,
    CLAIMS,
    CONTEXT,
    ISSUES,
    SEED_101,
    SEED_102,
    SOURCES,
    SUMS,
    change,
    line_of,
    record_checksums,
)
from retold import Corpus, CorpusError, Problem, Span, find_problems, load_corpus
from retold.loading import read_corpus
from retold.seeds import load_checksums


def problems_of(root: Path) -> list[Problem]:
    with pytest.raises(CorpusError) as caught:
        load_corpus(root)
    assert caught.value.problems
    return list(caught.value.problems)


def test_a_story_is_loaded_whole(corpus: Corpus) -> None:
    counts = {name: len(getattr(corpus, name)) for name in ("articles", "sources", "claims", "events")}
    assert counts == {"articles": 3, "sources": 11, "claims": 4, "events": 3}
    assert list(corpus.articles) == ["101", "102", "103"]
    assert (list(corpus.issues), list(corpus.actors)) == (
        ["rehiring", "night-service"],
        ["company", "union", "port"],
    )
    assert list(corpus.objects) == ["talks"]
    assert list(corpus.facts) == ["tide-table", "undated"]


def test_a_root_may_be_given_in_words(story: Path) -> None:
    assert load_corpus(str(story)).root == story.resolve()


@pytest.mark.parametrize(
    ("identifier", "spans", "words"),
    [
        pytest.param(
            "101/gazette", [(43, 98)], "Brightwater Ferries will stop its night boats in winter", id="bare"
        ),
        pytest.param("102/company", [(293, 312)], "declined to comment", id="attribution"),
        pytest.param("103/several", [(107, 114)], "Several", id="after a wide character"),
        pytest.param("103/claim.no-sailing", [(58, 84)], "“Nobody sails in the dark”", id="reading"),
    ],
)
def test_selectors_become_offsets(
    corpus: Corpus, identifier: str, spans: list[tuple[int, int]], words: str
) -> None:
    assert list(corpus.passages[identifier].spans) == spans
    assert corpus.words(identifier) == words


@pytest.mark.parametrize(
    ("part", "words"),
    [
        pytest.param("content", ['"No boat will sail after dusk,"'], id="content"),
        pytest.param("source_text", ["one of the pilots"], id="source text"),
        pytest.param("cue", ["told"], id="cue"),
        pytest.param("inserted", [], id="inserted"),
    ],
)
def test_every_part_of_an_attribution_is_located(corpus: Corpus, part: str, words: list[str]) -> None:
    text = corpus.articles["101"].text
    assert [text[span.start : span.end] for span in corpus.passages["101/dusk"].parts[part]] == words


@pytest.mark.parametrize(
    ("zone", "spans"),
    [
        pytest.param("title", [(0, 22)], id="title"),
        pytest.param("headings", [(0, 22)], id="headings"),
        pytest.param("own_voice", [(24, 57), (107, 180), (181, 222)], id="own voice"),
        pytest.param("paratext", [], id="paratext"),
        pytest.param("not_speech", [(191, 199)], id="not speech"),
        pytest.param("not_quantities", [], id="not quantities"),
    ],
)
def test_zones_are_located(corpus: Corpus, zone: str, spans: list[tuple[int, int]]) -> None:
    assert list(corpus.articles["103"].zones[zone]) == spans


def test_a_list_of_selectors_is_one_discontinuous_passage(story: Path) -> None:
    change(story, A102, "    content: it had closed the pier", "    content: [it had, the pier]")
    corpus = load_corpus(story)
    assert corpus.passages["102/port"].spans == (Span(257, 263), Span(271, 279))
    assert corpus.words("102/port") == "it had … the pier"


def test_a_claim_that_an_article_does_not_carry_has_no_passage_there(corpus: Corpus) -> None:
    assert "103/claim.boats-damaged" not in corpus.passages
    assert "101/claim.boats-damaged" in corpus.passages


@pytest.mark.parametrize("name", ["104_x.txt", "104.txt", "104_x_y.txt"])
def test_an_article_is_called_by_its_file_name_up_to_the_first_underscore(story: Path, name: str) -> None:
    shutil.copy(story / SEED_102, story / "seeds" / name)
    shutil.copy(story / A102, story / "annotations/104.yaml")
    record_checksums(story)
    assert load_corpus(story).articles["104"].file == f"seeds/{name}"


LEFT_OUT = [
    pytest.param(SOURCES, id="sources"),
    pytest.param(CLAIMS, id="claims"),
    pytest.param(ISSUES, id="issues"),
    pytest.param(CONTEXT, id="outside facts"),
    pytest.param(A101, id="annotations of an article"),
]


@pytest.mark.parametrize("file", LEFT_OUT)
def test_a_missing_file_is_a_problem_and_alone(story: Path, file: str) -> None:
    (story / file).unlink()
    assert [(problem.file, problem.what) for problem in problems_of(story)] == [(file, "cannot be read")]


BYTES = [
    pytest.param(b"\xff\xfe", "byte 0 is not UTF-8", id="wrong encoding"),
    pytest.param(b"\xef\xbb\xbf", "holds a byte-order mark", id="byte-order mark"),
    pytest.param(b"\r\n", "holds a carriage return", id="carriage return"),
    pytest.param(b"\0", "holds a NUL", id="NUL"),
]
ANY_FILE = [SEED_101, A101, SOURCES, CLAIMS, ISSUES, CONTEXT, SUMS]


@pytest.mark.parametrize(("content", "what"), BYTES)
@pytest.mark.parametrize("file", ANY_FILE)
def test_wrong_bytes_are_a_problem_of_any_file(story: Path, file: str, content: bytes, what: str) -> None:
    path = story / file
    path.write_bytes(content + path.read_bytes())
    if file == SEED_101:
        record_checksums(story)
    assert (file, what) in [(problem.file, problem.what) for problem in problems_of(story)]


ABSENT = "is not in the article"
MILES, TITLE, VOICE = "surface: six miles", "title: Ferries to", "own_voice: The strait"
TWO_CUES, ONE = "cue:\n      - citing\n      - aciting", "words: one of the pilots"
SELECTORS = [
    pytest.param(
        A101, MILES, "surface: six mils", "six mils", f"'six mils' {ABSENT}", "six mil", id="absent"
    ),
    pytest.param(
        A101,
        MILES,
        "surface: boats",
        "surface: boats",
        "'boats' stands 2 times",
        "add a prefix",
        id="ambiguous",
    ),
    pytest.param(
        A102,
        'suffix: " declined"',
        'suffix: " boats"',
        '" boats"',
        ABSENT,
        "Brightwater",
        id="suffix of none",
    ),
    pytest.param(A101, "cue: citing", TWO_CUES, "- aciting", f"'aciting' {ABSENT}", "citing", id="in a list"),
    pytest.param(A101, TITLE, "title: Fairies to", "title: Fairies", ABSENT, "Ferries to stop", id="title"),
    pytest.param(A101, VOICE, "own_voice: The street", "street", ABSENT, "The strait is six", id="own voice"),
    pytest.param(
        A101, ONE, "words: one of the sailors", "of the sailors", ABSENT, "one of the", id="no quantity"
    ),
    pytest.param(
        CLAIMS, "103: almost half", "103: nearly half", "nearly", ABSENT, "half of the", id="reading"
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "at", "what", "right"), SELECTORS)
def test_words_that_have_no_one_place_are_a_problem(
    story: Path, file: str, old: str, new: str, at: str, what: str, right: str
) -> None:
    change(story, file, old, new)
    [problem] = problems_of(story)
    assert (problem.file, problem.line) == (file, line_of(story, file, at))
    assert what in problem.what
    assert right in problem.right


def test_a_changed_seed_is_a_problem(story: Path) -> None:
    before = load_checksums(story)["101_night.txt"]
    change(story, SEED_101, "six miles", "six  miles", record=False)
    [problem] = problems_of(story)
    assert problem.file == SEED_101
    assert "has the SHA-256" in problem.what
    assert problem.right == f"restore it, as by git; it had {before}"


def test_a_seed_without_checksum_is_a_problem(story: Path) -> None:
    shutil.copy(story / SEED_101, story / "seeds/104_new.txt")
    [problem] = problems_of(story)
    assert (problem.file, problem.right) == ("seeds/104_new.txt", "add it to seeds/SHA256SUMS")


def test_a_missing_seed_is_a_problem(story: Path) -> None:
    (story / SEED_101).unlink()
    assert (SEED_101, "is missing") in [(problem.file, problem.what) for problem in problems_of(story)]


def test_a_story_without_seeds_is_a_problem(story: Path) -> None:
    shutil.rmtree(story / "seeds")
    assert {(problem.file, problem.what) for problem in problems_of(story)} == {
        (SUMS, "cannot be read"),
        ("seeds", "holds no article"),
    }


def test_a_story_whose_folder_of_seeds_is_empty_is_loaded(story: Path) -> None:
    for path in [*(story / "seeds").glob("*.txt"), *(story / "annotations").glob("10*.yaml")]:
        path.unlink()
    for file in (SUMS, CLAIMS):
        (story / file).write_text("", encoding="utf-8")
    corpus = load_corpus(story)
    assert (corpus.articles, corpus.passages) == ({}, {})
    assert corpus.sources


def test_every_problem_is_returned_at_once(story: Path) -> None:
    change(story, A101, "surface: six miles", "surface: six leagues")
    change(story, A102, "    time: from December", "    time: from January")
    change(story, CLAIMS, "103: almost half", "103: nearly half")
    (story / CONTEXT).write_text("facts: [", encoding="utf-8")
    assert [problem.file for problem in problems_of(story)] == [CONTEXT, A101, A102]
    (story / CONTEXT).write_text("facts: []", encoding="utf-8")
    assert [problem.file for problem in problems_of(story)] == [A101, A102, CLAIMS]


def test_every_file_is_read_however_many_are_bad(story: Path) -> None:
    files = [SOURCES, CLAIMS, ISSUES, CONTEXT, A101, A102]
    for file in files:
        (story / file).write_text("[", encoding="utf-8")
    (story / SEED_101.replace("101_night", "103_winter")).write_bytes(b"\xff")
    found = problems_of(story)
    assert sorted(problem.file for problem in found) == sorted([*files, "seeds/103_winter.txt"])
    assert str(CorpusError(found)).count("\n") == 6


def test_reading_keeps_what_could_be_read(story: Path) -> None:
    change(story, A101, "surface: six miles", "surface: six leagues")
    (story / A102).write_text("[", encoding="utf-8")
    corpus, problems, lines = read_corpus(story)
    assert corpus is not None
    assert list(corpus.articles) == ["101", "103"]
    assert "101/strait" not in corpus.passages
    assert "101/fleet" in corpus.passages
    assert [problem.file for problem in problems] == [A102, A101]
    assert set(lines) == {SOURCES, CLAIMS, ISSUES, CONTEXT, A101, "annotations/103.yaml"}


def test_a_story_without_root_is_a_problem(tmp_path: Path) -> None:
    corpus, problems, _ = read_corpus(tmp_path / "nowhere")
    assert corpus is None
    assert [problem.file for problem in problems] == [SOURCES, CLAIMS, ISSUES, CONTEXT, SUMS, "seeds"]


def test_two_seeds_of_one_article_are_a_problem(story: Path) -> None:
    shutil.copy(story / SEED_101, story / "seeds/101_again.txt")
    record_checksums(story)
    assert [problem.file for problem in find_problems(story)] == ["seeds/101_again.txt"]


def test_annotations_that_belong_to_no_seed_are_a_problem(story: Path) -> None:
    shutil.copy(story / A102, story / "annotations/104.yaml")
    assert [problem.file for problem in find_problems(story)] == ["annotations/104.yaml"]


DECIDED = "annotations/adjudication.yaml"
DECISION = """\
  - id: {id}
    article: "{article}"
    layer: {layer}
    place: ¶2
    first: one pilot
    second: two pilots
    decided: {decided}
    why: The words say two.
"""
GOOD = {"id": "pilots", "article": "101", "layer": "attribution", "decided": "second"}


def write_decisions(root: Path, *decisions: dict[str, str]) -> None:
    entries = "".join(DECISION.format(**{**GOOD, **each}) for each in decisions)
    (root / DECIDED).write_text(f"decisions:\n{entries}", encoding="utf-8")


def test_decisions_between_two_passes_are_loaded_in_order(story: Path) -> None:
    assert load_corpus(story).decisions == ()
    others = {"id": "sources", "article": "all", "layer": "source", "decided": "neither"}
    write_decisions(story, {}, others)
    found = [(each.id, each.article, each.layer, each.decided) for each in load_corpus(story).decisions]
    assert found == [("pilots", "101", "attribution", "second"), ("sources", "all", "source", "neither")]


@pytest.mark.parametrize(
    ("decisions", "at", "what"),
    [
        pytest.param([{"article": "104"}], "article:", "'104' is not registered", id="no such article"),
        pytest.param([{"decided": "third"}], "decided:", "'third' is none of 'first'", id="no such outcome"),
        pytest.param([{"layer": "tone"}], "layer:", "'tone' is none of", id="no such layer"),
        pytest.param([{"id": "One"}], "id:", "'One' is not in the right form", id="id that is none"),
    ],
)
def test_a_decision_that_does_not_fit_is_a_problem(
    story: Path, decisions: list[dict[str, str]], at: str, what: str
) -> None:
    write_decisions(story, *decisions)
    found = find_problems(story)
    assert {(problem.file, problem.line) for problem in found} == {(DECIDED, line_of(story, DECIDED, at))}
    assert what in found[0].what


def test_a_decision_registered_twice_is_a_problem(story: Path) -> None:
    write_decisions(story, {}, {})
    [problem] = find_problems(story)
    assert (problem.file, problem.line, problem.what) == (DECIDED, 10, "'pilots' is used twice")


def test_a_passage_of_which_only_some_words_are_found_is_not_checked(story: Path) -> None:
    change(story, A101, "    surface: At least nine\n", "    surface: [nine, at most]\n")
    assert [problem.what for problem in find_problems(story)] == ["'at most' is not in the article"]


def test_a_missing_checksum_list_is_one_problem(story: Path) -> None:
    (story / SUMS).unlink()
    assert [problem.file for problem in find_problems(story)] == [SUMS]


def test_a_missing_seed_is_one_problem(story: Path) -> None:
    (story / SEED_101).unlink()
    assert [problem.file for problem in find_problems(story)] == [SEED_101]
