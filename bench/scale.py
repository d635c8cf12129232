"""Measure how checking and every analysis grow with the number of articles, on made-up corpora.

The corpora are families of bounded size, each with its own claims and words, see ``bench/synthetic``: pairs
of articles that share something then grow with the articles. Of one story retold by all, pairs grow with the
square, and so does every list of pairs. Tables of claims by articles, made for the eye, are left out.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from retold import Corpus, find_problems, load_corpus
from retold.chronology import find_conflicts, find_statements
from retold.collation import carried, differing, find_utterances
from retold.comparison import find_comparisons
from retold.conditions import find_cycles, find_edges, find_standoffs
from retold.contested import find_contested
from retold.dating import find_resolutions
from retold.positions import by_cell
from retold.provenance import find_readings, roots, told_alone
from retold.reuse import find_reuse, longest_shared
from retold.voices import links, shares, source_groups
from retold_export.export import export

from bench.synthetic import Rates, grow, write

SIZES = (5, 50, 500, 5000)
FAMILY, PLACES = 25, 9
APART = "export"


def _collate(corpus: Corpus) -> None:
    find_utterances(corpus)
    carried(corpus)
    for claim in corpus.claims:
        differing([corpus.words(reading.id) for reading in find_readings(corpus, claim)])


def _count_roots(corpus: Corpus) -> None:
    told_alone(corpus)
    roots(corpus)


def _find_reuse(corpus: Corpus) -> None:
    find_reuse(corpus, n=5, quoted="speech")
    longest_shared(corpus, count=50)


def _follow_conditions(corpus: Corpus) -> None:
    edges = find_edges(corpus, which="as printed")
    find_cycles(edges)
    find_standoffs(edges)


def _date(corpus: Corpus) -> None:
    find_conflicts(find_statements(corpus, outside=True))
    find_resolutions(corpus)


def _compare(corpus: Corpus) -> None:
    for claim in corpus.claims:
        find_comparisons(corpus, claim)


def _hear(corpus: Corpus) -> None:
    shares(corpus, strict=True)
    source_groups(corpus)
    links(corpus)


def _export(corpus: Corpus) -> None:
    with tempfile.TemporaryDirectory() as folder:
        export(corpus, Path(folder) / "export")


ANALYSES: Mapping[str, Callable[[Corpus], object]] = {
    "collation": _collate,
    "roots": _count_roots,
    "reuse": _find_reuse,
    "voices": _hear,
    "positions": by_cell,
    "conditions": _follow_conditions,
    "chronology, dating": _date,
    "comparison": _compare,
    "contested": find_contested,
    APART: _export,
}


class Taken(NamedTuple):
    """Hold what a stage took: seconds on the clock and of the processors, and the peak so far in MB."""

    stage: str
    clock: float
    processors: float
    peak: float


def measure(folder: Path) -> Iterator[Taken]:
    """Yield what each stage took over a corpus, in this process.

    Raises:
        SystemExit: the corpus has a problem.
    """
    loaded = []
    stages: dict[str, Callable[[], object]] = {
        "check": lambda: find_problems(folder) and sys.exit(f"{folder} has problems"),
        "load": lambda: loaded.append(load_corpus(folder)),
    }
    analyses = {name: lambda run=run: run(loaded[0]) for name, run in ANALYSES.items()}
    for name, run in {**stages, **analyses}.items():
        clock, processors = time.perf_counter(), _processors()
        run()
        yield Taken(name, time.perf_counter() - clock, _processors() - processors, _peak())
        gc.collect()
        gc.freeze()  # what is loaded stays: else the collector looks all through it in some stage or other


def _usage() -> list[resource.struct_rusage]:
    return [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]


def _processors() -> float:
    return sum(usage.ru_utime + usage.ru_stime for usage in _usage())


def _peak() -> float:
    return sum(usage.ru_maxrss for usage in _usage()) / 1024


def exponent(seconds: Mapping[int, float]) -> float:
    """Return the power of the size by which seconds grow, by least squares over their logarithms.

    >>> exponent({10: 1.0, 100: 10.0, 1000: 100.0})
    1.0
    """
    points = [(math.log(size), math.log(max(each, 1e-6))) for size, each in seconds.items()]
    x, y = (sum(each) / len(points) for each in zip(*points, strict=True))
    spread = sum((a - x) ** 2 for a, _ in points)
    return round(sum((a - x) * (b - y) for a, b in points) / spread, 6) if spread else math.nan


def _measured(size: int, folder: Path) -> dict[str, Taken]:
    """Write a corpus and measure it in a process of its own, so that its peak of memory is its own."""
    started = time.perf_counter()
    grown = grow(size, family=FAMILY, places=PLACES, rates=Rates(drop=0.05))
    root = write(grown, folder / str(size))
    _say(f"{size} articles: written in {time.perf_counter() - started:.0f} s")
    command = [sys.executable, "-m", "bench.scale", "--measure", str(root)]
    found = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout or ():
            taken = Taken(*json.loads(line))
            found[taken.stage] = taken
            _say(f"{size} articles: {taken.stage}: {taken.clock:.1f} s")
    if child.returncode:
        sys.exit(child.returncode)
    return found


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _rows(found: Mapping[int, Mapping[str, Taken]]) -> Iterator[list[str]]:
    """Yield a table: processor seconds by stage and size; exponents over whole families and the last step."""
    sizes = list(found)
    yield ["processor seconds", *map(str, sizes), "exponent", "last step"]
    stages = [stage for stage in found[sizes[0]] if stage != APART]
    for name, summed in (*((stage, [stage]) for stage in stages), ("all of these", stages), (APART, [APART])):
        seconds = {size: sum(found[size][each].processors for each in summed) for size in sizes}
        whole = {size: each for size, each in seconds.items() if size >= FAMILY}
        ends = {size: seconds[size] for size in sizes[-2:]}
        fits = [f"{exponent(each):.2f}" if each else "–" for each in (whole, ends)]
        yield [name, *(f"{each:.2f}" for each in seconds.values()), *fits]
    clock = [sum(found[size][stage].clock for stage in stages) for size in sizes]
    yield ["all of these, on the clock", *(f"{each:.2f}" for each in clock)]
    for words, stage in (("peak memory, MB", stages[-1]), ("peak with export, MB", APART)):
        yield [words, *(f"{found[size][stage].peak:.0f}" for size in sizes)]


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"{row[0]:<28}" + "".join(f"{cell:>11}" for cell in row[1:]) for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def main() -> None:
    """Print how long each stage takes at each size; assert nothing about it."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="numbers of articles"
    )
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        for taken in measure(arguments.measure):
            print(json.dumps(taken), flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        found = {size: _measured(size, Path(folder)) for size in sorted(arguments.sizes)}
    print(f"families of at most {FAMILY} articles, each its own story\n\n{_table(list(_rows(found)))}")


if __name__ == "__main__":
    main()
