"""Give the rows of tables addresses, and let the search of the web pages find them by their first cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docutils import nodes
from sphinx.domains import Domain, ObjType


class RowsDomain(Domain):
    """Hold the rows of tables whose first column tells them apart, for the search."""

    name = "rows"
    label = "Rows"
    object_types = {  # noqa: RUF012 - Sphinx's own form
        "claim": ObjType("claim"),
        "row": ObjType("row of a table"),
    }
    initial_data = {"rows": []}  # noqa: RUF012

    def note(self, names: Sequence[str], anchors: Sequence[str]) -> None:
        """Take in the rows of one table of the current document, unless two of them have one name."""
        if len(set(names)) == len(names):
            kinds = ["claim" if anchor.startswith("claim-") else "row" for anchor in anchors]
            page = [self.env.docname] * len(names)
            self.data["rows"] += zip(names, kinds, page, anchors, strict=True)

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield name, shown name, type, page, anchor and priority of every row."""
        for name, kind, page, anchor in self.data["rows"]:
            yield name, name, kind, page, anchor, 1

    def clear_doc(self, docname: str) -> None:
        """Forget the rows of a document."""
        self.data["rows"] = [row for row in self.data["rows"] if row[2] != docname]

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        """Take in what another process read."""
        self.data["rows"] += [row for row in otherdata["rows"] if row[2] in docnames]


def row_anchor(table: str, row: Any) -> str:
    """Return a row's address: ``claim-ID`` where it rests on one claim alone, else by its first cell.

    A row that begins with the article it is about has its address by that.

    Args:
        table: the table's name.
        row: its cells as plain data, each a list of parts, see ``retold_report.tables.Table.to_data``.
    """
    evidence = [each for parts in row for part in parts for each in part["evidence"]]
    claims = {each.partition("/claim.")[2] for each in evidence}
    articles = {each.partition("/")[0] for each in evidence}
    if len(claims) == 1 and "" not in claims and row[0][0]["text"] not in articles:
        return f"claim-{claims.pop()}"
    return nodes.make_id(f"{table} {row[0][0]['text']}"[:60])
