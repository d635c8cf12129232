"""Put contested readings in, and see which counts they change."""

from __future__ import annotations

from pathlib import Path

import pytest
from retold import Corpus, load_corpus
from retold.contested import find_contested, find_effects, find_regradings, regraded, under
from retold.model import Contested
from retold.provenance import newsroom_roots

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def real() -> Corpus:
    return load_corpus(ROOT)


def alternative(field: str, reading: str) -> Contested:
    return Contested(field=field, reading=reading, reason="For the test.")


def test_every_contested_reading_is_found(real: Corpus) -> None:
    found = find_contested(real)
    counted = sum(
        len(record.contested)
        for article in real.articles.values()
        for name in ("attributions", "quantities", "positions", "events")
        for record in getattr(article.record, name)
    )
    assert len(found) == counted > 0


@pytest.mark.parametrize(
    ("passage", "field", "reading", "roots"),
    [
        pytest.param("000/refineries", "source", "vakulenko", "0–2", id="another source"),
        pytest.param("000/refineries", "source", "own voice", "0–2", id="own voice"),
        pytest.param("000/refineries", "certainty", "inferred", "0–2", id="another certainty"),
        pytest.param("000/refineries", "source", "ft", "1–2", id="the same source"),
    ],
)
def test_roots_under_another_reading(
    real: Corpus, passage: str, field: str, reading: str, roots: str
) -> None:
    other = under(real, real.passages[passage], alternative(field, reading))
    assert other is not None
    assert str(newsroom_roots(other, "nine-of-32")) == roots


@pytest.mark.parametrize(
    ("passage", "field", "reading"),
    [
        pytest.param("000/refineries", "source", "someone unregistered", id="unknown source"),
        pytest.param("000/refineries", "content", "only the second sentence", id="words alone"),
        pytest.param("000/at-least-nine", "state", "struck", id="no closed list"),
    ],
)
def test_a_reading_in_words_alone_cannot_be_put_in(
    real: Corpus, passage: str, field: str, reading: str
) -> None:
    assert under(real, real.passages[passage], alternative(field, reading)) is None


@pytest.mark.parametrize(("reading", "waits"), [("demand", False), ("warning", True)])
def test_what_is_read_as_a_demand_waits_for_nothing(real: Corpus, reading: str, waits: bool) -> None:
    other = under(real, real.passages["003/putin-regions"], alternative("move", reading))
    assert other is not None
    record = other.passages["003/putin-regions"].record
    assert (record.move, record.condition is not None) == (reading, waits)


def test_what_was_inside_a_removed_layer_moves_outward(real: Corpus) -> None:
    other = under(real, real.passages["001/ft-lead"], alternative("source", "own voice"))
    assert other is not None
    assert "001/ft-lead" not in other.passages
    assert other.passages["001/sources-lead"].record.within is None
    assert real.passages["001/sources-lead"].record.within == "ft-lead"


def test_effects_name_claim_count_old_and_new(real: Corpus) -> None:
    other = under(real, real.passages["000/refineries"], alternative("source", "vakulenko"))
    assert other is not None
    effects = [(each.claim, each.count, each.old, each.new) for each in find_effects(real, other)]
    assert effects == [
        ("nine-of-32", "newsroom roots", "1–2", "0–2"),
        ("nine-of-32", "human sources", "0", "1"),
    ]
    assert find_effects(real, real) == []


@pytest.mark.parametrize(
    ("passage", "field", "reading"),
    [
        pytest.param("000/kyiv-revive", "move", "offer", id="a move"),
        pytest.param("000/moscow-withdraws", "stance", "against", id="a stance"),
        pytest.param("000/kyiv-revive", "issue", "peace-talks", id="an issue"),
        pytest.param("003/event-invasion", "event", "kursk-incursion", id="an event"),
        pytest.param("001/sources-lead", "form", "mixed", id="a form"),
    ],
)
def test_a_value_of_a_closed_list_or_register_is_put_in(
    real: Corpus, passage: str, field: str, reading: str
) -> None:
    other = under(real, real.passages[passage], alternative(field, reading))
    assert other is not None
    assert getattr(other.passages[passage].record, field) == reading
    assert getattr(real.passages[passage].record, field) != reading


@pytest.mark.parametrize(
    ("field", "reading", "found"),
    [
        ("severity", "3", 3),
        ("kind", "time", "time"),
        ("readings", "001 another source", None),
        ("severity", "grave", None),
    ],
)
def test_a_variant_under_another_grading(
    real: Corpus, field: str, reading: str, found: int | str | None
) -> None:
    variant = real.claims["talks-under-way"].variants[0]
    other = regraded(real, variant, alternative(field, reading))
    if found is None:
        assert other is None
    else:
        assert other is not None
        assert getattr(other.claims["talks-under-way"].variants[0], field) == found
        assert other.claims["talks-under-way"].variants[1:] == real.claims["talks-under-way"].variants[1:]


def test_every_contested_grading_is_found(real: Corpus) -> None:
    counted = sum(len(v.contested) for claim in real.claims.values() for v in claim.variants)
    assert len(find_regradings(real)) == counted > 0
