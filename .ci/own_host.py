"""List what the pages of a built site would load from another host; exit status 1 where there is any.

A link that a reader may follow is no load. A script, a style, a font, an image or a frame is.
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
IN_STYLE = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*([^"')\s;]+)""", re.IGNORECASE)
LOADING = {"src", "srcset", "poster", "data", "background", "xlink:href", "manifest"}
LOADING_HREF = {"base", "image", "use"}
HARMLESS_LINK = {"canonical", "alternate", "author", "license", "next", "prev", "edit", "help", "search"}


class Loads(HTMLParser):
    """The addresses of other hosts that one page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes that make a browser ask for something."""
        values = {name: value or "" for name, value in attrs}
        relation = set(values.get("rel", "").lower().split())
        for name, value in values.items():
            loads = name in LOADING or (name == "href" and tag in LOADING_HREF)
            loads = loads or (name == "href" and tag == "link" and not (relation and relation <= HARMLESS_LINK))
            for address in value.split(",") if name == "srcset" else [value]:
                if loads and ELSEWHERE.match(address):
                    self.found.append(f"<{tag} {name}={address.strip()}>")
            if name == "style":
                self.found.extend(in_style(value))
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        """Leave a style sheet that stands in the page."""
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        """Look into a style sheet that stands in the page."""
        if self._in_style:
            self.found.extend(in_style(data))


def in_style(text: str) -> list[str]:
    """List the addresses of other hosts in a style sheet."""
    return [address for address in IN_STYLE.findall(text) if ELSEWHERE.match(address)]


def in_page(text: str) -> list[str]:
    """List what a page would load from another host."""
    page = Loads()
    page.feed(text)
    page.close()
    return page.found


def main(site: Path) -> int:
    """Look through a built site and print each finding with its file."""
    pages, styles = sorted(site.rglob("*.html")), sorted(site.rglob("*.css"))
    found = [(file, what) for file in pages for what in in_page(file.read_text(encoding="utf-8"))]
    found += [(file, what) for file in styles for what in in_style(file.read_text(encoding="utf-8"))]
    for file, what in found:
        print(f"{file.relative_to(site)}: {what}")
    print(f"{len(pages)} pages and {len(styles)} styles: {len(found)} loads from another host")
    return 1 if found or not pages else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
