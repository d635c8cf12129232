"""Follow the README: what it names is there, and its commands for another story work in their order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from retold_commands import main
from retold_draft.skeleton import write_skeleton

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
STORY = README[README.index("## Another story") : README.index("## Contributing")]
MADE = ("_build", "dist", ".venv", "DIR", "OUT", "tests/test_")
"""How paths begin that are made later, or that stand for others."""


def named(text: str) -> set[str]:
    return {each for code in re.findall(r"`([^`\n]+)`", text) for each in code.split()}


@pytest.mark.parametrize(
    "path", sorted(each for each in named(README) if "/" in each and not each.startswith(MADE))
)
def test_every_path_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("path", sorted(re.findall(r"\]\(([^)]+)\)", README)))
def test_every_link_leads_to_a_file(path: str) -> None:
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("page", sorted(each for each in named(README) if re.fullmatch(r"\w+\.html", each)))
def test_every_page_is_of_the_book_and_made_of_annotations(page: str) -> None:
    text = (ROOT / "chapters" / page).with_suffix(".md").read_text(encoding="utf-8")
    assert re.search(r"^```\{(?:compare|facts|downloads)\}", text, re.MULTILINE)


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"(?<=`make )[a-z]+|(?<=^make )[a-z]+", README, re.M)))
)
def test_every_make_target_is_in_the_makefile(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_notebook_of_a_new_story_is_named(tmp_path: Path) -> None:
    notebooks = [each for each in write_skeleton(tmp_path / "new") if each.endswith(".ipynb")]
    assert [each for each in notebooks if f"DIR/{each}`" not in STORY] == []
    assert notebooks


def test_every_file_of_a_story_names_a_schema_that_is_written_beside_it(tmp_path: Path) -> None:
    root, article = tmp_path / "story", tmp_path / "000.txt"
    article.write_text("Two boats sank.\n", encoding="utf-8")
    for arguments in (
        ["new", str(root)],
        ["add", str(article), "--corpus", str(root)],
        ["schema", str(root / "annotations")],
    ):
        assert main(arguments) == 0
    files = sorted(root.glob("annotations/*.yaml"))
    assert len(files) == 5
    for file in files:
        line = file.read_text(encoding="utf-8").partition("\n")[0]
        schema = line.removeprefix("# yaml-language-server: $schema=")
        assert schema == f"{'article' if file.stem == '000' else file.stem}.schema.json"
        assert (root / "annotations" / schema).is_file()


def test_the_commands_for_another_story_work_in_their_order(tmp_path: Path) -> None:
    article = tmp_path / "000_boats.txt"
    article.write_text("Two boats sank\n\nAnna Berg said on Monday that two boats sank.\n", encoding="utf-8")
    places = {"DIR": tmp_path / "story", "OUT": tmp_path / "out", "ARTICLE.txt": article}
    [block] = re.findall(r"```console\n(.+?)```", STORY, re.DOTALL)
    for line in block.splitlines():
        command, *words = shlex.split(line, comments=True)[3:]
        arguments = [command, *(str(places.get(word, word)) for word in words)]
        assert main(arguments) == (command == "check"), line
        if command == "check":
            for path in (tmp_path / "story/annotations").glob("*.yaml"):
                text = path.read_text(encoding="utf-8").replace("Drafted", "Read")
                text = text.replace("outlet_certainty: draft", "outlet_certainty: high")
                path.write_text(text.replace("certainty: draft", "certainty: explicit"), encoding="utf-8")
            assert main(arguments) == 0
        places["OUT"] = tmp_path / f"out of {command}"
