"""Types of the registers that all articles share: sources, claims, issues, outside facts and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from retold.judgements import JudgementsFile
from retold.model import Contested, Labelled, Quotes, Record
from retold.vocabulary import Certainty, ClaimKind, Edtf, Id, Layer, Severity, SourceKind, VariantKind, Words


class Size(Record):
    """Bound how many people a group of sources counts; no ``high`` means no upper bound is given."""

    low: int = Field(ge=0)
    high: int | None = None


class Identity(Record):
    """Suppose that two descriptions mean the same people (or that one group includes the other)."""

    source: Id
    certainty: Certainty
    reason: Words


class Source(Record):
    """Register someone who is cited or speaks."""

    id: Id
    name: Words
    kind: SourceKind
    side: Id
    named: bool
    size: Size = Size(low=1, high=1)
    identity: tuple[Identity, ...] = ()
    note: str = ""


class Variant(Record):
    """Record one difference between readings: kind, severity 1–3, and what it does to the meaning."""

    id: Id
    kind: VariantKind
    severity: Severity
    explanation: Words
    readings: dict[str, Words]
    contested: tuple[Contested, ...] = ()


class EditorLine(Record):
    """Say how a disputed claim can be printed, what must go with it, and what not to write."""

    wording: Words
    accompany: Words
    avoid: Words


class Claim(Record):
    """Follow one claim across articles: a reading each, or ``null`` where it is not carried.

    ``others: null`` says so of every article that is not listed.
    """

    id: Id
    statement: Words
    kind: ClaimKind
    readings: dict[str, Quotes | None]
    variants: tuple[Variant, ...] = ()
    editor: EditorLine | None = None


class OutsideDate(Record):
    """Date an event by a fact from outside the articles."""

    fact: Id
    date: Edtf


class EventEntry(Labelled):
    """Name an event that articles tell of, with the dates that outside facts give it."""

    outside: tuple[OutsideDate, ...] = ()


class Actor(Labelled):
    """Name an actor in the negotiation and its side; ``party`` marks those who oppose each other."""

    side: Id
    party: bool = False


class Fact(Record):
    """Cite a fact from outside the articles: what is said, of what base, by whom, when and where."""

    key: Id
    statement: Words
    base: str = ""
    publisher: Words
    date: str
    url: str
    note: str = ""
    values: dict[str, float] = Field(default_factory=dict)


class Adjudication(Record):
    """Record what two passes said, which of them was followed, and why; ``article`` may be ``all``."""

    id: Id
    article: Id
    layer: Literal[Layer, "source"]
    place: Words
    first: Words
    second: Words
    decided: Literal["first", "second", "both", "neither"]
    why: Words


class SourcesFile(Record):
    """Hold ``sources.yaml``."""

    sources: tuple[Source, ...]


class ClaimsFile(Record):
    """Hold ``claims.yaml``: claims with readings and variants, and the register of events."""

    claims: tuple[Claim, ...] = ()
    events: tuple[EventEntry, ...] = ()


class IssuesFile(Record):
    """Hold ``issues.yaml``: what is negotiated, between whom, and what conditions are conditions for."""

    issues: tuple[Labelled, ...] = ()
    actors: tuple[Actor, ...] = ()
    objects: tuple[Labelled, ...] = ()


class ContextFile(Record):
    """Hold ``context.yaml``."""

    facts: tuple[Fact, ...] = ()


class AdjudicationFile(Record):
    """Hold ``adjudication.yaml``, which only a story annotated twice has."""

    decisions: tuple[Adjudication, ...] = ()


REGISTERS: Mapping[str, type[Record]] = {
    "sources": SourcesFile,
    "claims": ClaimsFile,
    "issues": IssuesFile,
    "context": ContextFile,
    "adjudication": AdjudicationFile,
    "judgements": JudgementsFile,
}
"""The files beside those of the articles, each with its type."""
