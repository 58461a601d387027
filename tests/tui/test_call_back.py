"""At the next sitting Home says who calls back."""

from stage import program, settled, text_of

from taketwo.checks import example
from taketwo.scenario.library import Library
from taketwo.session import begin
from taketwo.take.commands import Start
from taketwo.transcript.shelf import Shelf

FIRST = 'id = "first"\ntitle = "The First Call"\n'
SECOND = 'id = "second"\ntitle = "The Second Call"\n[sequel]\nof = ["first"]\n'


async def test_a_sequel_is_there_at_the_next_sitting_and_not_in_this_one(tmp_path):
    scenes = tmp_path / "scenes"
    scenes.mkdir()
    for text in (FIRST, SECOND):
        (scenes / f"{text.split(chr(34))[1]}.toml").write_text(example.laid_over(text))
    shelf = Shelf(tmp_path / "saves")

    def keep():
        take = begin(shelf, Library(scenes).load("first"), Start(learner="Ada"))
        take.say("hurry")
        take.say("form") if not take.ending else None
        take.close()

    this = program(tmp_path, dialogues=scenes, learner="Ada")
    keep()
    async with this.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "They call back" not in text_of(pilot)
    async with program(tmp_path, dialogues=scenes, learner="Ada").run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "They call back" in text_of(pilot)
        assert "The Second Call" in text_of(pilot) and "after The First Call" in text_of(pilot)
