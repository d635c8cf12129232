"""Put files and folders in place whole, so that a command that is stopped midway leaves what was there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def _beside(path: Path, name: str) -> Path:
    return path.with_name(f".{path.name}.{name}")


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder to fill; filled without an error, it takes the place of ``target``.

    The folder lies beside ``target``, so that it is moved in one step. An earlier ``target`` waits aside for
    the moment between the two moves; a process that is killed just then leaves it there, and the next one
    puts it back first.
    """
    new, earlier = _beside(target, "new"), _beside(target, "earlier")
    _put_back(earlier, target)
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
        if target.exists():
            target.rename(earlier)
        new.rename(target)
    finally:
        _put_back(earlier, target)
        shutil.rmtree(new, ignore_errors=True)


def _put_back(earlier: Path, target: Path) -> None:
    if earlier.exists() and not target.exists():
        earlier.rename(target)
    shutil.rmtree(earlier, ignore_errors=True)


def write_whole(texts: Mapping[Path, str]) -> None:
    """Write files in UTF-8, each whole: all are new or, if one cannot be written, all are what they were.

    All that takes time or room is done before the first file changes. A process that is killed during the
    moves leaves some files new and the others as they were.
    """
    kept = [path for path in texts if path.exists()]
    for path in texts:
        _beside(path, "earlier").unlink(missing_ok=True)
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _beside(path, "new").write_text(text, encoding="utf-8")
        for path in kept:
            shutil.copy2(path, _beside(path, "earlier"))
        for path in texts:
            _beside(path, "new").replace(path)
    except BaseException:
        for path in texts:
            if path not in kept:
                path.unlink(missing_ok=True)
            elif _beside(path, "earlier").exists() and not _beside(path, "new").exists():
                _beside(path, "earlier").replace(path)
        raise
    finally:
        for path in texts:
            _beside(path, "new").unlink(missing_ok=True)
            _beside(path, "earlier").unlink(missing_ok=True)
