"""What changed between two ledgers, or between two days, as lines that a desk editor could paste."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from casualties._markup import table_of
from casualties._text import counted, inert, inert_json
from casualties.errors import CasualtiesError
from casualties.model.claim import Claim
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.report import Citation
from casualties.model.subject import Subject
from casualties.reconciling.blame import Denial
from casualties.reconciling.knowledge import moment_in
from casualties.reconciling.pairs import Dispute
from casualties.reconciling.position import Position
from casualties.results import Finding, Reconciliation, reconcile
from casualties.show.describe import describe_date, describe_same
from casualties.show.markdown import escaped
from casualties.show.sentences import ChangeSentences, House, begin, headings, left_out_told
from casualties.show.text import WIDTH, words

__all__ = ["Change", "ChangeKind", "Changes", "changes"]


class ChangeKind(StrEnum):
    """What happened between an older and a newer answer.

    ``events`` says that claims on other events are compared with these, or no longer are.
    """

    NEW_POSITION = "new position"
    REVISION = "revision"
    POSITION_GONE = "position gone"
    NEW_DISPUTE = "new dispute"
    DISPUTE_ENDED = "dispute ended"
    NEW_DENIAL = "new denial"
    NEW_SILENCE = "new silence"
    SILENCE_BROKEN = "silence broken"
    WITHDRAWN = "withdrawn"
    EVENTS = "events"
    STATUS = "status"
    NEW_CLAIM = "new claim"
    CLAIM_GONE = "claim gone"
    NEW_CITATION = "new citation"


_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    Attributes:
        kind: What happened.
        subject: What is counted.
        heading: What is counted, in words that no other subject of these changes has.
        said: The change in one sentence, without the heading.
        claims: Identities of the claims concerned, in order.
        source: The source concerned; ``None`` where several are.
        at: When what is new in it was said, where the hour is known.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> [str(each.kind) for each in cs.changes(seed.keeping([]), seed.by("akoush"))]
        ['new position', 'status']
    """

    kind: ChangeKind
    subject: Subject
    heading: str
    said: str
    claims: tuple[str, ...]
    source: str | None = None
    at: datetime | None = None

    def __repr__(self) -> str:
        return f"<Change {str(self.kind)!r}: {self.said}>"

    @property
    def text(self) -> str:
        """The change with its heading, as it may stand alone.

        Examples:
            >>> import casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> print(next(iter(cs.changes(seed.keeping([]), seed.by("akoush")))).text)
            Killed: Syrian mercenaries: Hussein Akoush says at least two; it had given no figure.
        """
        return f"{self.heading}: {self.said}"

    def to_dict(self) -> dict[str, object]:
        """Give the change as plain data.

        Examples:
            >>> import casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> sorted(next(iter(cs.changes(seed.keeping([]), seed))).to_dict())
            ['at', 'claims', 'heading', 'kind', 'said', 'source', 'subject']
        """
        return {
            "kind": str(self.kind),
            "subject": str(self.subject),
            "heading": self.heading,
            "said": self.said,
            "claims": list(self.claims),
            "source": self.source,
            "at": self.at.isoformat() if self.at else None,
        }

    def __str__(self) -> str:
        return self.text


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
        told = f"Since {describe_date(self.since)}: {counted(len(self.changes), 'change')}"
        subjects = len({change.heading for change in self.changes})
        told += f" on {counted(subjects, 'subject')}." if self.changes else "."
        if self.left_out:
            told += f" {left_out_told(self.left_out)}; what that day brought counts as new."
        return [told]

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
        lines = [line for told in self._head() for line in words(told, width)]
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
        blocks = [escaped(told) for told in self._head()]
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
        found = {
            "since": None if self.since is None else str(self.since),
            "left_out": self.left_out,
            "changes": [change.to_dict() for change in self.changes],
        }
        return inert_json(json.dumps(found, ensure_ascii=False, indent=2))

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
            each if isinstance(each, Reconciliation) else reconcile(each) for each in (older, newer) if each is not None
        )
    pairs = sorted(_paired(before, after), key=lambda pair: _subject(*pair).key)
    titles = headings((_subject(*pair) for pair in pairs), after.view.words)
    found: list[Change] = []
    for old, new in pairs:
        teller = _Teller(titles[_subject(old, new)], old, new)
        found += sorted(teller.tell(), key=lambda change: (_ORDER[change.kind], change.source or "", change.claims))
    return Changes(tuple(found), moment, before.view.left_out_by_hour)


class _Older:
    """What older findings say together of the claims that a newer one holds, and of those that no longer stand.

    Args:
        findings: The older findings.
        moved: Their claims that another newer finding holds.
    """

    def __init__(self, findings: Sequence[Finding], moved: Container[str] = ()) -> None:
        self.findings: Sequence[Finding] = findings
        self.claims: list[Claim] = [c for each in findings for c in each.claims if c.id not in moved]
        self.positions: list[Position] = [
            each for old in findings for each in old.positions if any(c.id not in moved for c in each.claims)
        ]
        self.silences: list[Claim] = [c for each in findings for c in each.silences if c.id not in moved]
        self.denials: list[Denial] = [d for each in findings for d in each.denials if d.claim.id not in moved]
        self.disputes: list[Dispute] = [pair for each in findings for pair in each.disputes]
        self.statuses: tuple[str, ...] = tuple(dict.fromkeys(str(each.status) for each in findings))
        self.same_events: tuple[str, ...] = tuple(sorted({key for each in findings for key in each.same_events}))


def _paired(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[tuple[_Older, Finding | None]]:
    """Pair each newer finding with the older ones on its subject or with claims of its own.

    A claim that is compared with others than before, since events were said to be one or a claim gave another day,
    has changed its finding and is not gone.
    """
    old = {finding.subject: finding for finding in before}
    held = {claim.id: finding.subject for finding in old.values() for claim in finding.claims}
    found = []
    for finding in after:
        subjects = {held[claim.id] for claim in finding.claims if claim.id in held} | ({finding.subject} & old.keys())
        found.append((sorted(subjects, key=attrgetter("key")), finding))
    owner = {claim.id: finding for _, finding in found for claim in finding.claims}
    for keys, finding in reversed(found):  # a claim that is gone is told where its finding is told first
        owner |= {c.id: finding for each in keys for c in old[each].claims if owner.get(c.id, finding) is finding}
    paired = set[Subject]()
    for keys, finding in found:
        paired.update(keys)
        olds = [old[each] for each in keys]
        yield _Older(olds, {c.id for each in olds for c in each.claims if owner[c.id] is not finding}), finding
    for subject in old.keys() - paired:
        yield _Older([old[subject]]), None


def _subject(old: _Older, new: Finding | None) -> Subject:
    return (new or old.findings[0]).subject


class _Teller:
    """What changed on one subject.

    Args:
        heading: What it is called.
        old: What older findings say of it; several where their claims are now compared with one another.
        new: The newer finding; ``None`` where none of the claims is left.
    """

    def __init__(self, heading: str, old: _Older, new: Finding | None) -> None:
        self.heading = heading
        self.old = old
        self.new = new
        self.subject = _subject(old, new)
        self.say = ChangeSentences(new or old.findings[0])
        known_on = old.findings[0].view.known_on if old.findings else None
        self.hourly = known_on is not None and known_on.at is not None
        known = {claim.id for claim in self.old.claims}
        self.moments = {
            claim.id: claim.known.at
            for claim in (new.claims if new else ())
            if claim.id not in known and claim.known and claim.known.at
        }

    def tell(self) -> Iterator[Change]:
        seen: set[str] = set()
        for each in (
            *self._compared(),
            *self._positions(),
            *self._disputes(),
            *self._statements(),
            *self._status(),
        ):
            seen.update(each.claims)
            yield each
        yield from self._claims(seen)

    def _change(self, kind: ChangeKind, text: str, claims: Iterable[str], source: str | None = None) -> Change:
        named = tuple(sorted(set(claims)))
        hours = [self.moments[claim] for claim in named if claim in self.moments]
        at = max(hours) if hours and kind in _SPOKEN else None
        return Change(kind, self.subject, self.heading, f"{inert(begin(self.say.view, text))}.", named, source, at)

    def _positions(self) -> Iterator[Change]:
        old = _by_source(self.old.positions)
        new = _by_source(self.new.positions if self.new else ())
        silent = {claim.source: claim for claim in self.old.silences}
        for source in sorted({*old, *new}):
            before, after = old.get(source, []), new.get(source, [])
            if [_said(each) for each in before] == [_said(each) for each in after]:
                continue
            ids = [claim.id for each in (*before, *after) for claim in each.claims]
            if not before and source in silent:
                text = self.say.silence_broken(source, after)
                yield self._change(ChangeKind.SILENCE_BROKEN, text, (*ids, silent[source].id), source)
            elif not before:
                yield self._change(ChangeKind.NEW_POSITION, self.say.new_position(source, after), ids, source)
            elif not after:
                withdrawn = self.new is not None and any(
                    self.new.fates.get(claim.id) == "withdrawn" for each in before for claim in each.claims
                )
                kind = ChangeKind.WITHDRAWN if withdrawn else ChangeKind.POSITION_GONE
                acts = (
                    [each.id for each in (self.new.claims if self.new else ()) if each.target in ids]
                    if withdrawn
                    else []
                )
                yield self._change(kind, self.say.gone(source, before, withdrawn=withdrawn), (*ids, *acts), source)
            else:
                yield self._change(ChangeKind.REVISION, self.say.revision(source, before, after), ids, source)

    def _disputes(self) -> Iterator[Change]:
        old = {_parties(each): each for each in self.old.disputes}
        new = {_parties(each): each for each in (self.new.disputes if self.new else ())}
        for parties in sorted({*old, *new}):
            if (parties in old) != (parties in new):
                pair = new.get(parties) or old[parties]
                kind = ChangeKind.NEW_DISPUTE if parties in new else ChangeKind.DISPUTE_ENDED
                yield self._change(kind, self.say.dispute(pair, new=parties in new), pair.claims)

    def _statements(self) -> Iterator[Change]:
        denied = {each.claim.id for each in self.old.denials}
        told = {claim.id for position in (self.new.positions if self.new else ()) for claim in position.claims}
        for denial in self.new.denials if self.new else ():
            if denial.claim.id not in denied | told:
                text = self.say.claim(denial.claim)
                yield self._change(ChangeKind.NEW_DENIAL, text, (denial.claim.id,), denial.claim.source)
        silent = {each.id for each in self.old.silences}
        for claim in self.new.silences if self.new else ():
            if claim.id not in silent:
                yield self._change(ChangeKind.NEW_SILENCE, self.say.claim(claim), (claim.id,), claim.source)

    def _status(self) -> Iterator[Change]:
        before = self.old.statuses
        after = self.new.status if self.new else None
        if before == (after,) or (after == "unreported" and not before):
            return
        text = f"now {after or 'not in the ledger'}" + (f", before {' and '.join(before)}" if before else "")
        yield self._change(ChangeKind.STATUS, text, ())

    def _compared(self) -> Iterator[Change]:
        """Say that claims are compared with others than before, and on whose word."""
        if self.new is None or self.old.same_events == self.new.same_events:
            return
        told = describe_same(self.new.same_events, self.new.identifications)
        text = "; ".join(told) or self.say.compared_apart(self.old.same_events)
        yield self._change(ChangeKind.EVENTS, text, ())

    def _is_new(self, citation: Citation) -> bool:
        """Tell whether a citation is new; at a moment nobody knows it of a report that is dated by the day alone."""
        published = citation.report.published if citation.report else None
        return not (self.hourly and published is not None and published.at is None)

    def _claims(self, told: set[str]) -> Iterator[Change]:
        old = {claim.id: claim for claim in self.old.claims}
        new = {claim.id: claim for claim in (self.new.claims if self.new else ())}
        for identity in sorted({*old, *new}):
            claim = new.get(identity) or old[identity]
            if identity in old and identity in new:
                more = sum(self._is_new(each) for each in set(new[identity].citations) - set(old[identity].citations))
                if more:
                    what = "a further report" if more == 1 else f"{House().number(more)} further reports"
                    text = f"{self.say.in_passing(claim)} is read in {what}"
                    yield self._change(ChangeKind.NEW_CITATION, text, (identity,), claim.source)
            elif identity not in told:
                kind = ChangeKind.NEW_CLAIM if identity in new else ChangeKind.CLAIM_GONE
                claimed = self.say.claim(claim)
                text = (
                    f"{claimed}; this changes nothing else"
                    if identity in new
                    else f"no longer in the ledger: {claimed}"
                )
                yield self._change(kind, text, (identity,), claim.source)


_SPOKEN = frozenset(
    {
        ChangeKind.NEW_POSITION,
        ChangeKind.REVISION,
        ChangeKind.NEW_DENIAL,
        ChangeKind.NEW_SILENCE,
        ChangeKind.SILENCE_BROKEN,
        ChangeKind.WITHDRAWN,
        ChangeKind.NEW_CLAIM,
    }
)
"""What somebody said, and so has an hour."""


def _by_source(positions: Iterable[Position]) -> dict[str, list[Position]]:
    by_source: dict[str, list[Position]] = {}
    for position in positions:
        by_source.setdefault(position.source, []).append(position)
    return by_source


def _said(position: Position) -> tuple[object, ...]:
    return (position.figure, position.denies, position.flags, tuple(c.id for c in position.claims))


def _parties(dispute: Dispute) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((dispute.lower.sources, dispute.upper.sources)))
