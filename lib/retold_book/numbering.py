"""Resolve references by number with each document read once; Sphinx reads it for each reference."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any, cast

from docutils.nodes import Element
from sphinx.addnodes import pending_xref
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
    """Be Sphinx's own domain of labels but for the time that references by number take."""

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
