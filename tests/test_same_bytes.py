"""Build a clone of the commit under other circumstances: each file is the same, byte for byte."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "_build"
OTHER = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANGUAGE": "de",
    "PYTHONHASHSEED": "12345",
    "PYTHONDONTWRITEBYTECODE": "1",
}
PARTS = ("html", "typst/one-scoop-five-retellings.pdf")
MASK = 0o077

pytestmark = pytest.mark.built


def git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a built book."""
    found = [path for part in PARTS for path in (folder / part, *(folder / part).rglob("*"))]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if path.is_file()
    }


def why_not() -> str:
    """Return why there is no book of the present commit to compare with; "" if there is one."""
    opening = BUILT / "html/chapters/index.html"
    if not opening.exists() or not (BUILT / PARTS[1]).exists():
        return "there is no built book; run `make book`"
    if git("status", "--porcelain") or not (commit := git("rev-parse", "HEAD")):
        return "only a commit can be built again; commit, then run `make book`"
    shown = commit[:7] in opening.read_text(encoding="utf-8")
    return "" if shown else "the built book is not of this commit; run `make book`"


def test_another_build_of_the_commit_gives_the_same_bytes(tmp_path: Path) -> None:
    if reason := why_not():
        pytest.skip(reason)
    clone = tmp_path / "another folder/clone"
    git("clone", "--quiet", str(ROOT), str(clone))
    environment = {**os.environ, **OTHER, "PYTHONPATH": str(clone / "lib"), "HOME": str(tmp_path)}
    for name in ("SOURCE_DATE_EPOCH", "EDITION"):
        environment.pop(name, None)
    line = [sys.executable, "-m", "retold_book", "book"]
    done = subprocess.run(
        line, cwd=clone, env=environment, umask=MASK, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    here, there = hashes(BUILT), hashes(clone / "_build")
    assert len(here) > 100
    assert {name for name in here.keys() | there.keys() if here.get(name) != there.get(name)} == set()
