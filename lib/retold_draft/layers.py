"""Nest attributions, set the form of each, and add the newsroom that stands behind unnamed speakers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from retold.coverage import find_dash_lines, find_quoted, quote_mark
from retold.model import Span
from retold.text import length, overlap
from retold.vocabulary import Form, Polarity, QuoteMark

from retold_draft.speech import with_marks


@dataclass(frozen=True)
class Layer:
    """Hold one attribution as drafted; ``within`` is the place of the layer around it in the list."""

    source: str
    words: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    polarity: Polarity = "asserts"
    within: int | None = None
    cited: bool = False
    form: Form = "indirect"
    quote_mark: QuoteMark | None = None

    @property
    def around(self) -> list[Span]:
        """Return what a layer outside must contain: content, cue and source."""
        return [*self.content, *self.cue, *([self.words] if self.words else [])]


def nested(layers: Sequence[Layer]) -> list[Layer]:
    """Return the layers, each put into the smallest that contains it unless its place is known already."""
    sizes = [(length(layer.content), -at) for at, layer in enumerate(layers)]
    found = []
    for at, layer in enumerate(layers):
        around = layer.around if layer.within is None else []
        holders = [
            sizes[other]
            for other, each in enumerate(layers)
            if sizes[other] > sizes[at]
            and each.within != at
            and 0 < length(around) == overlap(each.content, around)
        ]
        found.append(replace(layer, within=-min(holders)[1]) if holders else layer)
    return found


def with_newsroom(
    layers: Sequence[Layer], newsroom: str, unnamed: Collection[str], sentences: Sequence[Span]
) -> list[Layer]:
    """Return the layers with the one newsroom of an article implied around what unnamed speakers say.

    The codebook has it so: who is not named can only have spoken to the newsroom that the article retells.
    ``sentences`` are those from the paragraph on in which the article first names it.
    """
    found, places = list(layers), dict[tuple[Span, ...], int]()
    for at, layer in enumerate(layers):
        if layer.within is None and layer.source in unnamed:
            content = tuple(each for each in sentences if overlap([each], layer.around))
            if content and content not in places:
                places[content] = len(found)
                found.append(Layer(newsroom, None, (), content))
            found[at] = replace(layer, within=places.get(content))
    return found


def formed(text: str, layers: Sequence[Layer]) -> list[Layer]:
    """Return the layers with form and quotation mark; quoted words belong to the innermost that holds them.

    Whoever is cited inside a report is not quoted by it: the words between marks are the report's.
    """
    quoted, dashed = find_quoted(text), {span.start for span in find_dash_lines(text)}
    found = []
    for at, layer in enumerate(layers):
        inner = [each.content for each in layers if not each.cited and _lies_in(layers, each, at)]
        own_dash = dashed - {each[0].start for each in inner}
        own = [span for span in quoted if not layer.cited and overlap([span], layer.content)]
        spoken = [span for span in own if not any(overlap([span], each) == length([span]) for each in inner)]
        if spoken:
            beside = length(layer.content) - overlap(layer.content, map(with_marks, spoken))
            form: Form = "mixed" if beside > 2 * len(layer.content) else "direct"
            found.append(replace(layer, form=form, quote_mark=quote_mark(text, spoken[0])))
        elif layer.words and layer.content[0].start in own_dash and layer.content[0].end <= layer.words.start:
            found.append(replace(layer, form="direct", quote_mark="dash"))
        else:
            found.append(layer)
    return found


def _lies_in(layers: Sequence[Layer], layer: Layer, outer: int) -> bool:
    at = layer.within
    while at is not None and at != outer:
        at = layers[at].within
    return at is not None
