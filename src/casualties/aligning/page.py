"""Proposals as one page of HTML: two rows side by side, four answers, and the identifications to save."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from importlib.resources import files

from jinja2 import Environment

from casualties.aligning.proposal import ProposedMatch
from casualties.aligning.review import figures_of, sides

__all__ = ["to_html"]


def to_html(matches: Iterable[ProposedMatch], *, by: str = "reviewer", title: str = "events") -> str:
    """Write a page that stands alone and asks no host for anything; nothing in a list can run in it.

    The figures of two rows are hidden until the question is answered.  What is answered is saved as a ledger of
    identifications, to be merged with the claims.

    Args:
        matches: The questions, such as those of `Alignment.ask`.
        by: Who answers.
        title: What the lists are called.

    Examples:
        >>> from casualties.aligning import ProposedMatch
        >>> from casualties.files.mapped import Event
        >>> match = ProposedMatch(Event("a-1", places=("<b>Barda",)), Event("b-7"), ("a", "b"), 0.9)
        >>> page = to_html([match])
        >>> "&lt;b&gt;Barda" in page, "<b>" in page
        (True, False)
    """
    style, script = _own("align.css"), _own("align.js")
    template = Environment(autoescape=True, keep_trailing_newline=True).from_string(_own("align.html"))
    cards = [
        {
            "number": number,
            "match": match,
            "sides": sides(match),
            "figures": figures_of(match),
            "reasons": [str(reason) for reason in match.reasons],
        }
        for number, match in enumerate(matches, 1)
    ]
    return template.render(
        title=title,
        by=by,
        style=style,
        script=script,
        hashes={"style": _hash(style), "script": _hash(script)},
        cards=cards,
    )


def _own(name: str) -> str:
    return files("casualties.aligning").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
