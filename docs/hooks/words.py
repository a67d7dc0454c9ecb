"""Link a word to the glossary where a page first uses it, and each printed table to the page that explains it.

The words carry their meaning as a hint; they are the headings of the glossary, but for those that are plain English
elsewhere.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from markdown.extensions.toc import slugify
from mkdocs.utils import get_relative_url

GLOSSARY: Final = Path(__file__).parents[1] / "explanation" / "glossary.md"
PLACE: Final = "explanation/glossary.html"
TABLE: Final = "explanation/how-to-read-the-table.html"
FENCE: Final = re.compile(r'<div class="language-(?:text|console) highlight">.*?</pre></div>', re.DOTALL)
HEAD: Final = re.compile(r"^(?:<[^>]+>)*Who (?:was|were|is) .*/ who says", re.MULTILINE)
ENTRY: Final = re.compile(r"^### (.+)\n\n((?:.+\n)+)", re.MULTILINE)
EVERYDAY: Final = (
    "source,report,citation,at least,at most,opponent,documented,verified,how counted,estimate,stock,figure,subject,"
    "harm,assessment,silence,apart,inside,position,confirm,gap,common,span,support,copy,versions,fate,"
    "witness,confidence,bound,contradiction,as of,known on,view,assumed,dispute"
)
"""Words of the glossary that pages also use in their everyday sense, so that a link would often mislead."""

UNTOUCHED: Final = "a autoref button code figure h1 h2 h3 h4 h5 h6 label pre script style summary svg"
FORMS: Final = {"bear out": ["bear out", "bears out", "borne out"]}
PLAIN: Final = frozenset(EVERYDAY.split(","))
CLOSED: Final = frozenset(UNTOUCHED.split())
PROSE: Final = frozenset({"p", "li", "td"})
VOID: Final = frozenset({"br", "hr", "img", "input", "wbr"})


@cache
def words() -> dict[str, tuple[str, str]]:
    """Give for each word that is linked the name of its entry in the page, and the meaning."""
    found = {}
    for name, text in ENTRY.findall(GLOSSARY.read_text(encoding="utf-8")):
        meaning = re.sub(r"\[([^]]+)\]\([^)]+\)|[`*]", r"\1", " ".join(text.split()))
        for word in re.split(r"[,(] ?", name.rstrip(")")):
            for form in FORMS.get(word.strip(), [word.strip()]):
                if form not in PLAIN:
                    found[form.casefold()] = (slugify(name, "-"), meaning)
    return found


@cache
def pattern() -> re.Pattern[str]:
    """Match any of the words, the longest first, also in the plural."""
    longest = sorted(words(), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest))})s?\b", re.IGNORECASE)


class Linking(HTMLParser):
    """Copies HTML, and links each word once in running text."""

    def __init__(self, glossary: str) -> None:
        super().__init__(convert_charrefs=False)
        self.glossary = glossary
        self.written: list[str] = []
        self.inside: list[str] = []
        self.met: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Copy, and note what stands open."""
        del attrs
        self.written.append(self.get_starttag_text() or "")
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Copy."""
        del tag, attrs
        self.written.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """Copy, and close what stood open."""
        self.written.append(f"</{tag}>")
        while tag in self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Link in prose, and copy elsewhere."""
        if PROSE.isdisjoint(self.inside) or not CLOSED.isdisjoint(self.inside):
            self.written.append(data)
        else:
            self.written.append(pattern().sub(self._linked, data))

    def _linked(self, match: re.Match[str]) -> str:
        anchor, meaning = words()[match[1].casefold()]
        if anchor in self.met:
            return match[0]
        self.met.add(anchor)
        return f'<a class="term" href="{self.glossary}#{anchor}" title="{escape(meaning)}">{match[0]}</a>'

    def handle_entityref(self, name: str) -> None:
        """Copy."""
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Copy."""
        self.written.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Copy."""
        self.written.append(f"<!--{data}-->")


def linked(html: str, glossary: str) -> str:
    """Give a page's HTML with its words linked to the glossary at that address."""
    parser = Linking(glossary)
    parser.feed(html)
    parser.close()
    return "".join(parser.written)


def explained(html: str, page: str) -> str:
    """Give a page's HTML with a link below each printed table to the page at that address."""
    link = f'<p class="explained"><a href="{page}">How to read the table</a></p>'
    return FENCE.sub(lambda match: match[0] + (link if HEAD.search(match[0]) else ""), html)


def on_page_content(html: str, page: Any, **_given: Any) -> str:  # noqa: ANN401 - as mkdocs calls it
    """Link the tables and the words of one page; the two pages that explain them stay without links to themselves."""
    if page.url != TABLE:
        html = explained(html, get_relative_url(TABLE, page.url))
    return html if page.url == PLACE else linked(html, get_relative_url(PLACE, page.url))
