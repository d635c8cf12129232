"""Make tables of what readers of all articles concluded: steps, departures, the text behind, questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retold.corpus import Corpus, Passage
from retold.model import Descriptor
from retold.provenance import find_readings
from retold.text import tokens

from retold_report.ladders import Step
from retold_report.tables import Cell, Content, Table, chain_words, table, where


def ladder_steps(corpus: Corpus) -> list[Step]:
    """Return the steps of all articles, in the order of the register, as a ladder shows them."""
    rungs = {rung.id: rung.label for rung in corpus.judgements.rungs}
    steps = corpus.find_passages("step")
    return [Step(each.article, each.record.place, rungs[each.record.rung]) for each in steps]


def step_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return every step, from the strongest rung down: how far matters are said to have come, and by whom."""
    steps = corpus.find_passages("step")
    rows: list[Sequence[Content]] = []
    for rung in reversed(corpus.judgements.rungs):
        for step in (each for each in steps if each.record.rung == rung.id):
            words = Cell(corpus.words(step.id), (step.id,))
            says = chain_words(corpus, step)
            rows.append([rung.label, words, step.record.place, says, where(corpus, [step.id])])
    return table(name, caption, ["How far", "Words", "Place", "Who says so", "Where"], rows)


def departure_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return what some articles share against others, and whether it shows that they are related.

    A relation that stands is marked, so that one without a mark does not.
    """
    rows: list[Sequence[Content]] = []
    for each in corpus.judgements.departures:
        places = where(corpus, _readings(corpus, each.claims, each.articles))
        relation = f"{each.relation.removesuffix('.')}. This stands." if each.survives else each.relation
        rows.append([each.shared, relation, each.alone, places])
    alone = "Could two writers have made it alone?"
    columns = ["What they share", "What it would show", alone, "Where"]
    return table(name, caption, columns, rows)


def original_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return what the articles support about the text behind each claim, and why."""
    rows: list[Sequence[Content]] = []
    for each in corpus.judgements.original:
        places = where(corpus, [reading.id for reading in find_readings(corpus, each.claim)])
        confidence = "–" if each.confidence == "undecided" else each.confidence
        rows.append([corpus.claims[each.claim].statement, each.reading, each.reason, confidence, places])
    columns = ["Claim", "What the text behind had", "Why", "Confidence", "Where"]
    return table(name, caption, columns, rows)


def question_table(corpus: Corpus, name: str, caption: str) -> Table:
    """Return what the articles leave open, which document would settle it, and what hangs on it."""
    rows: list[Sequence[Content]] = []
    for each in corpus.judgements.questions:
        places = where(corpus, _readings(corpus, each.claims, corpus.articles)) or "all articles"
        rows.append([each.question, each.settled_by, each.bearing, places])
    return table(name, caption, ["Question", "What would settle it", "What hangs on it", "Where"], rows)


def inference_table(corpus: Corpus, name: str, caption: str, claim: str) -> Table:
    """Return what each article's wording of a claim is, and what it lets a reader infer and what not.

    Raises:
        KeyError: no claim has the id.
    """
    wanted = corpus.claims[claim].id
    rows: list[Sequence[Content]] = [
        [
            each.article,
            each.act,
            each.licensed,
            each.not_licensed,
            where(corpus, _readings(corpus, [claim], [each.article])),
        ]
        for each in corpus.judgements.inferences
        if each.claim == wanted
    ]
    return table(
        name, caption, ["Article", "What it is", "May be inferred", "May not be inferred", "Where"], rows
    )


def _readings(corpus: Corpus, claims: Iterable[str], articles: Iterable[str]) -> list[str]:
    wanted = set(articles)
    return [each.id for claim in claims for each in find_readings(corpus, claim) if each.article in wanted]


def cue_table(corpus: Corpus, name: str, caption: str, cues: Iterable[str]) -> Table:
    """Return the wanted kinds of reporting words: the cues of each as printed, and what they assert.

    Raises:
        KeyError: no kind has an id.
    """
    forms = {cue.id: [_spaced(form) for form in cue.forms] for cue in corpus.judgements.cues}
    wanted = {each: forms[each] for each in cues}
    found: dict[str, list[Passage]] = {cue: [] for cue in forms}
    for passage in corpus.find_passages("attribution"):
        words = _spaced(corpus.words(passage.id, "cue"))
        for kind, having in forms.items():
            if any(form in words for form in having):
                found[kind].append(passage)
                break
    rows: list[Sequence[Content]] = []
    for cue in corpus.judgements.cues:
        if cue.id in wanted and (passages := found[cue.id]):
            printed = dict.fromkeys(_within(corpus.words(each.id, "cue")) for each in passages)
            rows.append([", ".join(printed), cue.asserts, where(corpus, [each.id for each in passages])])
    return table(name, caption, ["Reporting words", "What they assert", "Where"], rows)


def _within(words: str) -> str:
    """Return words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def _spaced(words: str) -> str:
    return f" {' '.join(tokens(words))} "


def descriptor_table(corpus: Corpus, name: str, caption: str, attributions: Iterable[str]) -> Table:
    """Return how unnamed speakers are described, part by part; a dash is a part that is absent there.

    Raises:
        KeyError: no attribution has an id that is given.
    """
    rows: list[Sequence[Content]] = []
    for identifier in attributions:
        passage = corpus.passages[identifier]
        parts: Descriptor = passage.record.descriptor or Descriptor()
        rank = " ".join(filter(None, ["former" if parts.former else "", parts.rank]))
        access = "" if parts.access == "unstated" else parts.access
        cells = [rank, parts.nationality, parts.number, parts.role, parts.relation, access]
        rows.append([*(cell or "–" for cell in cells), where(corpus, [identifier])])
    columns = ["Rank", "Nationality", "Number", "Role", "Relation to the matter", "Access class", "Where"]
    return table(name, caption, columns, rows)
