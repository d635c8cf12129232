"""List what an edition of the story should show, the most important first."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest
from retold import Corpus
from retold.registers import Claim, Fact, Source
from retold_excerpt.allowance import WordIndex
from retold_excerpt.wanted import resolve_quotation, wanted
from retold_run.told import Told


@pytest.mark.parametrize(
    ("request_", "passage", "words"),
    [
        ("101/dusk", "101/dusk", '"No boat will sail after dusk,"'),
        ("101/dusk.cue", "101/dusk", "told"),
        ("101/dusk.source", "101/dusk", "one of the pilots"),
        ("103/claim.crews", "103/claim.crews", "almost half of the crews want a contract"),
    ],
)
def test_a_quotation_finds_its_words(corpus: Corpus, request_: str, passage: str, words: str) -> None:
    found, spans = resolve_quotation(corpus, request_)
    assert found.id == passage
    assert corpus.articles[found.article].words(spans) == words


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        ("101/none", "no annotation or reading is called '101/none'"),
        ("101/dusk.end", "'101/dusk' has no part 'end'"),
        ("103/claim.boats-damaged", "no annotation or reading is called '103/claim.boats-damaged'"),
    ],
)
def test_a_quotation_of_nothing_says_so(corpus: Corpus, request_: str, fault: str) -> None:
    with pytest.raises(KeyError, match=fault):
        resolve_quotation(corpus, request_)


def listed(
    corpus: Corpus, *texts: str, told: Told | None = None, pictures: tuple[str, ...] = ()
) -> list[str]:
    """Return the words wanted, in order, each once where they follow each other."""
    found = wanted(corpus, told or Told(), WordIndex(corpus), texts, pictures)
    words = (corpus.articles[article].words((span,)) for article, span in found)
    return [each for each, _ in groupby(words)]


def test_what_cannot_be_cut_comes_first_then_own_prose_then_quotations(corpus: Corpus) -> None:
    drawn = "<svg><!-- At least nine of --><path/><!-- the 14 --></svg>"
    prose = "The strait {evidence}`is six miles <101/strait>` wide, {quote}`101/dusk.cue`."
    found = listed(corpus, prose, pictures=(drawn,))
    own = [found.index(each) for each in ("The strait is six miles", "strait is six miles wide")]
    assert found[:2] == ["At least nine of the", "least nine of the 14"]
    assert min(own) > 1
    assert max(own) < found.index("told")
    assert found[found.index("told") :][:3] == [
        "told",
        "At least nine of the 14 boats were damaged last autumn",
        "About nine boats were damaged in autumn 2023",
    ]


def test_evidence_comes_before_other_passages(corpus: Corpus) -> None:
    told = Told(values={"half": 1}, evidence={"half": ("103/claim.crews", "fact/undated")})
    found = listed(corpus, told=told)
    evidence = found.index("almost half of the crews want a contract")
    assert evidence < found.index("six miles") < found.index('"No boat will sail after dusk,"')


STRAIT = "The strait is six miles"
PLACE = "the-strait-is-six-miles"
SHARED: list[Any] = [
    pytest.param(
        {
            "facts": {
                "a": Fact(key="a", statement="A", publisher="P", date="2024", url=f"https://a.org/{PLACE}")
            }
        },
        id="address",
    ),
    pytest.param({"claims": {PLACE: Claim(id=PLACE, statement="A", kind="event", readings={})}}, id="id"),
    pytest.param(
        {"sources": {"a": Source(id="a", name=STRAIT, kind="person", side="port", named=True)}}, id="name"
    ),
    pytest.param(
        {"claims": {"a": Claim(id="a", statement=STRAIT, kind="event", readings={})}}, id="statement"
    ),
]


@pytest.mark.parametrize("more", SHARED)
def test_words_that_registers_share_with_an_article_are_wanted(
    corpus: Corpus, more: dict[str, dict[str, Any]]
) -> None:
    registers: Any = {name: {**getattr(corpus, name), **entries} for name, entries in more.items()}
    assert STRAIT not in listed(corpus)
    assert STRAIT in listed(replace(corpus, **registers))


def test_every_passage_is_wanted(corpus: Corpus) -> None:
    places = set(wanted(corpus, Told(), WordIndex(corpus), (), ()))
    assert {(each.article, span) for each in corpus.passages.values() for span in each.spans} <= places
