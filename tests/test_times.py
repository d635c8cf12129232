"""Find time expressions, with the dates their words allow."""

from __future__ import annotations

import pytest
from retold.chronology import bounds
from retold_draft.times import find_times

DATED = [
    ("It began on February 24, 2022.", "on February 24, 2022", "2022-02-24"),
    ("It began on 5 May 2023.", "on 5 May 2023", "2023-05-05"),
    ("It began in August 2024, late.", "in August 2024", "2024-08"),
    ("in February and March 2024", "in February and March 2024", "2024-02/2024-03"),
    ("in February and March of this year", "in February and March of this year", "2023-02/2023-03"),
    ("in the autumn of 2023", "in the autumn of 2023", "2023-09/2023-11"),
    ("the winter of 2022–23", "the winter of 2022–23", "2022-12/2023-02"),
    ("Since the beginning of 2024, boats rest.", "Since the beginning of 2024", "2024"),
    ("a failed 2023 plan", "2023", "2023"),
    ("last autumn", "last autumn", "2022-09/2022-11"),
    ("on Monday", "on Monday", "2023-11-20"),
    ("on February 31, 2022", "on February 31, 2022", "unresolved"),
    ("two weeks ago", "two weeks ago", "unresolved"),
    ("the 1990s", "the 1990s", "unresolved"),
    ("that winter", "that winter", "unresolved"),
    ("recently", "recently", "unresolved"),
]


@pytest.mark.parametrize(("text", "words", "edtf"), DATED)
def test_find_times(text: str, words: str, edtf: str) -> None:
    [found] = find_times(text, "2023-11-20")
    assert (text[slice(*found.span)], found.edtf) == (words, edtf)
    assert bounds(found.edtf)
    assert found.reason or edtf != "unresolved"


@pytest.mark.parametrize(
    ("text", "edtf", "status"),
    [
        ("The council will vote in March.", "unresolved", "planned"),
        ("Work would start in spring, it said.", "unresolved", "planned"),
        ("A third school might follow by 2027.", "2027", "planned"),
        ("Pilots could strike as early as January.", "unresolved", "planned"),
        ("The port is considering closing by next summer.", "unresolved", "planned"),
        ("A decision is expected on 12 March.", "unresolved", "planned"),
        ("A decision is expected in March 2024.", "2024-03", "planned"),
        ("Boats will stop, the port said in March.", "2023-03", "actual"),
        ("It will rain. It rained in March.", "2023-03", "actual"),
        ("The council voted in March.", "2023-03", "actual"),
    ],
)
def test_what_is_announced_is_planned_and_not_dated_back(text: str, edtf: str, status: str) -> None:
    [found] = find_times(text, "2023-11-20")
    assert (found.edtf, found.status) == (edtf, status)


@pytest.mark.parametrize(
    "text", ["2000 boats", "1,950 people", "they may sail", "an august crowd", "No 12345", "nowhere"]
)
def test_what_is_no_time(text: str) -> None:
    assert find_times(text, "2023-11-20") == []


def test_without_a_date_of_publication_relative_words_stay_unresolved() -> None:
    edtf = [each.edtf for each in find_times("in August, on Monday and in August 2024", "unresolved")]
    assert edtf == ["unresolved", "unresolved", "2024-08"]


@pytest.mark.parametrize(
    ("words", "published", "edtf"),
    [
        pytest.param("on Monday", "2023-11", "unresolved", id="another Monday in the month"),
        pytest.param("on Monday", "2023-11-20/2023-11-23", "2023-11-20", id="the same Monday all the time"),
        pytest.param("on Monday", "2023-11-20/..", "2023-11-20", id="an open end"),
        pytest.param("on Monday", "../2023-11-20", "unresolved", id="an open beginning"),
        pytest.param("last year", "2023-11", "2022", id="any day of the month"),
    ],
)
def test_words_are_dated_where_every_day_of_publication_gives_one_date(
    words: str, published: str, edtf: str
) -> None:
    [found] = find_times(words, published)
    assert found.edtf == edtf
