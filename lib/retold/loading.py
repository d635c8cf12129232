"""Load seeds and annotations into a corpus, every selector resolved to offsets, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from retold.corpus import Article, Corpus, Passage
from retold.document import load_record
from retold.judgements import JudgementsFile
from retold.model import ArticleFile, Quotes, Span
from retold.problems import DocumentError, Lines, Path_, Problem
from retold.registers import REGISTERS
from retold.seeds import article_id, listed_seeds, load_checksums, load_seed
from retold.text import find_selector, nearest
from retold.vocabulary import Layer

Files = dict[str, tuple[Any, Lines]]
FOLDER = "annotations"
PARTS: Mapping[str, tuple[str, ...]] = {
    "attributions": ("content", "source_text", "cue", "inserted"),
    "quantities": ("surface",),
    "positions": ("quote",),
    "events": ("surface", "time"),
}
"""The selectors of an entry of each list; the first is what the entry is about."""

LAYER_OF: dict[str, Layer] = dict(zip(PARTS, ("attribution", "quantity", "position", "event"), strict=True))
"""The layer of the entries of each list; layers that no list of an article holds come after."""
_ZONES = ("headings", "own_voice", "paratext")


class CorpusError(DocumentError):
    """Carry every problem found while loading a corpus."""


class _Loading:
    """Collect problems while the files of a corpus are read."""

    def __init__(self, root: Path, folder: str) -> None:
        self.root = root
        self.folder = folder
        self.problems: list[Problem] = []
        self.files: Files = {}

    def attempt(self, load: Callable[[], Any]) -> Any:
        try:
            return load()
        except DocumentError as error:
            self.problems.extend(error.problems)
            return None

    def register(self, file: str) -> None:
        loaded = self.attempt(lambda: load_record(self.root / file, file, REGISTERS[Path(file).stem]))
        if loaded:
            self.files[file] = loaded

    def keyed(self, file: str, name: str, key: str = "id") -> dict[str, Any]:
        register, lines = self.files[file]
        found: dict[str, Any] = {}
        for at, record in enumerate(getattr(register, name)):
            identifier = getattr(record, key)
            if self.is_new(identifier, found, lines, (name, at, key)):
                found[identifier] = record
        return found

    def is_new(self, identifier: str, seen: Collection[str], lines: Lines, path: Path_) -> bool:
        if identifier in seen:
            what, right = f"{identifier!r} is used twice", "give each entry its own id"
            self.problems.append(lines.problem(path, what, right))
        return identifier not in seen

    def articles(self) -> Iterator[Article]:
        sums = self.attempt(lambda: load_checksums(self.root))
        seeds, problems = listed_seeds(self.root, sums or ())
        self.problems += problems
        known = {*seeds, *map(article_id, sums or ()), *REGISTERS}
        for path in sorted((self.root / self.folder).glob("*.yaml")) if seeds else ():
            if path.stem not in known:
                what, right = "belongs to no article", "add its seed, or remove it"
                self.problems.append(Problem(f"{self.folder}/{path.name}", 0, "", what, right))
        for article, seed in seeds.items():
            loaded = self.attempt(partial(self._article, article, seed, sums))
            if loaded:
                yield loaded

    def _article(self, article: str, seed: Path, sums: Mapping[str, str] | None) -> Article:
        text, digest = load_seed(seed, sums)
        file = f"{self.folder}/{article}.yaml"
        record, lines = self.files[file] = load_record(self.root / file, file, ArticleFile)
        zones = {zone: self.locate(text, getattr(record, zone), lines, (zone,)) for zone in _ZONES}
        zones["title"] = self.locate(text, record.article.title, lines, ("article", "title"))
        for zone in ("not_speech", "not_quantities"):
            entries = enumerate(getattr(record, zone))
            found = (self.locate(text, entry.words, lines, (zone, at, "words")) for at, entry in entries)
            zones[zone] = tuple(span for spans in found for span in spans)
        return Article(article, f"seeds/{seed.name}", digest, text, record, zones, lines)

    def locate(self, text: str, selectors: Quotes, lines: Lines, path: Path_) -> tuple[Span, ...]:
        spans = []
        for at, selector in enumerate(selectors):
            found = find_selector(text, selector)
            if len(found) == 1:
                spans.append(found[0])
                continue
            here = (*path, at) if (*path, at) in lines.of else path
            words = selector.prefix + selector.exact + selector.suffix
            what, right = f"{words!r} stands {len(found)} times in the article", "add a prefix or a suffix"
            if not found:
                like = nearest(text, words)
                what, right = f"{words!r} is not in the article", f"the nearest words are {like!r}"
            self.problems.append(lines.problem(here, what, right))
        return tuple(spans) if len(spans) == len(selectors) else ()

    def passages(self, article: Article) -> Iterator[Passage]:
        seen: set[str] = set()
        for name, layer in LAYER_OF.items():
            for at, record in enumerate(getattr(article.record, name)):
                if not self.is_new(record.id, seen, article.lines, (name, at, "id")):
                    continue
                seen.add(record.id)
                parts = {
                    part: self.locate(article.text, getattr(record, part), article.lines, (name, at, part))
                    for part in PARTS[name]
                }
                identifier = f"{article.id}/{record.id}"
                yield Passage(identifier, article.id, layer, record, parts, PARTS[name][0])

    def steps(self, file: str, articles: Mapping[str, Article]) -> Iterator[Passage]:
        register, lines = self.files[file]
        for name in ("rungs", "departures", "cues", "questions"):
            self.keyed(file, name)
        seen: set[str] = set()
        for at, step in enumerate(register.steps):
            identifier = f"{step.article}/step.{step.id}"
            if step.article in articles and self.is_new(identifier, seen, lines, ("steps", at, "id")):
                seen.add(identifier)
                words = self.locate(articles[step.article].text, step.words, lines, ("steps", at, "words"))
                yield Passage(identifier, step.article, "step", step, {"words": words}, "words")

    def readings(self, file: str, articles: Mapping[str, Article]) -> Iterator[Passage]:
        register, lines = self.files[file]
        variants: set[str] = set()
        order = {article: at for at, article in enumerate(articles)}
        for at, claim in enumerate(register.claims):
            for number, variant in enumerate(claim.variants):
                self.is_new(variant.id, variants, lines, ("claims", at, "variants", number, "id"))
                variants.add(variant.id)
            for article in sorted(claim.readings.keys() & order, key=order.__getitem__):
                if selectors := claim.readings[article]:
                    path = ("claims", at, "readings", article)
                    spans = self.locate(articles[article].text, selectors, lines, path)
                    parts = {"reading": spans}
                    yield Passage(f"{article}/claim.{claim.id}", article, "claim", claim, parts, "reading")


def read_corpus(root: Path, *, folder: str = FOLDER) -> tuple[Corpus | None, list[Problem], Files]:
    """Return the corpus under ``root`` as far as it could be read, the problems met, and the files read.

    The corpus is None if a register or every article is unreadable. Each file is a record with its lines.

    Args:
        root: the story's folder.
        folder: where the annotations of the articles and their registers lie under ``root``; outside facts
            belong to the story, so that they are always those of ``annotations/``.
    """
    loading = _Loading(root, folder)
    sources, claims, issues = (f"{folder}/{name}.yaml" for name in ("sources", "claims", "issues"))
    needed = (sources, claims, issues, context := f"{FOLDER}/context.yaml")
    given = decided, judged = f"{folder}/adjudication.yaml", f"{folder}/judgements.yaml"
    for file in (*needed, *(each for each in given if (root / each).exists())):
        loading.register(file)
    articles = {article.id: article for article in loading.articles()}
    passages = [each for article in articles.values() for each in loading.passages(article)]
    if (not articles and loading.problems) or any(file not in loading.files for file in needed):
        return None, loading.problems, loading.files
    passages += loading.readings(claims, articles)
    passages += loading.steps(judged, articles) if judged in loading.files else ()
    corpus = Corpus(
        root=root,
        articles=articles,
        passages={passage.id: passage for passage in passages if passage.spans},
        sources=loading.keyed(sources, "sources"),
        claims=loading.keyed(claims, "claims"),
        events=loading.keyed(claims, "events"),
        issues=loading.keyed(issues, "issues"),
        actors=loading.keyed(issues, "actors"),
        objects=loading.keyed(issues, "objects"),
        facts=loading.keyed(context, "facts", "key"),
        decisions=tuple(loading.keyed(decided, "decisions").values()) if decided in loading.files else (),
        judgements=loading.files[judged][0] if judged in loading.files else JudgementsFile(),
    )
    return corpus, loading.problems, loading.files


def load_corpus(root: str | Path, *, folder: str = FOLDER) -> Corpus:
    """Load the story under ``root``: ``seeds/`` with its SHA256SUMS and ``annotations/`` with its registers.

    Args:
        root: the story's folder.
        folder: another folder under ``root`` to take annotations and registers from.

    Raises:
        CorpusError: anything could not be read or located; it carries every problem found.
    """
    corpus, problems, _ = read_corpus(Path(root).resolve(), folder=folder)
    if problems or corpus is None:
        raise CorpusError(problems)
    return corpus
