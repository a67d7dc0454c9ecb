"""From where a ledger is looked at: which day is asked for, and what was known by which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from casualties.errors import UnknownNameError
from casualties.model.claim import Aspect, Claim, Modality, Stance
from casualties.model.columns import Row
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.source import Sources
from casualties.model.subject import Basis, Subject
from casualties.model.vocabulary import Vocabulary
from casualties.reconciling.independence import Origins, joint_statements, resting_on
from casualties.reconciling.knowledge import as_known, left_out_by_hour, withdrawn_of
from casualties.reconciling.position import reread
from casualties.reconciling.relations import SubjectIndex
from casualties.reconciling.same_events import SameEvents
from casualties.reconciling.topic import Incidents, topics_of
from casualties.wording import lexicons

__all__ = ["NEAR", "SAME", "SETTLING", "View"]

SAME: Final = ("accepted", "none", "different")
"""Which events are compared as one: those that identifications join, or none; or those stand apart, as if different."""

NEAR: Final = Fraction(1, 50)
"""Two figures nearly agree where the gap between them is at most this part of the lower number."""

SETTLING: Final = 1
"""For how many days after its last day a figure is an early one."""


class View:
    """A ledger as it is looked at: for a day, from what was known on a day, with words read by a lexicon.

    Args:
        ledger: The ledger.
        as_of: The day asked for; figures that count later days are left out.  ``None`` asks for the latest.
        known_on: The day whose knowledge is taken; ``None`` takes all.
        lexicon: The lexicon by which the words of citations are read anew; ``None`` keeps the figures as recorded.
        near: The part of the lower number up to which a gap makes no dispute, since the two nearly agree.
        settling: For how many days after its last day a figure is an early one, which a higher may outgrow.
        same: Which events are compared as one: those that identifications join (``accepted``), none (``none``), or none
            with those sharing nobody (``different``).

    Raises:
        UnknownNameError: If there is no such lexicon, or no such way with events.

    Examples:
        >>> import casualties as cs
        >>> from casualties.reconciling.view import View
        >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> len(view.topics)
        5
    """

    def __init__(
        self,
        ledger: Ledger,
        as_of: PartialDate | None = None,
        known_on: PartialDate | None = None,
        lexicon: str | None = None,
        near: Fraction = NEAR,
        settling: int = SETTLING,
        same: str = "accepted",
    ) -> None:
        if same not in SAME:
            raise UnknownNameError(f"same {same!r}: there is no such way", "unknown-word", f"one of {', '.join(SAME)}")
        self.same = same
        self.near = near
        self.settling = settling
        self.ledger: Ledger = ledger if known_on is None else as_known(ledger, known_on)
        self.left_out_by_hour: int = left_out_by_hour(ledger, known_on)
        self.as_of: PartialDate | None = as_of and as_of.date_only
        self.known_on = known_on
        self.lexicon = lexicon
        self._convention = None if lexicon is None else lexicons.load(lexicon)
        self.answered: Any = None  # what the kernel says of all topics, once it was asked
        self._read: dict[str, Figure | None] = {}
        self._ends: dict[Subject, tuple[PartialDate | None, frozenset[str]]] = {}
        self.sources: Sources = self.ledger.sources
        self.same_events: SameEvents = SameEvents(
            () if same == "none" else self.ledger.identifications, self.ledger.words
        )
        if same == "different":
            self.same_events = self.same_events.as_different(self.ledger.words)
        self.words: Vocabulary = self.same_events.words
        self.claims: Mapping[str, Claim] = self.ledger.columns.by_id
        self.incidents: Incidents = Incidents(self.words, self.same_events.joined)
        self.topics: Mapping[Subject, Sequence[Claim]]
        self.rows: Mapping[Subject, Sequence[Row]]
        self.topics, self.rows = topics_of(self.ledger, self.words, self.incidents)
        linked = self.ledger.columns.linked
        self.withdrawn: frozenset[str] = withdrawn_of(linked)
        self._joint: Mapping[str, tuple[str, ...]] = joint_statements(self.claims, self.sources)
        self._replacing: dict[str, list[Claim]] = {}
        for claim in linked:
            for target in claim.replaces:
                self._replacing.setdefault(target, []).append(claim)
        self._spoken: dict[Subject, frozenset[tuple[str, str]]] = {}

    def on(self, day: PartialDate) -> View:
        """Look at the same claims, with the same knowledge, as of another day.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> print(view.on(PartialDate.parse("2020-09-29")).as_of)
            2020-09-29
        """
        moved = copy(self)
        moved.__dict__.pop("_last_days", None)
        moved.as_of, moved.answered = day, None
        moved._spoken = {}  # noqa: SLF001 - of the same class
        moved._ends = {}  # noqa: SLF001 - of the same class
        moved.origins = self.origins.heard(moved._speaks)  # noqa: SLF001 - of the same class
        return moved

    def comparing(self, same: str) -> View:
        """Look at the same claims, on the same day and with the same knowledge, with other events compared as one.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> view.comparing("none").same
            'none'
        """
        return View(
            self.ledger, self.as_of, self.known_on, self.lexicon, near=self.near, settling=self.settling, same=same
        )

    def __copy__(self) -> View:
        other = object.__new__(View)
        other.__dict__.update(self.__dict__)
        return other

    def around(self, topic: Subject) -> tuple[Subject, ...]:
        """Give the nearest topics that hold a topic; one that begins earlier holds it only if it counts its last day.

        So one day lies inside a running count that has reached it, and never inside an earlier day.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [len(view.around(topic)) for topic in view.index.subjects]
            [0, 1, 0, 0, 0]
        """
        mine = self._last_days.get(topic)

        def holds(other: Subject) -> bool:
            theirs = self._last_days.get(other)
            counted = mine is None or theirs is None or mine <= theirs
            return counted or other.since == topic.since or self.is_stock(other)

        return self.index.around(topic, holds)

    @cached_property
    def _last_days(self) -> dict[Subject, date]:
        """The last day that any claim counts on each topic, up to the day asked for."""
        return {
            topic: max(days)
            for topic, claims in self.topics.items()
            if (days := [claim.day.latest for claim in claims if claim.day and not self.later(claim)])
        }

    def is_replaced(self, claim: Claim) -> bool:
        """Tell whether another claim of its source replaces a claim by name.

        A claim that is withdrawn, falsely relayed, based on another, unattributed or about a later day replaces
        nothing, and nor does one that takes no position.
        """
        return claim.id in self._replacing and bool(self.replacing(claim))

    @property
    def replaced(self) -> Iterable[str]:
        """The identities that other claims name as replaced, whether they are at hand or not; see `is_replaced`."""
        return self._replacing.keys()

    def replacing(self, claim: Claim) -> tuple[Claim, ...]:
        """Give the claims of its source that replace a claim by name, whatever they are about; see `is_replaced`."""
        return tuple(
            other
            for other in self._replacing.get(claim.id, ())
            if other.id not in self.withdrawn and self._own_word(other) and not self.sources.unattributed(other.source)
        )

    @cached_property
    def index(self) -> SubjectIndex:
        """The subjects of all findings, found by how they lie to one another.

        Examples:
            >>> import casualties as cs
            >>> len(View(cs.seeds.load("nagorno-karabakh-2020-09-30")).index.subjects)
            5
        """
        return SubjectIndex(self.topics, self.words)

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, View) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._parts())

    def _parts(self) -> tuple[Any, ...]:
        return (self.ledger, self.as_of, self.known_on, self.lexicon, self.near, self.settling, self.same)

    def __reduce__(self) -> tuple[type[View], tuple[Any, ...], dict[str, int]]:
        return (View, self._parts(), {"left_out_by_hour": self.left_out_by_hour})

    @cached_property
    def topic_of(self) -> Mapping[str, Subject]:
        """What each claim is compared on, by its identity.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> len(view.topic_of)
            8
        """
        return {claim.id: topic for topic, claims in self.topics.items() for claim in claims}

    @cached_property
    def origins(self) -> Origins:
        """On whose word each claim rests.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> {view.origins.of(claim).copy for claim in view.ledger}
            {False}
        """
        return Origins(self.claims, self.sources, self._joint, self.topic_of, self._speaks)

    def _speaks(self, kind: str, name: str, topic: Subject) -> bool:
        """Tell whether a claim or a source speaks on a topic; a source does so with its own word only."""
        if topic not in self._spoken:
            speakers = set()
            for claim in self.topics[topic]:
                if self._says_how_many(claim) and not self.later(claim):
                    speakers.add(("claim", claim.id))
                if self._own_word(claim):
                    speakers.update(("source", above) for above in self.sources.line(claim.source))
            self._spoken[topic] = frozenset(speakers)
        return (kind, name) in self._spoken[topic]

    def _own_word(self, claim: Claim) -> bool:
        """Tell whether a claim takes a position by the day asked for, on its own source's word."""
        return (
            self.takes_position(claim)
            and not (claim.misrelays or self.sources.repeats(claim.source))
            and (not resting_on(claim) or claim.id in self._joint)
            and not self.later(claim)
        )

    def later(self, claim: Claim) -> bool:
        """Tell whether a claim counts days after the one asked for; a withdrawal counts none."""
        if self.as_of is None or claim.day is None or claim.stance is Stance.WITHDRAWS:
            return False
        return claim.day.latest > self.as_of.latest

    def takes_position(self, claim: Claim) -> bool:
        """Tell whether a claim can make a position: a figure that is no projection, or a denial of the occurrence.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> sum(view.takes_position(claim) for claim in view.ledger)
            5
        """
        return self._says_how_many(claim) and claim.modality is not Modality.PROJECTED

    def _says_how_many(self, claim: Claim) -> bool:
        return self.figure(claim) is not None or self.estimate(claim) is not None

    def figure(self, claim: Claim) -> Figure | None:
        """Give the figure that a claim states as its words are read here; 0 for a denial of the occurrence.

        Words that the lexicon cannot read leave the figure as it was recorded.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [str(view.figure(claim)) for claim in view.ledger.by("akoush")]
            ['2 or more']
        """
        if claim.stance is Stance.DENIES and claim.aspect is Aspect.OCCURRENCE:
            return _DENIED
        if claim.figure is None or claim.is_estimate or self.disowns(claim):
            return None
        return self._as_read(claim)

    def _as_read(self, claim: Claim) -> Figure | None:
        if self._convention is None:
            return claim.figure
        if claim.id not in self._read:
            self._read[claim.id] = reread(claim, self._convention)
        return self._read[claim.id]

    def disowns(self, claim: Claim) -> bool:
        """Tell whether a claim is a source's 0 under a perpetrator of its own side: a denial of responsibility."""
        if claim.figure is None or claim.figure.high != 0 or claim.subject.perpetrator is None:
            return False
        side = self.sources.side(claim.source)
        return side is not None and self.allied(side, claim.subject.perpetrator)

    def allied(self, side: str, other: str) -> bool:
        """Tell whether one side is the other, or one of the two lies inside the other.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> view.allied("turkey", "turkish-military"), view.allied("armenian", "azerbaijani")
            (True, False)
        """
        return self.words.inside("side", side, other) or self.words.inside("side", other, side)

    def blamed(self, topic: Subject) -> tuple[str, ...]:
        """Give the sides that a claim of a topic blames, withdrawn and false ones aside.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [side for topic in view.index.subjects for side in view.blamed(topic)]
            ['turkish-military']
        """
        return tuple(
            sorted(
                {
                    claim.subject.perpetrator
                    for claim in self.topics[topic]
                    if claim.subject.perpetrator is not None and self.blames(claim)
                }
            )
        )

    def blames(self, claim: Claim) -> bool:
        """Tell whether a claim says who did it: it names a side, and is no denial, withdrawn, false or of a later day.

        A count of 0 blames nobody, and a copy blames nobody anew.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [claim.source for claim in view.ledger if view.blames(claim)]
            ['armenia']
        """
        if claim.subject.perpetrator is None or claim.stance not in (Stance.STATES, Stance.SILENT):
            return False
        if claim.modality is Modality.PROJECTED or (claim.figure is not None and claim.figure.high == 0):
            return False
        left_out = claim.misrelays or claim.id in self.withdrawn or self.later(claim)
        return not left_out and not (self._says_how_many(claim) and self.origins.of(claim).copy)

    def clears(self, claim: Claim, side: str, accusing: Iterable[Claim]) -> bool:
        """Tell whether a claim denies that a side did it: it denies what accuses the side, or speaks for its own.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> jet = next(view.ledger.by("armenia").__iter__())
            >>> [claim.source for claim in view.ledger if view.clears(claim, "turkish-military", [jet])]
            ['azerbaijan', 'turkey']
        """
        if claim.misrelays or claim.id in self.withdrawn or self.later(claim):
            return False
        if self.disowns(claim):
            return claim.subject.perpetrator is not None and self.allied(side, claim.subject.perpetrator)
        if claim.stance is not Stance.DENIES or claim.aspect is not Aspect.RESPONSIBILITY:
            return False
        return claim.target in {denied.id for denied in accusing} or claim.subject.perpetrator == side

    def estimate(self, claim: Claim) -> Figure | None:
        """Give the estimate that a claim states: its interval, and the number that it prefers; `None` for a count.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> {view.estimate(claim) for claim in view.ledger}
            {None}
        """
        return self._as_read(claim) if claim.is_estimate and not self.disowns(claim) else None

    def series(self, claim: Claim) -> int:
        """Give the number of the series to which a claim belongs: 0 without a basis, else the place of its basis.

        A denial counts nobody, however what it denies was counted.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> {view.series(claim) for claim in view.ledger}
            {0}
        """
        if claim.subject.basis is None or claim.stance is Stance.DENIES:
            return 0
        return _SERIES[claim.subject.basis]

    def last_day(self, claim: Claim) -> PartialDate | None:
        """Give the last day that a claim counts; on an incident the incident's last.

        So does what nothing dates, unless its source has a dated count.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> {str(view.last_day(claim)) for claim in view.ledger}
            {'2020-09-30'}
        """
        topic = self.topic_of[claim.id]
        if not self.incidents.lend_days(topic, self.words):
            return claim.day
        if topic not in self._ends:
            counted = [claim for claim in self.topics[topic] if self._competes(claim)]
            days = [claim.subject.until for claim in counted if claim.subject.until]
            days = days or [claim.day for claim in counted if claim.day]
            last = max(days, key=lambda day: (day.latest, day.earliest), default=None)
            self._ends[topic] = last, frozenset(claim.source for claim in counted if claim.day)
        last, dated = self._ends[topic]
        return None if claim.day is None and claim.source in dated else last

    def _competes(self, claim: Claim) -> bool:
        """Tell whether a claim is a count of the day asked for that is not set aside at once."""
        counts = self.figure(claim) is not None and claim.modality is not Modality.PROJECTED and not self.later(claim)
        left_out = claim.misrelays or claim.id in self.withdrawn or self.origins.of(claim).copy
        return counts and not left_out and not self.is_replaced(claim)

    def signed(self, claim: Claim) -> bool:
        """Tell whether somebody signs a claim, or one on its circle that counts the same.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> {claim.source for claim in view.ledger if not view.signed(claim)}
            {'unnamed'}
        """
        topic = self.topic_of[claim.id]
        around = [neighbour for neighbour in self.origins.around(claim) if self.topic_of[neighbour.id] == topic]
        signing = [claim, *(neighbour for neighbour in around if self._competes(neighbour))]
        return any(not self.sources.unattributed(signer.source) for signer in signing)

    def is_stock(self, topic: Subject) -> bool:
        """Tell whether a topic counts how many there are on a day, which may fall."""
        return self.words.is_stock(topic.harm)

    def counted_until(self, topic: Subject) -> int:
        """Give the day until which the dead of a topic's event were searched for and counted, as a number; 0 for none.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> {view.counted_until(topic) for topic in view.topics}
            {0}
        """
        days = [
            day.earliest.toordinal()
            for event in (self.words.ancestors("event", topic.event) if topic.event else ())
            if (term := self.words.terms.get(("event", event))) and (day := term.counted_until)
        ]
        return max(days, default=0)

    def is_silent(self, claim: Claim) -> bool:
        """Tell whether a claim gives no figure; silence is never zero.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [claim.source for claim in view.ledger if view.is_silent(claim)]
            ['azerbaijan']
        """
        if claim.stance is Stance.SILENT:
            return True
        blank = claim.stance is Stance.STATES and not self.disowns(claim)
        return blank and self._as_read(claim) is None

    def is_denial(self, claim: Claim) -> bool:
        """Tell whether a claim denies something, be it by a 0 of its own side's doing.

        Examples:
            >>> import casualties as cs
            >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> sorted(claim.source for claim in view.ledger if view.is_denial(claim))
            ['azerbaijan', 'turkey']
        """
        return claim.stance is Stance.DENIES or self.disowns(claim)


_DENIED = Figure(0, 0)
_SERIES = {basis: number for number, basis in enumerate(Basis, start=1)}
