"""What is said about broken files, word for word: `corpus/NAME.toml` and, line by line, `corpus/NAME.expected`.

After a change of wording: `TAKETWO_ACCEPT=1 pytest tests/scenario/test_messages.py`, then read the difference.
"""

import os
from pathlib import Path

import pytest

from taketwo.checks import example
from taketwo.scenario.source import draft_from_bytes, read_draft

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(CORPUS.glob("*.toml"))
LESSONS = draft_from_bytes(example.BASE.encode(), "example.toml", {}).scenario.lessons


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_finding_is_told_in_one_go(path):
    expected = path.with_suffix(".expected")
    told = "".join(f"{finding}\n" for finding in read_draft(path, LESSONS).findings())
    told = told.replace(str(path), path.name)
    if os.environ.get("TAKETWO_ACCEPT"):
        expected.write_text(told)
    assert told == expected.read_text()


def test_the_corpus_is_there():
    assert len(CASES) >= 20
