"""What a replay shows, as blocks: each event of the conversation, and what is said beside the moment."""

from collections.abc import Mapping, Sequence

from taketwo.aside import swayed_words
from taketwo.debrief import Turn
from taketwo.playback import Playback
from taketwo.take.events import Moved, Remarked, Rewound, Started
from taketwo.telling import (
    STOP_SIGNS,
    answered_words,
    aside_of,
    film_people,
    happening_words,
    parting_words,
    remark_words,
    undone_words,
    waiting_words,
)
from taketwo.transcript.replaying import Spot
from taketwo.transcript.rows import TakeRow
from taketwo.tui.sheet import Block
from taketwo.tui.talk import (
    answer_blocks,
    aside_blocks,
    feedback_blocks,
    review_blocks,
    said_words,
    speech,
    steering_blocks,
    swayed_blocks,
    whose_blocks,
)
from taketwo.wording import meter_title, meter_words


def event_blocks(take: Playback, index: int, spot: Spot) -> list[Block]:
    """One event of the conversation as it looks at `spot`, with the notes about it, and a line of air after it."""
    event = take.reel.events[index]
    if isinstance(event, Started):
        blocks = []
        if event.parent:
            blocks += [Block("Taken up from a decision of an earlier take.", "quiet"), Block("")]
        blocks += speech(event.who or event.customer, event.says, "customer")
    elif isinstance(event, Moved):
        blocks = _decision(take, take.turns[event.seq], index, spot)
    elif isinstance(event, Rewound):
        blocks = [Block(happening_words(event, take.reel, take.scenario), "head", lead="↶ "), Block("")]
        blocks += speech(event.who or take.started.customer, event.says, "customer")
    elif said := aside_of(take, index):
        blocks = aside_blocks(said)
        blocks[-1:] = [*steering_blocks(take.steering.get(event.seq), film_people(take.reel)), Block("")]
    else:
        words = happening_words(event, take.reel, take.scenario)
        blocks = [Block(words, "quiet", lead="· ", hang="  "), Block("")]
    notes = take.reel.notes.get(event.seq, ())
    if notes:
        remarks = [_note(remark, take) for remark in notes]
        blocks[-1:] = [*(Block(text, "hint", lead="  ✎ ", hang="    ") for text in remarks), Block("")]
    return blocks


def _note(remark: Remarked, take: Playback) -> str:
    return remark.text if remark.by == "learner" else remark_words(remark, take.reel)


def _decision(take: Playback, turn: Turn, index: int, spot: Spot) -> list[Block]:
    stop = take.reel.stops.get(index)
    tail = f"{turn.number}{' ' + ' '.join(STOP_SIGNS[stop]) if stop else ''}"
    who = film_people(take.reel)
    said, answer = said_words(turn, who), turn.answer
    undone = undone_words(take.reel, index, spot)
    if not undone:
        return [
            Block(who.name(turn.by), "head", tail=tail),
            *speech("", said, "you"),
            *answer_blocks(turn, who),
        ]
    lines = [(who.name(turn.by), said), ("", " ".join(swayed_words(turn, who))), (turn.answerer, answer)]
    blocks = [Block(undone, "quiet", lead="┆ ", tail=tail)]
    for speaker, text in lines:
        if text:
            blocks.append(Block(f"{speaker}: {text}" if speaker else text, "quiet", lead="┆ ", hang="┆ "))
    return [*blocks, Block("")]


def beside_blocks(
    take: Playback, spot: Spot, forks: Mapping[int, Sequence[TakeRow]], *, room: bool
) -> list[Block]:
    """What stands beside a moment: the customer, the clock, what the last decision did, and notes on the whole.

    `forks` are the takes that go other ways, by the seq of the event where they part. Without much `room` the customer and the clock share a line.
    """
    here = take.reel.position(spot)
    rows = zip(take.scenario.meters.values(), here.meters, strict=False)
    standing = [f"{meter_title(meter)}: {meter_words(meter, value)}" for meter, value in rows]
    if take.reel.length and spot != take.reel.end and here.node in take.scenario.nodes:
        standing.append(waiting_words(take.reel.waited(spot), take.limit(here.node)))
    if room:
        blocks = [Block("How they stand", "head"), *(Block(text, lead=" ") for text in standing), Block("")]
    else:
        blocks = [Block(" · ".join(standing), "quiet")]
    turn = take.turn(spot)
    parted = parting_words(forks.get(turn.seq if turn else 1, ()))
    if parted and not turn:
        blocks.append(Block(f"{parted} w shows them.", "title", lead="  ↳ ", hang="    "))
    if turn:
        index = take.reel.decisions[spot.shown - 1]
        undone = undone_words(take.reel, index, spot)
        took = answered_words(turn.took_ms, take.limit(turn.node)) if turn.took_ms else ""
        blocks.append(Block(f"Decision {turn.number}", "head", tail=undone or took))
        if parted:
            blocks.append(Block(f"{parted} w shows them.", "title", lead="  ↳ ", hang="    "))
        who = film_people(take.reel)
        blocks += whose_blocks(turn, who)
        blocks += review_blocks(turn.seq, dict(take.reviews), take.numbers)
        blocks += [*feedback_blocks(turn, take.scenario), *swayed_blocks(turn)]
        blocks += steering_blocks(take.steering.get(turn.seq), who)
    if notes := take.reel.notes.get(0):
        blocks += [Block(""), Block("Notes on the whole", "head")]
        blocks += [Block(remark_words(note, take.reel), "hint", lead=" ✎ ", hang="   ") for note in notes]
    return blocks
