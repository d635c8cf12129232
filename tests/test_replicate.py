"""Follow the worked examples of the page on re-executing: each edit, each command, each line it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "chapters" / "replicate.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"^```\{code-block\} (diff|console)\n(?::caption: (\S+)\n)?(.+?)^```$", re.MULTILINE | re.DOTALL
)
STEPS = [match.groups() for match in BLOCK.finditer(PAGE)]
COMMANDS = dict(re.findall(r"^(\w+):.*\n\t@\$\(BIN\)/python (.+)$", MAKEFILE, re.MULTILINE))
COPIED = ("annotations", "chapters", "lib", "seeds", "requirements.txt", "CITATION.cff")


def edit(root: Path, file: str, block: str) -> None:
    """Apply a diff whose lines stand together in the file."""
    lines = [(line[:1], line[1:]) for line in block.splitlines()]
    old = "\n".join(text for sign, text in lines if sign in " -") + "\n"
    new = "\n".join(text for sign, text in lines if sign in " +") + "\n"
    path = root / file
    before = path.read_text(encoding="utf-8")
    assert before.count(old) == 1, f"{file} has {before.count(old)} places for\n{old}"
    path.write_text(before.replace(old, new), encoding="utf-8")


def run(root: Path, block: str) -> None:
    """Run the command of a block and find the lines shown beneath it in what it prints."""
    command, *shown = block.splitlines()
    words = COMMANDS[command.removeprefix("$ make ")].split()
    environment = {**os.environ, "PYTHONPATH": str(root / "lib")}
    done = subprocess.run(
        [sys.executable, *words], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    printed = done.stdout + done.stderr
    assert shown
    for line in shown:
        assert line.removeprefix("… ") in printed


def test_the_page_has_examples() -> None:
    assert [kind for kind, _, _ in STEPS] == ["diff", "console", "diff", "console", "diff", "console"]


def test_every_step_of_the_page_works_as_shown(tmp_path: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=ignore)
        else:
            shutil.copy(source, tmp_path / name)
    for kind, file, block in STEPS:
        if kind == "diff":
            edit(tmp_path, file, block)
        else:
            run(tmp_path, block)


@pytest.mark.parametrize("line", ["+    side: nobody", "-    side: nobody"])
def test_an_edit_that_does_not_fit_is_noticed(tmp_path: Path, line: str) -> None:
    (tmp_path / "file").write_text("    side: unknown\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="places for"):
        edit(tmp_path, "file", f"-    side: known\n{line}")
