"""From a name of a format to the text of a picture; each renderer is imported only when it is wanted."""

from typing import Literal, get_args

from taketwo.graph.picture import Picture

Format = Literal["text", "mermaid", "dot", "svg"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
    ".svg": "svg",
}
"""what the end of a file's name asks for, where no format is named"""


def rendered(picture: Picture, form: Format) -> str:
    """The picture as text of the format `form`. Raises CannotDraw, for "svg" alone."""
    if form == "mermaid":
        from taketwo.graph.mermaid import mermaid

        return mermaid(picture)
    if form == "dot":
        from taketwo.graph.dot import dot

        return dot(picture)
    if form == "svg":
        from taketwo.graph.svg import svg

        return svg(picture)
    from taketwo.graph.outline import text

    return text(picture)
