"""Add an article to a story: its text as a seed, a draft of its annotations, and what that refers to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from retold.document import load_record, load_text, read_record
from retold.loading import FOLDER
from retold.model import ArticleFile
from retold.problems import DocumentError, Lines, Problem
from retold.references import bad_date
from retold.registers import REGISTERS, ClaimsFile, SourcesFile
from retold.seeds import article_id, load_checksums
from retold.validate import MARKUP
from retold_export.whole import write_whole

from retold_draft.drafting import draft
from retold_draft.naming import fresh, slug
from retold_draft.selecting import RecurringError
from retold_draft.writing import appended, to_yaml

_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:_[A-Za-z0-9._-]*)?\.txt")
_SUMS, _SOURCES, _CLAIMS = "seeds/SHA256SUMS", f"{FOLDER}/sources.yaml", f"{FOLDER}/claims.yaml"
_SCHEMA = "# yaml-language-server: $schema=article.schema.json\n"
_LONGEST, _LONGEST_ID = 50_000, 20


def add_article(path: Path, root: Path, *, published: str = "unresolved") -> list[str]:
    """Add a text and its draft to the story under ``root``, and return the files written.

    Every file is made beside its place and moved in last: first the registers, whose new entries harm
    nobody, then annotations and seed, last the list of checksums, which makes the article part of the story.
    Whoever is interrupted in between adds the article again; annotations that are there are kept.

    Args:
        path: the text; its name begins with the id that it gets, up to the first underscore.
        root: the story's folder.
        published: EDTF of when the article appeared, if that is known.

    Raises:
        DocumentError: the text cannot be a seed, its name holds no id, the id is taken or another article
            has the same words, the date is no EDTF date, or a register cannot be read; it carries the
            problems.
        OSError: a file cannot be written.
    """
    article, text = _free_id(path, root), _seed_text(path)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if twin := next((name for name, each in load_checksums(root).items() if each == digest), None):
        raise _refused(path.name, f"holds the same words as seeds/{twin}", "add another text")
    if problem := next(bad_date(Lines(""), (), published), None):
        raise _refused("--published", problem.what, problem.right)
    sources, _ = load_record(root / _SOURCES, _SOURCES, SourcesFile)
    claims, _ = load_record(root / _CLAIMS, _CLAIMS, ClaimsFile)
    try:
        drafted = draft(article, text, sources.sources, published=published)
    except RecurringError as error:
        raise _refused(path.name, str(error), "keep one of the copies") from None
    comment, events = f"Drafted from {article}; correct every entry.", list(_new(drafted.events, claims))
    new = ((_SOURCES, "sources", drafted.sources), (_CLAIMS, "events", events))
    files = {at: appended(load_text(root / at, at), key, each, comment) for at, key, each in new if each}
    if not (root / f"{FOLDER}/{article}.yaml").exists():
        files[f"{FOLDER}/{article}.yaml"] = f"{_SCHEMA}# {comment}\n{to_yaml(drafted.record)}"
    sums = load_text(root / _SUMS, _SUMS)
    start = "\n" if sums and not sums.endswith("\n") else ""
    for file, content in files.items():
        read_record(content, file, REGISTERS.get(Path(file).stem, ArticleFile))
    files |= {f"seeds/{path.name}": text, _SUMS: f"{sums}{start}{digest}  {path.name}\n"}
    write_whole({root / file: content for file, content in files.items()})
    return list(files)


def _new(drafted: Iterable[dict[str, Any]], claims: ClaimsFile) -> Iterator[dict[str, Any]]:
    """Yield the events that the register lacks, each under a label that no other has."""
    known, labels = {event.id for event in claims.events}, {event.label for event in claims.events}
    for event in drafted:
        if event["id"] not in known:
            labels.add(label := fresh(event["label"], labels, form="{} ({})"))
            yield event | {"label": label}


def _refused(file: str, what: str, right: str) -> DocumentError:
    return DocumentError([Problem(file, 0, "", what, right)])


def _free_id(path: Path, root: Path) -> str:
    """Return the id that a file's name holds, if no other article, and no register, has it."""
    match = _NAME.fullmatch(path.name)
    if match is None or len(match[1]) > _LONGEST_ID or match[1] in REGISTERS:
        named = slug(path.stem.split("_")[0])[:_LONGEST_ID].strip("-")
        such = f", such as {named}.txt" if named and named not in REGISTERS else ""
        right = f"name it ID.txt or ID_anything.txt{such}; ID: at most {_LONGEST_ID} of a-z, 0-9, -"
        raise _refused(path.name, "has a name that gives no id", f"{right}; no register's name")
    seeds = {seed.name: seed for seed in (root / "seeds").glob("*.txt")}
    listed = load_checksums(root)
    for name in sorted({*seeds, *listed}):
        same = name == path.name and name not in listed and load_text(seeds[name], name) == _seed_text(path)
        if article_id(name) == match[1] and not same:
            raise _refused(path.name, f"the id {match[1]!r} is taken by seeds/{name}", "choose another id")
    return match[1]


def _seed_text(path: Path) -> str:
    """Return a text that can be a seed."""
    text = load_text(path, path.name)
    if markup := MARKUP.search(text):
        raise _refused(path.name, f"holds markup: {markup.group()!r}", "store plain text")
    if not re.search(r"\w", text):
        raise _refused(path.name, "holds no words", "name a file that holds the article")
    if len(text) > _LONGEST:
        raise _refused(path.name, f"has more than {_LONGEST} characters", "split it into articles")
    return text
