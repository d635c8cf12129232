"""Name what the shared formats speak of, and write JSON piece by piece, so that memory never holds it all.

The formats name the same things by the same IRIs. Those of a story depend on its texts alone, so that two
stories never share one; terms that no standard has are the column names of the tables. The texts are
the same for the same corpus, byte for byte: sorted, and without times of making.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias
from urllib.parse import quote

from retold.corpus import Corpus

TERMS = "urn:x-retold:"
"""What the IRIs of our own terms begin with; an experimental name, since no registry holds them."""

Facts: TypeAlias = dict[Any, Any]


def namespace(corpus: Corpus) -> str:
    """Return what the IRIs of a story's articles, readings, claims and sources begin with."""
    digests = "".join(sorted(article.sha256 for article in corpus.articles.values()))
    return f"{TERMS}{hashlib.sha256(digests.encode()).hexdigest()[:16]}/"


def article_name(article: str) -> str:
    """Return the end of an article's IRI."""
    return f"article/{quote(article, safe='')}"


def to_json(value: Any, *, depth: int = 0) -> str:
    """Return a value as JSON that stands at a depth of other JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    # An escaped "<" lets the text stand inside an HTML script element, where JSON-LD often goes.
    return text.replace("<", "\\u003c").replace("\n", "\n" + " " * depth)


def with_items(around: Facts, name: str, items: Iterable[Facts]) -> Iterator[str]:
    """Yield the JSON of ``around``, its empty list ``name`` filled with items as they come."""
    before, _, after = to_json(around).partition(f'"{name}": []')
    depth = len(before) - before.rindex("\n") - 1
    begin = f'{before}"{name}": ['
    end = "]"
    for item in items:
        yield f"{begin}\n {' ' * depth}{to_json(item, depth=depth + 1)}"
        begin, end = ",", f"\n{' ' * depth}]"
    yield f"{'' if begin == ',' else begin}{end}{after}\n"
