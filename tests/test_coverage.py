"""Find what annotation leaves out, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import A101, A102, A103, SEED_101, SEED_102, SEED_103, change
from retold import Article, Corpus, load_corpus
from retold.coverage import (
    find_dash_lines,
    find_quoted,
    find_uncovered,
    find_unexplained_quotes,
    find_unfitting_forms,
    find_unread_numbers,
    quote_mark,
)
from retold.model import Span

Find = Callable[[Corpus, Article], list[Span]]
SPANS: list[Find] = [find_uncovered, find_unread_numbers, find_unexplained_quotes]


def found_in(root: Path, number: str, find: Find) -> list[str]:
    corpus = load_corpus(root)
    article = corpus.articles[number]
    return [article.text[span.start : span.end] for span in find(corpus, article)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param('"a" b "c"', ["a", "c"], id="straight"),
        pytest.param("“a” b “c”", ["a", "c"], id="curly"),
        pytest.param("„a“ b „c”", ["a", "c"], id="low"),
        pytest.param("«a» b", ["a"], id="angle"),
        pytest.param('“a" b', ["a"], id="curly, then straight"),
        pytest.param('"a” b', ["a"], id="straight, then curly"),
        pytest.param("“a\nb”", [], id="not across lines"),
        pytest.param("“” ''", [], id="nothing inside"),
        pytest.param("‘a’ 'b'", [], id="single marks"),
        pytest.param("5” a", [], id="closing mark alone"),
    ],
)
def test_find_quoted(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_quoted(text)] == found


@pytest.mark.parametrize(
    ("text", "mark"),
    [('"a"', "straight"), ("“a”", "curly"), ("«a»", "curly"), ('“a"', "mixed"), ('"a”', "mixed")],
)
def test_quote_mark(text: str, mark: str) -> None:
    assert quote_mark(text, Span(1, 2)) == mark


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("– We left.", ["We left."], id="en dash"),
        pytest.param("a\n— We left.\nb", ["We left."], id="em dash"),
        pytest.param("- a\n- b", ["a", "b"], id="bullets too"),
        pytest.param("-a\n–\na – b", [], id="no dash before words"),
    ],
)
def test_find_dash_lines(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_dash_lines(text)] == found


@pytest.mark.parametrize("find", SPANS, ids=lambda find: str(find.__name__))
@pytest.mark.parametrize("number", ["101", "102", "103"])
def test_the_story_leaves_nothing_out(corpus: Corpus, number: str, find: Find) -> None:
    assert find(corpus, corpus.articles[number]) == []


UNCOVERED = [
    pytest.param(A101, "paratext: ", "# ", "101", ["Photo: Harbour Post"], id="no paratext"),
    pytest.param(A101, "    cue: citing\n", "", "101", ["citing"], id="no cue"),
    pytest.param(
        A102, "    source_text: four officials\n", "", "102", ["four officials"], id="no source text"
    ),
    pytest.param(
        A102,
        "headings: Union and company at odds",
        "headings: Union and",
        "102",
        ["company at odds"],
        id="half a heading",
    ),
    pytest.param(
        A102,
        "content: it had closed the pier",
        "content: [it had, the pier]",
        "102",
        ["closed"],
        id="gap in a content",
    ),
    pytest.param(
        A103,
        "  - Night boats may stop this winter.",
        "  - ight boats may stop this",
        "103",
        ["Night", "winter"],
        id="half a word",
    ),
    pytest.param(
        SEED_103,
        "a former pilot said.\n",
        "a former pilot said.\nOh, no!\nAh.\n",
        "103",
        ["Oh, no", "Ah"],
        id="line by line",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "number", "found"), UNCOVERED)
def test_words_that_nothing_covers_are_found(
    story: Path, file: str, old: str, new: str, number: str, found: list[str]
) -> None:
    change(story, file, old, new)
    assert found_in(story, number, find_uncovered) == found


FLEET = '  - {id: fleet, surface: "14", value: 14, unit: boat, kind: count}\n'
UNREAD = [
    pytest.param(A101, FLEET, "", "101", ["14"], id="digits"),
    pytest.param(A101, "surface: two,", "surface: boats in,", "101", ["two"], id="words"),
    pytest.param(A101, "words: one of the pilots", "words: of the pilots", "101", ["one"], id="no exclusion"),
    pytest.param(
        A102,
        "surface: were damaged in autumn 2023\n    time: in autumn 2023",
        "surface: were damaged",
        "102",
        ["2023"],
        id="year that no event takes in",
    ),
    pytest.param(A103, "surface: almost half", "surface: almost", "103", ["half"], id="fraction"),
    pytest.param(SEED_102, "closed the pier.", "closed the pier. 3 of 4", "102", ["3", "4"], id="new"),
]


@pytest.mark.parametrize(("file", "old", "new", "number", "found"), UNREAD)
def test_numbers_that_nothing_reads_are_found(
    story: Path, file: str, old: str, new: str, number: str, found: list[str]
) -> None:
    change(story, file, old, new)
    assert found_in(story, number, find_unread_numbers) == found


UNEXPLAINED = [
    pytest.param(A103, "{words: Low Tide,", "{words: Low,", "103", ["Low Tide"], id="half a title"),
    pytest.param(
        A103, "    form: direct\n", "    form: indirect\n", "103", ["Nobody sails in the dark"], id="indirect"
    ),
    pytest.param(
        A103,
        "content: “Nobody sails in the dark”",
        "content: Nobody sails in the",
        "103",
        ["Nobody sails in the dark"],
        id="half a quotation",
    ),
    pytest.param(SEED_101, "six miles wide.", "six miles wide. 'No' \"Yes\".", "101", ["Yes"], id="new"),
]


@pytest.mark.parametrize(("file", "old", "new", "number", "found"), UNEXPLAINED)
def test_quotations_that_nobody_speaks_are_found(
    story: Path, file: str, old: str, new: str, number: str, found: list[str]
) -> None:
    change(story, file, old, new)
    assert found_in(story, number, find_unexplained_quotes) == found


DIRECT = "    form: direct\n"
FORMS = [
    pytest.param(A101, "    quote_mark: straight\n", "", ["101/dusk"], id="direct without a mark"),
    pytest.param(A101, DIRECT, "    form: mixed\n", [], id="mixed"),
    pytest.param(A101, DIRECT, "    form: indirect\n", ["101/dusk"], id="a mark, yet indirect"),
    pytest.param(
        A101,
        "    form: document\n",
        DIRECT + "    quote_mark: curly\n",
        ["101/port-office"],
        id="direct without quotation",
    ),
    pytest.param(A101, "quote_mark: straight", "quote_mark: dash", ["101/dusk"], id="no dash there"),
    pytest.param(A102, "quote_mark: dash", "quote_mark: curly", ["102/pilot"], id="a dash there"),
    pytest.param(A101, "quote_mark: straight", "quote_mark: curly", ["101/dusk"], id="straight, not curly"),
    pytest.param(A103, "quote_mark: curly", "quote_mark: mixed", ["103/former"], id="curly, not mixed"),
]


@pytest.mark.parametrize(("file", "old", "new", "found"), FORMS)
def test_forms_that_the_marks_do_not_bear_out_are_found(
    story: Path, file: str, old: str, new: str, found: list[str]
) -> None:
    change(story, file, old, new)
    corpus = load_corpus(story)
    articles = corpus.articles.values()
    assert [each for article in articles for each in find_unfitting_forms(corpus, article)] == found
