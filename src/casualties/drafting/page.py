"""A draft as one page of HTML: the text with its proposals marked, a card for each, and the accepted ledger to save."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casualties._text import digest, own_file, template
from casualties.drafting.draft import Draft
from casualties.drafting.file import DraftFile, doubts_of
from casualties.drafting.proposal import Proposal
from casualties.model.claim import Stance

__all__ = ["to_html"]


def to_html(draft: Draft, written: str, *, title: str = "text") -> str:
    """Write a page that stands alone and asks no host for anything; nothing in the text can run in it.

    Args:
        draft: The draft.
        written: Its file, as `dumps` writes it.
        title: What the text is called.

    Examples:
        >>> import casualties as cs
        >>> from casualties.drafting.file import dumps
        >>> draft = cs.draft("Three soldiers were killed, the <b>army</b> said.")
        >>> page = to_html(draft, dumps(draft))
        >>> '<a href="#card-1" aria-label="Proposal 1">Three</a></mark> soldiers' in page, "<b>" in page
        (True, False)
    """
    blocks = DraftFile.loads(written) if len(draft) else None
    head = "\n".join(blocks.head) if blocks is not None else written
    entries = [block.entry for block in blocks.blocks] if blocks is not None else []
    style, script = own_file("casualties.drafting", "draft.css"), own_file("casualties.drafting", "draft.js")
    return template("casualties.drafting", "draft.html").render(
        title=title,
        style=style,
        script=script,
        hashes={"style": digest(style), "script": digest(script)},
        pieces=list(_pieces(draft)),
        cards=[
            _card(number, proposal, entry)
            for number, (proposal, entry) in enumerate(zip(draft, entries, strict=True), 1)
        ],
        head=head,
    )


def _card(number: int, proposal: Proposal, entry: str) -> dict[str, Any]:
    harm = " or ".join(proposal.harm)
    said = {
        Stance.STATES: f"{proposal.figure} {harm}",
        Stance.DENIES: "a denial" if proposal.target is None else f"denial of [{proposal.target + 1}]",
        Stance.SILENT: f"no figure of {harm}",
    }
    return {
        "number": number,
        "headline": f"{proposal.source or 'the text itself'}: {said.get(proposal.stance, harm)}",
        "sentence": proposal.sentence,
        "unsure": doubts_of(proposal),
        "entry": entry,
    }


def _pieces(draft: Draft) -> Iterator[dict[str, Any]]:
    """Cut the text where proposals stand; of several at one place the first is marked."""
    at = 0
    for number, proposal in sorted(enumerate(draft, 1), key=lambda pair: (pair[1].place, pair[0])):
        start, end = proposal.place
        if start < at:
            continue
        yield {"text": draft.text[at:start], "number": 0}
        yield {"text": draft.text[start:end], "number": number}
        at = end
    yield {"text": draft.text[at:], "number": 0}
