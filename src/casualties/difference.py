"""What changed between two ledgers, or between two days, as lines that a desk editor could paste."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from casualties.model.claim import Claim, Stance
from casualties.model.ledger import Ledger
from casualties.model.subject import Subject
from casualties.reconciling.pairs import Dispute
from casualties.reconciling.position import Position
from casualties.results import Finding, Reconciliation, reconcile
from casualties.show.describe import capitalised, describe, describe_date, describe_harm

__all__ = ["Change", "ChangeKind", "Changes", "changes"]


class ChangeKind(StrEnum):
    """What happened between an older and a newer answer."""

    NEW_POSITION = "new position"
    REVISION = "revision"
    POSITION_GONE = "position gone"
    NEW_DISPUTE = "new dispute"
    DISPUTE_ENDED = "dispute ended"
    NEW_DENIAL = "new denial"
    NEW_SILENCE = "new silence"
    SILENCE_BROKEN = "silence broken"
    WITHDRAWN = "withdrawn"
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
        text: The change in one sentence.
        claims: Identities of the claims concerned, in order.
        source: The source concerned; ``None`` where several are.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> [str(each.kind) for each in cs.changes(seed.keeping([]), seed.by("akoush"))]
        ['new position', 'status']
    """

    kind: ChangeKind
    subject: Subject
    text: str
    claims: tuple[str, ...]
    source: str | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed, by subject and kind; prints as a list.

    Attributes:
        changes: The changes.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> print(cs.changes(seed, seed))
        Nothing changed.
    """

    changes: tuple[Change, ...]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __str__(self) -> str:
        return "\n".join(f"- {change}" for change in self.changes) or "Nothing changed."


def changes(older: Ledger | Reconciliation, newer: Ledger | Reconciliation) -> Changes:
    """Say what changed from one answer to another: positions, revisions, disputes, denials and silences.

    For two days of one ledger give the two reconciliations.  A claim that changed nothing else is listed as a new
    claim, so that none goes by unseen.

    Args:
        older: The ledger or result to start from.
        newer: The ledger or result to arrive at.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> for change in cs.changes(seed.by("akoush"), seed.by("akoush") | seed.by("unnamed")):
        ...     print(change)
        Killed: Syrian mercenaries: reports states up to 25 to 30 September 2020; it had stated nothing.
        Killed: Syrian mercenaries: now compatible, before single source.
    """
    before, after = (each if isinstance(each, Reconciliation) else reconcile(each) for each in (older, newer))
    old = {finding.subject: finding for finding in before}
    new = {finding.subject: finding for finding in after}
    found: list[Change] = []
    for subject in sorted({*old, *new}, key=lambda subject: subject.key):
        teller = _Teller(subject, old.get(subject), new.get(subject), after if subject in new else before)
        found += sorted(teller.tell(), key=lambda change: (_ORDER[change.kind], change.source or "", change.claims))
    return Changes(tuple(found))


class _Teller:
    """What changed on one subject."""

    def __init__(self, subject: Subject, old: Finding | None, new: Finding | None, result: Reconciliation) -> None:
        self.subject = subject
        self.old = old
        self.new = new
        self.sources = result.view.sources
        who = describe(subject, result.view.words, inline=True)
        self.heading = f"{capitalised(describe_harm(subject.harm, result.view.words))}: {who}"

    def tell(self) -> Iterator[Change]:
        seen: set[str] = set()
        for each in (*self._positions(), *self._disputes(), *self._statements(), *self._status()):
            seen.update(each.claims)
            yield each
        yield from self._claims(seen)

    def _say(self, kind: ChangeKind, text: str, claims: tuple[str, ...], source: str | None = None) -> Change:
        return Change(kind, self.subject, f"{self.heading}: {text}.", tuple(sorted(set(claims))), source)

    def _name(self, source: str) -> str:
        known = self.sources.get(source)
        return known.name if known else source

    def _positions(self) -> Iterator[Change]:
        old = _by_source(self.old)
        new = _by_source(self.new)
        silent = {claim.source: claim for claim in (self.old.silences if self.old else ())}
        for source in sorted({*old, *new}):
            name, before, after = self._name(source), old.get(source, []), new.get(source, [])
            if [_said(each) for each in before] == [_said(each) for each in after]:
                continue
            ids = tuple(claim.id for each in (*before, *after) for claim in each.claims)
            if not before and source in silent:
                text = f"{name} breaks its silence and {_told(after)}"
                yield self._say(ChangeKind.SILENCE_BROKEN, text, (*ids, silent[source].id), source)
            elif not before:
                yield self._say(ChangeKind.NEW_POSITION, f"{name} {_told(after)}; it had stated nothing", ids, source)
            elif not after:
                withdrawn = self.new is not None and any(
                    self.new.fates.get(claim.id) == "withdrawn" for each in before for claim in each.claims
                )
                kind = ChangeKind.WITHDRAWN if withdrawn else ChangeKind.POSITION_GONE
                act = "withdraws what it stated" if withdrawn else "no longer has a position"
                yield self._say(kind, f"{name} {act}: it {_told(before, past=True)}", ids, source)
            else:
                text = f"{name} now {_told(after)}; before it {_told(before, past=True)}"
                yield self._say(ChangeKind.REVISION, text + _direction(before, after), ids, source)

    def _disputes(self) -> Iterator[Change]:
        old = {_parties(each): each for each in (self.old.disputes if self.old else ())}
        new = {_parties(each): each for each in (self.new.disputes if self.new else ())}
        for parties in sorted({*old, *new}):
            if (parties in old) == (parties in new):
                continue
            each = new.get(parties) or old[parties]
            lower, upper = (" and ".join(map(self._name, voice.sources)) for voice in (each.lower, each.upper))
            said = f"{lower} ({each.lower.figure}) and {upper} ({each.upper.figure})"
            if parties in new:
                yield self._say(ChangeKind.NEW_DISPUTE, f"{said} share no count, by {each.gap}", each.claims)
            else:
                yield self._say(ChangeKind.DISPUTE_ENDED, f"{said} no longer contradict each other", each.claims)

    def _statements(self) -> Iterator[Change]:
        denied = {each.claim.id for each in (self.old.denials if self.old else ())}
        for denial in self.new.denials if self.new else ():
            if denial.claim.id not in denied:
                aspect = f" the {denial.aspect}" if denial.aspect else ""
                source = denial.claim.source
                yield self._say(
                    ChangeKind.NEW_DENIAL, f"{self._name(source)} denies{aspect}", (denial.claim.id,), source
                )
        silent = {each.id for each in (self.old.silences if self.old else ())}
        for claim in self.new.silences if self.new else ():
            if claim.id not in silent:
                name = self._name(claim.source)
                yield self._say(ChangeKind.NEW_SILENCE, f"{name} gives no figure", (claim.id,), claim.source)

    def _status(self) -> Iterator[Change]:
        before = self.old.status if self.old else None
        after = self.new.status if self.new else None
        if before == after or (after == "unreported" and before is None) or (self.old is None and not self.new):
            return
        text = f"now {after or 'not in the ledger'}" + (f", before {before}" if before else "")
        yield self._say(ChangeKind.STATUS, text, ())

    def _claims(self, told: set[str]) -> Iterator[Change]:
        old = {claim.id: claim for claim in (self.old.claims if self.old else ())}
        new = {claim.id: claim for claim in (self.new.claims if self.new else ())}
        for identity in sorted({*old, *new}):
            claim = new.get(identity) or old[identity]
            if identity in old and identity in new:
                more = len(new[identity].citations) - len(set(old[identity].citations) & set(new[identity].citations))
                if more:
                    what = "a further report" if more == 1 else f"{more} further reports"
                    text = f"what {_claimed(self._name(claim.source), claim)} is read in {what}"
                    yield self._say(ChangeKind.NEW_CITATION, text, (identity,), claim.source)
            elif identity not in told:
                kind = ChangeKind.NEW_CLAIM if identity in new else ChangeKind.CLAIM_GONE
                act = "is new and changes nothing else" if identity in new else "is gone"
                text = f"what {_claimed(self._name(claim.source), claim)} {act}"
                yield self._say(kind, text, (identity,), claim.source)


def _by_source(finding: Finding | None) -> dict[str, list[Position]]:
    by_source: dict[str, list[Position]] = {}
    for position in finding.positions if finding else ():
        by_source.setdefault(position.source, []).append(position)
    return by_source


def _said(position: Position) -> tuple[object, ...]:
    return (position.figure, position.until, position.denies, position.flags, tuple(c.id for c in position.claims))


def _told(positions: list[Position], *, past: bool = False) -> str:
    said = []
    for position in positions:
        if position.denies:
            said.append("denied that it happened" if past else "denies that it happened")
        else:
            day = f" to {describe_date(position.until)}" if position.until else ""
            said.append(f"{'stated' if past else 'states'} {position.figure}{day}")
    return " and ".join(said)


def _direction(before: list[Position], after: list[Position]) -> str:
    if len(before) != 1 or len(after) != 1:
        return ""
    old, new = before[0].figure, after[0].figure
    if new.high is not None and new.high < old.low:
        return ", which is lower"
    if old.high is not None and new.low > old.high:
        return ", which is higher"
    return ""


def _parties(dispute: Dispute) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((dispute.lower.sources, dispute.upper.sources)))


def _claimed(name: str, claim: Claim) -> str:
    if claim.stance is Stance.STATES:
        return f"{name} states ({claim.figure})"
    return f"{name} {claim.stance.does}"
