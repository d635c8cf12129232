"""Hold the book's own annotations to their rules: complete, in place, and resting on unchanged texts."""

from __future__ import annotations

import calendar
import hashlib
import json
import math
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from edtf import parse_edtf
from pydantic import BaseModel
from retold import Corpus, find_problems, load_corpus
from retold.judgements import JudgementsFile
from retold.model import ArticleFile, Selector
from retold.registers import (
    AdjudicationFile,
    ClaimsFile,
    ContextFile,
    IssuesFile,
    SourcesFile,
)
from retold.seeds import load_checksums

ROOT = Path(__file__).parents[1]
SEEDS = {
    "000_44d1214e1a0338fc.txt": "a954c879fe12c6af78a04b2443fd4e291dab8badd247aba4938142875e82530f",
    "001_950a4aefe79a4b66.txt": "75185c44a78399ef6021787987480aac64037673c5a8bf8ff5d07348b9f7ea07",
    "002_807654db1d0bfc78.txt": "b30063c0c097ac96a2bc068b74597bdfa70cbede2d42b9abc120ef3fbf4498c0",
    "003_7a463858d695400c.txt": "63e5c3d2ecf71357717cfdf25acf89243b0c6b5959107af049d78e2fcd078236",
    "004_d8934f4dd49599c2.txt": "d9a36e29406d6da7a01c7459695279ee570899ce887fb3be512b8ba726d01524",
}
ARTICLES = [name.split("_")[0] for name in SEEDS]
FOLDERS = ["annotations", "annotations/first_pass", "annotations/second_pass"]
REGISTERS: dict[str, type[BaseModel]] = {
    "sources": SourcesFile,
    "claims": ClaimsFile,
    "issues": IssuesFile,
    "context": ContextFile,
    "adjudication": AdjudicationFile,
    "judgements": JudgementsFile,
}
MODELS: dict[str, type[BaseModel]] = {**dict.fromkeys(ARTICLES, ArticleFile), **REGISTERS}


@cache
def corpus_of(folder: str = "annotations") -> Corpus:
    return load_corpus(ROOT, folder=folder)


@pytest.fixture(scope="module")
def story() -> Corpus:
    """Return the corpus of the book."""
    return corpus_of()


def test_find_problems_finds_none() -> None:
    assert [str(problem) for problem in find_problems(ROOT)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_pass_loads_whole(folder: str) -> None:
    assert list(corpus_of(folder).articles) == ARTICLES


@pytest.mark.parametrize("name", SEEDS)
def test_an_article_is_the_bytes_received(name: str) -> None:
    assert hashlib.sha256((ROOT / "seeds" / name).read_bytes()).hexdigest() == SEEDS[name]


def test_the_checksum_list_is_that_of_the_articles() -> None:
    assert load_checksums(ROOT) == SEEDS
    assert sorted(path.name for path in (ROOT / "seeds").iterdir()) == sorted([*SEEDS, "SHA256SUMS"])


def test_no_tool_may_change_the_line_ends_of_articles() -> None:
    assert "seeds/* -text" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("folder", FOLDERS[1:])
def test_a_pass_is_frozen_as_it_was_made(folder: str) -> None:
    lines = (ROOT / folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = {path.name: path.read_bytes() for path in (ROOT / folder).glob("*.yaml")}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


@pytest.mark.parametrize("name", MODELS)
def test_a_file_fits_its_json_schema(name: str) -> None:
    value = yaml.safe_load((ROOT / f"annotations/{name}.yaml").read_text(encoding="utf-8"))
    schema = MODELS[name].model_json_schema()
    faults = jsonschema.Draft202012Validator(schema).iter_errors(plain(value))
    assert [f"{fault.json_path}: {fault.message}" for fault in faults] == []


@pytest.mark.parametrize("name", MODELS)
def test_a_file_names_its_schema_for_editors(name: str) -> None:
    first = (ROOT / f"annotations/{name}.yaml").read_text(encoding="utf-8").partition("\n")[0]
    schema = name if name in REGISTERS else "article"
    assert first == f"# yaml-language-server: $schema={schema}.schema.json"


def test_no_file_belongs_to_nothing() -> None:
    assert {path.stem for path in (ROOT / "annotations").glob("*.yaml")} == set(MODELS)


def selectors_of(passage: Any, part: str) -> tuple[Selector, ...]:
    if part == "reading":
        return tuple(passage.record.readings[passage.article])
    return tuple(getattr(passage.record, part))


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("article", ARTICLES)
def test_the_words_of_every_passage_stand_at_its_offsets(folder: str, article: str) -> None:
    corpus = corpus_of(folder)
    text = (ROOT / corpus.articles[article].file).read_bytes().decode("utf-8")
    passages = [passage for passage in corpus.passages.values() if passage.article == article]
    assert passages
    for passage in passages:
        for part, spans in passage.parts.items():
            words = [selector.exact for selector in selectors_of(passage, part)]
            assert [text[span.start : span.end] for span in spans] == words, (passage.id, part)


@pytest.mark.parametrize("article", ARTICLES)
def test_every_character_of_an_article_but_signs_and_blanks_is_covered(story: Corpus, article: str) -> None:
    text, zones = story.articles[article].text, story.articles[article].zones
    covered = [*zones["headings"], *zones["own_voice"], *zones["paratext"]]
    for passage in story.find_passages("attribution", article=article):
        covered += chain.from_iterable(passage.parts.values())
    inside = {at for span in covered for at in range(span.start, span.end)}
    gaps = [
        text[max(0, at - 20) : at + 20] for at, sign in enumerate(text) if sign.isalnum() and at not in inside
    ]
    assert gaps == []


def test_every_claim_says_something_about_every_article(story: Corpus) -> None:
    assert story.claims
    assert {claim.id: list(claim.readings) for claim in story.claims.values()} == dict.fromkeys(
        story.claims, ARTICLES
    )


def test_every_claim_is_carried_by_an_article(story: Corpus) -> None:
    assert [claim.id for claim in story.claims.values() if not any(claim.readings.values())] == []


def test_a_variant_of_several_articles_is_a_difference_between_them(story: Corpus) -> None:
    variants = [variant for claim in story.claims.values() for variant in claim.variants]
    several = [variant for variant in variants if len(variant.readings) > 1]
    assert several
    assert [variant.id for variant in several if len(set(variant.readings.values())) == 1] == []


def test_sources_that_are_listed_are_those_that_are_used(story: Corpus) -> None:
    used = {article.record.article.outlet for article in story.articles.values()}
    used |= {passage.record.source for passage in story.find_passages("attribution")}
    assert used == set(story.sources)


REGISTERED = [("event", "event", "events"), ("position", "actor", "actors"), ("position", "issue", "issues")]


@pytest.mark.parametrize(("layer", "field", "register"), REGISTERED)
def test_what_is_registered_is_used(story: Corpus, layer: Any, field: str, register: str) -> None:
    used = {getattr(passage.record, field) for passage in story.find_passages(layer)}
    assert used <= set(getattr(story, register))
    assert used


@pytest.mark.parametrize("register", ["sources", "claims", "issues", "context"])
def test_no_id_is_registered_twice(register: str) -> None:
    value = yaml.safe_load((ROOT / f"annotations/{register}.yaml").read_text(encoding="utf-8"))
    for name, entries in value.items():
        ids = [each.get("id", each.get("key")) for each in entries]
        assert len(ids) == len(set(ids)), name


BOUNDS = {
    "../2023-03": (-math.inf, (2023, 3, 31)),
    "2022-12/2023-02": ((2022, 12, 1), (2023, 2, 28)),
    "2023-01/2023-03": ((2023, 1, 1), (2023, 3, 31)),
    "2023-09/2023-11": ((2023, 9, 1), (2023, 11, 30)),
    "2023-10/2024-09": ((2023, 10, 1), (2024, 9, 30)),
    "2023-10/2024-10": ((2023, 10, 1), (2024, 10, 31)),
    "2024-10-30?": ((2024, 10, 30), (2024, 10, 30)),
    "2023-12/2024-02": ((2023, 12, 1), (2024, 2, 29)),
    "2024-01/..": ((2024, 1, 1), math.inf),
    "2024-01~/..": ((2024, 1, 1), math.inf),
    "2024-02/2024-03": ((2024, 2, 1), (2024, 3, 31)),
    "2024-03/2024-05": ((2024, 3, 1), (2024, 5, 31)),
    "2024-03/2024-08": ((2024, 3, 1), (2024, 8, 31)),
    "2024-06/2024-08": ((2024, 6, 1), (2024, 8, 31)),
    "2024-08/..": ((2024, 8, 1), math.inf),
    "2024-10-29/..": ((2024, 10, 29), math.inf),
    "2024-10~": ((2024, 10, 1), (2024, 10, 31)),
    "2024-12/2025-02": ((2024, 12, 1), (2025, 2, 28)),
}
"""What each date that is no plain year, month or day is meant to bound, first and last day included."""


def dates(corpus: Corpus) -> Iterator[tuple[str, str]]:
    for article in corpus.articles.values():
        yield article.id, article.record.article.published
    for passage in corpus.find_passages("event"):
        yield from ((passage.id, date) for date in (passage.record.stated, passage.record.reconciled) if date)


def plain_bounds(date: str) -> Any:
    """Return the first and last day of a plain year, month or day."""
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    last = day or calendar.monthrange(year, month or 12)[1]
    return (year, month or 1, day or 1), (year, month or 12, last)


def bound(value: Any) -> Any:
    return value if isinstance(value, float) else tuple(value[:3])


@pytest.mark.parametrize("date", [*BOUNDS, "2023", "2024-02", "2024-10-30"])
def test_a_date_bounds_what_is_meant(date: str) -> None:
    parsed = parse_edtf(date)
    meant = BOUNDS[date] if date in BOUNDS else plain_bounds(date)
    assert (bound(parsed.lower_strict()), bound(parsed.upper_strict())) == meant


def test_every_date_bounds_what_is_meant(story: Corpus) -> None:
    found = {date for _, date in dates(story)} - {"unresolved"}
    unknown = {date for date in found - set(BOUNDS) if not re.fullmatch(r"\d{4}(-\d\d){0,2}", date)}
    assert unknown == set(), "give their bounds in BOUNDS"
    for date in found - set(BOUNDS):
        parsed = parse_edtf(date)
        assert (bound(parsed.lower_strict()), bound(parsed.upper_strict())) == plain_bounds(date)


def test_no_date_is_a_season(story: Corpus) -> None:
    seasons = {f"-{number}" for number in range(21, 42)}
    ends = [(where, end) for where, date in dates(story) for end in date.split("/")]
    assert ends
    assert [each for each in ends if each[1].count("-") == 1 and each[1].rstrip("~?%")[-3:] in seasons] == []


def test_no_interval_ends_before_it_begins(story: Corpus) -> None:
    closed = {tuple(date.split("/")) for _, date in dates(story) if "/" in date and ".." not in date}
    assert closed
    assert [interval for interval in closed if interval[0] > interval[1]] == []


def test_a_date_that_is_unresolved_or_departs_from_the_stated_one_has_a_reason(story: Corpus) -> None:
    events = [passage.record for passage in story.find_passages("event")]
    assert events
    assert [event.id for event in events if event.reconciled == "unresolved" and not event.reason] == []
    assert [
        event.id for event in events if event.stated and event.stated != event.reconciled and not event.reason
    ] == []
