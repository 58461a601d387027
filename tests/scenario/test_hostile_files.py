"""Files that are too big, too deep, of the wrong kind or of no kind: read without harm, and told apart in words."""

import os
import stat

import pytest

from taketwo.checks import check_draft, example
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import summary
from taketwo.scenario.limits import LIMITS, Limits
from taketwo.scenario.source import draft_from_bytes, read_draft, read_lessons

MEBI = 1 << 20


def told(data, limits=LIMITS):
    """The findings about the bytes `data`."""
    return check_draft(draft_from_bytes(data, "x.toml", {}, limits, stem="example"))


def over(fragment):
    return told(example.laid_over(fragment).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"[" * MEBI,
        b"a = " + b"[" * (MEBI - 4),
        b"a = " + b"{b = " * (MEBI // 6),
        b"a." * (MEBI // 2 - 2) + b"a = 1",
        b"[" + b"'a'." * (MEBI // 4 - 2) + b"a]",
        b"\0" * MEBI,
        b'a = "' + b"\0" * 100 + b'"',
        b"\xff" * MEBI,
        b"\xff\xfea\0 \0=\0",
        b"a = " + b"9" * 100_000,
        b"".join(b"[t%d]\n" % n for n in range(100_000)),
        b"a = [" + b"{}," * 300_000 + b"]",
        b'"' * MEBI,
        b"'" * MEBI,
        b"a = '''" + b"x" * MEBI,
        b"a = 1" + b" " * MEBI + b"!",
    ],
    ids=lambda data: data[:12].decode("latin-1"),
)
def test_one_finding_says_that_it_cannot_be_read(data):
    assert [finding.code for finding in told(data)] == ["TT001"]


@pytest.mark.parametrize(
    "fragment",
    [
        "level = -9223372036854775808",
        "level = nan",
        "minutes = -inf",
        "minutes = 1e400",
        "level = 2026-11-22",
        "minutes = 10:15:00",
        "level = []",
        "level = {}",
        "[meters.patience]\nstart = 1_000_000_000_000_000_000_000",
    ],
)
def test_odd_values_are_wrong_values(fragment):
    (finding,) = over(fragment)
    assert finding.code == "TT004"
    assert len(finding.message) < 120


def test_a_number_too_long_to_print_is_named_all_the_same():
    (finding,) = told(example.BASE.replace("level = 1", "level = 0x" + "f" * 10_000).encode())
    assert finding.message == "It is a huge number. At most 4 is wanted."


def test_an_expansion_stays_small():
    lines = ["[names]", f'a = "{"y" * 200}"']
    lines += [f'[endings.e{n}]\nkind="lost"\ncsat=1\nresolved=false\ntext="{"{a}" * 600}"' for n in range(50)]
    findings = told((example.BASE + "\n".join(lines)).encode())
    assert "With its names filled in, this text has 120,000 characters." in {f.message for f in findings}


def test_a_name_cannot_be_long():
    assert [f.path for f in over(f'[names]\na = "{"y" * 201}"')] == ["names.a"]


def test_thousands_of_findings_are_counted():
    findings = over("\n".join(f"k{n} = 1" for n in range(1500)))
    assert len(findings) == LIMITS.findings + 1
    assert findings[-1].message == "And 1300 more findings in this file."


def test_a_file_that_is_wrong_everywhere_is_not_mended():
    text = "\n".join(
        f"[nodes.n{a}.replies]\n" + "\n".join(f"r{b} = {{}}" for b in range(9)) for a in range(1500)
    )
    assert told((example.BASE + text).encode())[0].message == (
        "The shape of this file is wrong in 42,000 places; the first are listed."
    )


def test_the_limits_count_nodes_and_values():
    small = Limits(nodes=3)
    assert [f.message for f in told(b"[nodes]\na=1\nb=1\nc=1\nd=1", small)] == [
        "There are 4 entries here; at most 3 are read."
    ]
    assert [f.code for f in told(b"a = [1, 2, 3, 4]", Limits(values=4))] == ["TT001"]


@pytest.mark.parametrize("text", ["\x1b[31m", "\x9b2J", "\u202e", "\u2066", "\x07", "\ufeff", "\U000e0041"])
def test_nothing_that_a_terminal_obeys_comes_out(text):
    escaped = "".join(f"\\U{ord(c):08x}" for c in text)
    fragment = (
        f'title = "a{escaped}"\n"key{escaped}" = "v{escaped}"\n'
        f'[nodes."n{escaped}"]\n[customer]\nname = "c{escaped}"\n[flags]\nf = "d{escaped}"'
    )
    data = example.BASE.replace('title = "The Example"', "").replace('name = "Imre"', "")
    data = fragment.split("[nodes")[0] + data + "[nodes" + fragment.split("[nodes")[1].split("[customer]")[0]
    draft = draft_from_bytes(data.encode(), f"file{text}.toml", {}, stem="example")
    findings = "".join(map(str, draft.findings()))
    assert findings
    assert text not in findings
    assert text not in draft.scenario.title


class TestWhatIsNoFile:
    def test_a_folder(self, tmp_path):
        assert read_draft(tmp_path, {}).findings()[0].message == "This is not a file."

    def test_a_pipe_that_nobody_writes_to(self, tmp_path):
        os.mkfifo(tmp_path / "x.toml")
        assert read_draft(tmp_path / "x.toml", {}).findings()[0].message == "This is not a file."
        assert summary(tmp_path / "x.toml").error == "This file cannot be read: This is not a file."
        with pytest.raises(ScenarioError, match="This is not a file"):
            read_lessons(tmp_path / "x.toml")

    def test_a_device_without_an_end(self, tmp_path):
        (tmp_path / "x.toml").symlink_to("/dev/zero")
        assert read_draft(tmp_path / "x.toml", {}).findings()[0].message == "This is not a file."

    def test_one_that_is_not_there(self, tmp_path):
        assert read_draft(tmp_path / "x.toml", {}).findings()[0].message == (
            "The file cannot be opened: No such file or directory."
        )

    def test_a_name_with_a_nul(self, tmp_path):
        assert read_draft(tmp_path / "x\0.toml", {}).findings()[0].code == "TT001"

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_one_that_may_not_be_read(self, tmp_path):
        path = tmp_path / "x.toml"
        path.write_text(example.BASE)
        path.chmod(0)
        assert "Permission denied" in read_draft(path, {}).findings()[0].message
        path.chmod(stat.S_IRUSR)

    def test_one_that_is_too_large_is_not_read(self, tmp_path):
        path = tmp_path / "x.toml"
        with path.open("wb") as file:
            file.truncate(1 << 40)
        (finding,) = read_draft(path, {}).findings()
        assert finding.message == "The file has more than 1,048,576 bytes."
        assert finding.mend == "Split it, or give --allow-large."
