"""Draft an annotation file: every entry a draft, every character covered."""

from __future__ import annotations

import re

import pytest
from retold.model import ArticleFile
from retold.registers import EventEntry, Source
from retold_draft.drafting import Draft, draft

TEXT = """\
Boats may stop

The Eskholm Gazette (EG) reported on Monday that nearly half of the boats stop in August 2023.
“No boat sails,” a pilot told the EG. One of them, though, was ready.
Photo: EG, 2022
"""


def made(text: str = TEXT, *, published: str = "2023-11-20") -> Draft:
    return draft("104", text, [], published=published)


def test_the_draft_fits_the_model_and_every_entry_is_a_draft() -> None:
    found = made()
    record = ArticleFile.model_validate(found.record)
    entries = [*record.attributions, *record.quantities, *record.events]
    assert {entry.certainty for entry in entries} == {"draft"}
    assert record.article.outlet_certainty == "draft"
    assert len(record.attributions) == 3
    assert [Source.model_validate(each).id for each in found.sources] == [
        "eskholm-gazette",
        "pilot",
        "outlet-104",
    ]
    assert [EventEntry.model_validate(each).id for each in found.events] == [
        each.event for each in record.events
    ]


def test_zones() -> None:
    record = ArticleFile.model_validate(made().record)
    assert [each.exact for each in record.headings] == ["Boats may stop"] == [record.article.title[0].exact]
    assert [each.exact for each in record.paratext] == ["Photo: EG, 2022"]
    assert [each.exact for each in record.own_voice] == ["One of them, though, was ready."]
    assert [each.words[0].exact for each in record.not_quantities] == ["2022", "One"]


@pytest.mark.parametrize(
    ("published", "stated"), [("2023-11-20", ["2023-11-20", "2023-08"]), ("unresolved", [None, "2023-08"])]
)
def test_events_are_dated_as_far_as_words_allow(published: str, stated: list[str | None]) -> None:
    record = ArticleFile.model_validate(made(published=published).record)
    assert [event.stated for event in record.events] == stated
    assert [event.reconciled for event in record.events] == [each or "unresolved" for each in stated]
    assert all(event.reason or event.stated for event in record.events)
    assert record.article.published == published
    assert record.article.published_evidence.startswith("Drafted: ")


LABELS = [
    ("All boats of the old port sank last autumn off the pier, a pilot said on Monday.",
     ["All boats of the old port sank last autumn off the pier", "a pilot said on Monday"]),
    ("The port, which lost most of all its old and new boats to the storm in 2019, is open.",
     ["its old and new boats to the storm in 2019"]),
    ("Last autumn, all boats sank.", ["Last autumn all boats sank"]),
    ("It rained. In 2019 (or so) it sank.", ["In 2019 (or so) it sank"]),
    ("- In 2019 it all sank.", ["In 2019 it all sank"]),
    ("Today.", ["Today"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "labels"), LABELS)
def test_an_event_is_labelled_by_the_words_round_its_time(text: str, labels: list[str]) -> None:
    assert [event["label"] for event in made(text).events] == [f"Drafted: {each}" for each in labels]


def test_identifiers_are_unique_and_readable() -> None:
    record = made("Two boats. Two boats. “Now,” and now, now.").record
    ids = [entry["id"] for name in ("attributions", "quantities", "events") for entry in record.get(name, ())]
    assert len(ids) == len(set(ids)) == 6
    assert all(re.fullmatch(r"[a-z0-9-]+", each) for each in ids)


def test_who_is_registered_is_not_added_again_and_the_draft_stays_the_same() -> None:
    first = made()
    second = draft(
        "104", TEXT, [Source.model_validate(each) for each in first.sources], published="2023-11-20"
    )
    assert second.sources == []
    assert (second.record, second.events) == (first.record, first.events)


def test_a_name_given_in_full_later_is_known_from_the_start() -> None:
    text = "The EG said that boats stop. The Eskholm Gazette (EG) said that all stop."
    assert [each["id"] for each in made(text).sources] == ["eskholm-gazette", "outlet-104"]
