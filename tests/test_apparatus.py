"""Collate the story as TEI: well-formed, every witness declared, every entry with a reading a witness."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import A102, CLAIMS
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from retold import Corpus, load_corpus
from retold_export import apparatus
from test_linked import HOSTILE, make_hostile

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
# The children that TEI P5 allows and we use, in the order it asks for.
CHILDREN = {
    "TEI": r"teiHeader text",
    "teiHeader": r"fileDesc encodingDesc",
    "fileDesc": r"titleStmt publicationStmt sourceDesc",
    "titleStmt": r"title",
    "publicationStmt": r"p",
    "sourceDesc": r"listWit",
    "listWit": r"witness( witness)*",
    "witness": r"(title )?idno idno",
    "encodingDesc": r"variantEncoding",
    "text": r"body",
    "body": r"p( div)*",
    "div": r"head p",
    "p": r"(app)?",
    "app": r"rdg( rdg)*( note)*",
}
LEAVES = ("title", "idno", "variantEncoding", "head", "rdg", "note")


@pytest.fixture(scope="module", params=["story", "book"])
def each(request: pytest.FixtureRequest, corpus: Corpus) -> Corpus:
    return corpus if request.param == "story" else load_corpus(Path(__file__).parents[1])


def to_apparatus(corpus: Corpus) -> str:
    return "".join(apparatus.to_apparatus(corpus))


def read(corpus: Corpus) -> Any:
    return etree.fromstring(to_apparatus(corpus).encode("utf-8"))


def entry(corpus: Corpus, claim: str) -> Any:
    [found] = [app for app in read(corpus).iter(f"{TEI}app") if app.get("n") == claim]
    return found


def test_the_text_is_the_same_each_time(each: Corpus) -> None:
    text = to_apparatus(each)
    assert text == to_apparatus(load_corpus(each.root))
    assert text.startswith(
        '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">'
    )
    assert text.endswith("</TEI>\n")
    assert str(each.root) not in text


def test_pieces_make_the_text_that_is_written_at_once(each: Corpus) -> None:
    text = to_apparatus(each)
    ElementTree.register_namespace("", TEI.strip("{}"))
    at_once = ElementTree.fromstring(text)
    ElementTree.indent(at_once, " ")
    rest = text.partition("\n")[2]
    assert rest == ElementTree.tostring(at_once, encoding="unicode") + "\n"


def test_elements_stand_where_tei_has_them(each: Corpus) -> None:
    for element in read(each).iter():
        name = element.tag.removeprefix(TEI)
        children = " ".join(child.tag.removeprefix(TEI) for child in element)
        assert re.fullmatch(CHILDREN.get(name, ""), children), f"{name}: {children}"


def test_names_are_unique_and_pointers_lead_somewhere(each: Corpus) -> None:
    root = read(each)
    names = [element.get(ID) for element in root.iter() if element.get(ID)]
    assert len(set(names)) == len(names)
    for element in root.iter():
        for pointer in f"{element.get('wit', '')} {element.get('target', '')}".split():
            assert pointer.removeprefix("#") in names


def test_every_entry_has_exactly_one_reading_a_witness(each: Corpus) -> None:
    root = read(each)
    witnesses = [witness.get(ID) for witness in root.iter(f"{TEI}witness")]
    assert len(witnesses) == len(each.articles)
    entries = list(root.iter(f"{TEI}app"))
    assert [app.get("n") for app in entries] == list(each.claims)
    for app in entries:
        assert [reading.get("wit") for reading in app.iter(f"{TEI}rdg")] == [f"#{name}" for name in witnesses]


def test_a_reading_has_the_articles_words_or_none(each: Corpus) -> None:
    for claim, app in zip(each.claims, read(each).iter(f"{TEI}app"), strict=True):
        readings = app.iter(f"{TEI}rdg")
        for article, reading in zip(each.articles, readings, strict=True):
            name = f"{article}/claim.{claim}"
            carried = name in each.passages
            assert reading.text == (each.words(name) if carried else None)
            assert reading.get("type") == (None if carried else "not-carried")


def test_variants_are_notes_with_kind_and_severity(each: Corpus) -> None:
    for claim, app in zip(each.claims.values(), read(each).iter(f"{TEI}app"), strict=True):
        notes = app.iter(f"{TEI}note")
        for variant, note in zip(claim.variants, notes, strict=True):
            assert note.text == variant.explanation
            assert (note.get("n"), note.get("type")) == (variant.id, variant.kind)
            assert note.get("subtype") == f"severity-{variant.severity}"
            assert len(note.get("target").split()) == len(variant.readings)


def test_the_header_says_what_the_witnesses_are(corpus: Corpus) -> None:
    first = next(read(corpus).iter(f"{TEI}witness"))
    assert [(child.get("type"), child.text) for child in first] == [
        (None, "Ferries to stop at night, Gazette reports"),
        ("file", "seeds/101_night.txt"),
        ("sha256", corpus.articles["101"].sha256),
    ]
    [encoding] = read(corpus).iter(f"{TEI}variantEncoding")
    assert (encoding.get("method"), encoding.get("location")) == ("parallel-segmentation", "internal")


def test_a_witness_without_title_has_none(changed: Callable[..., Corpus]) -> None:
    corpus = changed((A102, "  title: Union and company at odds\n", ""))
    assert [len(witness) for witness in read(corpus).iter(f"{TEI}witness")] == [3, 2, 3]


def test_a_story_without_claims_is_still_written(story: Path) -> None:
    events = "events:\n  - {id: night-stop, label: The night boats stop}\n"
    (story / CLAIMS).write_text(events, encoding="utf-8")
    assert list(read(load_corpus(story)).iter(f"{TEI}app")) == []


def plain(words: str) -> str | None:
    """Return words as XML 1.0 can carry them, section 2.2."""
    kept = (9, 10, *range(0x20, 0xD800), *range(0xE000, 0xFFFE))
    return "".join(sign if ord(sign) in kept or ord(sign) > 0xFFFF else "\ufffd" for sign in words) or None


def test_hostile_words_stay_words(story: Path) -> None:
    corpus = make_hostile(story)
    app = entry(corpus, "no-sailing")
    assert [reading.text for reading in app.iter(f"{TEI}rdg")][1] == plain(HOSTILE)
    assert app.getparent().getprevious().text == plain(HOSTILE)
    assert {element.tag.removeprefix(TEI) for element in read(corpus).iter()} <= {*CHILDREN, *LEAVES}
    assert "<script" not in to_apparatus(corpus)


@given(words=st.text())
def test_any_words_are_carried(corpus: Corpus, words: str) -> None:
    claim = corpus.claims["crews"].model_copy(update={"statement": words})
    odd = replace(corpus, claims={**corpus.claims, "crews": claim})
    assert entry(odd, "crews").getparent().getprevious().text == plain(words)


@example(names=["é", "C3A9", "~"])
@given(names=st.lists(st.text(min_size=1), min_size=3, max_size=3, unique=True))
def test_articles_of_any_name_are_told_apart(corpus: Corpus, names: list[str]) -> None:
    pairs = zip(names, corpus.articles.values(), strict=True)
    articles = {name: replace(article, id=name) for name, article in pairs}
    root = read(replace(corpus, articles=articles))
    found = [witness.get(ID) for witness in root.iter(f"{TEI}witness")]
    assert len(set(found)) == 3
    assert all(re.fullmatch(r"w-[A-Za-z0-9_.·-]+", name) for name in found)
