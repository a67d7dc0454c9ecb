"""What changed on one subject, from its older findings and its newer one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from operator import attrgetter

from casualties._text import inert
from casualties.difference.change import Change, ChangeKind
from casualties.model.claim import Claim
from casualties.model.report import Citation
from casualties.model.subject import Subject
from casualties.reconciling.blame import Denial
from casualties.reconciling.pairs import Dispute
from casualties.reconciling.position import Position
from casualties.results import Finding
from casualties.show.describe import describe_same
from casualties.show.sentences import ChangeSentences, House, begin

__all__ = ["Teller", "paired", "subject_of"]


class Older:
    """What older findings say together of the claims that a newer one holds, and of those that no longer stand.

    Args:
        findings: The older findings.
        moved: Their claims that another newer finding holds.
    """

    def __init__(self, findings: Sequence[Finding], moved: Container[str] = ()) -> None:
        self.findings: Sequence[Finding] = findings
        self.claims: list[Claim] = [c for finding in findings for c in finding.claims if c.id not in moved]
        self.positions: list[Position] = [
            position
            for old in findings
            for position in old.positions
            if any(c.id not in moved for c in position.claims)
        ]
        self.silences: list[Claim] = [c for finding in findings for c in finding.silences if c.id not in moved]
        self.denials: list[Denial] = [d for finding in findings for d in finding.denials if d.claim.id not in moved]
        self.disputes: list[Dispute] = [pair for finding in findings for pair in finding.disputes]
        self.statuses: tuple[str, ...] = tuple(dict.fromkeys(str(finding.status) for finding in findings))
        self.same_events: tuple[str, ...] = tuple(sorted({key for finding in findings for key in finding.same_events}))


def paired(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[tuple[Older, Finding | None]]:
    """Pair each newer finding with the older ones on its subject or with claims of its own.

    A claim that is compared with others than before, since events were said to be one or a claim gave another day,
    has changed its finding and is not gone.
    """
    old = {finding.subject: finding for finding in before}
    held = {claim.id: finding.subject for finding in old.values() for claim in finding.claims}
    pairs = []
    for finding in after:
        subjects = {held[claim.id] for claim in finding.claims if claim.id in held} | ({finding.subject} & old.keys())
        pairs.append((sorted(subjects, key=attrgetter("key")), finding))
    owner = {claim.id: finding for _, finding in pairs for claim in finding.claims}
    for keys, finding in reversed(pairs):  # a claim that is gone is told where its finding is told first
        owner |= {c.id: finding for key in keys for c in old[key].claims if owner.get(c.id, finding) is finding}
    paired = set[Subject]()
    for keys, finding in pairs:
        paired.update(keys)
        olds = [old[key] for key in keys]
        yield Older(olds, {c.id for older in olds for c in older.claims if owner[c.id] is not finding}), finding
    for subject in old.keys() - paired:
        yield Older([old[subject]]), None


def subject_of(old: Older, new: Finding | None) -> Subject:
    return (new or old.findings[0]).subject


class Teller:
    """What changed on one subject.

    Args:
        heading: What it is called.
        old: What older findings say of it; several where their claims are now compared with one another.
        new: The newer finding; ``None`` where none of the claims is left.
    """

    def __init__(self, heading: str, old: Older, new: Finding | None) -> None:
        self.heading = heading
        self.old = old
        self.new = new
        self.subject = subject_of(old, new)
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
        for change in (
            *self._compared(),
            *self._positions(),
            *self._disputes(),
            *self._statements(),
            *self._status(),
        ):
            seen.update(change.claims)
            yield change
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
            if [_said(position) for position in before] == [_said(position) for position in after]:
                continue
            ids = [claim.id for position in (*before, *after) for claim in position.claims]
            if not before and source in silent:
                text = self.say.silence_broken(source, after)
                yield self._change(ChangeKind.SILENCE_BROKEN, text, (*ids, silent[source].id), source)
            elif not before:
                yield self._change(ChangeKind.NEW_POSITION, self.say.new_position(source, after), ids, source)
            elif not after:
                withdrawn = self.new is not None and any(
                    self.new.fates.get(claim.id) == "withdrawn" for position in before for claim in position.claims
                )
                kind = ChangeKind.WITHDRAWN if withdrawn else ChangeKind.POSITION_GONE
                acts = (
                    [claim.id for claim in (self.new.claims if self.new else ()) if claim.target in ids]
                    if withdrawn
                    else []
                )
                yield self._change(kind, self.say.gone(source, before, withdrawn=withdrawn), (*ids, *acts), source)
            else:
                yield self._change(ChangeKind.REVISION, self.say.revision(source, before, after), ids, source)

    def _disputes(self) -> Iterator[Change]:
        old = {_parties(dispute): dispute for dispute in self.old.disputes}
        new = {_parties(dispute): dispute for dispute in (self.new.disputes if self.new else ())}
        for parties in sorted({*old, *new}):
            if (parties in old) != (parties in new):
                pair = new.get(parties) or old[parties]
                kind = ChangeKind.NEW_DISPUTE if parties in new else ChangeKind.DISPUTE_ENDED
                yield self._change(kind, self.say.dispute(pair, new=parties in new), pair.claims)

    def _statements(self) -> Iterator[Change]:
        denied = {denial.claim.id for denial in self.old.denials}
        claims = {claim.id for position in (self.new.positions if self.new else ()) for claim in position.claims}
        for denial in self.new.denials if self.new else ():
            if denial.claim.id not in denied | claims:
                text = self.say.claim(denial.claim)
                yield self._change(ChangeKind.NEW_DENIAL, text, (denial.claim.id,), denial.claim.source)
        silent = {silence.id for silence in self.old.silences}
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
        sentences = describe_same(self.new.same_events, self.new.identifications)
        text = "; ".join(sentences) or self.say.compared_apart(self.old.same_events)
        yield self._change(ChangeKind.EVENTS, text, ())

    def _is_new(self, citation: Citation) -> bool:
        """Tell whether a citation is new; at a moment nobody knows it of a report that is dated by the day alone."""
        published = citation.report.published if citation.report else None
        return not (self.hourly and published is not None and published.at is None)

    def _claims(self, said: set[str]) -> Iterator[Change]:
        old = {claim.id: claim for claim in self.old.claims}
        new = {claim.id: claim for claim in (self.new.claims if self.new else ())}
        for identity in sorted({*old, *new}):
            claim = new.get(identity) or old[identity]
            if identity in old and identity in new:
                more = sum(
                    self._is_new(citation) for citation in set(new[identity].citations) - set(old[identity].citations)
                )
                if more:
                    what = "a further report" if more == 1 else f"{House().number(more)} further reports"
                    text = f"{self.say.in_passing(claim)} is read in {what}"
                    yield self._change(ChangeKind.NEW_CITATION, text, (identity,), claim.source)
            elif identity not in said:
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
