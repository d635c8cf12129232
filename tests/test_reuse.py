"""Measure text reuse by the null's own definition, and set it beside the null."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations, product
from pathlib import Path

import pandas as pd
import pytest
from conftest import SEED_101, SEED_102, SEED_103
from retold import Corpus, load_corpus
from retold.reuse import Quoted, Reuse, find_reuse, load_null, longest_shared, percentile, stretches
from retold.text import tokens

from bench.synthetic import grow, write

Load = Callable[..., Corpus]
ROOT = Path(__file__).parents[1]
NULL = ROOT / "annotations/reuse_null.csv"
HEADER = "event,first,second,n,quoted_text,ngrams_in_first,containment\n"


@pytest.fixture(scope="module")
def book() -> Corpus:
    """Return the corpus of the book."""
    return load_corpus(ROOT)


@pytest.fixture(scope="module")
def null() -> pd.DataFrame:
    """Return the null of the book."""
    return load_null(NULL)


def ngrams(corpus: Corpus, article: str, *, n: int, quoted: Quoted) -> set[tuple[str, ...]]:
    """Return an article's distinct n-grams of tokens, none over a gap."""
    texts = stretches(corpus, article, quoted=quoted)
    return {tuple(each[at : at + n]) for each in texts for at in range(len(each) - n + 1)}


def has(corpus: Corpus, article: str, words: str, quoted: Quoted) -> bool:
    wanted = tuple(words.split())
    return wanted in ngrams(corpus, article, n=len(wanted), quoted=quoted)


@pytest.mark.parametrize(
    ("article", "words", "kept", "marks", "speech"),
    [
        pytest.param("101", "boats in winter", True, True, True, id="plain words, over a line"),
        pytest.param("101", "two pilots no boat", True, False, False, id="into a quotation"),
        pytest.param("101", "no boat will", True, False, False, id="inside straight marks"),
        pytest.param("101", "two pilots one of", False, False, False, id="over the gap of a quotation"),
        pytest.param("101", "one of the", True, True, True, id="after a quotation"),
        pytest.param("102", "no boat will", True, True, False, id="speech after a dash"),
        pytest.param("102", "december a pilot", False, False, False, id="over the gap of such speech"),
        pytest.param("103", "in the dark", True, False, False, id="inside curly marks"),
        pytest.param("103", "low tide", True, False, False, id="a title between marks"),
        pytest.param("103", "the film was", False, False, False, id="over the gap of a title"),
        pytest.param("103", "several boats need", True, True, True, id="the text after a gap"),
    ],
)
def test_what_becomes_of_quoted_text(
    corpus: Corpus, article: str, words: str, kept: bool, marks: bool, speech: bool
) -> None:
    assert [has(corpus, article, words, each) for each in ("kept", "marks", "speech")] == [
        kept,
        marks,
        speech,
    ]


@pytest.mark.parametrize("n", [1, 2, 3, 100])
def test_kept_n_grams_are_those_of_the_whole_text(corpus: Corpus, n: int) -> None:
    words = tokens(corpus.articles["101"].text)
    assert ngrams(corpus, "101", n=n, quoted="kept") == set(
        zip(*(words[at:] for at in range(n)), strict=False)
    )


def naive(corpus: Corpus, n: int, quoted: Quoted) -> list[Reuse]:
    """Return the reuse of all ordered pairs, each compared with each."""
    grams = {article: ngrams(corpus, article, n=n, quoted=quoted) for article in corpus.articles}
    return [
        Reuse(first, second, n, quoted, len(grams[first]), len(grams[first] & grams[second]))
        for first, second in permutations(grams, 2)
    ]


@pytest.mark.parametrize("quoted", ["kept", "marks", "speech"])
@pytest.mark.parametrize("n", [1, 2, 3, 5, 7, 100])
def test_the_index_finds_what_comparing_all_pairs_finds(
    book: Corpus, corpus: Corpus, n: int, quoted: Quoted
) -> None:
    for each in (book, corpus):
        compared = naive(each, n, quoted)
        assert find_reuse(each, n=n, quoted=quoted, least=0) == compared
        assert find_reuse(each, n=n, quoted=quoted) == [reuse for reuse in compared if reuse.shared]
        assert find_reuse(each, n=n, quoted=quoted, least=3) == [r for r in compared if r.shared >= 3]


@pytest.mark.parametrize("seed", range(4))
def test_the_index_finds_what_comparing_all_pairs_finds_in_grown_corpora(tmp_path: Path, seed: int) -> None:
    grown = load_corpus(write(grow(14, seed=seed, family=5), tmp_path / "corpus"))
    compared = naive(grown, 3, "speech")
    assert find_reuse(grown, n=3, quoted="speech") == [reuse for reuse in compared if reuse.shared]
    assert 40 <= sum(reuse.shared > 0 for reuse in compared) < len(compared)
    assert {shared.tokens for shared in longest_shared(grown, count=99999)} == maximal(grown)


@pytest.mark.parametrize(("length", "shared", "containment"), [(4, 1, 0.25), (4, 0, 0), (0, 0, 0), (3, 3, 1)])
def test_containment(length: int, shared: int, containment: float) -> None:
    assert Reuse("101", "102", 3, "kept", length, shared).containment == containment


@pytest.mark.parametrize(
    ("quoted", "n", "pair", "shared", "length"),
    [
        pytest.param("kept", 3, ("000", "003"), 92, 456, id="3-grams"),
        pytest.param("marks", 5, ("000", "003"), 31, 449, id="5-grams, marks dropped"),
        pytest.param("kept", 3, ("003", "000"), 92, 616, id="the other way"),
        pytest.param("speech", 3, ("002", "003"), 41, 474, id="speech after a dash dropped"),
    ],
)
def test_reuse_between_the_five(
    book: Corpus, quoted: Quoted, n: int, pair: tuple[str, str], shared: int, length: int
) -> None:
    found = {(each.first, each.second): each for each in find_reuse(book, n=n, quoted=quoted)}[pair]
    assert (found.shared, found.ngrams_in_first) == (shared, length)


def test_the_null_of_the_book_is_whole(null: pd.DataFrame) -> None:
    assert len(null) == 600 * 3 * 2
    assert null.groupby(["n", "quoted_text"]).size().eq(600).all()


MEDIANS = {(3, "kept"): 4.65, (3, "removed"): 2.77, (5, "kept"): 1.50, (5, "removed"): 0.29}


@pytest.mark.parametrize(("key", "percent"), MEDIANS.items())
def test_the_null_has_its_known_medians(null: pd.DataFrame, key: tuple[int, str], percent: float) -> None:
    chosen = null[(null["n"] == key[0]) & (null["quoted_text"] == key[1])]
    assert round(100 * chosen["containment"].median(), 2) == pytest.approx(percent, abs=0.011)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(None, "no table of reuse", id="no file"),
        pytest.param(b"", "no table of reuse", id="empty"),
        pytest.param(b"\xff\xfe\x00", "no table of reuse", id="not UTF-8"),
        pytest.param(b"event,first\ne,a\n", "no column containment, n, ngrams_in_first", id="columns"),
        pytest.param(HEADER.encode() + b"e,a,b,three,kept,9,0.5\n", "no table of reuse", id="n in words"),
        pytest.param(HEADER.encode() + b"e,a,b,3,kept,,0.5\n", "no table of reuse", id="no length"),
        pytest.param(HEADER.encode() + b"e,a,b,3,kept,9,0.5\ne,b,a,3,kept,9,1.5\n", "line 3", id="too much"),
        pytest.param(HEADER.encode() + b"e,a,b,3,kept,9,\n", "line 2", id="no containment"),
        pytest.param(HEADER.encode() + b"e,a,b,3,gone,9,0.5\n", "line 2", id="quoted text otherwise"),
        pytest.param(HEADER.encode() + b"e,a,b,0,kept,9,0.5\n", "line 2", id="n of nought"),
        pytest.param(HEADER.encode() + b"e,a,b,3,kept,-9,0.5\n", "line 2", id="a negative length"),
    ],
)
def test_a_bad_null_is_refused(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "null.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=words) as refused:
        load_null(path)
    assert str(path) in str(refused.value)


def small_null() -> pd.DataFrame:
    """Return a null whose kept 3-grams of length 100 have containments 0, 0, 0.1 and 0.33333."""
    rows = [
        (100, 3, "kept", 0.0),
        (100, 3, "kept", 0.0),
        (150, 3, "kept", 0.1),
        (67, 3, "kept", 0.33333),
        (151, 3, "kept", 0.9),
        (66, 3, "kept", 0.9),
        (100, 5, "kept", 0.9),
        (100, 3, "removed", 0.9),
    ]
    return pd.DataFrame(rows, columns=["ngrams_in_first", "n", "quoted_text", "containment"])


@pytest.mark.parametrize(
    ("n", "quoted", "length", "shared", "percent", "compared"),
    [
        pytest.param(3, "kept", 100, 0, 25.0, 4, id="ties count half"),
        pytest.param(3, "kept", 100, 5, 50.0, 4, id="between"),
        pytest.param(3, "kept", 99, 33, 62.5, 4, id="a tie as far as the null is printed"),
        pytest.param(3, "kept", 100, 40, 100.0, 4, id="above all of like length"),
        pytest.param(5, "kept", 100, 40, 0.0, 1, id="n alike"),
        pytest.param(3, "marks", 100, 95, 100.0, 1, id="marks dropped"),
        pytest.param(3, "speech", 100, 40, 0.0, 1, id="speech, beside marks dropped"),
        pytest.param(7, "kept", 100, 1, None, 0, id="no such n"),
        pytest.param(3, "kept", 1000, 1, None, 0, id="none so long"),
        pytest.param(3, "kept", 0, 0, None, 0, id="no n-grams"),
    ],
)
def test_percentile(
    n: int, quoted: Quoted, length: int, shared: int, percent: float | None, compared: int
) -> None:
    found = percentile(small_null(), Reuse("101", "102", n, quoted, length, shared))
    assert found[:2] == (percent, compared)


@pytest.mark.parametrize(
    ("n", "spread"),
    [
        pytest.param(3, (0.05, 0.33333), id="of those that compare"),
        pytest.param(7, (None, None), id="of none"),
    ],
)
def test_a_percentile_says_how_the_null_is_spread(n: int, spread: tuple[float | None, float | None]) -> None:
    found = percentile(small_null(), Reuse("101", "102", n, "kept", 100, 5))
    assert (found.middle, found.highest) == pytest.approx(spread)


def strings(corpus: Corpus, count: int = 99) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return each shared string with article, printed words and quotedness of its places."""
    return [
        (
            " ".join(shared.tokens),
            [(p.article, corpus.articles[p.article].text[slice(*p.span)], p.quoted) for p in shared.places],
        )
        for shared in longest_shared(corpus, count=count)
    ]


def test_the_longest_shared_string(corpus: Corpus) -> None:
    words = "No boat will sail after"
    assert strings(corpus) == [(words.lower(), [("101", words, "all"), ("102", words, "all")])]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        pytest.param(
            [(SEED_103, "was shot on the pier.\n", "was shot on the pier.\nthe STRAIT: is six miles\n")],
            (
                "the strait is six miles",
                [("101", "The strait is six miles", "none"), ("103", "the STRAIT: is six miles", "none")],
            ),
            id="signs and capitals aside",
        ),
        pytest.param(
            [
                (
                    SEED_103,
                    "was shot on the pier.\n",
                    "was shot on the pier.\nis “six miles wide photo” harbour\n",
                )
            ],
            (
                "is six miles wide photo harbour",
                [
                    ("101", "is six miles wide.\nPhoto: Harbour", "none"),
                    ("103", "is “six miles wide photo” harbour", "some"),
                ],
            ),
            id="some of it quoted, over a line's end",
        ),
        pytest.param(
            [
                (
                    SEED_103,
                    "was shot on the pier.\n",
                    "was shot on the pier.\nthe strait is six miles wide\n",
                ),
                (SEED_102, "declined to comment.\n", "declined to comment.\nthe strait is six miles wide\n"),
            ],
            (
                "the strait is six miles wide",
                [
                    ("101", "The strait is six miles wide", "none"),
                    ("102", "the strait is six miles wide", "none"),
                    ("103", "the strait is six miles wide", "none"),
                ],
            ),
            id="in three articles",
        ),
        pytest.param(
            [
                (
                    SEED_103,
                    "was shot on the pier.\n",
                    "was shot on the pier.\nsix miles wide photo harbour. SIX miles wide photo harbour\n",
                )
            ],
            (
                "six miles wide photo harbour",
                [
                    ("101", "six miles wide.\nPhoto: Harbour", "none"),
                    ("103", "six miles wide photo harbour", "none"),
                ],
            ),
            id="twice in one, the first place told",
        ),
    ],
)
def test_shared_strings(
    changed: Load, changes: list[tuple[str, str, str]], found: tuple[str, list[tuple[str, str, str]]]
) -> None:
    assert found in strings(changed(*changes))


def test_a_string_both_texts_begin_with_is_found(changed: Load) -> None:
    opening = "Alpha bravo charlie delta echo. "
    made = changed(
        (SEED_101, "Ferries to stop at night, Gazette", f"{opening}Ferries to stop at night, Gazette"),
        (SEED_103, "🛥 Night boats may stop\n", f"{opening}🛥 Night boats may stop\n"),
    )
    places = [
        ("101", "Alpha bravo charlie delta echo", "none"),
        ("103", "Alpha bravo charlie delta echo", "none"),
    ]
    assert ("alpha bravo charlie delta echo", places) in strings(made)


def test_only_so_many_strings_are_returned_longest_first(book: Corpus) -> None:
    sizes = [len(shared.tokens) for shared in longest_shared(book, count=12)]
    assert len(sizes) == 12
    assert sizes == sorted(sizes, reverse=True)
    assert longest_shared(book, count=0) == []


def maximal(corpus: Corpus) -> set[tuple[str, ...]]:
    """Return the maximal shared strings of five or more tokens, by trying every two places."""
    words = {article.id: tokens(article.text) for article in corpus.articles.values()}
    found = set()
    for first, second in permutations(words.values(), 2):
        for i, j in product(range(len(first)), range(len(second))):
            if i and j and first[i - 1] == second[j - 1]:
                continue
            size = 0
            while i + size < len(first) and j + size < len(second) and first[i + size] == second[j + size]:
                size += 1
            if size >= 5:
                found.add(tuple(first[i : i + size]))
    return found


def test_the_strings_are_all_that_cannot_be_longer(book: Corpus) -> None:
    assert {shared.tokens for shared in longest_shared(book, count=9999)} == maximal(book)
