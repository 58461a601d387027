"""Two people in one take: takeovers, somebody who plays the customer, what is said aside, and ratings."""

import pytest

from house import umbrella
from taketwo.analysis.solve import solve
from taketwo.between import Hands, closing, hands, players
from taketwo.debrief import debrief, turns
from taketwo.review import changes, curve, review, shares, steering
from taketwo.session import Refused, Take
from taketwo.take.commands import Hand, Pause, Rate, Remark, Rewind, Say, Start, Steer
from taketwo.transcript.verify import verify


def take_of() -> Take:
    return Take.start(umbrella(), seed=7)


def test_only_whoever_has_the_conversation_can_answer():
    take = take_of()
    with pytest.raises(Refused, match="The learner has the conversation now"):
        take.do(Say("say-back"), by="trainer")
    take.do(Hand("trainer"), by="trainer")
    with pytest.raises(Refused, match="The trainer has the conversation now"):
        take.say("say-back")
    with pytest.raises(Refused, match="has the conversation already"):
        take.do(Hand("trainer"), by="trainer")


def test_what_is_said_aside_changes_nothing_but_the_count():
    take = take_of()
    before = take.state.position
    take.do(Remark("whisper", "Ask where."), by="trainer", to="learner")
    take.do(Remark("barge", "One moment, I am her lead."), by="trainer")
    take.do(Rate("first 1", "greeting", 2, "Warm."), by="trainer")
    assert (take.state.position, take.state.seq) == (before, 4)


def test_a_steered_answer_goes_where_it_is_sent_and_says_so():
    take = take_of()
    led = take.say("thirty-days")
    take.rewind()
    steered = take.do(Say("thirty-days", Steer(meters=(("patience", 99),), says="Thirty days? Thirty?")))
    assert led.after.node == steered.after.node
    assert take.meters["patience"] == 10
    assert (take.says, take.speaker) == ("Thirty days? Thirty?", take.scenario.customer.name)
    assert steered.steered == ("meters", "line")
    assert take.score.steered == 1


def test_a_place_that_is_not_there_is_refused_in_words():
    take = take_of()
    with pytest.raises(Refused, match="no such place"):
        take.do(Steer(to="the-moon"), by="trainer")
    with pytest.raises(Refused, match="has no 'charm'"):
        take.do(Steer(meters=(("charm", 3),)), by="trainer")
    with pytest.raises(Refused, match="no such line"):
        take.do(Steer(line=7), by="trainer")
    with pytest.raises(Refused, match="Choose a place"):
        take.do(Steer(), by="trainer")
    take.do(Pause())
    with pytest.raises(Refused, match="paused"):
        take.do(Steer(says="Hello?"), by="trainer")


def test_going_to_an_ending_ends_the_take():
    take = take_of()
    ending = next(iter(take.scenario.endings))
    event = take.do(Steer(to=ending), by="trainer")
    assert take.ending and take.ending.id == ending
    assert take.score.outcome and take.score.outcome.ending == ending
    assert event.steered == ("place",)


def test_what_was_steered_is_gone_on_a_branch_that_is_taken_back():
    take = take_of()
    start = take.state.position
    take.say("thirty-days")
    take.do(Steer(meters=(("patience", 1),), says="Hm."), by="trainer")
    take.rewind()
    assert take.state.position == start
    assert take.score.steered == 0


def test_a_steered_take_has_a_curve_from_where_it_was_sent():
    take = take_of()
    solution = solve(take.scenario)
    take.do(Steer(meters=(("patience", 1),)), by="trainer")
    take.say(take.replies[0].id)
    assert solution.graph.find(take.events[1].after) is None
    assert len(review(take.events, solution)) == 1
    assert len(shares(take.events, solution)) == len(take.events)


def test_a_decision_is_known_as_whose_it_was():
    take = take_of()
    take.do(Say("thirty-days", pressed="trainer"))
    take.do(Hand("trainer"), by="trainer")
    take.do(Say(take.replies[0].id), by="trainer")
    mine, theirs = turns(take.events, take.scenario)
    assert (mine.by, mine.pressed, theirs.by) == ("learner", "trainer", "trainer")
    about = debrief(take.events, take.scenario)
    assert {turn.seq for turn in (*about.went_well, *about.to_try)} <= {mine.seq}


def test_after_the_end_it_can_be_rated_and_answered():
    take = take_of()
    take.do(Steer(to=next(iter(take.scenario.endings))), by="trainer")
    rated = take.do(Rate("first 1", "greeting", 1), by="trainer")
    take.do(Remark("appeal", "I had no time.", about=rated.seq))
    with pytest.raises(Refused, match="rate by"):
        take.do(Rate("first 1", "greeting", 1, about=99), by="trainer")
    with pytest.raises(Refused, match="over"):
        take.do(Hand("trainer"), by="trainer")
    with pytest.raises(Refused, match="over"):
        take.do(Rewind())


def test_playing_it_again_finds_the_same_steering():
    take = take_of()
    take.do(Say("thirty-days", Steer(meters=(("patience", 3),), says="Thirty?")))
    take.do(Steer(says="Well?"), by="trainer")
    take.do(Hand("trainer"), by="trainer")
    take.do(Say(take.replies[0].id), by="trainer")
    assert verify(take.events, take.scenario).same


def rows(take: Take):
    return {row.seq: row for row in review(take.events, solve(take.scenario))}


def test_what_was_made_of_an_answer_is_not_the_fall_of_the_decision():
    take = take_of()
    mine = take.do(Say("say-back", Steer(to="walks-off")))
    (row,) = rows(take).values()
    (made,) = steering(take.events, solve(take.scenario))
    assert (row.mark, row.fall, row.turning) == ("best", pytest.approx(0), False)
    assert (made.seq, made.by, made.closed, made.after.curve) == (mine.seq, "trainer", True, 0.0)
    assert curve(changes([row], [made])) == [row.before.curve, row.after.curve, 0.0]
    (turn,) = turns(take.events, take.scenario)
    assert [change.after for change in turn.meters] == [7]


def test_a_fall_that_steering_made_possible_has_it_as_its_cause():
    take = take_of()
    steered = take.do(Steer(meters=(("patience", 1),)), by="trainer")
    lost = take.say("thirty-days")
    row = rows(take)[lost.seq]
    assert (row.mark, row.cause_seq, row.cause_steered) == ("closed", steered.seq, True)
    assert row.cause == "Patience had been set to 1 of 10"
    (made,) = steering(take.events, solve(take.scenario))
    assert made.fall > 0 and made.after.curve == row.before.curve


def test_the_trainer_s_decisions_are_no_turning_point_and_no_fall_of_theirs_fails_the_take():
    take = take_of()
    take.say("thirty-days")
    take.do(Hand("trainer"), by="trainer")
    theirs = take.do(Say("promise"), by="trainer")
    found = rows(take)
    assert (found[theirs.seq].by, found[theirs.seq].mark, found[theirs.seq].turning) == (
        "trainer",
        "closed",
        False,
    )
    assert take.score.critical == []
    assert not any(row.turning for row in found.values())


def test_a_fork_of_a_steered_take_is_reviewed_from_where_it_begins():
    take = take_of()
    take.do(Steer(meters=(("patience", 1),)), by="trainer")
    here = take.state.position
    fork = Take(take.scenario, clock=None)
    fork.do(Start(seed=7, position=here, parent="x#2"))
    fork.say("thirty-days")
    assert len(review(fork.events, solve(take.scenario))) == 1


def test_steering_on_a_branch_that_was_taken_back_changes_nothing():
    take = take_of()
    take.do(Say("say-back", Steer(meters=(("patience", 2),), says="Hm.")))
    take.rewind()
    take.say("say-back")
    assert steering(take.events, solve(take.scenario)) == []
    (turn,) = turns(take.events, take.scenario)
    assert (turn.since, turn.first) == ((), (turn.speaker, turn.heard))


# --- what lay between the decisions


def test_a_decision_knows_what_was_said_aside_before_it_and_what_was_heard_first():
    take = take_of()
    first = take.says
    whisper = take.do(Remark("whisper", "Ask."), by="trainer", to="learner")
    take.do(Remark("note", "Slow."), by="trainer", to="trainer")
    went_on = take.do(Steer(says="Hello?"), by="trainer")
    take.say("say-back")
    (turn,) = turns(take.events, take.scenario)
    assert turn.since == (whisper, went_on)
    assert (turn.first[1], turn.heard) == (first, "Hello?")


def test_what_was_said_aside_stays_when_a_decision_is_taken_back_and_what_was_steered_goes():
    take = take_of()
    take.say("thirty-days")
    whisper = take.do(Remark("whisper", "Back."), by="trainer", to="learner")
    steered = take.do(Steer(says="Hello?"), by="trainer")
    take.rewind()
    take.say("say-back")
    (kept,) = turns(take.events, take.scenario)
    assert kept.since == (whisper,)
    gone, anew = turns(take.events, take.scenario, undone=True)
    assert (gone.since, anew.since) == ((), (whisper, steered))
    assert closing(take.events) == ()


def test_what_comes_after_the_last_decision_is_told_too():
    take = take_of()
    take.say("say-back")
    went_on = take.do(Steer(says="And?"), by="trainer")
    handed = take.do(Hand("trainer"), by="trainer")
    assert closing(take.events) == (went_on, handed)


def test_roles_that_are_changed_from_the_start_make_the_learner_the_customer():
    take = take_of()
    take.do(Hand("trainer"), by="trainer")
    take.do(Say("say-back", Steer(says="Hm.")), by="trainer")
    take.do(Steer(says="So?"), by="learner")
    assert players(take.events) == {3: "learner", 4: "learner"}
    assert hands(take.events) == Hands((("learner", 2),), (1,), (), True)
    take.do(Hand("learner"), by="trainer")
    take.do(Say("look", Steer(says="Ha.", player="customer:Ada")))
    assert players(take.events)[6] == "customer:Ada"
    assert not hands(take.events).swapped
