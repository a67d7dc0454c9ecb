"""The plain program: one topic after the other, from rows of claims to rows of the answer's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.answer import Answer
from casualties.reconciling.kernel.claims import OPEN, TALLIED, Claims, Context

from .comparing import Pair, Topic, divide, pairs_of, stray
from .confidence import Bearer, Circumstances, is_stale, level_of_end
from .days import NO_DAY, Day, carries
from .ranges import NOTHING, best_runs, borne_out, meet, outliers
from .settling import (
    Position,
    Row,
    Voice,
    last_said,
    latest_day,
    positions_of,
    voices_of,
)

__all__ = ["reconcile"]

EARLY_FATES = (
    (given.MISRELAYED, out.MISRELAYED),
    (given.WITHDRAWN, out.WITHDRAWN),
    (given.PROJECTED, out.PROJECTED),
    (given.LATER, out.LATER),
)

NO_RANGE = (0, -1)


def reconcile(claims: Claims, context: Context) -> Answer:
    """Work out what the claims of each topic say together.

    Examples:
        >>> from casualties.reconciling.kernel.claims import COUNT, packed_high, packed_low
        >>> two = [0, 0]
        >>> claims = Claims(two, [0, 1], [0, 1], two, two, [packed_low(24), packed_low(10)], [packed_high(None)] * 2,
        ...     [-1] * 2, [24, 10], [24, 10], [5] * 2, [5] * 2, [6] * 2, [6] * 2, two, [COUNT] * 2, two)
        >>> context = Context([0], [0], [0], [0], two, [-1] * 2, two)
        >>> reconcile(claims, context).findings.borne_low  # 10 or more, by two
        [21]
    """
    tables: dict[str, list[tuple[int, ...]]] = {each.name: [] for each in fields(Answer)}
    start = 0
    for topic in range(len(context.stock)):
        end = start
        while end < len(claims) and claims.topic[end] == topic:
            end += 1
        _Finding(topic, start, _rows(claims, context, start, end), context, tables).write()
        start = end
    return Answer(**{each.name: _table(each.default_factory, tables[each.name]) for each in fields(Answer)})


def _table(kind: Any, rows: list[tuple[int, ...]]) -> Any:
    return kind(*(list(column) for column in zip(*rows, strict=True))) if rows else kind()


def _rows(claims: Claims, context: Context, start: int, end: int) -> list[Row]:
    return [
        Row(
            at - start,
            claims.root[at],
            tuple(context.several.get(at, (claims.root[at],))),
            claims.source[at],
            claims.series[at],
            claims.alone[at],
            claims.low[at],
            claims.high[at],
            claims.best[at],
            claims.named_low[at],
            claims.named_high[at],
            (claims.until[at], claims.until_latest[at]),
            (claims.said[at], claims.said_latest[at]),
            claims.moment[at],
            claims.marks[at],
            claims.stake[at],
        )
        for at in range(start, end)
    ]


class _Finding:
    """One topic on its way through the rules."""

    def __init__(
        self, topic: int, start: int, rows: list[Row], context: Context, tables: dict[str, list[tuple[int, ...]]]
    ) -> None:
        self.topic, self.start, self.rows, self.context, self.tables = topic, start, rows, context, tables
        self.stock = bool(context.stock[topic])
        self.fates = [self._early_fate(row) for row in rows]
        self.parts = [0] * len(rows)
        self.positions = positions_of(rows, self.fates, self.parts, stock=self.stock)
        self.estimates = self._settle_estimates()
        self.voices = voices_of(self.positions, rows, context.unattributed, self.fates, stock=self.stock)
        self.stating = any(not voice.denies for voice in self.voices)
        self.day = self._find_day()
        self.about = Topic(context, self.stock, context.counted_until[topic], self.day)
        self.divided = [pair for voice in self.voices for pair in divide(voice, self.about)]
        self.pairs = pairs_of(self.voices, self.about)
        self._see_the_day()
        self.disputed = any(pair.disputed and pair.of_day for pair in self.pairs)
        if self.disputed:
            for place in outliers(self._ranges(self.voices), self._attributed(self.voices)):
                self.voices[place].outlier = True
        self.kept = [voice for voice in self.voices if not voice.outlier] if self.stating else []
        self.runs = self._find_runs()

    @staticmethod
    def _early_fate(row: Row) -> int:
        """Give what a claim's own nature makes of it; -1 where it may make a position, or stands as an estimate."""
        for mark, fate in EARLY_FATES:
            if row.has(mark):
                return fate
        if not row.has(given.COUNT | given.ESTIMATE):
            return out.STANDS
        if row.has(given.NAMED):
            return out.REPLACED
        return out.COPY if row.has(given.COPY) else -1

    def _settle_estimates(self) -> list[Row]:
        """Keep the latest estimate of each source; they stand beside the counts (design 7 E)."""
        lanes: dict[tuple[int, ...], list[Row]] = {}
        for row in self.rows:
            if row.has(given.ESTIMATE) and self.fates[row.place] == -1:
                lanes.setdefault((row.source, row.place if row.alone else -1), []).append(row)
        found = []
        for lane in lanes.values():
            dated = [row for row in lane if row.until != NO_DAY] or lane
            begins = max(row.until[0] for row in dated)
            last = last_said([row for row in dated if row.until[1] >= begins])
            for row in lane:
                self.fates[row.place] = out.STANDS if row in last else out.REPLACED if row in dated else out.UNDATED
            found += last
        return sorted(found, key=lambda row: row.place)

    def _find_day(self) -> Day:
        """Give the finding's day: the latest that a standing figure counts, else the latest that any claim does."""
        days = [position.day for position in self.positions if not position.denies]
        days = days or [position.day for position in self.positions] or [row.until for row in self.estimates]
        days = days or [row.until for row in self.rows if self.fates[row.place] != out.LATER]
        return latest_day(days)

    def _see_the_day(self) -> None:
        """Give each independent source its range on the finding's day (design 7 D)."""
        for pair in self.pairs:
            if pair.overtaken and pair.lower.organ is None:
                pair.lower.voice.overtaken = True
        for voice in self.voices:
            told = [floor for floor in voice.floors if voice.denies or carries(floor.day, self.day, stock=self.stock)]
            low = max((floor.low for floor in told), default=NOTHING[0])
            here = voice.denies or voice.high_day == self.day
            voice.on_day = (low, voice.high if here and not voice.overtaken else OPEN)
            voice.of_day = voice.denies or voice.day == self.day
            setting = [floor for floor in told if floor.low >> 1 == low >> 1]
            voice.carried = bool(setting) and all(
                floor.carried or (floor.day != self.day and not voice.denies) for floor in setting
            )

    @staticmethod
    def _ranges(voices: Iterable[Voice]) -> list[tuple[int, int]]:
        return [voice.on_day for voice in voices]

    @staticmethod
    def _attributed(voices: Iterable[Voice]) -> list[bool]:
        return [not voice.unattributed for voice in voices]

    def _find_runs(self) -> list[tuple[int, int, frozenset[int]]]:
        """Find the ranges that most voices of the day allow."""
        self.heard = [voice for voice in self.voices if voice.of_day] if self.stating else []
        return best_runs(self._ranges(self.heard)) if self.heard else []

    def borne_out(self, number: int) -> tuple[int, int] | None:
        """Give the narrowest range that so many bear out and nobody but outliers excludes."""
        return borne_out(self._ranges(self.kept), self._attributed(self.kept), number)

    def common(self) -> tuple[int, int]:
        """Give what all allow on the day; nothing where two on the day dispute or are apart by an assumed end."""
        if not self.stating or any(pair.of_day and not pair.overtaken for pair in self.pairs):
            return NO_RANGE
        low, high = meet(self._ranges(self.voices))
        return (low, high) if low >> 1 <= high >> 1 else NO_RANGE

    def span(self) -> tuple[int, int]:
        """Give the hull of all figures as said, carried nowhere, those of named organs too."""
        said = [
            figure
            for voice in self.voices
            for position in voice.positions
            if position.latest or position.divided
            for figure in position.told
        ]
        if not self.stating:
            return NO_RANGE
        return min(low for low, _ in said), max(high for _, high in said)

    def status(self) -> int:
        """Give the first status that holds (design 7 D)."""
        if not self.stating:
            return out.ESTIMATE_ONLY if self.estimates else out.UNREPORTED
        if self.disputed:
            return out.DISPUTED
        if sum(voice.states for voice in self.voices) <= 1:
            return out.SINGLE_SOURCE
        return out.CORROBORATED if self._corroborated() else out.COMPATIBLE

    def _corroborated(self) -> bool:
        """Tell whether two attributed voices that share a count, or are near, bear out the same end."""
        signed = [voice for voice in self.voices if not voice.unattributed]
        near = {
            frozenset((id(pair.lower.voice), id(pair.upper.voice)))
            for pair in self.pairs
            if pair.near and not pair.lower.organ and not pair.upper.organ
        }
        for place, one in enumerate(signed):
            for other in signed[place + 1 :]:
                low, high = meet([one.on_day, other.on_day])
                if low >> 1 > high >> 1 and frozenset((id(one), id(other))) not in near:
                    continue
                floors = min(one.on_day[0], other.on_day[0]) >> 1 > 0
                ceilings = max(one.on_day[1], other.on_day[1]) < OPEN
                if floors or ceilings:
                    return True
        return False

    def circumstances(self) -> Circumstances:
        """Give what a level depends on besides the bearers (design 7 F)."""
        places = {id(voice): place for place, voice in enumerate(self.voices)}
        last = max((voice.day[1] for voice in self.voices), default=0)
        return Circumstances(
            frozenset(
                frozenset((places[id(pair.lower.voice)], places[id(pair.upper.voice)]))
                for pair in self.pairs
                if pair.disputed and not pair.lower.organ and not pair.upper.organ
            ),
            self.context.victims[self.topic],
            self.context.allied,
            is_stale(self.context, self.topic, last),
        )

    def bearer(self, voice: Voice) -> Bearer:
        """Give what an independent source brings to an end."""
        sources = {position.source for position in voice.last}
        tallied = [
            floor.low
            for floor in voice.floors
            if floor.series in TALLIED and carries(floor.day, self.day, stock=self.stock)
        ]
        kinds = 0
        stake = 0
        for position in voice.last:
            kinds |= self.context.kinds[position.source]
            stake |= position.makes[0].stake
        return Bearer(
            *voice.on_day,
            max(tallied, default=-1),
            kinds,
            frozenset(side for source in sources if (side := self.context.side[source]) >= 0),
            stake,
            not voice.unattributed,
            all(row.has(given.GRADED_LOW) for row in voice.makes),
            all(row.has(given.TENTATIVE) for row in voice.makes),
        )

    def confidence(self, undisputed: tuple[int, int] | None) -> tuple[int, int]:
        """Give the level of the undisputed floor, or upper end where there is no floor, and the steps towards it."""
        if undisputed is None:
            return out.NONE, out.NO_BEARER
        low, high = undisputed
        upper = low >> 1 == 0
        grounds = level_of_end(
            [self.bearer(voice) for voice in self.voices],
            self.circumstances(),
            *((NOTHING[0], high) if upper else (low, OPEN)),
            upper=upper,
        )
        return grounds.level, grounds.reasons

    def write(self) -> None:
        """Write the rows of the answer."""
        tables, topic = self.tables, self.topic
        first_voice, first_position = len(tables["independents"]), len(tables["positions"])
        place_of_voice = {id(voice): first_voice + place for place, voice in enumerate(self.voices)}
        ordered = [position for voice in self.voices for position in voice.positions]
        place_of = {id(position): first_position + place for place, position in enumerate(ordered)}
        common, span, undisputed = self.common(), self.span(), self.borne_out(1)
        borne = self.borne_out(2) or NO_RANGE
        self._give_parts(common, span, undisputed or NO_RANGE)
        stray_rows = list(stray(self.estimates, self.voices, stock=self.stock))
        tables["fates"] += self._fates(place_of)
        tables["positions"] += (_position_row(topic, each, place_of_voice) for each in self._owned(ordered))
        tables["independents"] += (_voice_row(topic, voice, self.bearer(voice)) for voice in self.voices)
        tables["pairs"] += (_pair_row(topic, pair, place_of_voice, place_of) for pair in (*self.pairs, *self.divided))
        tables["runs"] += ((topic, low, high) for low, high, _ in self.runs)
        tables["outside"] += (
            (
                topic,
                self.start + estimate.place,
                place_of_voice[id(voice)] if voice else -1,
                self.start + other.place if other else -1,
                gap,
                int(above),
            )
            for estimate, voice, other, gap, above in stray_rows
        )
        disputes = [pair for pair in self.pairs if pair.disputed]
        level, reasons = self.confidence(undisputed)
        flags = 0
        for voice in self.voices:
            flags |= voice.flags
            for position in voice.positions:
                flags |= position.flags
        stands = [row for row in self.rows if self.fates[row.place] == out.STANDS]
        tables["findings"].append(
            (
                len(self.rows),
                len(self.rows) - len(stands),
                len(self.voices),
                *self.day,
                self.status(),
                *common,
                *span,
                *(undisputed or NO_RANGE),
                *borne,
                len(disputes),
                sum(pair.near for pair in self.pairs),
                sum(pair.overtaken for pair in self.pairs),
                max((pair.gap for pair in disputes), default=0),
                len(self.runs),
                len(self.runs[0][2]) if self.runs else 0,
                len(stray_rows),
                level,
                reasons,
                flags,
                sum(row.has(given.DENIAL) for row in stands),
                sum(row.has(given.SILENT) for row in stands),
            )
        )

    def _owned(self, positions: Iterable[Position]) -> Iterator[tuple[Position, Voice]]:
        of = {id(position): voice for voice in self.voices for position in voice.positions}
        return ((position, of[id(position)]) for position in positions)

    def _fates(self, place_of: dict[int, int]) -> Iterator[tuple[int, ...]]:
        made = {}
        for position in self.positions:
            for row in (*position.replaced, *position.kept, *position.makes):
                made[row.place] = place_of[id(position)]
        return ((self.fates[row.place], made.get(row.place, -1), self.parts[row.place]) for row in self.rows)

    def _give_parts(self, common: tuple[int, int], span: tuple[int, int], undisputed: tuple[int, int]) -> None:
        """Say of each claim which ends of which ranges it sets, and whether it supports or disputes."""
        parts = self.parts
        for voice in self.voices if self.stating else ():
            for (low, high), bits in (
                (common, (out.COMMON_LOW, out.COMMON_HIGH)),
                (undisputed, (out.UNDISPUTED_LOW, out.UNDISPUTED_HIGH)),
            ):
                if high < 0 or (voice.outlier and bits[0] == out.UNDISPUTED_LOW):
                    continue
                if voice.on_day[0] >> 1 == low >> 1:
                    for row in (row for floor in voice.floors if floor.low >> 1 == low >> 1 for row in floor.rows):
                        parts[row.place] |= bits[0]
                if voice.on_day[1] >> 1 == high >> 1:
                    for row in voice.figured:
                        parts[row.place] |= bits[1]
            for position in voice.positions:
                if position.latest or position.divided:
                    for row in position.makes:
                        parts[row.place] |= out.SPAN_LOW if row.low >> 1 == span[0] >> 1 else 0
                        parts[row.place] |= out.SPAN_HIGH if row.high >> 1 == span[1] >> 1 else 0
        for place, voice in enumerate(self.heard):
            if any(place in allow for _, _, allow in self.runs):
                for row in voice.makes:
                    parts[row.place] |= out.SUPPORTS
        for pair in self.pairs:
            if pair.disputed:
                for row in (row for body in (pair.lower, pair.upper) for row in (body.organ or body.voice).makes):
                    parts[row.place] |= out.DISPUTES


def _position_row(topic: int, owned: tuple[Position, Voice], place_of_voice: dict[int, int]) -> tuple[int, ...]:
    position, voice = owned
    return (
        topic,
        position.source,
        place_of_voice[id(voice)],
        position.low,
        position.high,
        position.best,
        *position.day,
        *position.high_day,
        position.flags,
        position.revised_from,
        int(position.denies),
        int(position.latest),
        int(position.divided),
    )


def _voice_row(topic: int, voice: Voice, bearer: Bearer) -> tuple[int, ...]:
    return (
        topic,
        voice.low,
        voice.high,
        voice.best,
        *voice.day,
        *voice.high_day,
        *voice.on_day,
        int(voice.of_day),
        int(voice.carried),
        voice.flags,
        int(voice.denies),
        int(voice.unattributed),
        int(voice.overtaken),
        int(voice.outlier),
        bearer.tallied,
        bearer.kinds,
        bearer.stake,
        int(bearer.graded),
        int(bearer.tentative),
    )


def _pair_row(topic: int, pair: Pair, place_of_voice: dict[int, int], place_of: dict[int, int]) -> tuple[int, ...]:
    return (
        topic,
        place_of_voice[id(pair.lower.voice)],
        place_of_voice[id(pair.upper.voice)],
        place_of[id(pair.lower.organ)] if pair.lower.organ else -1,
        place_of[id(pair.upper.organ)] if pair.upper.organ else -1,
        pair.relation,
        pair.gap,
        pair.number,
        int(pair.near),
        int(pair.overtaken),
        int(pair.of_day),
    )
