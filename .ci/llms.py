"""Write docs/llms.txt, the list of the site's pages for programs that read: `python .ci/llms.py`."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "llms.txt"


def pages(nav: list[object]) -> list[str]:
    """List the pages of a part of the menu, in its order."""
    found: list[str] = []
    for each in nav:
        if isinstance(each, dict):
            for part in each.values():
                found += pages(part if isinstance(part, list) else [part])
        else:
            found.append(str(each))
    return found


def entry(page: str) -> str:
    """Give the line of a page: its title and its address beside llms.txt."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    text = re.sub(r"\A---\n.*?\n---\n+", "", text, flags=re.DOTALL)
    included = re.match(r'--8<-- "([^":]+)"$', text, re.MULTILINE)
    if included:
        text = (ROOT / included[1]).read_text(encoding="utf-8")
    return f"- [{text.partition(chr(10))[0].removeprefix('# ')}]({page.removesuffix('.md')}.html)"


def listing() -> str:
    """Give the text of llms.txt by the menu of the site."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    nav = yaml.safe_load(text[text.index("\nnav:") :])["nav"]
    about = re.search(r"^site_description: (.+)$", text, re.MULTILINE)
    lines = ["# casualties", "", f"> {about[1] if about else ''}.", ""]
    lines += ["A claim is never lost. Unknown is not zero. The order of reports never changes an answer.", ""]
    for section in nav:
        ((name, part),) = section.items()
        lines += [f"## {name}", "", *map(entry, pages(part if isinstance(part, list) else [part])), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(listing(), encoding="utf-8")
