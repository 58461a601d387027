"""In which order a picture is read: a place after those that lead to it, as far as loops allow."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

Links = Mapping[str, Sequence[str]]


def reading_order(links: Links, roots: Iterable[str]) -> tuple[list[str], set[tuple[str, str]]]:
    """Everything that `roots` lead to, in reading order, and the links that go back to an earlier place.

    What the first root leads to comes first. A link from a place to itself is one that goes back.
    """
    order: list[str] = []
    back: set[tuple[str, str]] = set()
    done: set[str] = set()
    for root in roots:
        if root not in done:
            order += reversed(list(_finished(links, root, done, back)))
    return order, back


def _finished(links: Links, root: str, done: set[str], back: set[tuple[str, str]]) -> Iterator[str]:
    """Places as a walk in depth leaves them for good; a stack instead of recursion, as a chain may be
    long."""
    open_now = {root}
    stack = [(root, iter(links.get(root, ())[::-1]))]
    while stack:
        here, rest = stack[-1]
        for to in rest:
            if to in open_now:
                back.add((here, to))
            elif to not in done:
                open_now.add(to)
                stack.append((to, iter(links.get(to, ())[::-1])))
                break
        else:
            stack.pop()
            open_now.discard(here)
            done.add(here)
            yield here
