"""Offer the exported tables beside the HTML book, and pack a release."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

from docutils import nodes
from retold_export.export import export, to_datapackage
from retold_run.execution import BuildError
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from retold_book.book import current_edition, open_book
from retold_book.cards import built_pdf

EXPORTS = "exports"
_README = """\
# One scoop, five retellings, {edition.version} of {edition.date}

{edition.texts}

Open `html/index.html` in a browser; `{pdf}` is the same book as PDF.
`exports/` holds the tables behind it, and `exports/datapackage.json` says what each column means.
`sha256sum -c SHA256SUMS` shows whether the files are as they were packed.
"""
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip archive can hold no earlier date


def add_exports(app: Sphinx, error: Exception | None) -> None:
    """Write the exports into the finished HTML book, and put the PDF beside it if there is one."""
    if error is None and app.builder.name == "html":
        book = open_book(Path(app.srcdir))
        note = book.edition.texts if book.excerpt else ""
        export(book.shown, Path(app.outdir) / EXPORTS, note=note)
        if built_pdf(app).exists():
            shutil.copy(built_pdf(app), app.outdir)


class DownloadsDirective(SphinxDirective):
    """Set the data dictionary: every exported table with its columns, and in HTML a link to the file."""

    def run(self) -> list[nodes.Node]:
        """Return a definition list, an entry a table."""
        package = to_datapackage()
        up = "../" * self.env.docname.count("/")
        entries = nodes.definition_list()
        for resource in package["resources"]:
            path = resource["path"]
            term = nodes.term("", "", nodes.literal("", path))
            link = nodes.reference("", "download", refuri=f"{up}{EXPORTS}/{path}", internal=False)
            term += nodes.inline("", "", nodes.Text(" "), link, classes=["html-only"])
            columns = nodes.bullet_list()
            for field in resource["schema"]["fields"]:
                words = nodes.paragraph("", "", nodes.literal("", field["name"]))
                words += nodes.Text(f" ({field['type']}): {field['title']}.")
                columns += nodes.list_item("", words)
            entries += nodes.definition_list_item("", term, nodes.definition("", columns))
        return [entries]


def release(root: Path) -> Path:
    """Pack the built HTML, PDF and exports with README, citation, licence and SHA256SUMS; return the archive.

    Raises:
        BuildError: the book has not been built.
    """
    edition = current_edition(root)
    built = root / edition.folder
    html, pdfs = built / "html", sorted((built / "typst").glob("*.pdf"))
    if not (html / "index.html").exists() or not pdfs:
        raise BuildError("there is no built book to pack; run `make book` first")
    files = {f"html/{path.relative_to(html).as_posix()}": path for path in html.rglob("*") if path.is_file()}
    exports = {name.removeprefix("html/"): path for name, path in files.items() if f"/{EXPORTS}/" in name}
    about = (root / name for name in ("CITATION.cff", "LICENSE"))
    files |= exports | {path.name: path for path in (*pdfs, *about) if path.exists()}
    name = f"one-scoop-five-retellings-{edition.version}-{edition.kind}"
    target = root / "dist" / f"{name}.zip"
    target.parent.mkdir(exist_ok=True)
    partial = target.with_suffix(".partial")
    contents = {each: path.read_bytes() for each, path in files.items()}
    contents["README.md"] = _README.format(edition=edition, pdf=pdfs[0].name).encode()
    contents = dict(sorted(contents.items()))
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {each}\n" for each, data in contents.items())
    stamp = max(datetime.fromisoformat(edition.date).timetuple()[:6], _EARLIEST)
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in (contents | {"SHA256SUMS": sums.encode()}).items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{each}", stamp), data, zipfile.ZIP_DEFLATED)
    partial.replace(target)
    return target
