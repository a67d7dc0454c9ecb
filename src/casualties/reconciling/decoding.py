"""What the kernel answers on one topic, as objects that name sources, claims and days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.model.subject import Subject
from casualties.reconciling.answered import answer_to, asked, day_of, figure_of, packed_of
from casualties.reconciling.confidence import LEVELS, Confidence, steps
from casualties.reconciling.encoding import Encoded, encode
from casualties.reconciling.estimate import Estimate, Outside
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel import reconcile
from casualties.reconciling.kernel.answer import Answer
from casualties.reconciling.kernel.claims import OPEN
from casualties.reconciling.one_topic import Slice, borne_out_by, context_of, level_in, part_of
from casualties.reconciling.pairs import Dispute, Disputes, FindingStatus, IndependentSource
from casualties.reconciling.position import (
    Fate,
    Flag,
    Position,
    interest,
    position_key,
    through_different_hands,
)
from casualties.reconciling.view import View
from casualties.reconciling.witness import Support, Witness

__all__ = ["Told", "answer_to", "positions_on"]

_FATES: Final = tuple(Fate)
_STATUS: Final = tuple(FindingStatus)
_ENDS: Final = (
    ("common", "low", out.COMMON_LOW),
    ("common", "high", out.COMMON_HIGH),
    ("undisputed", "low", out.UNDISPUTED_LOW),
    ("undisputed", "high", out.UNDISPUTED_HIGH),
    ("span", "low", out.SPAN_LOW),
    ("span", "high", out.SPAN_HIGH),
)


def positions_on(topic: Subject, view: View) -> tuple[Position, ...]:
    """Give where each source stands on a topic, as it is looked at.

    Examples:
        >>> import casualties as cs
        >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> [len(positions_on(topic, view)) for topic in view.index.subjects]
        [1, 1, 1, 0, 2]
    """
    encoded = encode(view, [topic])
    decoded = Told(topic, view)
    answer = part_of(reconcile(encoded.claims, encoded.context), 0, range(len(encoded.rows)))
    decoded.__dict__.update(encoded=encoded, _place=0, answer=answer)
    return decoded.positions


class Told:
    """The rows of the kernel's answer on one topic, and the objects that are made of them when they are asked for.

    Args:
        topic: The topic.
        view: The ledger as it is looked at.

    Examples:
        >>> import casualties as cs
        >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> [str(Told(topic, view).status) for topic in view.index.subjects][3:]
        ['unreported', 'compatible']
    """

    def __init__(self, topic: Subject, view: View) -> None:
        self.topic = topic
        self.view = view

    def __reduce__(self) -> tuple[type[Told], tuple[Subject, View]]:
        return Told, (self.topic, self.view)

    @cached_property
    def _place(self) -> int:
        return asked(self.view)[2][self.topic]

    @cached_property
    def encoded(self) -> Encoded:
        """What the kernel was given, of all topics."""
        return asked(self.view)[0]

    @cached_property
    def _all_rows(self) -> range:
        return self.encoded.rows_of(self._place)

    @cached_property
    def rows(self) -> tuple[Claim, ...]:
        """The claims of the topic, in the order of their rows."""
        return self.encoded.rows[self._all_rows.start : self._all_rows.stop]

    @cached_property
    def given(self) -> Slice:
        """The claims of the topic, as the kernel was given them."""
        return Slice(self.encoded.claims, self._all_rows, {})

    @cached_property
    def answer(self) -> Answer:
        """What the kernel answers on the topic."""
        return part_of(self._whole, self._place, self._all_rows)

    @cached_property
    def _whole(self) -> Answer:
        return answer_to(self.view)[1]

    @cached_property
    def status(self) -> FindingStatus:
        """The status."""
        _, reconciled, _ = asked(self.view)
        return _STATUS[int(reconciled.status[self._place])]

    @cached_property
    def as_of(self) -> PartialDate | None:
        """The finding's day."""
        return day_of(self._of("day"), self._of("day_latest"))

    @cached_property
    def fates(self) -> dict[str, Fate]:
        """What became of each claim."""
        return {claim.id: _FATES[fate] for claim, fate in zip(self.rows, self.answer.fates.fate, strict=True)}

    @cached_property
    def copies(self) -> dict[str, tuple[str, ...]]:
        """For each copy the claims, or the sources, that speak in its place."""
        voiced = {root for voice in self.independent_sources for root in voice.roots}
        speaking = {}
        for claim in self.rows:
            if self.fates[claim.id] is Fate.COPY:
                origin = self.view.origins.of(claim)
                speaking[claim.id] = origin.speaking or tuple(
                    name for kind, name in origin.roots if (kind, name) in voiced
                )
        return speaking

    @cached_property
    def common(self) -> Figure | None:
        """What all allow on the day."""
        return self._range("common")

    @cached_property
    def span(self) -> Figure | None:
        """The hull of all figures as said."""
        return self._range("span")

    @cached_property
    def undisputed(self) -> Figure | None:
        """What one bears out and nobody excludes."""
        return self._range("undisputed")

    def _range(self, name: str) -> Figure | None:
        low, high = self._of(f"{name}_low"), self._of(f"{name}_high")
        return None if high < 0 else figure_of(low, high)

    def _of(self, name: str) -> int:
        """Give what the kernel says of the topic in one column, without the rows of the others."""
        return int(getattr(self._whole.findings, name)[self._place])

    @cached_property
    def _rows_of(self) -> dict[int, list[int]]:
        by_position: dict[int, list[int]] = {}
        for row, position in enumerate(self.answer.fates.position):
            by_position.setdefault(position, []).append(row)
        return by_position

    def _claims(self, rows: Iterable[int]) -> tuple[Claim, ...]:
        return tuple(sorted((self.rows[row] for row in rows), key=lambda claim: claim.sort_key))

    @cached_property
    def _by_place(self) -> tuple[Position, ...]:
        """The positions, as the kernel lists them."""
        return tuple(map(self._position, range(len(self.answer.positions.topic))))

    @property
    def positions(self) -> tuple[Position, ...]:
        """Where each source stands, by count and source."""
        return tuple(sorted(self._by_place, key=position_key))

    def _position(self, place: int) -> Position:
        table, fates, view = self.answer.positions, self.answer.fates, self.view
        rows = self._rows_of.get(place, [])
        makes = [row for row in rows if fates.part[row] & out.MAKES]
        kept = [row for row in rows if fates.fate[row] != out.REPLACED]
        claims, versions = self._claims(makes), self._claims(kept)
        until = day_of(table.until[place], table.until_latest[place])
        high_until = day_of(table.high_until[place], table.high_until_latest[place])
        low, high, bits = table.low[place], table.high[place], table.flags[place]
        origins = [view.origins.of(claim) for claim in claims]
        alone = any(self.given.alone[row] for row in makes)
        bears = high_until == until or high == OPEN
        return Position(
            source=self.encoded.sources[table.source[place]],
            figure=figure_of(low, high if bears else OPEN, table.best[place]),
            until=until,
            assumed_day=all(claim.day_assumed for claim in claims if view.last_day(claim) == until),
            claims=claims,
            versions=versions if self._differ(kept) else (),
            replaced=self._claims(row for row in rows if fates.fate[row] == out.REPLACED),
            flags=self._flags(bits, rows, circle=alone and origins[0].circle, joint=not alone and _joint(origins)),
            interest=interest(self.encoded.sources[table.source[place]], self.topic, view.sources, view.words),
            roots=tuple(sorted({root for origin in origins for root in origin.roots})),
            rests=any(not origin.own for origin in origins),
            revised_from=None if table.revised_from[place] < 0 else table.revised_from[place],
            earlier=None if bears or high_until is None else (high >> 1, high_until),
        )

    def _differ(self, rows: list[int]) -> bool:
        """Tell whether versions of one series differ in their ends."""
        claims = self.given
        return any(
            (claims.low[one] >> 1, claims.high[one] >> 1) != (claims.low[other] >> 1, claims.high[other] >> 1)
            for place, one in enumerate(rows)
            for other in rows[:place]
            if claims.series[one] == claims.series[other]
        )

    def _flags(self, bits: int, rows: list[int], *, circle: bool, joint: bool) -> tuple[Flag, ...]:
        """Name the flags; versions that came through different hands were relayed differently."""
        flags = [Flag.JOINT] if joint else []
        ways = {self._through_hands(series) for series in self._differing(rows)} if bits & out.DIFFERS else set()
        if True in ways:
            flags.append(Flag.RELAYED_DIFFERENTLY)
        if bits & out.CONTRADICTS or False in ways:
            flags.append(Flag.CONTRADICTS_ITSELF)
        if bits & out.REVISED_DOWN:
            flags.append(Flag.REVISED_DOWN)
        if bits & out.OVERTAKES_ITSELF:
            flags.append(Flag.OVERTAKEN_BY_OWN_COUNT)
        return (*flags, Flag.CIRCLE) if circle else tuple(flags)

    def _differing(self, rows: list[int]) -> Iterator[list[int]]:
        """Give the versions of each series that leave no common count."""
        claims, part = self.given, self.answer.fates.part
        heard = [row for row in rows if part[row] & out.HEARD]
        for series in sorted({claims.series[row] for row in heard}):
            versions = [row for row in heard if claims.series[row] == series]
            if max(claims.low[row] >> 1 for row in versions) > min(claims.high[row] >> 1 for row in versions):
                yield versions

    def _through_hands(self, rows: list[int]) -> bool:
        return through_different_hands([self.rows[row] for row in rows], self.view.sources)

    @cached_property
    def _voices_by_place(self) -> tuple[IndependentSource, ...]:
        """The independent sources, as the kernel lists them."""
        return tuple(map(self._voice, range(len(self.answer.independents.topic))))

    @property
    def independent_sources(self) -> tuple[IndependentSource, ...]:
        """The independent sources, by count."""
        return tuple(sorted(self._voices_by_place, key=lambda voice: voice.sort_key))

    def _voice(self, place: int) -> IndependentSource:
        table, positions = self.answer.independents, self.answer.positions
        members = [position for position, of in enumerate(positions.independent) if of == place]
        all_ = sorted((self._by_place[member] for member in members), key=position_key)
        latest = sorted((self._by_place[member] for member in members if positions.latest[member]), key=position_key)
        until = day_of(table.until[place], table.until_latest[place])
        bears = (table.high_until[place], table.high_until_latest[place]) == (
            table.until[place],
            table.until_latest[place],
        )
        flags = {flag for position in latest for flag in position.flags}
        if table.flags[place] & out.DIFFERS and not flags & {Flag.RELAYED_DIFFERENTLY, Flag.CONTRADICTS_ITSELF}:
            flags.add(Flag.RELAYED_DIFFERENTLY)
        if table.flags[place] & out.DIVIDED:
            flags.add(Flag.DIVIDED)
        return IndependentSource(
            roots=tuple(sorted({root for position in all_ for root in position.roots})),
            positions=tuple(all_),
            latest=tuple(latest),
            figure=figure_of(table.low[place], table.high[place] if bears else OPEN, table.best[place]),
            until=until,
            flags=tuple(sorted(flags)),
            denies=bool(table.denies[place]),
            on_day=figure_of(table.day_low[place], table.day_high[place]),
            of_day=bool(table.of_day[place]),
            carried=bool(table.carried[place]),
            unattributed=bool(table.unattributed[place]),
            overtaken=bool(table.overtaken[place]),
            outlier=bool(table.outlier[place]),
        )

    @property
    def pairs(self) -> Disputes:
        """All pairs whose figures are apart, and the divided organs of one source, widest gap first."""
        return self._disputes(range(len(self.answer.pairs.topic)))

    def apart(self, kind: str) -> Disputes:
        """Give the pairs of one kind: ``dispute``, ``near``, ``overtaken``, ``assumed`` or ``divided``."""
        return self._disputes(self._kinds.get(kind, []))

    @cached_property
    def _kinds(self) -> Mapping[str, list[int]]:
        table = self.answer.pairs
        by_kind: dict[str, list[int]] = {}
        for row, (lower, upper) in enumerate(zip(table.lower, table.upper, strict=True)):
            kind = "dispute" if table.relation[row] == out.DISPUTE else "assumed"
            for name, holds in (("overtaken", table.overtaken[row]), ("near", table.near[row])):
                kind = name if holds else kind
            by_kind.setdefault("divided" if lower == upper else kind, []).append(row)
        return by_kind

    def _disputes(self, rows: Sequence[int]) -> Disputes:
        gaps = self.answer.pairs.gap
        return Disputes([gaps[row] for row in rows], lambda place: self._dispute(rows[place]))

    def _dispute(self, row: int) -> Dispute:
        table = self.answer.pairs
        return Dispute(
            lower=self._voices_by_place[table.lower[row]],
            upper=self._voices_by_place[table.upper[row]],
            gap=table.gap[row],
            number=table.number[row],
            lower_organ=self._organ(table.lower_organ[row]),
            upper_organ=self._organ(table.upper_organ[row]),
            assumed=table.relation[row] == out.APART,
            near=bool(table.near[row]),
            overtaken=bool(table.overtaken[row]),
            of_day=bool(table.of_day[row]),
        )

    def _organ(self, place: int) -> Position | None:
        return None if place < 0 else self._by_place[place]

    @cached_property
    def support(self) -> tuple[Support, ...]:
        """The ranges that most of the day allow."""
        table = self.answer.runs
        ends = [
            (voice.on_day.low, OPEN if voice.on_day.high is None else voice.on_day.high, voice)
            for voice in self.independent_sources
            if voice.of_day
        ]
        supports = []
        for row in range(len(table.topic)):
            figure = figure_of(table.low[row], table.high[row])
            start = figure.low
            allow = tuple([voice for low, high, voice in ends if low <= start <= high])
            supports.append(Support(figure, allow, tuple([voice for voice in allow if voice.figure.inside(figure)])))
        return tuple(supports)

    @cached_property
    def witnesses(self) -> tuple[Witness, ...]:
        """The claims that set each end of each range, and those who bear the undisputed ends out."""
        all_witnesses = []
        for name, end, bit in _ENDS:
            figure = self._range(name)
            if figure is None:
                continue
            low = end == "low"
            setting = {claim.id for claim, part in zip(self.rows, self.answer.fates.part, strict=True) if part & bit}
            carrying = [
                voice.carried
                for voice in self.independent_sources
                if name != "span" and low and voice.on_day.low == figure.low
            ]
            all_witnesses.append(
                Witness(
                    name,
                    end,
                    figure.low if low else figure.high,
                    tuple(sorted(setting)),
                    bool(carrying) and all(carrying),
                    self._bearing(figure, low=low) if name == "undisputed" else (),
                )
            )
        for support in self.support:
            for end in ("low", "high"):
                count = getattr(support.figure, end)
                claims = {
                    claim.id
                    for voice in support.independent_sources
                    for claim in voice.claims
                    if getattr(voice.on_day, end) == count
                }
                all_witnesses.append(Witness("support", end, count, tuple(sorted(claims))))
        return tuple(all_witnesses)

    def _bearing(self, figure: Figure, *, low: bool) -> tuple[str, ...]:
        """Name the claims of all who bear one end of a range out."""
        if (figure.low == 0) if low else (figure.high is None):
            return ()
        return _ids(
            voice
            for voice in self.independent_sources
            if voice.on_day.overlaps(figure)
            and (
                voice.on_day.low >= figure.low
                if low
                else voice.on_day.high is not None and figure.high is not None and voice.on_day.high <= figure.high
            )
        )

    def borne_out_by(self, number: int) -> Figure | None:
        """Give the narrowest range that so many bear out and nobody but outliers excludes."""
        if self._of("span_high") < 0:
            return None
        borne = borne_out_by(self.answer, number)
        return None if borne is None else figure_of(*borne)

    def confidence_in(self, figure: Figure | None) -> Confidence:
        """Give the level of a figure: the lower one of its two ends."""
        stated = self._of("span_high") >= 0
        if figure is None or not stated or (figure.low == 0 and figure.high is None):
            return Confidence(LEVELS[out.NONE], figure, steps(out.NO_BEARER, (), ()))
        context = context_of(self.encoded.context, self._place, self._place + 1)
        level, reasons, bearers, against = min(
            level_in(self.answer, context, *packed_of(figure)), key=lambda level: level[0]
        )
        speaking = self._voices_by_place
        return Confidence(
            LEVELS[level],
            figure,
            steps(
                reasons,
                _ids(speaking[place] for place in bearers),
                _ids(speaking[place] for place in against),
            ),
        )

    @cached_property
    def _estimates_by_row(self) -> Mapping[int, Estimate]:
        claims, fates = self.given, self.answer.fates.fate
        by_row = {}
        for row, claim in enumerate(self.rows):
            if claims.marks[row] & given.ESTIMATE and fates[row] == out.STANDS:
                bare = claims.low[row] >> 1 == 0 and claims.high[row] == OPEN
                interval = None if bare else figure_of(claims.low[row], claims.high[row], claims.best[row])
                number = None if claims.best[row] < 0 else claims.best[row]
                day = day_of(claims.until[row], claims.until_latest[row])
                by_row[row] = Estimate(claim, interval, number, day)
        return by_row

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """The estimates that stand, by source."""
        return tuple(
            sorted(self._estimates_by_row.values(), key=lambda estimate: (estimate.source, estimate.claim.sort_key))
        )

    @cached_property
    def outside(self) -> tuple[Outside, ...]:
        """What stands apart from an estimate, widest gap first."""
        table = self.answer.outside
        gaps = [
            Outside(
                self._estimates_by_row[table.estimate[row]],
                None if table.independent[row] < 0 else self._voices_by_place[table.independent[row]],
                None if table.other[row] < 0 else self._estimates_by_row[table.other[row]],
                table.gap[row],
                bool(table.above[row]),
            )
            for row in range(len(table.topic))
        ]
        return tuple(sorted(gaps, key=lambda gap: (-gap.gap, gap.estimate.claim.id, _ids_of(gap))))


def _ids_of(outside: Outside) -> tuple[str, ...]:
    return _ids([outside.count]) if outside.count else (outside.other.claim.id if outside.other else "",)


def _ids(voices: Iterable[IndependentSource]) -> tuple[str, ...]:
    return tuple(sorted({claim.id for voice in voices for claim in voice.claims}))


def _joint(origins: Iterable[object]) -> bool:
    return any(getattr(origin, "joint", False) for origin in origins)
