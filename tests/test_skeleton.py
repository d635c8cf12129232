"""Make a new story: empty, valid, and ready to start from."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from retold import find_problems, load_corpus
from retold_draft.adding import add_article
from retold_draft.skeleton import write_skeleton


@pytest.mark.parametrize("there", [False, True], ids=["new folder", "empty folder"])
def test_a_new_story_has_no_problems(tmp_path: Path, there: bool) -> None:
    root = tmp_path / "deep" / "story"
    if there:
        root.mkdir(parents=True)
    names = write_skeleton(root)
    assert find_problems(root) == []
    assert load_corpus(root).articles == {}
    assert names == [
        "annotations/claims.yaml", "annotations/context.yaml", "annotations/issues.yaml",
        "annotations/sources.yaml", "chapters/start.ipynb", "seeds/SHA256SUMS",
    ]  # fmt: skip
    assert [path.name for path in root.parent.iterdir()] == ["story"]


@pytest.mark.parametrize("name", ["folder", "file"])
def test_what_holds_anything_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    for path in ("folder/.mine", "file"):
        (tmp_path / path).write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="is not empty"):
        write_skeleton(tmp_path / name)
    assert (tmp_path / "folder/.mine").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*paths: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="disk full"):
        write_skeleton(tmp_path / "story")
    assert list(tmp_path.iterdir()) == []


STATES = {
    "empty": "Checked: no problems; articles: 0.",
    "confirmed": "Checked: no problems; articles: 3.",
    "drafted": "**Not sound yet: `check` lists problems (11), and what follows may be wrong.**",
}


@pytest.mark.parametrize("state", STATES)
def test_the_starter_notebook_runs_and_says_first_what_was_confirmed(
    story: Path, tmp_path: Path, state: str
) -> None:
    root, text = tmp_path / "new", tmp_path / "104.txt"
    write_skeleton(root)
    if state == "confirmed":
        for folder in ("seeds", "annotations"):
            shutil.copytree(story / folder, root / folder, dirs_exist_ok=True)
    elif state == "drafted":
        text.write_text("The Gazette said that two boats sank.\n", encoding="utf-8")
        add_article(text, root)
    notebook = nbformat.read(root / "chapters/start.ipynb", as_version=4)
    NotebookClient(notebook, resources={"metadata": {"path": str(root / "chapters")}}).execute()
    outputs = [output for cell in notebook.cells[2:] for output in cell.outputs]
    assert len(outputs) == 6
    assert all("text/markdown" in output.data for output in outputs)
    assert outputs[0].data["text/markdown"] == STATES[state]
