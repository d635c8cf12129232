"""Run the code cells of every notebook in this one process: the least that execution costs."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


def run_cells(chapters: Path) -> None:
    """Run every notebook of a folder in a namespace of its own; what its cells show is made and dropped.

    Raises:
        SystemExit: a cell fails.
    """
    os.chdir(chapters)
    shell = InteractiveShell.instance()
    for path in sorted(Path().glob("*.ipynb")):
        shell.reset(new_session=False)
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                with capture_output():
                    done = shell.run_cell("".join(cell["source"]), store_history=False)
                if not done.success:
                    sys.exit(f"{path}: {done.error_before_exec or done.error_in_exec}")


if __name__ == "__main__":
    run_cells(Path("chapters"))
