"""All that changed from an older to a newer answer, to print, write and look through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from casualties._text import counted, inert_json, table_of
from casualties.difference._telling import Teller, paired, subject_of
from casualties.difference.change import Change, ChangeKind
from casualties.errors import CasualtiesError
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.reconciling.knowledge import moment_in
from casualties.results import Reconciliation, reconcile
from casualties.show.describe import describe_date
from casualties.show.markdown import escaped
from casualties.show.sentences import headings, left_out_told
from casualties.show.text import WIDTH, words

__all__ = ["Changes", "changes"]


_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed, by subject and kind; prints as a list under the heading of each subject.

    Attributes:
        changes: The changes.
        since: The day or moment since which they are asked for; ``None`` between two ledgers or results.
        left_out: How many claims are dated by a day alone that was not over at that moment, and so count as new.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> print(cs.changes(seed, seed))
        Nothing changed.
    """

    changes: tuple[Change, ...]
    since: PartialDate | None = None
    left_out: int = 0

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def _groups(self) -> Iterator[tuple[str, list[Change]]]:
        for heading, members in groupby(self.changes, lambda change: change.heading):
            yield heading, list(members)

    def _head(self) -> list[str]:
        """Say since when, and what that leaves out."""
        if self.since is None:
            return []
        heading = f"Since {describe_date(self.since)}: {counted(len(self.changes), 'change')}"
        subjects = len({change.heading for change in self.changes})
        heading += f" on {counted(subjects, 'subject')}." if self.changes else "."
        if self.left_out:
            heading += f" {left_out_told(self.left_out)}; what that day brought counts as new."
        return [heading]

    def to_text(self, *, width: int = WIDTH) -> str:
        """Set the changes in lines, without a line end after the last.

        Args:
            width: Columns.

        Examples:
            >>> import casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> print(cs.changes(seed.keeping([]), seed.by("akoush")).to_text())
            Killed: Syrian mercenaries
            - Hussein Akoush says at least two; it had given no figure.
            - Now single source.
        """
        lines = [line for paragraph in self._head() for line in words(paragraph, width)]
        for heading, members in self._groups():
            lines += words(heading, width, "  ")
            for change in members:
                lines += words(f"- {_clock(change)}{change.said}", width, "  ")
        return "\n".join(lines) or "Nothing changed."

    def to_markdown(self) -> str:
        """Write the changes as Markdown, a heading for each subject and a list below it.

        Examples:
            >>> import casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> print(cs.changes(seed.keeping([]), seed.by("akoush")).to_markdown())
            ### Killed: Syrian mercenaries
            <BLANKLINE>
            - Hussein Akoush says at least two; it had given no figure.
            - Now single source.
        """
        blocks = [escaped(paragraph) for paragraph in self._head()]
        for heading, members in self._groups():
            lines = "\n".join(f"- {escaped(f'{_clock(change)}{change.said}')}" for change in members)
            blocks.append(f"### {escaped(heading)}\n\n{lines}")
        return "\n\n".join(blocks) or "Nothing changed."

    def to_json(self) -> str:
        """Write the changes as JSON.

        Examples:
            >>> import json, casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> json.loads(cs.changes(seed, seed).to_json())
            {'since': None, 'left_out': 0, 'changes': []}
        """
        fields = {
            "since": None if self.since is None else str(self.since),
            "left_out": self.left_out,
            "changes": [change.to_dict() for change in self.changes],
        }
        return inert_json(json.dumps(fields, ensure_ascii=False, indent=2))

    def _repr_html_(self) -> str:
        rows = [(change.heading, _clock(change).removesuffix(": "), change.said) for change in self.changes[:_SHOWN]]
        caption = " ".join(self._head()) or counted(len(self.changes), "change")
        left = len(self.changes) - len(rows)
        return table_of(caption, ("subject", "at", "what changed"), rows, left=left, noun="change")

    def __repr__(self) -> str:
        return f"<Changes: {counted(len(self.changes), 'change')}>"

    def __str__(self) -> str:
        return self.to_text()


_SHOWN = 50
"""How many changes a notebook shows."""


def _clock(change: Change) -> str:
    return f"{change.at:%H:%M}: " if change.at else ""


def changes(
    older: Ledger | Reconciliation,
    newer: Ledger | Reconciliation | None = None,
    *,
    since: PartialDate | date | str | None = None,
) -> Changes:
    """Say what changed from one answer to another: positions, revisions, disputes, denials and silences.

    A claim that changed nothing else is listed as a new claim, so that none goes by unseen.

    Args:
        older: The ledger or result to start from; with ``since`` the ledger, looked at then and now.
        newer: The ledger or result to arrive at; left out with ``since``.
        since: A day, a moment with its offset, or an hour such as ``18:00``, which is the last one before the newest
            dated statement.  What is dated by a day alone is known when that day is over.

    Raises:
        CasualtiesError: If neither a newer one nor ``since`` is given, or both, or a result with ``since``.
        ModelError: If ``since`` is no date and no hour.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> for change in cs.changes(seed.by("akoush"), seed.by("akoush") | seed.by("unnamed")):
        ...     print(change)
        Killed: Syrian mercenaries: Reports (unattributed) say as many as 25; they had given no figure.
        Killed: Syrian mercenaries: Now compatible, before single source.
        >>> len(cs.changes(seed, since="2020-09-29")), len(cs.changes(seed, since="2020-09-30"))
        (12, 0)
    """
    if (newer is None) == (since is None) or (since is not None and not isinstance(older, Ledger)):
        raise CasualtiesError(
            "changes: give two ledgers or results, or one ledger and since=",
            "wrong-arguments",
            "cs.changes(older, newer), or cs.changes(ledger, since='18:00')",
        )
    moment = None
    if since is not None and isinstance(older, Ledger):
        moment = moment_in(older, since)
        before, after = reconcile(older, known_on=moment), reconcile(older)
    else:
        before, after = (
            older_or_newer if isinstance(older_or_newer, Reconciliation) else reconcile(older_or_newer)
            for older_or_newer in (older, newer)
            if older_or_newer is not None
        )
    pairs = sorted(paired(before, after), key=lambda pair: subject_of(*pair).key)
    titles = headings((subject_of(*pair) for pair in pairs), after.view.words)
    told_changes: list[Change] = []
    for old, new in pairs:
        teller = Teller(titles[subject_of(old, new)], old, new)
        told_changes += sorted(
            teller.tell(), key=lambda change: (_ORDER[change.kind], change.source or "", change.claims)
        )
    return Changes(tuple(told_changes), moment, before.view.left_out_by_hour)
