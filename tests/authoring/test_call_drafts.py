"""`taketwo new NAME --from call.txt`: a draft of a call."""

import pytest
from desk import taketwo
from hypothesis import given
from hypothesis import strategies as st

from taketwo import Take, load_scenario
from taketwo.authoring.call import MOST_TURNS, CallError, draft, read_call
from taketwo.scenario.library import Library
from taketwo.scenario.source import draft_from_bytes

UMBRELLA = """\
# Monday, lost property

[00:02] Agent: Lost property, Zoë speaking.
[00:05] Imre Halász: I've lost my umbrella.
It is black: with a duck's head, "carved".

Agent: Where did you last have it?
   Note: he laughs
Imre: On the tram. {LINE}
AGENT (Zoë): I'll look at the 4
You: and the 6.
Imre Halász: Thanks.
"""


def write(folder, text):
    path = folder / "call.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems(folder, text):
    with pytest.raises(CallError) as refused:
        read_call(write(folder, text))
    return [problem.removeprefix(f"{folder / 'call.txt'}:") for problem in refused.value.problems]


def test_the_words_of_a_call_become_its_path(tmp_path):
    write(tmp_path, UMBRELLA)
    made = taketwo(tmp_path, "new", "umbrella-call", "--from", "call.txt")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.splitlines()[:2] == [
        "Line 9: braces became brackets; in a scenario they hold declared names.",
        "umbrella-call.toml is written. Open it in an editor, and play it beside that:",
    ]
    scenario = load_scenario(tmp_path / "umbrella-call.toml")
    assert scenario.customer.name == "Imre Halász"
    assert scenario.briefing.situation == "You have just said: Lost property, Zoë speaking."
    assert [node.says[0].texts[0] for node in scenario.nodes.values()] == [
        "I've lost my umbrella. It is black: with a duck's head, \"carved\".",
        "On the tram. (LINE)",
    ]
    assert [(node.replies[0].id, node.replies[0].say[0]) for node in scenario.nodes.values()] == [
        ("where-did-you-last", "Where did you last have it? Note: he laughs"),
        ("ill-look-at-the", "I'll look at the 4 and the 6."),
    ]
    assert list(scenario.nodes) == ["opening", "on-the-tram-line"]
    assert [ending.text for ending in scenario.endings.values()] == ["Thanks."]


def test_a_draft_has_no_errors_and_can_be_played_to_its_end(tmp_path):
    write(tmp_path, UMBRELLA)
    taketwo(tmp_path, "new", "umbrella-call", "--from", "call.txt")
    checked = taketwo(tmp_path, "check", "umbrella-call.toml")
    assert checked.returncode == 0
    assert " error " not in checked.stdout
    played = taketwo(tmp_path, "play", "umbrella-call.toml", "--plain", typed="1\n1\n")
    assert "You: I'll look at the 4 and the 6." in played.stdout
    assert "Thanks." in played.stdout
    assert played.returncode == 0


def test_places_are_marked_where_others_are_wanted(tmp_path):
    text = draft(read_call(write(tmp_path, UMBRELLA)), "x", "X", "active-listening")
    marks = [line for line in text.splitlines() if line.startswith("# >>> Another reply here")]
    assert len(marks) == 2
    assert "# >>> Another ending here" in text


def test_what_is_marked_can_be_taken_in_by_uncommenting_it(tmp_path):
    text = draft(read_call(write(tmp_path, UMBRELLA)), "x", "X", "active-listening")
    lines = [
        line.removeprefix("# ") if line.startswith("# ") and ">>>" not in line else line
        for line in text.splitlines()
    ]
    lines = lines[next(i for i, line in enumerate(lines) if line.startswith("format")) :]
    read = draft_from_bytes("\n".join(lines).encode(), "x.toml", Library().lessons())
    assert [str(finding) for finding in read.findings()] == []
    assert read.scenario and all(len(node.replies) == 2 for node in read.scenario.nodes.values())


def test_windows_lines_and_a_mark_at_the_start_make_no_difference(tmp_path):
    plain = read_call(write(tmp_path, UMBRELLA))
    assert read_call(write(tmp_path, b"\xef\xbb\xbf" + UMBRELLA.replace("\n", "\r\n").encode())) == plain


def test_words_in_other_scripts_get_numbered_ids(tmp_path):
    call = "Customer: Алло\nAgent: Да\nCustomer: Где мой зонт?\nAgent: Нашли\nCustomer: 42\nAgent: 43\n"
    (tmp_path / "x.toml").write_text(
        draft(read_call(write(tmp_path, call)), "x", "X", "active-listening"), "utf-8"
    )
    scenario = load_scenario(tmp_path / "x.toml")
    assert list(scenario.nodes) == ["opening", "turn-2", "turn-3"]
    assert scenario.nodes["turn-2"].replies[0].id == "as-it-was-said"


def test_the_same_words_twice_get_two_ids(tmp_path):
    call = "Customer: Hi\nAgent: Yes?\n" + "Customer: The end\nAgent: Is it?\n" * 3
    (tmp_path / "x.toml").write_text(draft(read_call(write(tmp_path, call)), "x", "X", "active-listening"))
    assert list(load_scenario(tmp_path / "x.toml").nodes) == [
        "opening",
        "the-end-2",
        "the-end-3",
        "the-end-4",
    ]


def test_nothing_in_a_call_reaches_the_terminal_or_the_comments(tmp_path):
    call = "Customer: \x1b]52;c;aGk=\x07 \u202eevil\u2028# id = 1\nAgent: fine \\ \"ok\" '''\n"
    text = draft(read_call(write(tmp_path, call)), "x", "X", "active-listening")
    assert "\x1b" not in text and "\u202e" not in text and "\u2028" not in text
    (tmp_path / "x.toml").write_text(text, "utf-8")
    assert load_scenario(tmp_path / "x.toml").nodes["opening"].replies[0].say[0] == "fine \\ \"ok\" '''"


@pytest.mark.parametrize(
    ("call", "wrong"),
    [
        ("", ["1: A draft needs a customer who says something, and an agent who answers."]),
        ("# only\n\n", ["1: A draft needs a customer who says something, and an agent who answers."]),
        ("Customer: Hello?\n", ["1: A draft needs a customer who says something, and an agent who answers."]),
        ("Agent: Hello?\n", ["1: A draft needs a customer who says something, and an agent who answers."]),
        ("\nhello\n", ["2: This does not say who speaks. Begin it with 'Customer: ' or 'Agent: '."]),
        ("Customer:\nAgent: Yes?\n", ["1: Nothing is said here."]),
        (
            "Customer: Hi\nAgent: Yes\nSupervisor: Give it to me\n",
            [
                "3: 'Supervisor' is neither the customer (Customer) nor Agent, You or Learner. Only these two speak in a "
                "draft; if somebody goes on speaking here, indent the line."
            ],
        ),
        (
            f"Customer: {'x' * 2001}\nAgent: Yes\n",
            [
                "1: Here 2,001 characters are said in one turn; 2,000 are read. Split it by what is said in between."
            ],
        ),
        (
            "Customer: Hi\nAgent: Yes\n" * (MOST_TURNS + 1),
            [
                f"{2 * MOST_TURNS + 1}: From here on it is more than 300 turns of the customer. Take a part of the call."
            ],
        ),
        (b"Customer: Hi\nAgent: \xff\n", ["2: This is not UTF-8 text. Save it as UTF-8."]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, call, wrong):
    assert problems(tmp_path, call) == wrong


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    call = "what\nCustomer:\nAgent: Yes\nZoe Smith: me too\nCustomer: Hi\nAgent:\n"
    assert [problem.split(":")[0] for problem in problems(tmp_path, call)] == ["1", "2", "4", "6"]


def test_a_call_that_cannot_be_read_writes_nothing(tmp_path):
    for call in ("gone.txt", "."):
        made = taketwo(tmp_path, "new", "x", "--from", call)
        assert (made.returncode, made.stdout) == (1, "")
        assert made.stderr.startswith(f"{call}: ")
    write(tmp_path, "hello")
    assert taketwo(tmp_path, "new", "x", "--from", "call.txt").returncode == 1
    assert list(tmp_path.glob("*.toml")) == []


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    assert problems(tmp_path, b"Customer: x\n" * 100_000) == [" The file has more than 1,048,576 bytes."]


words = st.text(st.characters(codec="utf-8"), max_size=40)
lines = st.builds(
    "{}{}{}".format,
    st.sampled_from(["Customer: ", "Agent: ", "", "  ", "#", "Ann Lee: "]),
    words,
    st.just("\n"),
)


@given(st.lists(lines, max_size=12).map("".join))
def test_any_text_becomes_a_draft_that_reads_or_is_refused(tmp_path_factory, text):
    path = write(tmp_path_factory.getbasetemp(), text)
    try:
        call = read_call(path)
    except CallError as refused:
        assert refused.problems
        return
    read = draft_from_bytes(draft(call, "x", "X", "active-listening").encode(), "x.toml", Library().lessons())
    assert [str(finding) for finding in read.findings()] == []
    assert read.scenario
    take = Take.start(read.scenario)
    while not take.state.over:
        take.reply(take.replies[0].id)
    assert take.ending
