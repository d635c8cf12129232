"""Find the articles as received, and make sure that nobody has changed them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from retold.document import load_text
from retold.problems import DocumentError, Problem

_LONGEST = 1_000_000


def article_id(file: str | Path) -> str:
    """Return the id of the article that a seed or a file of annotations belongs to.

    >>> article_id("seeds/003_7a46.txt"), article_id("annotations/003.yaml")
    ('003', '003')
    """
    return Path(file).stem.split("_")[0]


def load_checksums(root: Path) -> dict[str, str]:
    """Return the SHA-256 that ``seeds/SHA256SUMS`` records for each file.

    Raises:
        DocumentError: the list is missing or a line of it has not the form of ``sha256sum``.
    """
    name = "seeds/SHA256SUMS"
    sums = {}
    for number, line in enumerate(load_text(root / name, name).splitlines(), start=1):
        digest, _, file = line.partition("  ")
        if len(digest) != 64 or not file or "/" in file:
            what, right = "is not a checksum line", "write what `sha256sum *.txt` prints"
            raise DocumentError([Problem(name, number, "", what, right)])
        sums[file] = digest
    return sums


def listed_seeds(root: Path, listed: Iterable[str]) -> tuple[dict[str, Path], list[Problem]]:
    """Return the seeds under ``root`` by article, and a problem for each that is missing or one too many.

    Args:
        root: the story's folder.
        listed: the files that ``seeds/SHA256SUMS`` lists.
    """
    paths = sorted((root / "seeds").glob("*.txt"))
    right = "restore it from the original, or take it off SHA256SUMS"
    lost = sorted(set(listed) - {path.name for path in paths})
    problems = [Problem(f"seeds/{name}", 0, "", "is missing", right) for name in lost]
    if not paths and not (root / "seeds").is_dir():
        problems.append(Problem("seeds", 0, "", "holds no article", "add a text named ID_anything.txt"))
    found: dict[str, Path] = {}
    for path in paths:
        article = article_id(path)
        if article in found:
            what = f"has the id {article!r}, as {path.name} has"
            name = f"seeds/{found[article].name}"
            problems.append(Problem(name, 0, "", what, "rename or remove one of them"))
        found[article] = path
    return found, problems


def load_seed(path: Path, sums: Mapping[str, str] | None) -> tuple[str, str]:
    """Return a seed's text and its SHA-256.

    Args:
        path: the seed.
        sums: the recorded SHA-256 of each file; None if the list itself could not be read.

    Raises:
        DocumentError: the file cannot be read, is longer than any article, or is not the one whose SHA-256
            is recorded.
    """
    name = f"seeds/{path.name}"
    text = load_text(path, name)
    if len(text) > _LONGEST:
        what, right = f"holds {len(text):,} characters", f"keep one article, of at most {_LONGEST:,}"
        raise DocumentError([Problem(name, 0, "", what, right)])
    digest = hashlib.sha256(text.encode()).hexdigest()
    if sums is not None and digest != (recorded := sums.get(path.name)):
        right = f"restore it, as by git; it had {recorded}" if recorded else "add it to seeds/SHA256SUMS"
        raise DocumentError([Problem(name, 0, "", f"has the SHA-256 {digest}", right)])
    return text, digest
