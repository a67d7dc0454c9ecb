"""Text without its markup: what a reader of an HTML page sees, line by line."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

__all__ = ["is_html", "plain_text"]

_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|h1|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_SILENT: Final = frozenset({"script", "style", "template", "noscript", "svg", "head", "iframe"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "wbr"})
_PARAGRAPH: Final = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "ul",
        "ol",
        "table",
        "blockquote",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "form",
        "dl",
    }
)
_LINE: Final = frozenset({"br", "li", "tr", "dt", "dd", "figcaption", "caption", "option"})
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r" *\n *")
_GAPS: Final = re.compile(r"\n{3,}")


def is_html(text: str) -> bool:
    """Tell whether a text is an HTML page.

    Examples:
        >>> is_html("<!DOCTYPE html><p>Three died.</p>"), is_html("Fewer than <10 died.")
        (True, False)
    """
    return _HTML.match(text[:20_000]) is not None


def plain_text(page: str) -> str:
    r"""Give what a reader sees of an HTML page: paragraphs with an empty line between them, no scripts.

    Examples:
        >>> plain_text("<html><p>More than&nbsp;80 <b>fight</b>ers</p><script>x</script><p>died.")
        'More than\xa080 fighters\n\ndied.'
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    text = "".join(reader.parts)
    return _GAPS.sub(
        "\n\n", _LINES.sub("\n", _SPACES.sub(lambda match: "\u00a0" if match[0] == "\u00a0" else " ", text))
    ).strip()


class _Reader(HTMLParser):
    """Collects the text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as its parser calls it
        if tag in _SILENT and tag not in _VOID:
            self._silent.append(tag)
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPH:
            self.parts.append("\n\n")
        elif tag in _LINE:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"[ \t\r\n\f]+", " ", data))
