"""Make the skeleton of a new story: empty seeds, commented registers, and a notebook to start from."""

from __future__ import annotations

import shutil
from pathlib import Path

from retold_export.whole import whole_folder


def write_skeleton(root: Path) -> list[str]:
    """Write an empty, valid story into ``root`` and return the names of its files; whole or not at all.

    Raises:
        FileExistsError: ``root`` is a file, a folder that holds anything, or the working folder.
        OSError: it cannot be written.
    """
    if root.exists() and (not root.is_dir() or root.samefile(".") or any(root.iterdir())):
        raise FileExistsError(f"{root} is not empty, or is where you stand; name a new folder")
    with whole_folder(root) as folder:
        shutil.copytree(Path(__file__).with_name("story"), folder, dirs_exist_ok=True)
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
