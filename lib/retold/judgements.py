"""Types of what readers of all articles side by side concluded; each rests on claims or on words."""

from __future__ import annotations

from pydantic import Field

from retold.model import Annotation, Labelled, Record, SomeQuotes
from retold.vocabulary import Confidence, Id, Place, Words


class Step(Annotation):
    """Put a place of an article on a rung: how far the words there say that matters have come."""

    article: Id
    place: Place
    rung: Id
    words: SomeQuotes


class Departure(Record):
    """Ask of what some articles share, against others, whether two writers could have made it alone.

    ``relation`` says which single relation it would support, ``alone`` answers with a reason, ``survives``
    says whether the relation stands after that answer.
    """

    id: Id
    shared: Words
    articles: tuple[Id, ...] = Field(min_length=2)
    claims: tuple[Id, ...] = Field(min_length=1)
    relation: Words
    alone: Words
    survives: bool


class Original(Record):
    """Say what the articles support about the text behind a claim, in our own words, and why."""

    claim: Id
    reading: Words
    reason: Words
    confidence: Confidence


class Cue(Record):
    """Say what a reporting word asserts beside that something was said; ``forms`` are whole words."""

    id: Id
    forms: tuple[Words, ...] = Field(min_length=1)
    asserts: Words


class Question(Record):
    """Ask what the articles leave open, and name the document that would settle it."""

    id: Id
    question: Words
    settled_by: Words
    bearing: Words
    claims: tuple[Id, ...] = ()


class Inference(Record):
    """Say what an article's wording of a claim is as an act of speech, and what it lets a reader infer."""

    claim: Id
    article: Id
    act: Words
    licensed: Words
    not_licensed: Words


class JudgementsFile(Record):
    """Hold ``judgements.yaml``: what readers of all articles concluded; ``rungs`` run from weak to strong."""

    rungs: tuple[Labelled, ...] = ()
    steps: tuple[Step, ...] = ()
    departures: tuple[Departure, ...] = ()
    original: tuple[Original, ...] = ()
    cues: tuple[Cue, ...] = ()
    questions: tuple[Question, ...] = ()
    inferences: tuple[Inference, ...] = ()
