"""Put files and folders in place: the earlier or the new ones, whole, wherever the work ends."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

import pytest
from retold_export.whole import whole_folder, write_whole
from test_killed import ENDS, End, at_each_step, contents, standing

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


def fill(target: Path, words: str) -> None:
    with whole_folder(target) as folder:
        for name in ("a", "b"):
            (folder / name).write_text(words, encoding="utf-8")


@pytest.mark.parametrize("end", ENDS)
def test_a_folder_is_the_earlier_or_the_new_one(tmp_path: Path, end: End) -> None:
    target = tmp_path / "out"
    found = []
    for _ in at_each_step(end, lambda: fill(target, "old"), lambda: fill(target, "new")):
        found.append((target.exists(), set(standing(target).values())))
    assert [words for _, words in found if words not in ({b"old"}, {b"new"})] == []
    assert [there for there, _ in found].count(False) <= (end == "killed")
    assert contents(tmp_path) == {"out/a": b"new", "out/b": b"new"}


def test_a_first_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "deep/out"
    for _ in at_each_step("killed", lambda: None, lambda: fill(target, "new")):
        assert not target.exists() or set(contents(target)) == {"a", "b"}


def test_a_folder_that_was_left_aside_is_put_back(tmp_path: Path) -> None:
    fill(tmp_path / "out", "old")
    (tmp_path / "out").rename(tmp_path / ".out.earlier")
    with suppress(KeyboardInterrupt), whole_folder(tmp_path / "out"):
        raise KeyboardInterrupt
    assert contents(tmp_path) == {"out/a": b"old", "out/b": b"old"}


@pytest.mark.parametrize(("end", "mixed"), [("killed", True), ("failed", False)])
def test_files_are_what_they_were_or_new(tmp_path: Path, end: End, mixed: bool) -> None:
    old, new = ({tmp_path / name: words for name in "abc"} for words in ("old", "new"))
    found = []
    for _ in at_each_step(end, lambda: write_whole(old), lambda: write_whole(new)):
        found.append({path.read_bytes() for path in old})
    assert all(words <= {b"old", b"new"} for words in found)
    assert ({b"old", b"new"} in found) == mixed
    assert {b"old"} in found
    assert {b"new"} in found
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_a_copy_that_fails_half_way_harms_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def copy(path: Path, target: Path) -> None:
        target.write_bytes(path.read_bytes()[:1])
        if path.name == "b":
            raise OSError(errno.ENOSPC, "no space left", str(target))

    write_whole({tmp_path / name: f"old {name}" for name in "abc"})
    monkeypatch.setattr("retold_export.whole.shutil.copy2", copy)
    with pytest.raises(OSError, match="no space left"):
        write_whole({tmp_path / name: "new" for name in "abc"})
    assert contents(tmp_path) == {name: f"old {name}".encode() for name in "abc"}


def test_files_that_cannot_all_be_written_leave_none_behind(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    (tmp_path / "c").mkdir()
    with pytest.raises(OSError, match="c"):
        write_whole({tmp_path / name: "new" for name in ("a", "deep/b", "c")})
    assert contents(tmp_path) == {"a": b"old"}
