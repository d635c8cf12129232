"""Number the figures and tables of appendices apart, and resolve references by number in less time."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any, cast

from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment


class _Reader:
    """Stand for an environment, and keep the documents that it reads; nobody may change them."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self.get_doctree = cache(env.get_doctree)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._env, name)


class NumberedDomain(StandardDomain):
    """Be Sphinx's own domain of labels, but read each document once, not for each reference by number."""

    @cached_property
    def _reader(self) -> BuildEnvironment:
        return cast(BuildEnvironment, _Reader(self.env))

    def _resolve_numref_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> Element | None:
        return super()._resolve_numref_xref(self._reader, fromdocname, builder, typ, target, node, contnode)


def keep_numbers(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put back Sphinx's own numbers, before it counts anew and asks which documents' have changed."""
    env.toc_fignumbers = getattr(env, "retold_numbers", env.toc_fignumbers)
    return []


def letter_appendices(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Number figures and tables of documents without a number ``A1``, ``A2``; the first document's stay 1, 2.

    Sphinx counts all of them in one row, so that the tables after the last chapter would go on from the first
    document's.
    """
    env.retold_numbers = env.toc_fignumbers  # type: ignore[attr-defined]
    root = env.toc_fignumbers.get(env.config.root_doc, {})
    env.toc_fignumbers = {
        docname: kinds
        if docname == env.config.root_doc or env.toc_secnumbers.get(docname)
        else {kind: _lettered(numbers, len(root.get(kind, {}))) for kind, numbers in kinds.items()}
        for docname, kinds in env.toc_fignumbers.items()
    }
    return []


def _lettered(numbers: dict[str, tuple[int, ...]], before: int) -> dict[str, Any]:
    return {name: (f"A{number - before}",) for name, (number,) in numbers.items()}
