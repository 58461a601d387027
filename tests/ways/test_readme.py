"""The Python of the README and of the package's docstring is run as it stands."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import taketwo

README = Path(__file__).parents[2] / "README.md"


def python_of_the_readme() -> str:
    blocks = re.findall(r"^```python\n(.*?)^```", README.read_text(), re.S | re.M) if README.exists() else []
    return blocks[0] if blocks else ""


def run(code: str, folder: Path) -> str:
    """What `code` prints, run from an empty folder; it leaves nothing behind there."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | {"TAKETWO_CONFIG": str(folder), "TAKETWO_SAVES": str(folder / "saves")},
        timeout=60,
    )
    assert done.stderr == ""
    assert list(folder.iterdir()) == []
    return done.stdout


@pytest.mark.skipif(not python_of_the_readme(), reason="the README has no Python yet")
def test_the_five_lines_of_the_readme_play_a_take(tmp_path):
    code = python_of_the_readme()
    assert len([line for line in code.splitlines() if line]) == 5
    assert re.search(r" [01]\.\d+$|None$", run(code, tmp_path).strip())


def test_the_lines_of_the_docstring_play_a_take(tmp_path):
    lines = [line[4:] for line in taketwo.__doc__.splitlines() if line.startswith("    ")]
    code = "from taketwo import Take, load_scenario\n" + "\n".join(lines)
    assert re.search(r" [01]\.\d+$|None$", run(code, tmp_path).strip())


def test_an_unknown_name_of_the_package_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        taketwo.nothing  # noqa: B018  # asking for it is the test


def test_a_line_by_line_take_needs_no_textual(tmp_path):
    code = (
        "import sys; sys.argv = ['taketwo', 'play', 'quick-question', '--plain']\n"
        "from taketwo.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert not [name for name in sys.modules if name.partition('.')[0] in ('textual', 'rich')]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input="1\nq\n",
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"TAKETWO_CONFIG": str(tmp_path), "TAKETWO_SAVES": str(tmp_path / "saves")},
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
