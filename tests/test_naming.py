"""Register who is cited, once each."""

from __future__ import annotations

from typing import Any

import pytest
from retold.registers import Source
from retold_draft.naming import Sources, described, fresh, slug

GAZETTE = Source(id="gazette", name="Eskholm Gazette", kind="newsroom", side="third", named=True)
BERG = Source(id="berg", name="Anna Berg", kind="person", side="union", named=True)


@pytest.mark.parametrize(
    ("words", "kind", "name", "named"),
    [
        ("President Anna Berg", "person", "Anna Berg", True),
        ("Ferry owner Anna Berg", "person", "Anna Berg", True),
        ("council leader Anna van Berg", "person", "Anna van Berg", True),
        ("union chair Anna Berg", "person", "Anna Berg", True),
        ("survey by Harbour Union", "institution", "survey by Harbour Union", True),
        ("Anna Berg of the Harbour Institute", "person", "Anna Berg", True),
        ("Anna Berg, the owner", "person", "Anna Berg", True),
        ("Eskholm Gazette (EG)", "newsroom", "Eskholm Gazette", True),
        ("Ministry of Ferries", "government", "Ministry of Ferries", True),
        ("Pilots' Union", "institution", "Pilots' Union", True),
        ("Berg and Holm", "group", "Berg and Holm", True),
        ("union", "institution", "union", True),
        ("pilots' union", "institution", "pilots' union", True),
        ("union pilot", "official", "union pilot", False),
        ("government official", "official", "government official", False),
        ("former pilot", "official", "former pilot", False),
        ("Senior officials", "group", "Senior officials", False),
        ("Officials familiar with Berg", "group", "Officials familiar with Berg", False),
        ("people", "group", "people", False),
        ("…", "official", "…", False),
    ],
)
def test_described(words: str, kind: str, name: str, named: bool) -> None:
    data = described(words)
    assert (data["kind"], data["name"], data["named"], data["side"]) == (kind, name, named, "unknown")


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("four pilots", {"low": 4, "high": 4}),
        ("pilots", {"low": 2}),
        ("Berg and Holm", {"low": 2, "high": 2}),
        ("one pilot", None),
    ],
)
def test_size(words: str, size: dict[str, int] | None) -> None:
    assert described(words).get("size") == size


LONG = "senior port officials familiar with all the long talks in"
MEANT: list[tuple[list[str], list[str]]] = [
    (["the Eskholm Gazette", "the EG", "the newspaper", "the Gazette"], ["gazette"] * 4),
    (["Anna Berg", "Berg", "she", "President Anna Berg"], ["berg"] * 4),
    (["a pilot", "A pilot", "the old pilot"], ["pilot", "pilot", "old-pilot"]),
    (["a pilot who asked for more", "the pilot"], ["pilot-who-asked-for-more"] * 2),
    (
        ["a harbour pilot", "an old pilot", "the pilot", "a pilot"],
        ["harbour-pilot", "old-pilot", "old-pilot", "pilot"],
    ),
    (
        ["two harbour pilots", "the pilot", "the pilots"],
        ["two-harbour-pilots", "pilot", "two-harbour-pilots"],
    ),
    (["a senior port official", "the official, who asked for more"], ["senior-port-official"] * 2),
    (
        ["the harbour board", "a survey published last month"],
        ["harbour-board", "survey-published-last-month"],
    ),
    (["a port official", "The official"], ["port-official"] * 2),
    (["the union's chair, Mara Lund", "Lund"], ["mara-lund"] * 2),
    (
        ["The company, Brightline Ports", "a firm, which sells boats"],
        ["brightline-ports", "firm-which-sells-boats"],
    ),
    (["a report seen by the Norwick Ledger", "the Ledger"], ["report-seen-by-the-norwick-ledger", "ledger"]),
    (["the Pilots' Union", "the union"], ["pilots-union", "union"]),
    (["the Eskholm Gazette", "the Daily", "the daily"], ["gazette", "daily", "daily"]),
    (["Coast Daily (CD)", "the CD"], ["coast-daily"] * 2),
    (["he"], ["he"]),
    (["«…»"], ["source"]),
    (["漢字 one", "かな one"], ["one", "one-2"]),
    (["Хвиля", "Нафтогаз", "Хвиля"], ["source", "source-2", "source"]),
    ([f"{LONG} Ark", f"{LONG} Elm"], [slug(LONG), f"{slug(LONG)}-2"]),
]


@pytest.mark.parametrize(("words", "ids"), MEANT)
def test_who_is_meant_again_has_one_entry(words: list[str], ids: list[str]) -> None:
    sources = Sources([GAZETTE, BERG])
    assert [sources.find(each) for each in words] == ids
    new: list[Any] = [each["id"] for each in sources.added]
    assert new == [each for each in dict.fromkeys(ids) if each not in ("gazette", "berg")]


def test_ids_are_never_taken_twice() -> None:
    assert fresh("a", {"b"}) == "a"
    assert fresh("a", {"a", "a-2"}) == "a-3"
    assert fresh("a", {"a"}, form="{} ({})") == "a (2)"
    assert len(slug("boat " * 40)) <= 50
