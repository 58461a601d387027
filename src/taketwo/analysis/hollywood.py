"""The Hollywood cut: a scene as films play it, one tempting wrong reply after another, for as long as it lasts.

At each decision the reply with the lowest points that keeps the conversation going; a scenario may name replies of
its own in `hollywood`. The cut has at least `EXCHANGES` exchanges where the scene allows it.
"""

from taketwo.scenario.model import Scenario
from taketwo.take.machine import Move, Position, machine

EXCHANGES = 6


def hollywood(scenario: Scenario) -> list[str]:
    """Ids of the replies of the cut, from the start to an ending, at most 60."""
    m = machine(scenario)
    known: dict[tuple[Position, int], bool] = {}

    def lasts(position: Position, exchanges: int) -> bool:
        """Whether `exchanges` more replies can be said from `position`."""
        if exchanges <= 0:
            return True
        key = (position, exchanges)
        if key not in known:
            known[key] = any(lasts(m.step(position, move), exchanges - 1) for move in m.offered(position))
        return known[key]

    said: list[str] = []
    position = m.start()
    while (offered := m.offered(position)) and len(said) < 60:
        left = EXCHANGES - len(said) - 1
        worst = sorted(
            offered, key=lambda move: (not _named(scenario, position.node, move), move.offer.total)
        )
        going = [move for move in worst if lasts(m.step(position, move), left)] if left > 0 else worst
        move = (going or worst)[0]
        said.append(move.reply.id)
        position = m.step(position, move)
    return said


def _named(scenario: Scenario, node: str, move: Move) -> bool:
    return f"{node}/{move.reply.id}" in scenario.hollywood
