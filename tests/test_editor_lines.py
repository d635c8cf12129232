"""Hold every line for editors against the words it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from retold import Corpus, load_corpus
from retold.provenance import find_readings
from retold.quantities import find_numbers
from retold.registers import Claim

CORPUS = load_corpus(Path(__file__).parents[1])
DISPUTED = [
    claim for claim in CORPUS.claims.values() if any(variant.severity >= 2 for variant in claim.variants)
]
LIMITS = {"wording": 35, "accompany": 40, "avoid": 30}
DATES = ("ft-2024-10-29", "peskov-2024-10-30", "yermak-2024-11-04")
"""The outside facts whose year and day a line may print: the story, and the denials after it."""

REFUSED = re.compile(
    r"\b(?:fabricat\w+|invent\w+|plagiari\w+|wrong\w*|errors?|false\w*|distort\w+)\b", re.IGNORECASE
)


def surplus_numbers(corpus: Corpus, claim: Claim, text: str) -> list[float]:
    """Return the numbers of a text that no reading of the claim, no count of articles and no day explains."""
    printed = [corpus.words(reading.id) for reading in find_readings(corpus, claim.id)]
    printed += [words for variant in claim.variants for words in variant.readings.values()]
    printed.append(claim.statement)
    known = {value for words in printed for _, value in find_numbers(words)}
    known |= set(range(1, len(corpus.articles) + 1)) | {float(article) for article in corpus.articles}
    known |= {float(part) for key in DATES for part in corpus.facts[key].date.split("-")[::2]}
    return [value for _, value in find_numbers(text) if value not in known]


def parts(claim: Claim) -> Iterator[tuple[str, str]]:
    assert claim.editor is not None
    for name in LIMITS:
        yield name, getattr(claim.editor, name)


def test_the_book_has_disputed_claims() -> None:
    assert len(DISPUTED) > 30


@pytest.mark.parametrize("claim", DISPUTED, ids=lambda claim: claim.id)
def test_a_disputed_claim_has_a_line(claim: Claim) -> None:
    assert claim.editor is not None


@pytest.mark.parametrize("claim", DISPUTED, ids=lambda claim: claim.id)
def test_a_line_says_no_more_than_the_readings(claim: Claim) -> None:
    for name, text in parts(claim):
        assert surplus_numbers(CORPUS, claim, text) == [], name
        assert not REFUSED.search(text), text
        assert len(text.split()) <= LIMITS[name], text


@pytest.mark.parametrize("claim", DISPUTED, ids=lambda claim: claim.id)
def test_a_wording_can_be_printed_without_this_book(claim: Claim) -> None:
    assert claim.editor is not None
    assert not re.search(r"\b00\d\b", claim.editor.wording)


@pytest.mark.parametrize(
    ("text", "surplus"),
    [
        pytest.param("At least nine of 32 refineries, according to 000 and 002.", [], id="as printed"),
        pytest.param("At least ten of 32 refineries.", [10.0], id="another number"),
        pytest.param("At least nine by 29 October 2024, but not 2023.", [2023.0], id="another year"),
        pytest.param("At least 28 % of refineries.", [28.0], id="computed number"),
    ],
)
def test_a_number_from_elsewhere_is_noticed(text: str, surplus: list[float]) -> None:
    assert surplus_numbers(CORPUS, CORPUS.claims["nine-of-32"], text) == surplus


@pytest.mark.parametrize("text", ["That is wrong.", "An invented figure.", "False in 002."])
def test_a_verdict_on_an_outlet_is_noticed(text: str) -> None:
    assert REFUSED.search(text)
