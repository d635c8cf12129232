"""Build the standard tables and figures of any corpus, as one page beside its exports.

``templates/report.html`` lists them, with their captions. Captions say what is shown and never what follows
from it, since no one need have looked at the story yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from retold import chronology, conditions, voices
from retold.corpus import Corpus
from retold_export.export import export
from retold_export.whole import whole_folder

from retold_report import (
    audit,
    collated,
    compared,
    conditional,
    dated,
    judged,
    marks,
    registers,
    standard,
    tables,
)
from retold_report.drawing import Figure
from retold_report.figures import plot_matrix
from retold_report.flows import plot_flow
from retold_report.graphs import plot_graph
from retold_report.ladders import plot_ladder
from retold_report.strips import plot_strips
from retold_report.timelines import EventRow, plot_timeline

_PAGE, _GENERATOR = "report.html", "retold report"
_LIBRARY = (chronology, conditions, voices, audit, collated, compared, conditional, dated, judged, marks)
_FIGURES = (plot_matrix, plot_flow, plot_graph, plot_ladder, plot_strips, plot_timeline)


def write_report(corpus: Corpus, out: str | Path) -> list[str]:
    """Write ``report.html``, ``figures/`` and ``data/`` into ``out`` and return the names of their files.

    The files are made in a folder beside ``out`` and moved in whole; a report that fails or is killed leaves
    what was there. The same corpus gives the same bytes. A figure that has nothing to show, or no room to
    show it, is left out, and the page says why.

    Raises:
        FileExistsError: ``out`` is neither an empty folder nor an earlier report with nothing beside it.
    """
    target = Path(out).resolve()
    if target.exists() and not _is_replaceable(target):
        raise FileExistsError(f"{out} holds other files; name a new folder or an earlier report")
    with whole_folder(target) as made:
        names = export(corpus, made / "data")
        (made / "figures").mkdir()
        (made / _PAGE).write_text(_page(corpus, made / "figures", names), encoding="utf-8")
    return sorted(_files(target))


def _is_replaceable(target: Path) -> bool:
    """Return whether a path is an empty folder, or a report whose page names every other file in it."""
    page = target / _PAGE
    text = page.read_text(encoding="utf-8", errors="replace") if page.is_file() else ""
    named = all(f'"{name}"' in text for name in _files(target) - {_PAGE})
    return target.is_dir() and named and (f'content="{_GENERATOR}"' in text or not page.exists())


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def _page(corpus: Corpus, folder: Path, data: Sequence[str]) -> str:
    """Return the page, and draw its figures into a folder."""
    given = (*_LIBRARY, registers, standard, tables, *_FIGURES, _ends, _stretches)
    known = {each.__name__.rpartition(".")[2].lstrip("_"): each for each in given}
    pages = Environment(loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined)
    page = pages.get_template(_PAGE)
    return page.render(known, corpus=corpus, data=data, draw=partial(_draw, folder), generator=_GENERATOR)


def _draw(folder: Path, name: str, plot: Callable[..., Figure], *data: Any, **words: Any) -> str:
    """Draw a figure into a folder; return why it cannot be drawn, if it cannot."""
    try:
        figure = plot(*data, foot="Source: annotations of the articles", **words)
    except ValueError as error:
        return str(error)
    (folder / f"{name}.svg").write_text(figure.svg, encoding="utf-8")
    return ""


def _stretches(corpus: Corpus) -> dict[str, list[voices.Stretch]]:
    return {article: voices.find_stretches(corpus, article, strict=False) for article in corpus.articles}


def _ends(rows: Sequence[EventRow]) -> dict[str, date]:
    """Return the first and last day of the years in which the rows' bars and outside dates begin and end."""
    spans = [days for row in rows for days in (*(bar.days for bar in row.bars), *row.outside)]
    years = [day.year for days in spans for day in days if day] or [date.max.year]
    return {"start": date(min(years), 1, 1), "end": date(max(years), 12, 31)}
