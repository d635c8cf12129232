"""Find what must stop a build in a notebook's outputs, and the sentence that a failed finding stands in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from retold_run.told import Notebook, records


def find_faults(name: str, notebook: Notebook, book: Collection[Notebook] = ()) -> list[str]:
    """Return one line for each thing in a notebook's outputs that must stop the build.

    A finding that fails is given in the words of the sentence that states it, in this notebook or another
    of the ``book``.
    """
    return list(_faults(name, notebook, book))


def _faults(name: str, notebook: Notebook, book: Collection[Notebook]) -> Iterator[str]:
    for number, cell in enumerate(notebook["cells"]):
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                yield f"{name}, cell {number}: {output['ename']}: {output['evalue']}"
            if output.get("name") == "stderr":
                yield f"{name}, cell {number}: writes to stderr: {''.join(output['text']).strip()[:300]}"
    for key, value in records(notebook):
        if key.endswith(".holds") and not value:
            label = key.removesuffix(".holds")
            stated = (stated_sentence(label, each) for each in (notebook, *book))
            sentence = next(filter(None, stated), f"the finding {label}")
            yield f"{name}: “{sentence}” no longer holds (check {label!r})"


def stated_sentence(label: str, notebook: Notebook) -> str:
    """Return the heading, caption or judgement that rests on the check ``label``; empty if it is not here."""
    prose = ("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    source = "\n".join(prose)
    heading = re.search(rf"^\({re.escape(label)}\)=\n+#+ (.+)$", source, re.MULTILINE)
    if heading:
        return heading.group(1)
    for cell in notebook["cells"]:
        figure = cell.get("metadata", {}).get("mystnb", {}).get("figure", {})
        if figure.get("name") == f"fig-{label}":
            return " ".join(str(figure["caption"]).split())
    fence = r"^(?::{3,}|`{3,})\{judgement\} "
    judgement = re.search(rf"{fence}{re.escape(label)}\n(?::.*\n)*\n?(.+)$", source, re.MULTILINE)
    return judgement.group(1) if judgement else ""
