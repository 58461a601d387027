"""The sample takes that come with a checkout."""

from pathlib import Path

from taketwo.debrief import debrief
from taketwo.transcript.shelf import Shelf

SAVES = Path(__file__).parents[2] / "saves"


def test_a_sample_can_be_looked_at_and_is_never_counted():
    shelf = Shelf(SAVES)
    assert shelf.samples()
    for row in shelf.samples():
        assert row.status == "ended"
        assert row.message == ""
        assert row not in shelf.rows()


def test_a_sample_has_its_scenario_and_its_debrief():
    shelf = Shelf(SAVES)
    for row in shelf.samples():
        take = shelf.read(row.name)
        about = debrief(take.events, shelf.kept(take.started.sha256))
        assert about.turns
        assert about.try_next
