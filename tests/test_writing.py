"""Write YAML that reads back the same, and append to registers without loss."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from retold_draft.writing import appended, to_yaml

WORDS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
ODD = [
    "no",
    "null",
    "~",
    "1e3",
    "2024",
    "a: b",
    "- a",
    "#",
    "'",
    '"',
    "\\",
    "&a",
    "*a",
    "\x85",
    "\u2028",
    " a ",
    "",
]


VALUES = st.one_of(
    WORDS, st.sampled_from(ODD), st.none(), st.floats(allow_nan=False), st.lists(WORDS, max_size=2)
)
RECORDS = st.dictionaries(st.sampled_from(["id", "words", "at"]), VALUES, max_size=3)


@pytest.mark.parametrize("flow", [False, True])
@given(data=st.lists(RECORDS, max_size=3))
def test_yaml_reads_back_the_same(data: Any, flow: bool) -> None:
    assert yaml.safe_load(to_yaml(data, flow=flow)) == data


def test_the_same_list_twice_is_written_twice() -> None:
    words = ["pier", "boat"]
    assert yaml.safe_load(to_yaml([words, words])) == [words, words]
    assert "&" not in to_yaml([words, words])


REGISTERS = [
    pytest.param("sources: []\n", "sources:\n  # New\n  - {id: b}\n", id="empty"),
    pytest.param("# a\nsources: [] # no\n", "# a\nsources:\n  # New\n  - {id: b} # no\n", id="comment"),
    pytest.param("sources:\n  - {id: a}\n", "sources:\n  - {id: a}\n  # New\n  - {id: b}\n", id="block"),
    pytest.param(
        "sources:\n- id: a\n  n: A\n", "sources:\n- id: a\n  n: A\n# New\n- {id: b}\n", id="no indent"
    ),
    pytest.param("sources:\n  - id: a", "sources:\n  - id: a\n  # New\n  - {id: b}\n", id="no end"),
    pytest.param(
        "sources:\n  - {id: a} # first\n  # last\n\nevents: [] # none\n",
        "sources:\n  - {id: a} # first\n  # New\n  - {id: b}\n  # last\n\nevents: [] # none\n",
        id="comments and another list",
    ),
    pytest.param("sources: [{id: a}, ]\n", "sources: [{id: a}, {id: b}, ]\n", id="flow"),
    pytest.param("sources: [{id: a},\n  {id: c}]", "sources: [{id: a},\n  {id: c}, {id: b}]", id="lines"),
    pytest.param("events: []\n", "events: []\n\nsources:\n  # New\n  - {id: b}\n", id="no such list"),
    pytest.param("", "sources:\n  # New\n  - {id: b}\n", id="empty file"),
]


@pytest.mark.parametrize(("before", "after"), REGISTERS)
def test_appended(before: str, after: str) -> None:
    assert appended(before, "sources", [{"id": "b"}], "New") == after
    assert [each["id"] for each in yaml.safe_load(after)["sources"]][-1] in ("b", "c")


def test_all_entries_are_appended_in_order() -> None:
    text = appended("sources: []", "sources", [{"id": "a"}, {"id": "b", "name": "B: “c”"}], "New")
    assert yaml.safe_load(text) == {"sources": [{"id": "a"}, {"id": "b", "name": "B: “c”"}]}
