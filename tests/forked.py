"""Takes of the umbrella scene with a past: one in which much happened, and forks of others."""

from house import SEED, HandClock, name_of, umbrella
from taketwo.session import Session, begin, from_here, look_at
from taketwo.take.commands import Hint, Pause, Remark, Resume, Start
from taketwo.take.events import Moved
from taketwo.transcript.shelf import Shelf


def busy_take(shelf: Shelf | None = None) -> Session:
    """A take of 40 seconds: a hint, a pause, a decision taken back, a note, a critical error."""
    clock = HandClock()
    start = Start(learner="Zoë", seed=SEED, pace=1.0)
    if shelf:
        session = begin(shelf, umbrella(), start)
        session._clock, session._anchor = clock, 0
    else:
        session = Session(umbrella(), clock=clock)
        session.do(start)
    clock.advance(5)
    session.do(Hint())
    clock.advance(5)
    session.say("thirty-days")
    clock.advance(5)
    session.do(Pause())
    session.do(Resume())
    session.rewind()
    clock.advance(10)
    session.say("say-back")
    session.do(Remark("note", "Now he listens.", about=session.state.seq))
    clock.advance(15)
    session.say("promise")
    return session


def keep_busy(shelf: Shelf) -> str:
    """The same on the shelf; its name."""
    return name_of(busy_take(shelf))


def keep_fork(shelf: Shelf, parent: str, number: int, *replies: str) -> str:
    """A take on the shelf that was taken up from the decision `number`, of all, of another; its name."""
    session = look_at(shelf, parent)
    seqs = [event.seq for event in session.events if isinstance(event, Moved)]
    fork = begin(shelf, session.scenario, from_here(session, seqs[number - 1], Start(learner="Zoë")))
    session.close()
    for reply in replies:
        fork.say(reply)
    fork.leave()
    return name_of(fork)
