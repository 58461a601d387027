"""Raters beside one another as JSON, and as a table with a row for each item of each take."""

import csv
import json
from io import StringIO
from typing import Any

from taketwo.export.table import Cell, guarded
from taketwo.qa.calibration import Agreement, Calibration, Difference, Judged
from taketwo.qa.form import HAPPENED, NA
from taketwo.qa.sheet import Mark

Table = dict[str, Any]


def json_text(found: Calibration) -> str:
    """All figures, ratings and differences. What cannot be computed is null; "n/a" is a rating that does not apply."""
    form = found.form
    table: Table = {
        "form": form.label,
        "raters": list(found.raters),
        "takes": [_take(found, take) for take in found.takes],
        "overall": _agreement(found.overall)
        | {"kappa_linear": found.linear, "icc_2_1": found.icc, "rated_by_all": len(found.full)},
        "sections": {key: _agreement(agreed) for key, agreed in found.sections.items()},
        "items": {key: _agreement(agreed) for key, agreed in found.items.items()},
        "differences": [_difference(each) for each in found.differences],
        "left_out": list(found.left_out),
    }
    return json.dumps(table, indent=2, ensure_ascii=False)


def _agreement(of: Agreement) -> Table:
    return {"same": of.same, "kappa": of.kappa}


def _take(found: Calibration, take: Judged) -> Table:
    start = take.sources[0].started
    return {
        "take": take.name,
        "files": [source.name for source in take.sources],
        "scenario": start.scenario,
        "learner": start.learner,
        "engine": {section.id: found.engine(take, section) for section in found.form.sections},
        "raters": {
            rater: {
                "score": opinion.rating.share,
                "passed": opinion.rating.passed,
                "critical": [failing.critical.id for failing in opinion.rating.failing],
                "unrated": list(opinion.rating.unrated),
                "ratings": {key: _mark(mark) for key, mark in opinion.rating.marks.items()},
            }
            for rater, opinion in take.opinions.items()
        },
    }


def _mark(mark: Mark) -> Table:
    value: int | str = "n/a" if mark.value == NA else mark.value
    return {"value": value, "comment": mark.text, "event": mark.about}


def _difference(of: Difference) -> Table:
    return {
        "take": of.take.name,
        "item": of.item,
        "critical": of.critical,
        "spread": of.spread,
        "ratings": {rater: _mark(mark) if mark else None for rater, mark in of.marks},
    }


def as_table(found: Calibration) -> str:
    """A row an item of a take: its section, every rater's value, how far they are apart, κ where there is one."""
    sink = StringIO()
    writer = csv.writer(sink)
    raters = found.raters
    head = [
        "take",
        "section",
        "item",
        "question",
        *raters,
        "spread",
        "kappa",
        *(f"{r}: comment" for r in raters),
    ]
    writer.writerow([guarded(cell) for cell in head])
    apart = {(each.take.name, each.item): each.spread for each in found.differences}
    for take in found.takes:
        for section in found.form.sections:
            for item in section.items:
                kappa = found.items[item.id].kappa
                row: list[Cell] = [take.name, section.id, item.id, item.question]
                row += [_cell(take.mark(rater, item.id)) for rater in raters]
                row += [apart.get((take.name, item.id), 0), "" if kappa is None else round(kappa, 4)]
                row += [mark.text if (mark := take.mark(rater, item.id)) else "" for rater in raters]
                writer.writerow([guarded(cell) for cell in row])
        for critical in found.form.critical:
            marks = [take.mark(rater, critical.id) for rater in raters]
            row = [take.name, "critical", critical.id, critical.question]
            row += ["" if mark is None else "yes" if mark.value == HAPPENED else "no" for mark in marks]
            row += [
                apart.get((take.name, critical.id), 0),
                "",
                *(mark.text if mark else "" for mark in marks),
            ]
            writer.writerow([guarded(cell) for cell in row])
    return sink.getvalue()


def _cell(mark: Mark | None) -> Cell:
    return "" if mark is None else "n/a" if mark.value == NA else mark.value
