"""A scenario as the text of a file again: expanded, with its lessons' rows, the same text for the same content."""

from dataclasses import asdict
from typing import Any

import tomli_w

from taketwo.scenario.conditions import write_condition
from taketwo.scenario.model import ALWAYS, Branch, Line, Meter, Node, Reply, Scenario, Sequel

Table = dict[str, Any]


def dump(scenario: Scenario) -> str:
    """TOML that reads back as an equal scenario."""
    tables: Table = {
        "format": 1,
        **_filled(
            scenario, "id", "title", "level", "minutes", "channel", "centre", "start", "about", "hollywood"
        ),
        "briefing": _filled(scenario.briefing, "role", "situation", "facts"),
        "customer": _filled(scenario.customer, "name", "wants", "needs"),
        "meters": {key: _meter(meter) for key, meter in scenario.meters.items()},
        "flags": scenario.flags,
        "promises": scenario.promises,
        "given": list(scenario.given),
        "sequel": _sequel(scenario.sequel),
        "nodes": {key: _node(node) for key, node in scenario.nodes.items()},
        "interrupts": {
            key: {"when": write_condition(i.when) or [[]], "goto": _goto(i.goto)}
            for key, i in scenario.interrupts.items()
        },
        "endings": {
            key: _filled(e, "kind", "csat", "resolved", "acceptable", "text")
            for key, e in scenario.endings.items()
        },
        "lessons": {
            key: {k: v for k, v in asdict(row).items() if k != "id" and v}
            for key, row in scenario.lessons.items()
        },
    }
    if scenario.sequel is None and not scenario.given:
        del tables["given"]
    return tomli_w.dumps({key: value for key, value in tables.items() if value != {}})


def _sequel(sequel: Sequel | None) -> Table:
    """With `given` beside it, it is settled what the past was; the rules still tell which others there may be."""
    if sequel is None:
        return {}
    rules = {
        flag: {
            key: list(names)
            for key, names in zip(
                ("scene", "ending", "promise"), (r.scenes, r.endings, r.promises), strict=True
            )
            if names
        }
        for flag, r in sequel.flags
    }
    return {**_filled(sequel, "of", "alone"), **({"flags": rules} if rules else {})}


def _filled(holder: object, *names: str) -> Table:
    """The named fields that say something; booleans always do."""
    table = {}
    for name in names:
        value = getattr(holder, name)
        if isinstance(value, bool) or value:
            table[name] = list(value) if isinstance(value, tuple) else value
    return table


def _meter(meter: Meter) -> Table:
    return {
        "start": meter.start,
        "low": meter.low,
        "high": meter.high,
        **({"bands": {str(least): name for least, name in meter.bands}} if meter.bands else {}),
        **_filled(meter, "title"),
    }


def _when(holder: Branch | Line | Reply) -> Table:
    return {} if holder.when == ALWAYS else {"when": write_condition(holder.when)}


def _goto(branches: tuple[Branch, ...]) -> list[Table]:
    return [{**_when(branch), "to": branch.to} for branch in branches]


def _node(node: Node) -> Table:
    table: Table = {
        "says": [{**_when(line), **_filled(line, "who"), "text": list(line.texts)} for line in node.says]
    }
    if node.time_limit is not None:
        table["time_limit"] = node.time_limit
    table["replies"] = {reply.id: _reply(reply) for reply in node.replies}
    if node.silence:
        table["silence"] = _reply(node.silence)
    return table


def _reply(reply: Reply) -> Table:
    table = _when(reply)
    if reply.say:
        table |= {"say": list(reply.say), "points": dict(reply.points)}
    if reply.effects:
        table["effects"] = dict(reply.effects)
    names = ("why", "sets", "clears", "critical", "reveals", "samples", "promise")
    return {
        **table,
        **_filled(reply, *names),
        **({"once": True} if reply.once else {}),
        "goto": _goto(reply.goto),
    }
