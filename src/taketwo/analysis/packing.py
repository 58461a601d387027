"""Reports and solutions as bytes, and back: JSON for the first, flat arrays behind a JSON line for the second.

No pickle: a file in a cache folder is text from outside. What does not fit raises ValueError, KeyError or TypeError.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Callable
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from taketwo.analysis.explore import Graph, Menu
from taketwo.analysis.liveness import Keep
from taketwo.analysis.report import Report
from taketwo.analysis.solve import Solution
from taketwo.scenario.model import SILENCE, Scenario
from taketwo.take.machine import Machine, Move, Position, machine

Decode = Callable[[Any], Any]


def pack_report(report: Report) -> bytes:
    """JSON that `unpack_report` reads."""
    return json.dumps(asdict(report), ensure_ascii=False, separators=(",", ":")).encode()


def unpack_report(data: bytes) -> Report:
    """The report that was packed."""
    report = _decoder(Report)(json.loads(data))
    assert isinstance(report, Report)
    return report


@cache
def _decoder(kind: Any) -> Decode:
    """How JSON becomes a value of the type `kind` again: dataclasses and tuples made of plain types."""
    arguments = get_args(kind)
    build: Callable[..., Any] = kind
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        parts = [(field.name, _decoder(hints[field.name])) for field in fields(kind)]
        return lambda table: build(**{name: decode(table[name]) for name, decode in parts})
    if get_origin(kind) is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            each = _decoder(arguments[0])
            return lambda row: tuple(map(each, row))
        return tuple
    if NoneType in arguments:
        inner = _decoder(next(each for each in arguments if each is not NoneType))
        return lambda value: None if value is None else inner(value)
    return _same


def _same(value: Any) -> Any:
    return value


def pack_solution(solution: Solution) -> bytes:
    """A line of JSON and the arrays that it names."""
    graph = solution.graph
    nodes = {name: i for i, name in enumerate(dict.fromkeys(p.node for p in graph.positions))}
    meters = {values: i for i, values in enumerate(dict.fromkeys(p.meters for p in graph.positions))}
    bits = {pair: i for i, pair in enumerate(dict.fromkeys((p.flags, p.spent) for p in graph.positions))}
    arrays = {
        "node": array("i", (nodes[p.node] for p in graph.positions)),
        "meters": array("i", (meters[p.meters] for p in graph.positions)),
        "bits": array("i", (bits[p.flags, p.spent] for p in graph.positions)),
        **{name: getattr(graph, name) for name in _OF_GRAPH},
        **{name: getattr(solution, name) for name in _OF_SOLUTION},
    }
    kept = {name: (values.typecode, len(values)) for name, values in arrays.items() if values is not None}
    head = {
        "order": sys.byteorder,
        "sizes": [array(code).itemsize for code in "iqd"],
        "nodes": list(nodes),
        "meters": list(meters),
        "bits": [(hex(flags), hex(spent)) for flags, spent in bits],
        "menus": [(menu.node, [move.reply.id for move in menu.moves]) for menu in graph.menus],
        "roots": graph.roots,
        "starts": graph.starts,
        "interrupts": sorted(graph.interrupts),
        "complete": graph.complete,
        "depth": solution.depth,
        "cycle": [graph.index[position] for position in solution.cycle],
        "arrays": kept,
    }
    return json.dumps(head).encode() + b"\n" + b"".join(arrays[name].tobytes() for name in kept)


_OF_GRAPH = ("menu", "first", "after", "came")
_OF_SOLUTION = ("order", "best", "clean", "worst", "marred", "curve")


def unpack_solution(data: bytes, scenario: Scenario) -> Solution:
    """The solution that was packed, for the same scenario."""
    cut = data.index(b"\n")
    head = json.loads(data[:cut])
    if (head["order"], head["sizes"]) != (sys.byteorder, [array(code).itemsize for code in "iqd"]):
        raise ValueError("made on another kind of machine")
    arrays: dict[str, array[Any]] = {}
    at = cut + 1
    for name, (code, count) in head["arrays"].items():
        values = arrays[name] = array(code)
        size = count * values.itemsize
        values.frombytes(data[at : at + size])
        at += size
    compiled = machine(scenario)
    meters = [tuple(values) for values in head["meters"]]
    bits = [(int(flags, 16), int(spent, 16)) for flags, spent in head["bits"]]
    positions = [
        Position(head["nodes"][n], meters[m], *bits[b])
        for n, m, b in zip(arrays["node"], arrays["meters"], arrays["bits"], strict=True)
    ]
    graph = Graph(
        compiled,
        Keep(compiled),
        positions,
        {position: i for i, position in enumerate(positions)},
        tuple(head["roots"]),
        head["starts"],
        [_menu(compiled, node, moves) for node, moves in head["menus"]],
        **{name: arrays[name] for name in _OF_GRAPH},
        interrupts=set(head["interrupts"]),
        complete=head["complete"],
    )
    return Solution(
        graph,
        head["depth"],
        cycle=tuple(positions[i] for i in head["cycle"]),
        **{name: arrays.get(name) for name in _OF_SOLUTION},  # type: ignore[arg-type]  # what is None was None
    )


def _menu(compiled: Machine, node: str, ids: list[str]) -> Menu:
    moves: list[Move] = []
    for id in ids:
        move = compiled.move(node, id)
        if move is None:
            raise ValueError(f"no reply {id!r} at {node!r}")
        moves.append(move)
    return Menu(node, tuple(moves), tuple(move.offer.total for move in moves if move.reply.id != SILENCE))
