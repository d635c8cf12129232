"""Write spans as selectors that mean one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from retold.model import Selector, Span
from retold.text import find_selector
from retold_draft.selecting import to_selector


@pytest.mark.parametrize(
    ("text", "span", "selector"),
    [
        ("a boat sails", Span(2, 6), "boat"),
        ("a boat and a pier", Span(0, 1), {"exact": "a", "suffix": " boat"}),
        ("one boat, one boat.", Span(14, 18), {"exact": "boat", "suffix": "."}),
        ("a boat. a boat", Span(10, 14), {"exact": "boat", "prefix": "boat. a "}),
    ],
)
def test_to_selector(text: str, span: Span, selector: object) -> None:
    assert to_selector(text, span) == selector


@given(text=st.text(alphabet="ab \n", min_size=1, max_size=60), data=st.data())
def test_every_selector_means_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = to_selector(text, span)
    selector = Selector(exact=found) if isinstance(found, str) else Selector(**found)
    assert find_selector(text, selector) == [span]
