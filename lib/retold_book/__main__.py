"""Build the book: execute copies of the notebooks, write HTML and PDF, or accept new outputs."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from retold.problems import DocumentError
from retold.validate import find_problems
from retold_export.whole import whole_folder
from retold_run.acceptance import accept
from retold_run.execution import BuildError, execute, without_colours
from retold_run.told import ToldError

from retold_book.book import current_edition
from retold_book.downloads import release

STAGED = Path("_build/staged")
_BUILDERS = {"html": ("html",), "pdf": ("custom", "--custom-builder", "typst")}
_FOLDERS = {"html": "html", "pdf": "typst"}


def build(root: Path, formats: list[str]) -> None:
    """Execute what changed and build the book in each format, printing where it is.

    Sphinx works in a folder of its own, of which what it made is put in place once every format is built: a
    build that is refused or killed leaves the earlier book.

    Raises:
        BuildError: anything a clean build would warn of.
    """
    start = time.monotonic()
    execute(root)
    edition = current_edition(root)
    staged = root / STAGED / edition.kind
    with _begun(staged / "unfinished"):
        for name in formats:
            print(f"building {name} …", flush=True)
            _run_sphinx(root, name, staged)
        for name in formats:
            with whole_folder(root / edition.folder / _FOLDERS[name]) as folder:
                shutil.copytree(staged / "_build" / _FOLDERS[name], folder, dirs_exist_ok=True)
    print(f"done in {time.monotonic() - start:.0f} s")
    if "html" in formats:
        print(f"HTML: {edition.folder.as_posix()}/html/index.html")
    if "pdf" in formats:
        for path in sorted((root / edition.folder / "typst").glob("*.pdf")):
            print(f"PDF:  {path.relative_to(root).as_posix()}")
    print(f"Edition {edition.kind}. {edition.texts}")


@contextmanager
def _begun(mark: Path) -> Iterator[None]:
    """Leave a mark beside what Sphinx keeps until a build ends well; one that finds it begins afresh.

    What a stopped build has read would hide its warnings, and the pages it has not written, from the next.
    """
    if mark.exists():
        shutil.rmtree(mark.parent)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    yield
    mark.unlink()


def _run_sphinx(root: Path, name: str, staged: Path) -> None:
    """Run Jupyter Book, which makes ``_build`` in the folder ``staged``; any warning stops it."""
    # Sphinx makes many nodes and lets go of few: looking for garbage takes time and finds none.
    start = "import gc; gc.disable(); from jupyter_book.cli.main import main; main()"
    build = ["build", ".", "-W", "-n", "--keep-going", "-q", "--path-output", str(staged.resolve())]
    command = [sys.executable, "-c", start, *build]
    epoch = _commit_epoch(root)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        [*command, "--builder", *_BUILDERS[name]], cwd=root, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise BuildError(f"the {name} build stopped:\n{_faults(done.stdout + done.stderr)}")


def _faults(log: str) -> str:
    """Return what a log says is wrong: what follows our own refusal, else its warnings, else its end."""
    plain = without_colours(log)
    refused = re.search(r"(?ms)^\S*ExtensionError: (.+?)(?=^Traceback|^The above|\Z)", plain)
    if refused:
        return refused.group(1)[:2000]
    lines = [line for line in plain.splitlines() if "WARNING" in line or "ERROR" in line]
    return "\n".join(dict.fromkeys(lines)) if lines else plain[-2000:]


def _commit_epoch(root: Path) -> str:
    date = datetime.fromisoformat(current_edition(root).date).replace(tzinfo=UTC)
    return str(int(date.timestamp()))


def _accept(root: Path) -> None:
    """Store new outputs, unless the annotations have problems, which are then all told."""
    if problems := find_problems(root):
        raise DocumentError(problems)
    accept(root)


def _release(root: Path) -> None:
    """Pack the built edition, and say where it is and whose texts it shows."""
    print(release(root), current_edition(root).texts, sep="\n")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 if all is well, 1 if the book cannot be built."""
    parser = argparse.ArgumentParser(prog="python -m retold_book", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    jobs: dict[str, tuple[str, Callable[[], object]]] = {
        "book": ("execute what changed, then write pdf and html", lambda: build(Path(), ["pdf", "html"])),
        "html": ("execute what changed, then write html", lambda: build(Path(), ["html"])),
        "pdf": ("execute what changed, then write pdf", lambda: build(Path(), ["pdf"])),
        "accept": ("store new outputs in chapters/; print what changed", lambda: _accept(Path())),
        "release": ("pack the built HTML, PDF and exports into dist/", lambda: _release(Path())),
    }
    for name, (words, job) in jobs.items():
        commands.add_parser(name, help=words, description=words).set_defaults(run=job)
    try:
        parser.parse_args(arguments).run()
    except (BuildError, ToldError, DocumentError) as error:
        print(f"\nstopped: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
