"""Nest attributions, set their forms, and imply the newsroom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from retold.model import Span
from retold_draft.layers import Layer, formed, nested, with_newsroom

#        0         1         2         3         4         5
TEXT = 'He said: A told B that "boats stop," C said. Bye.\n– We go, a pilot said.'


def layer(words: str, *, source: str = "he", said: str = "", **fields: Any) -> Layer:
    start = TEXT.index(words)
    at = Span(TEXT.index(said), TEXT.index(said) + len(said)) if said else None
    return Layer(source, at, (), (Span(start, start + len(words)),), **fields)


WHOLE = layer('A told B that "boats stop," C said', said="He said")
INNER = layer('"boats stop,"', source="c", said="C said")
MIDDLE = layer('B that "boats stop," C said')


@pytest.mark.parametrize(
    ("layers", "within"),
    [
        ([WHOLE, INNER], [None, 0]),
        ([INNER, WHOLE], [1, None]),
        ([WHOLE, MIDDLE, INNER], [None, 0, 1]),
        ([layer('A told B that "boats stop,"'), INNER], [None, None]),
        ([layer("boats"), layer("boats"), layer("boats")], [None, 0, 1]),
        ([WHOLE, layer('"boats stop,"', within=2), layer('"boats stop,"')], [None, 2, 0]),
        ([], []),
    ],
    ids=["inside", "either order", "the smallest", "source outside", "the same words", "known place", "none"],
)
def test_nested(layers: list[Layer], within: list[int | None]) -> None:
    assert [each.within for each in nested(layers)] == within


FORMS = [
    ([INNER], [("direct", "straight")]),
    ([MIDDLE], [("mixed", "straight")]),
    ([layer("A told B")], [("indirect", None)]),
    ([MIDDLE, layer('"boats stop,"', within=0)], [("indirect", None), ("direct", "straight")]),
    ([MIDDLE, replace(MIDDLE, within=0, cited=True)], [("mixed", "straight"), ("indirect", None)]),
    ([layer("We go", said="a pilot")], [("direct", "dash")]),
    ([layer("We go")], [("indirect", None)]),
    ([layer("a pilot said", said="We go")], [("indirect", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("layers", "forms"), FORMS)
def test_formed(layers: list[Layer], forms: list[tuple[str, str | None]]) -> None:
    assert [(each.form, each.quote_mark) for each in formed(TEXT, layers)] == forms


@pytest.mark.parametrize(
    ("marks", "mark"), [("“a”", "curly"), ('"a"', "straight"), ('“a"', "mixed"), ("«a»", "curly")]
)
def test_the_mark_is_that_of_the_text(marks: str, mark: str) -> None:
    [found] = formed(marks, [Layer("he", None, (), (Span(0, 3),))])
    assert (found.form, found.quote_mark) == ("direct", mark)


def test_the_newsroom_is_implied_once_around_a_sentence_of_unnamed_speakers() -> None:
    sentences = [Span(0, 44), Span(45, 49)]
    layers = [layer("boats"), layer("stop"), layer("Bye", source="anna"), layer("told", within=0)]
    *_, implied = found = with_newsroom(layers, "gazette", {"he"}, sentences)
    assert [each.within for each in found] == [4, 4, None, 0, None]
    assert implied == Layer("gazette", None, (), (sentences[0],))
