"""Draw the pictures of the pages when the site is built.

A line `<!-- picture: NAME -->` stands for one of `PICTURES`, and `<!-- picture -->` for the value of the last line
of the Python above it, which is run in the order of its page.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
from collections.abc import Callable
from html import escape
from typing import Any, Final

import casualties as cs
from casualties.results import Finding
from casualties.show.plots import Plot, night

LINE: Final = re.compile(r"^<!-- picture: ([\w-]+) -->$", re.MULTILINE)


def first_days() -> cs.Reconciliation:
    """Reconcile the seed of the first four days."""
    return cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))


def armenian_soldiers() -> Finding:
    """Give what was said of the Armenian side's soldiers in the whole war."""
    war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war"))
    return max(war.about(side="armenian", status="combatant"), key=lambda finding: len(finding.claims))


PICTURES: Final[dict[str, Callable[[], Plot]]] = {
    "first-days": lambda: first_days().plot(),
    "mercenaries-support": lambda: first_days().one(role="mercenary").plot("support"),
    "war-who-says-what": lambda: armenian_soldiers().plot(),
    "war-toll": lambda: armenian_soldiers().plot("how-the-toll-moved"),
    "war-codebooks": lambda: armenian_soldiers().plot("codebooks"),
}


FENCE: Final = re.compile(r"^```python\n(.*?)^```$|^<!-- picture -->$", re.MULTILINE | re.DOTALL)


def figure(plot: Plot) -> str:
    """Write a picture with its text, in the colours of the reader's scheme."""
    words = "".join(f"<p>{escape(line)}</p>" for line in plot.alt.splitlines())
    style = "".join(night('[data-md-color-scheme="slate"] .picture svg').splitlines())
    return (
        f'<figure class="picture" style="margin:1em 0;max-width:100%;overflow-x:auto" tabindex="0">'
        f"<style>{style}</style>{plot.svg()}</figure>"
        f"<details><summary>The picture in words</summary>{words}</details>"
    )


def run(markdown: str) -> str:
    """Run the Python of a page, and draw the value of the last line above each picture."""
    names: dict[str, Any] = {}
    value: Any = None

    def replaced(match: re.Match[str]) -> str:
        nonlocal value
        if match[1] is None:
            return figure(value)
        *before, last = ast.parse(match[1]).body
        if not isinstance(last, ast.Expr):
            before.append(last)
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(ast.Module(before, []), "<page>", "exec"), names)  # noqa: S102 - the code of our own page
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), "<page>", "eval"), names)  # noqa: S307 - as above
        return match[0]

    return FENCE.sub(replaced, markdown)


def on_page_markdown(markdown: str, **_given: Any) -> str:  # noqa: ANN401 - as mkdocs calls it
    """Draw the pictures of one page."""
    if re.search(r"^<!-- picture -->$", markdown, re.MULTILINE):
        markdown = run(markdown)
    return LINE.sub(lambda match: figure(PICTURES[match[1]]()), markdown)
