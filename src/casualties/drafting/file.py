"""A draft as a ledger file: no claims, and every proposal as a comment to be taken out of its comment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from casualties.drafting.draft import Draft
from casualties.drafting.proposal import Doubt, Proposal
from casualties.errors import CasualtiesError, DraftError
from casualties.model.claim import Stance
from casualties.model.ledger import slug
from casualties.wording import parse_figure

__all__ = ["Block", "DraftFile", "doubts_of", "dumps"]

_PLAIN: Final = re.compile(r"[A-Za-z0-9][\w .–/()+’-]*[\w.)]|[A-Za-z0-9]")
_HEAD: Final = re.compile(r"# \[(?P<number>\d+)\](?P<skipped> skipped)? (?P<rest>.*)")
_OPEN: Final = "  - {"
_ITSELF: Final = "text-itself"
"""The key of the text as a source, where neither a source nor a publisher is named."""


def dumps(draft: Draft, *, name: str = "text", saved: str = "") -> str:
    """Write a draft as a valid ledger file of no claims.

    Under each quoted sentence stand what is unsure of it, and the entry of the claim as a comment.

    Args:
        draft: The draft.
        name: The name of the report in the file.
        saved: Where the text is kept, beside the file; then its citations can be checked.

    Examples:
        >>> import casualties as cs
        >>> text = dumps(cs.draft("At least 11 civilians were killed, the ministry said.", published="2020-09-30"))
        >>> print(text.splitlines()[-1])
        #  - {id: p1, source: ministry, killed: at least 11, victims: {status: civilian}, modality: reported, cited: {report: text, locator: characters 1–11, words: At least 11}}
    """  # noqa: E501 - an entry is one line
    handle = slug(name) or "text"
    report = {"publisher": draft.report.publisher, "title": draft.report.title, "published": draft.report.published}
    kept = {key: str(value) for key, value in {**report, "saved": saved or draft.report.saved}.items() if value}
    roles = sorted(draft.words.fighting_roles & {proposal.facets.get("role", "") for proposal in draft})
    left = sum(draft.left_out.values())
    counts = ", ".join(f"{count} {doubt}" for doubt, count in draft.left_out.items())
    lines = [
        "# Proposed claims: nothing here is a claim until you take the # off its line, and mend what is unsure.",
        "# Add sides, kinds of sources and groups as in any ledger file.",
        *([f"# {left} more left out: {counts}. Draft again with --all to see them."] if left else []),
        "casualties: 1",
        *(["roles:", *(f"  {role}: {{status: combatant}}" for role in roles)] if roles else []),
        *(["sources:"] if len(draft) else []),
        *([f"  {_ITSELF}: {{name: the text itself}}"] if not all(map(draft.source_key, range(len(draft)))) else []),
    ]
    for source in draft.sources():
        fields = {"name": source.name, **({"kind": str(source.kinds[0])} if source.kinds else {})}
        lines.append(f"  {_scalar(source.key)}: {_map(fields)}")
    lines += ["reports:", f"  {handle}: {_map(kept)}"]
    if draft.report.published is not None:
        lines += [f"defaults: {{stated: {draft.report.published}}}"]
    lines += ["claims:"]
    for place, proposal in enumerate(draft):
        lines += _block(draft, place, proposal, handle)
    return "\n".join(lines) + "\n"


def _block(draft: Draft, place: int, proposal: Proposal, handle: str) -> list[str]:
    """Write a proposal: its sentence, its doubts, and its entry as a comment."""
    quoted = json.dumps(" ".join(proposal.sentence.split()), ensure_ascii=False)
    doubts = [f"#     unsure: {doubt}" for doubt in doubts_of(proposal)]
    return [f"# [{place + 1}] {quoted}", *doubts, f"#{_OPEN[:-1]}{_map(_entry(draft, place, proposal, handle))}"]


def doubts_of(proposal: Proposal) -> list[str]:
    """Say what is unsure of a proposal, each with the number of the proposal to which it points.

    Examples:
        >>> import casualties as cs
        >>> doubts_of(cs.draft("Police said 16 people, including three children, died on 3 May 2024.")[1])
        ['a part of another count ([1])']
    """
    links = {Doubt.PART: proposal.part_of, Doubt.TOLD_AGAIN: proposal.again, Doubt.TARGET: proposal.target}
    named = ((doubt, links.get(doubt)) for doubt in proposal.unsure)
    return [doubt.says if link is None else f"{doubt.says} ([{link + 1}])" for doubt, link in named]


def _entry(draft: Draft, place: int, proposal: Proposal, handle: str) -> dict[str, Any]:
    """Give the entry of a claim as the file has it."""
    harm = "-or-".join(proposal.harm)
    entry: dict[str, Any] = {"id": f"p{place + 1}", "source": draft.source_key(place) or _ITSELF}
    if proposal.stance is Stance.STATES:
        entry[harm] = _count(proposal)
    elif proposal.stance is Stance.SILENT:
        entry |= {"silent": harm, "silence": str(proposal.silence)}
    elif proposal.target is not None:
        entry["denies"] = f"p{proposal.target + 1}"
    else:
        entry["denies"] = harm
    if proposal.target is None:
        if proposal.facets:
            entry["victims"] = dict(proposal.facets)
        if proposal.perpetrator:
            entry["perpetrator"] = slug(proposal.perpetrator)
        entry |= {name: str(day) for name in ("since", "until") if (day := getattr(proposal, name)) is not None}
    entry |= {name: str(value) for name in ("stated", "modality", "aspect") if (value := getattr(proposal, name))}
    read = [*proposal.inferred, *(["period"] if Doubt.DAY_OF_BEGINNING in proposal.unsure else [])]
    if read and proposal.target is None:
        entry["our_reading"] = read
    start, end = proposal.place
    cited = {"report": handle, "locator": f"characters {start + 1}–{end}", "words": " ".join(proposal.words.split())}
    relays = [" ".join(relay.split()) for relay in proposal.relays]
    entry["cited"] = [{**cited, "relays": relay} for relay in relays] if len(relays) > 1 else cited
    if len(relays) == 1:
        entry["cited"] = {**cited, "relays": relays[0]}
    return entry


def _count(proposal: Proposal) -> Any:  # noqa: ANN401 - words or a map
    """Give the words of a count, or its ends where the default lexicon reads the words otherwise."""
    words = " ".join(proposal.count.split())
    if proposal.interval is not None:
        return words
    try:
        if parse_figure(words) == proposal.figure:
            return words
    except CasualtiesError:
        pass
    figure = proposal.figure
    ends = {} if figure is None else {"low": figure.low, "high": figure.high, "best": figure.best}
    return {name: str(end) for name, end in ends.items() if end is not None}


def _map(fields: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{_scalar(key)}: {_value(value)}" for key, value in fields.items()) + "}"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return _map(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """Write a text so that the file has it as it is."""
    return (
        text
        if _PLAIN.fullmatch(text) and ": " not in text and " #" not in text
        else json.dumps(text, ensure_ascii=False)
    )


@dataclass(frozen=True, slots=True)
class Block:
    r"""One proposal in a file.

    Attributes:
        number: Its number, from 1.
        lines: Its comments: the sentence, and what is unsure.
        entry: The entry of the claim, without the mark of a comment.
        state: ``open``, ``accepted`` or ``skipped``.

    Examples:
        >>> DraftFile.loads("claims:\n# [1] 'Three died.'\n#  - {source: a, killed: three}\n").blocks[0].state
        'open'
    """

    number: int
    lines: tuple[str, ...]
    entry: str
    state: str


@dataclass(frozen=True, slots=True)
class DraftFile:
    r"""A draft file between two sittings: what stands before the claims, and a block for each proposal.

    Attributes:
        head: The lines up to ``claims:``.
        blocks: The proposals, each open, accepted or skipped.

    Examples:
        >>> file = DraftFile.loads("casualties: 1\nclaims:\n# [1] 'Three died.'\n#  - {source: a, killed: three}\n")
        >>> print(file.decided(1, "accepted").dumps(), end="")
        casualties: 1
        claims:
        # [1] 'Three died.'
          - {source: a, killed: three}
    """

    head: tuple[str, ...]
    blocks: tuple[Block, ...]

    @classmethod
    def loads(cls, text: str) -> DraftFile:
        r"""Read a draft file, with whatever a person has done to it by hand.

        Raises:
            DraftError: If no proposal stands in it.

        Examples:
            >>> DraftFile.loads("casualties: 1\n")
            Traceback (most recent call last):
            ...
            casualties.errors.DraftError: the file: no proposal stands in it
            Hint: write one with casualties draft TEXT -o FILE
        """
        lines = text.splitlines()
        starts = [place for place, line in enumerate(lines) if _HEAD.fullmatch(line)]
        if not starts:
            raise DraftError(
                "the file: no proposal stands in it", "no-draft", "write one with casualties draft TEXT -o FILE"
            )
        blocks = [_read_block(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
        return cls(tuple(lines[: starts[0]]), tuple(blocks))

    def next_open(self) -> Block | None:
        r"""Give the first proposal that nobody decided on.

        Examples:
            >>> file = DraftFile.loads("claims:\n# [1] skipped 'Three died.'\n#  - {source: a, killed: three}\n")
            >>> file.next_open() is None
            True
        """
        return next((block for block in self.blocks if block.state == "open"), None)

    def decided(self, number: int, state: str, entry: str | None = None) -> DraftFile:
        r"""Give the same file with one proposal accepted or skipped, and its entry as a person wrote it.

        Examples:
            >>> file = DraftFile.loads("claims:\n# [1] 'Three died.'\n#  - {source: a, killed: three}\n")
            >>> file.decided(1, "accepted", "- {source: b, killed: 3}").blocks[0].entry
            '- {source: b, killed: 3}'
        """
        blocks = [
            replace(block, state=state, entry=entry or block.entry) if block.number == number else block
            for block in self.blocks
        ]
        return replace(self, blocks=tuple(blocks))

    def dumps(self) -> str:
        r"""Write the file: accepted entries are claims, all others comments.

        Examples:
            >>> text = "claims:\n# [1] 'Three died.'\n#  - {source: a, killed: three}\n"
            >>> DraftFile.loads(text).dumps() == text
            True
        """
        return "\n".join([*self.head, *(line for block in self.blocks for line in _lines(block))]) + "\n"


def _read_block(lines: list[str]) -> Block:
    head = _HEAD.fullmatch(lines[0])
    comments = [f"# [{head['number']}] {head['rest']}"] if head else []
    entry: list[str] = []
    accepted = False
    for line in lines[1:]:
        if line.startswith("#  - ") and not entry:
            entry.append(line[1:].strip())
        elif line.startswith("#") or not line.strip():
            comments.append(line)
        else:
            accepted = True
            entry.append(line[2:] if entry else line.strip())
    state = "accepted" if accepted else "skipped" if head and head["skipped"] else "open"
    return Block(int(head["number"]) if head else 0, tuple(comments), "\n".join(entry), state)


def _lines(block: Block) -> Iterator[str]:
    first, *others = block.lines
    mark = f"# [{block.number}]"
    yield first.replace(mark, f"{mark} skipped", 1) if block.state == "skipped" else first
    yield from others
    sign = "  " if block.state == "accepted" else "#  "
    yield from (f"{sign}{line}" for line in block.entry.split("\n"))
