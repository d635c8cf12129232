"""Number the figures and tables of appendices apart from those of chapters."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from retold_book.numbering import keep_numbers, letter_appendices

Numbers = dict[str, dict[str, dict[str, tuple[Any, ...]]]]
CHAPTER = {"table": {"tab-boats": (1, 1)}, "figure": {"fig-boats": (1, 1)}}


def environment(numbers: Numbers) -> Any:
    sections = {"chapter": {"": (1,)}}
    return SimpleNamespace(
        config=SimpleNamespace(root_doc="index"), toc_secnumbers=sections, toc_fignumbers=numbers
    )


@pytest.mark.parametrize(
    ("numbers", "lettered"),
    [
        pytest.param({"chapter": CHAPTER}, {"chapter": CHAPTER}, id="a chapter's stay"),
        pytest.param(
            {"index": {"table": {"a": (1,)}}}, {"index": {"table": {"a": (1,)}}}, id="the first page's"
        ),
        pytest.param(
            {
                "index": {"table": {"a": (1,)}},
                "behind": {"table": {"b": (2,), "c": (3,)}, "figure": {"d": (1,)}},
            },
            {
                "index": {"table": {"a": (1,)}},
                "behind": {"table": {"b": ("A1",), "c": ("A2",)}, "figure": {"d": ("A1",)}},
            },
            id="an appendix's begin anew, each kind by itself",
        ),
        pytest.param(
            {"behind": {"table": {"b": (1,)}}, "more": {"table": {"c": (2,)}}},
            {"behind": {"table": {"b": ("A1",)}}, "more": {"table": {"c": ("A2",)}}},
            id="those of two appendices follow one another",
        ),
    ],
)
def test_appendices_are_numbered_apart(numbers: Numbers, lettered: Numbers) -> None:
    env = environment(numbers)
    assert letter_appendices(None, env) == []  # type: ignore[arg-type]
    assert env.toc_fignumbers == lettered


def test_sphinx_compares_its_own_numbers_with_its_own() -> None:
    counted: Numbers = {"behind": {"table": {"b": (1,)}}}
    env = environment(counted)
    assert keep_numbers(None, env) == []  # type: ignore[arg-type]
    for _ in range(2):
        letter_appendices(None, env)  # type: ignore[arg-type]
        assert env.toc_fignumbers != counted
        keep_numbers(None, env)  # type: ignore[arg-type]
        assert env.toc_fignumbers == counted
