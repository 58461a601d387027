"""The curve of a take as a small picture: SVG that stands in a page, with its marks and the numbers of decisions."""

from collections.abc import Iterator
from html import escape

from taketwo.export.page import Page
from taketwo.wording import percent

WIDTH, HEIGHT = 640.0, 230.0
LEFT, RIGHT, TOP, BOTTOM = 62.0, 14.0, 34.0, 30.0


def curve_svg(of: Page) -> Iterator[str]:
    """The lines of the picture. Its colours are the page's."""
    last = max(len(of.curve) - 1, 1)
    points = [
        (LEFT + (WIDTH - LEFT - RIGHT) * index / last, _height(share)) for index, share in enumerate(of.curve)
    ]
    said = escape(" ".join(of.curve_words))
    yield f'<svg viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" aria-label="{said}">'
    for share in (0.0, 0.5, 1.0):
        height = _height(share)
        yield f'<line class="grid" x1="{LEFT}" y1="{height:.1f}" x2="{WIDTH - RIGHT}" y2="{height:.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{height + 4:.1f}" text-anchor="end">{percent(share)}</text>'
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    floor = _height(0.0)
    yield f'<polygon class="area" points="{points[0][0]:.1f},{floor:.1f} {path} {points[-1][0]:.1f},{floor:.1f}"/>'
    yield f'<polyline class="line" points="{path}"/>'
    step = max(1, len(of.marks) // 20)
    for mark, (x, y) in zip(of.marks, points[1:], strict=True):
        if mark.turning:
            yield f'<circle class="turning" cx="{x:.1f}" cy="{y:.1f}" r="8"/>'
        yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5"><title>{escape(mark.says)}</title></circle>'
        yield f'<text class="mark {mark.classes}" x="{x:.1f}" y="{y - 12:.1f}" text-anchor="middle">{mark.sign}</text>'
        if mark.number and (mark.number % step == 0 or mark.turning):
            yield f'<text x="{x:.1f}" y="{HEIGHT - 8:.1f}" text-anchor="middle">{mark.number}</text>'
    yield "</svg>"


def _height(share: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)
