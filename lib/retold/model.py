"""Types of one article's annotations.

The annotation scheme follows PARC and PolNeAR (source, cue, content; Newell, Margolin and Ruths 2018)
and departs from them in one point: attributions may nest, since a retelling needs outlet, newsroom and
speaker at once. Selectors are W3C TextQuoteSelectors; offsets are computed, never written down.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from retold.vocabulary import (
    Access,
    Certainty,
    Edtf,
    Form,
    Hedge,
    Id,
    Move,
    NotSpeech,
    Polarity,
    QuantityKind,
    QuoteMark,
    Stance,
    Status,
    Words,
)


class Span(NamedTuple):
    """Hold a half-open stretch of a text, in code points."""

    start: int
    end: int


class Record(BaseModel):
    """Refuse unknown fields and later changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def closed_values(cls, field: str) -> list[str | int]:
        """Return the values of a field that has a closed vocabulary; of any other, or of no field, none."""
        kinds = get_args(cls.model_fields[field].annotation) if field in cls.model_fields else ()
        return [each for each in kinds if isinstance(each, str | int)]


class Labelled(Record):
    """Give an id its words."""

    id: Id
    label: Words


class Selector(Record):
    """Select words of an article; ``prefix`` and ``suffix`` only where the words recur."""

    exact: Words
    prefix: str = ""
    suffix: str = ""


def _as_selectors(value: Any) -> Any:
    items = value if isinstance(value, list | tuple) else [value]
    return tuple({"exact": item} if isinstance(item, str) else item for item in items)


_WORDS = {"type": "string", "minLength": 1}
_SELECTOR = [_WORDS, Selector.model_json_schema()]


def _quotes_schema(least: int) -> WithJsonSchema:
    several = {"type": "array", "items": {"anyOf": _SELECTOR}, "minItems": least}
    return WithJsonSchema({"anyOf": [*_SELECTOR, several]})


Quotes = Annotated[tuple[Selector, ...], BeforeValidator(_as_selectors), _quotes_schema(0)]
"""One selector, or a list of them for words that do not stand together; a bare string is its ``exact``."""

SomeQuotes = Annotated[Quotes, Field(min_length=1), _quotes_schema(1)]


class Contested(Record):
    """Keep the other reading of one field of an annotation, and why it is possible."""

    field: Words
    reading: Words
    reason: Words


class Annotation(Record):
    """Carry what annotations of every layer share."""

    id: Id
    certainty: Certainty = "explicit"
    contested: tuple[Contested, ...] = ()
    note: str = ""


class Descriptor(Record):
    """Describe a speaker in the article's words, part by part; ``access`` classes the relation."""

    former: bool = False
    rank: str = ""
    nationality: str = ""
    number: str = ""
    role: str = ""
    relation: str = ""
    access: Access = "unstated"


class Attribution(Annotation):
    """Attribute content to a source by a cue, possibly inside another attribution."""

    source: Id
    source_text: Quotes = ()
    cue: Quotes = ()
    content: SomeQuotes
    within: Id | None = None
    form: Form = "indirect"
    quote_mark: QuoteMark | None = None
    inserted: Quotes = ()
    polarity: Polarity = "asserts"
    descriptor: Descriptor | None = None


class Quantity(Annotation):
    """Record a quantity as printed: value, unit, hedge, and what it is a share or count of."""

    surface: SomeQuotes
    value: float | tuple[float, float] | None
    unit: Words
    hedge: Hedge = "exact"
    kind: QuantityKind
    base: str = ""
    state: str = ""
    period: str = ""
    claim: Id | None = None


class Condition(Record):
    """Name the act someone must perform, by whom, and for which object."""

    act: Words
    by: Id
    object: Id


class Position(Annotation):
    """Record what an actor is said to want on an issue."""

    quote: SomeQuotes
    actor: Id
    issue: Id
    stance: Stance
    move: Move
    condition: Condition | None = None


class Order(Record):
    """Put an event before or after another; ``source`` is ``text``, an article id or a context key."""

    relation: Literal["before", "after"]
    event: Id
    source: Words


class Event(Annotation):
    """Record one article's account of an event, its time as printed, as stated and as reconciled."""

    event: Id
    surface: SomeQuotes
    time: Quotes = ()
    status: Status = "actual"
    stated: Edtf | None = None
    reconciled: Edtf = "unresolved"
    reason: str = ""
    order: tuple[Order, ...] = ()


class NotASpeech(Record):
    """Account for words between quotation marks that nobody is said to have spoken."""

    words: SomeQuotes
    kind: NotSpeech
    reason: Words


class NotAQuantity(Record):
    """Account for digits or number words that are neither quantity nor time expression."""

    words: SomeQuotes
    reason: Words


class Head(Record):
    """Identify an article: its title, outlet and publication date, each with how it is known."""

    title: Quotes = ()
    outlet: Id
    outlet_certainty: Literal["high", "probable", "draft"]
    outlet_evidence: Words
    published: Edtf
    published_evidence: Words


class ArticleFile(Record):
    """Hold one article's annotations: every character is own voice, heading, paratext or attributed."""

    article: Head
    headings: Quotes = ()
    own_voice: Quotes = ()
    paratext: Quotes = ()
    not_speech: tuple[NotASpeech, ...] = ()
    not_quantities: tuple[NotAQuantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    positions: tuple[Position, ...] = ()
    events: tuple[Event, ...] = ()
