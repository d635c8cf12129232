"""Load word lists and rules, and fill rules with lists."""

from __future__ import annotations

import re

import pytest
from retold_draft.lexicon import LEXICON, any_of, filled, pattern_of

WORDS = [name for name, listed in LEXICON.items() if isinstance(listed, str)]


@pytest.mark.parametrize("name", WORDS)
def test_every_word_list_is_lists_of_words_that_match(name: str) -> None:
    pattern = re.compile(any_of(name), re.IGNORECASE)
    for word in LEXICON[name].split():
        if re.fullmatch(r"[\w-]+", word):
            assert pattern.fullmatch(word), word


def test_longer_words_come_first() -> None:
    assert re.findall(any_of("saying"), "reported, says") == ["reported", "says"]


def test_a_rule_with_an_unknown_list_is_refused() -> None:
    with pytest.raises(KeyError, match="no_such_list"):
        filled("@no_such_list@ a")


@pytest.mark.parametrize(
    ("words", "whole"), [("Several boats", True), ("severally", False), ("unmany", False), ("MANY", True)]
)
def test_pattern_of_finds_whole_words_in_either_case(words: str, whole: bool) -> None:
    assert bool(pattern_of("vague").search(words)) is whole


@pytest.mark.parametrize("rule", LEXICON["cues"], ids=lambda rule: rule["example"][:30])
def test_every_rule_names_what_it_needs(rule: dict[str, str]) -> None:
    assert rule.keys() <= {"example", "rule", "content", "polarity"}
    groups = re.compile(filled(rule["rule"])).groupindex
    assert "cue" in groups
    assert "content" in groups or rule["content"] == "before"
