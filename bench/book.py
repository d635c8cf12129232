"""Measure how long the book takes to build: cold, after each kind of change, and beside other ways.

Works on a copy of the checkout in a temporary folder. It stops where a build does not show what was changed,
never because of how long one took. Seconds on the clock depend on what else the machine does; seconds of
the processors depend on it far less.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
ADDED = "Added to be measured"
_LEFT_BEHIND = shutil.ignore_patterns(".venv", "_build", "dist", "__pycache__", ".*_cache", ".hypothesis")
_NBVAL = ["-m", "pytest", "chapters", "--nbval", "--nbval-current-env", "-n", "2", "--dist", "loadscope"]
_NBCONVERT = ["nbconvert", "--execute", "--to", "notebook", "--output-dir", "_build/run"]
_STOCK, _FLOOR = ("stock Jupyter Book, HTML", "… then PDF"), ("all cells in one process", "Sphinx alone")


@dataclass(frozen=True)
class Seconds:
    """Hold how long a stage took on the clock, and how long the processors worked for it."""

    clock: float
    processors: float


@dataclass(frozen=True)
class Copy:
    """Hold the root of a copy of the checkout, which builds with its own library."""

    root: Path

    @classmethod
    def make(cls, folder: Path) -> Copy:
        """Copy the checkout into a folder that does not exist yet; the environment is the checkout's own."""
        shutil.copytree(ROOT, folder, ignore=_LEFT_BEHIND)
        (folder / ".venv").symlink_to(sys.prefix)
        return cls(folder)

    def run(self, command: str, *arguments: str) -> str:
        """Run a command of the environment, or of the system, and return what it prints.

        Raises:
            SystemExit: the command fails.
        """
        own = self.root / ".venv/bin" / command
        done = subprocess.run(
            [str(own) if own.exists() else command, *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": f"{self.root / 'lib'}{os.pathsep}{self.root}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            sys.exit(f"{command} {' '.join(arguments)}: stopped\n{done.stdout[-3000:]}")
        return done.stdout

    def build(self, *, executes: bool, page: str = "ledger", shows: str = "<h1") -> None:
        """Make the book, and see that it executes all notebooks or none, and that a page shows the words.

        Raises:
            SystemExit: the build fails, or does not do what was asked.
        """
        printed = self.run("make", "-o", ".venv/ready", "book")
        count = len(self.notebooks())
        if f"{count if executes else 0} of {count} notebooks to execute" not in printed:
            sys.exit(f"{'all' if executes else 'no'} notebooks should have been executed\n{printed}")
        if shows not in (self.root / f"_build/html/chapters/{page}.html").read_text(encoding="utf-8"):
            sys.exit(f"the page {page} does not show {shows!r}")

    def notebooks(self) -> list[str]:
        """Return the notebooks' paths, from the root."""
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.glob("chapters/*.ipynb"))

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace the first ``old`` of a file by ``new``."""
        text = (self.root / file).read_text(encoding="utf-8")
        if old not in text:
            sys.exit(f"{file} holds no {old!r} that could be changed")
        (self.root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def add_sentence(self, notebook: str) -> None:
        """Add a sentence to the first cell of a notebook."""
        content = json.loads((self.root / notebook).read_text(encoding="utf-8"))
        content["cells"][0]["source"] = "".join(content["cells"][0]["source"]) + f"\n{ADDED}."
        (self.root / notebook).write_text(json.dumps(content), encoding="utf-8")

    def forget_pages(self) -> None:
        """Remove all that Sphinx has made; what was executed stays."""
        for part in (self.root / "_build").iterdir():
            if part.name != "executed":
                shutil.rmtree(part)

    def stock(self, *builder: str) -> None:
        """Build with plain Jupyter Book, which executes each notebook as it reads it."""
        config = yaml.safe_load((self.root / "_config.yml").read_text(encoding="utf-8"))
        config["execute"] = {"execute_notebooks": "force", "timeout": 300}
        (self.root / "stock.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        self.run("jupyter-book", "build", ".", "-q", "--config", "stock.yml", "--builder", *builder)


class Clock:
    """Take the time of stages, and say which one is running."""

    def __init__(self) -> None:
        """Begin with no stage."""
        self.stages: dict[str, Seconds] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Take the time of what is done inside, processes that it starts included."""
        print(f"  {name} …", end="", flush=True, file=sys.stderr)
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        yield
        clock, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        self.stages[name] = Seconds(clock, sum(after[:2]) - sum(before[:2]))
        print(f" {clock:.1f} s, of the processors {self.stages[name].processors:.1f} s", file=sys.stderr)

    def sum(self, names: Sequence[str]) -> Seconds:
        """Return the seconds of several stages together."""
        found = [self.stages[name] for name in names]
        return Seconds(sum(each.clock for each in found), sum(each.processors for each in found))


def measure(copy: Copy) -> Clock:
    """Build the copy in every way that is compared, and return the seconds of each stage."""
    clock = Clock()
    with clock.stage("make book, cold"):
        copy.build(executes=True)
    copy.forget_pages()
    with clock.stage("Sphinx alone"):
        copy.build(executes=False)
    copy.add_sentence("chapters/who_says_so.ipynb")
    with clock.stage("make book after one sentence"):
        copy.build(executes=False, page="who_says_so", shows=ADDED)
    with clock.stage("all cells in one process"):
        copy.run("python", "-m", "bench.cells")
    with clock.stage("nbval"):
        copy.run("python", *_NBVAL)
    with clock.stage("nbconvert --execute"):
        copy.run("jupyter", *_NBCONVERT, *copy.notebooks())
    copy.forget_pages()
    with clock.stage(_STOCK[0]):
        copy.stock("html")
    with clock.stage(_STOCK[1]):
        copy.stock("custom", "--custom-builder", "typst")
    copy.forget_pages()
    copy.build(executes=False)
    copy.replace("annotations/claims.yaml", "statement: ", f"statement: {ADDED}. ")
    with clock.stage("make book after one annotation"):
        copy.build(executes=True, shows=ADDED)
    copy.replace("lib/retold_report/standard.py", '"Safest wording"', f'"{ADDED} again"')
    with clock.stage("make book after one function"):
        copy.build(executes=True, shows=f"{ADDED} again")
    return clock


def rows(clock: Clock) -> Iterator[str]:
    """Yield the lines of the table: seconds of each stage, and its ratio to cold, stock and floor."""
    compared = [clock.sum(names) for names in (["make book, cold"], _STOCK, _FLOOR)]
    yield f"{'':34}{'clock, s':>9}{'proc., s':>9}{'× cold':>8}{'× stock':>8}{'× floor':>8}"
    both = {"stock, HTML and PDF": clock.sum(_STOCK), "floor: cells and Sphinx": clock.sum(_FLOOR)}
    for name, each in {**clock.stages, **both}.items():
        ratios = "".join(f"{each.clock / other.clock:8.2f}" for other in compared)
        yield f"{name:34}{each.clock:9.1f}{each.processors:9.1f}{ratios}"


def main() -> None:
    """Measure, and print the table."""
    argparse.ArgumentParser(prog="python -m bench.book", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory(prefix="retold-bench-") as folder:
        clock = measure(Copy.make(Path(folder) / "book"))
    print(*rows(clock), sep="\n")


if __name__ == "__main__":
    main()
