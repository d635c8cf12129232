"""Draft who says what in a whole text."""

from __future__ import annotations

import pytest
from retold_draft.attributing import Attributed, attributed
from retold_draft.naming import Sources


def drafted(text: str) -> Attributed:
    return attributed(text, Sources([]))


def rows(text: str) -> list[tuple[str, str, str, int | None]]:
    """Return source, form, content and outer layer of every layer."""
    found = drafted(text)
    contents = [" … ".join(text[slice(*span)] for span in layer.content) for layer in found.layers]
    layers = zip(found.layers, contents, strict=True)
    return [(layer.source, layer.form, content, layer.within) for layer, content in layers]


CASES = [
    (
        "Boats stop, the Eskholm Gazette reported, citing two pilots.",
        [("eskholm-gazette", "indirect", "Boats stop", None), ("two-pilots", "indirect", "Boats stop", 0)],
    ),
    (
        "“No boat sails,” Anna Berg said. “None at all.”",
        [("anna-berg", "direct", "“No boat sails,” … “None at all.”", None)],
    ),
    (
        "Anna Berg said that it is “a bad day”.",
        [("anna-berg", "mixed", "it is “a bad day”.", None)],
    ),
    ("“No boat sails at all.”", [("drafted-speaker-not-found", "direct", "“No boat sails at all.”", None)]),
    ("- No boat sails, claims Anna Berg.", [("anna-berg", "direct", "No boat sails", None)]),
    (
        "– No boat sails, Anna Berg said. – It rains. All stop.",
        [("anna-berg", "direct", "No boat sails … It rains. All stop.", None)],
    ),
    (
        "– No boat sails, Anna Berg said. – It rains, a pilot said.",
        [("anna-berg", "direct", "No boat sails", None), ("pilot", "indirect", "It rains", None)],
    ),
    ("- Anna Berg said that no boat sails.", [("anna-berg", "indirect", "no boat sails.", None)]),
    (
        "A pilot told the Eskholm Gazette that boats stop.",
        [("eskholm-gazette", "indirect", "boats stop.", None), ("pilot", "indirect", "boats stop.", 0)],
    ),
    (
        "The Eskholm Gazette reported that boats stop.\nA pilot said that all stop.",
        [
            ("eskholm-gazette", "indirect", "boats stop.", None),
            ("pilot", "indirect", "all stop.", 2),
            ("eskholm-gazette", "indirect", "A pilot said that all stop.", None),
        ],
    ),
    (
        "Boats stop, a pilot said.\nThe Eskholm Gazette reported that all stop.\nA pilot said that it rains.",
        [
            ("pilot", "indirect", "Boats stop", None),
            ("eskholm-gazette", "indirect", "all stop.", None),
            ("pilot", "indirect", "it rains.", 3),
            ("eskholm-gazette", "indirect", "A pilot said that it rains.", None),
        ],
    ),
    (
        "The Eskholm Gazette reported that boats stop.\nThe union said that all stop.",
        [
            ("eskholm-gazette", "indirect", "boats stop.", None),
            ("union", "indirect", "all stop.", None),
        ],
    ),
    (
        "The Eskholm Gazette reported that boats stop.\n– All stop, Anna Berg told the paper.",
        [
            ("eskholm-gazette", "indirect", "boats stop.", None),
            ("eskholm-gazette", "indirect", "All stop", None),
            ("anna-berg", "direct", "All stop", 1),
        ],
    ),
    (
        "– All stop, Anna Berg told the paper.",
        [("anna-berg", "direct", "All stop", None)],
    ),
    (
        "Boats may stop - Eskholm Gazette\nIt rains.",
        [("eskholm-gazette", "indirect", "Boats may stop", None)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), CASES)
def test_attributed(text: str, found: list[tuple[str, str, str, int | None]]) -> None:
    assert rows(text) == found


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The film “Low Tide” was shot here.", ["scare"]),
        ("“The boats will stop now”\nIt rains.", ["heading"]),
        ("Photo: “Low Tide at the old pier” by Berg", ["scare"]),
        ("It rains.", []),
    ],
)
def test_words_in_marks_that_nobody_speaks(text: str, kinds: list[str]) -> None:
    found = drafted(text)
    assert [kind for _, kind in found.unspoken] == kinds
    assert found.layers == []


def test_headings_and_paratext_are_told_apart() -> None:
    text = "Boats may stop\nIt rains.\nMore rain\nPhoto: Berg"
    found = drafted(text)
    assert [text[slice(*span)] for span in found.headings] == ["Boats may stop", "More rain"]
    assert [text[slice(*span)] for span in found.paratext] == ["Photo: Berg"]


def test_with_two_newsrooms_none_is_implied() -> None:
    text = "The Eskholm Gazette said so. The Coast Daily said no. A pilot said that boats stop."
    assert [row[3] for row in rows(text)] == [None] * len(rows(text))
