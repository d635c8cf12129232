"""Do the same on a Dask cluster as without one; skipped where Dask is not installed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from retold import Corpus, load_corpus
from retold.cluster import spread
from retold.provenance import human_sources, newsroom_roots, roots
from retold.reuse import Quoted, find_reuse

from bench.synthetic import grow, write


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Return the client of two processes of this machine."""
    distributed = pytest.importorskip("distributed", reason="Dask (extra `cluster`) is not installed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Return a corpus of several families, with more claims than one part of them holds."""
    return load_corpus(write(grow(40, family=4), tmp_path_factory.mktemp("grown") / "corpus"))


@pytest.mark.parametrize("parts", [pytest.param([], id="none"), pytest.param([3, 1, 2], id="in their order")])
def test_each_part_is_done(client: Any, parts: list[int]) -> None:
    assert spread(str, parts, client=client) == spread(str, parts) == [str(part) for part in parts]


@pytest.mark.parametrize("quoted", ["kept", "speech"])
def test_reuse_is_the_same_on_a_cluster(client: Any, grown: Corpus, quoted: Quoted) -> None:
    found = find_reuse(grown, n=3, quoted=quoted, client=client)
    assert found == find_reuse(grown, n=3, quoted=quoted)
    assert len(found) > 40


def test_roots_are_the_same_on_a_cluster(client: Any, grown: Corpus) -> None:
    found = roots(grown, client=client)
    assert found == roots(grown)
    assert found == {c: (newsroom_roots(grown, c), human_sources(grown, c)) for c in grown.claims}


def test_a_part_that_fails_is_told(client: Any) -> None:
    with pytest.raises(ValueError, match="many"):
        spread(int, ["many"], client=client)


def test_the_library_does_without_dask(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules |= {'dask': None, 'distributed': None}\n"
        "import retold.reuse, retold.provenance, retold_export.export"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path)
