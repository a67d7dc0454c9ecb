"""Proposed claims of a text, and the acts by which a person makes claims of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NoReturn

from casualties._text import table_of
from casualties.drafting._reading import read_text
from casualties.drafting.proposal import HIDING, Doubt, Proposal
from casualties.drafting.words import Words, load_words
from casualties.errors import DraftError
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger, handles, slug
from casualties.model.period import PartialDate
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source
from casualties.model.subject import FACETS, Subject
from casualties.model.vocabulary import Status, Term
from casualties.wording import parse_figure
from casualties.wording.lexicons import Lexicon

__all__ = ["MAX_DRAFT", "Draft", "draft"]

MAX_DRAFT: Final = 1_000_000
"""The longest text that is drafted, in characters."""

_FACETS: Final = (*FACETS, "since", "until")
_OTHERS: Final = (
    "source",
    "harm",
    "figure",
    "method",
    "interval",
    "level",
    "modality",
    "stated",
    "aspect",
    "silence",
    "target",
    "our_reading",
    "words",
    "report",
    "locator",
    "relays",
)


_SHOWN: Final = 50
"""How many proposals a notebook shows."""


class Draft:
    """The statements that a text seems to make: a tuple of proposals, which never changes.

    It leads into no reconciliation by itself: a person accepts proposals one by one, and what is accepted are claims.

    Attributes:
        text: The text that was read.
        proposals: What is proposed, in the order of the text.
        report: The document that the text is, so far as it is known.
        left_out: How many more statements were found and left out, by the doubt for which they were.

    Examples:
        >>> import casualties as cs
        >>> draft = cs.draft("At least 11 civilians were killed, the ministry said.", published="2020-09-30")
        >>> claim = draft.accept(0, side="azerbaijani")
        >>> claim.source, str(claim.figure), claim.subject.status.value, claim.subject.side
        ('ministry', '11 or more', 'civilian', 'azerbaijani')
        >>> len(draft.ledger([claim]))
        1
    """

    __slots__ = ("_keys", "left_out", "proposals", "report", "text", "words")

    def __init__(
        self, text: str, proposals: Iterable[Proposal], report: Report, left_out: Mapping[Doubt, int], words: Words
    ) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "proposals", tuple(proposals))
        object.__setattr__(self, "report", report)
        object.__setattr__(self, "left_out", dict(left_out))
        object.__setattr__(self, "words", words)
        names = dict.fromkeys(name.casefold() for proposal in self.proposals if (name := self._source_name(proposal)))
        object.__setattr__(self, "_keys", handles(names, lambda name: [slug(name) or "source"]))

    text: str
    proposals: tuple[Proposal, ...]
    report: Report
    left_out: Mapping[Doubt, int]
    words: Words
    _keys: dict[str, str]

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a draft never changes: {name} cannot be set")

    def __iter__(self) -> Iterator[Proposal]:
        return iter(self.proposals)

    def __len__(self) -> int:
        return len(self.proposals)

    def __getitem__(self, place: int) -> Proposal:
        try:
            return self.proposals[place]
        except IndexError:
            count = len(self.proposals)
            hint = f"they are counted from 0 to {count - 1}" if count else "nothing is proposed here"
            raise DraftError(f"proposal {place}: the draft has none of this number", "unknown-proposal", hint) from None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Draft):
            return NotImplemented
        return (self.text, self.proposals, self.report) == (other.text, other.proposals, other.report)

    def __hash__(self) -> int:
        return hash((self.text, len(self.proposals)))

    def __or__(self, other: object) -> NoReturn:
        raise _no_ledger()

    __ror__ = __or__

    def _repr_html_(self) -> str:
        rows = [
            (
                proposal.words,
                str(proposal.stance if proposal.figure is None else proposal.figure),
                proposal.source,
                ", ".join(proposal.unsure),
            )
            for proposal in self.proposals[:_SHOWN]
        ]
        left = len(self.proposals) - len(rows)
        heads = ("words", "count", "who says so", "unsure")
        return table_of(repr(self)[1:-1], heads, rows, left=left, noun="proposal")

    def __repr__(self) -> str:
        count = len(self.proposals)
        more = sum(self.left_out.values())
        left = f", {more} left out" if more else ""
        return f"<Draft: {count} proposal{'' if count == 1 else 's'} from {len(self.text):,} characters{left}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuilt, (self.text, self.proposals, self.report, self.left_out, self.words.table))

    def accept(self, place: int, /, **edits: Any) -> Claim:  # noqa: ANN401 - facets, a figure, a source
        """Make a claim of a proposal.

        The claim cites the words at their place in the text; what was read into them is marked as our reading.

        Args:
            place: The place of the proposal in the draft.
            edits: What a person puts in its stead: ``source`` (a key of the ledger), ``figure`` (a figure or words),
                ``harm``, any facet, ``since``, ``until``, ``stated``, ``modality``, ``aspect``, ``silence``, ``target``
                (a claim or its identity), ``our_reading``; ``None`` takes something away.

        Raises:
            DraftError: If there is no such proposal, it has no source and none is given, or an edit has no such name.
            ModelError: If what comes of it is no claim.

        Examples:
            >>> import casualties as cs
            >>> draft = cs.draft("Armenia accused the army of killing a pilot. Turkey denied the allegation.")
            >>> accusation, denial = draft.accept(0, perpetrator="army"), draft.accept(1)
            >>> str(accusation.modality), denial.target == draft.accept(0).id
            ('alleged', True)
        """
        proposal = self[place]
        unknown = sorted(set(edits) - {*_FACETS, *_OTHERS})
        if unknown:
            raise DraftError(
                f"edit {unknown[0]!r}: a claim has nothing of this name",
                "unknown-edit",
                f"one of {', '.join((*_OTHERS, *_FACETS))}",
            )
        source = edits.get("source") or self.source_key(place)
        if not source:
            raise DraftError(
                f"proposal {place}, {proposal.words!r}: nobody is named who says so",
                "no-source",
                "say whose statement it is: source='…', such as the publisher of the text",
            )
        return self._claim(proposal, source, edits)

    def _claim(self, proposal: Proposal, source: str, edits: Mapping[str, Any]) -> Claim:
        """Put a claim together from a proposal and what a person changed."""
        facets: dict[str, Any] = {**proposal.facets, "since": proposal.since, "until": proposal.until}
        if proposal.perpetrator:
            facets["perpetrator"] = slug(proposal.perpetrator)
        target: Any = None
        if proposal.target is not None:
            of = self.proposals[proposal.target]
            if "target" not in edits:
                target = self.accept(
                    proposal.target, **({} if self.source_key(proposal.target) else {"source": "unattributed"})
                )
                facets |= {name: getattr(target.subject, name) for name in _FACETS}
            else:
                facets["perpetrator"] = slug(of.perpetrator) if of.perpetrator else None
        changed = {name: value for name, value in edits.items() if name in _FACETS}
        facets = {name: value for name, value in {**facets, **changed}.items() if value is not None}
        read = edits.get(
            "our_reading",
            [
                *(facet for facet in proposal.inferred if facet in facets and facet not in changed),
                *(["period"] if Doubt.DAY_OF_BEGINNING in proposal.unsure and "since" not in changed else []),
            ],
        )
        target = edits.get("target", target)
        return Claim(
            source=source,
            subject=Subject(harm=_harm(edits.get("harm", proposal.harm)), **facets),  # pyright: ignore[reportArgumentType] - pydantic reads it
            stance=proposal.stance,
            figure=_figure(edits["figure"]) if "figure" in edits else proposal.figure,
            method=edits.get("method"),
            interval=edits.get("interval", None if "figure" in edits else proposal.interval),
            level=edits.get("level", None if "figure" in edits else proposal.level),
            silence=edits.get("silence", proposal.silence),
            aspect=edits.get("aspect", proposal.aspect),
            target=target.id if isinstance(target, Claim) else target,
            modality=edits.get("modality", proposal.modality),
            stated=edits.get("stated", proposal.stated or self.report.published),
            our_reading=read,
            citations=self._citations(proposal, edits),
        )

    def _citations(self, proposal: Proposal, edits: Mapping[str, Any]) -> tuple[Citation, ...]:
        """Cite the words at their place, once for each of those who passed them on side by side."""
        start, end = proposal.place
        fields: dict[str, Any] = {
            "report": edits.get("report", self.report),
            "locator": edits.get("locator", f"characters {start + 1}–{end}"),
            "words": edits.get("words", " ".join(proposal.words.split())),
        }
        relays = edits.get("relays", proposal.relays)
        if not relays:
            return (Citation(**fields),)
        return tuple(
            Citation(**fields, relays=(relay if isinstance(relay, Relay) else Relay(name=" ".join(relay.split())),))
            for relay in relays
        )

    def source_key(self, place: int) -> str:
        """Give the key of the source of a proposal in the ledger of the draft; empty where nobody is named.

        Examples:
            >>> import casualties as cs
            >>> cs.draft("Three died, the Health Ministry said.").source_key(0)
            'health-ministry'
        """
        name = self._source_name(self[place])
        return self._keys[name.casefold()] if name else ""

    def _source_name(self, proposal: Proposal) -> str:
        """Give the name of a source without its article; the publisher's where the text itself speaks."""
        return _without_article(proposal.source) if proposal.source else (self.report.publisher or "")

    def sources(self) -> tuple[Source, ...]:
        """List the sources that the proposals name, with no kind or side but that of the unnamed ones.

        Examples:
            >>> import casualties as cs
            >>> [source.name for source in cs.draft("Three died, the Health Ministry said.").sources()]
            ['Health Ministry']
        """
        by_key: dict[str, Source] = {}
        for proposal in self.proposals:
            name = self._source_name(proposal)
            if name:
                key = self._keys[name.casefold()]
                kinds = ["unattributed"] if Doubt.UNNAMED_SOURCE in proposal.unsure else []
                by_key.setdefault(key, Source(key=key, names=[name] if name != key else [], kinds=kinds))  # pyright: ignore[reportArgumentType] - pydantic reads it
        return tuple(by_key.values())

    def ledger(self, claims: Iterable[Claim]) -> Ledger:
        """Make a ledger of accepted claims, with their sources, the roles that fight, and the report.

        Raises:
            DraftError: If it is given anything but claims.

        Examples:
            >>> import casualties as cs
            >>> draft = cs.draft("Three died, the Health Ministry said.", published="2024-05-01")
            >>> print(cs.reconcile(draft.ledger([draft.accept(0)])).findings[0].status)
            single source
        """
        accepted = list(claims)
        if not all(isinstance(claim, Claim) for claim in accepted):
            raise _no_ledger()
        known = {source.key: source for source in self.sources()}
        named = {claim.source for claim in accepted}
        sources = [known.get(key, Source(key=key)) for key in sorted(named)]
        roles = sorted(self.words.fighting_roles & {claim.subject.role for claim in accepted})
        terms = [Term(kind="role", key=role, status=[Status.COMBATANT]) for role in roles]  # pyright: ignore[reportArgumentType] - pydantic reads it
        return Ledger(accepted, sources=sources, terms=terms, reports=[self.report])


def draft(
    text: str,
    published: str | date | PartialDate | None = None,
    *,
    report: Report | None = None,
    words: Words | None = None,
    lexicon: str | Lexicon = "as-worded",
    everything: bool = False,
) -> Draft:
    """Propose the claims that a text makes, each with its place in the text and what is unsure of it.

    Rules over words read it, offline; nothing is accepted, added up or guessed.
    What the reader of counts refuses is not proposed.

    Args:
        text: The text, without markup.
        published: The day on which it was published, from which "on Sunday" is told.
        report: The document that it is, with publisher and title; its day of publication serves too.
        words: The words of a language, by `load_words`.
        lexicon: How vague words are read as counts.
        everything: Whether proposals are given too that are left out for a doubt: unknown nouns, pronouns, named
            persons, old dates.

    Raises:
        DraftError: If the text is no text, or too long.

    Examples:
        >>> import casualties as cs
        >>> text = "Police said 16 people were killed and 43 wounded. Rebels denied responsibility."
        >>> for proposal in cs.draft(text):
        ...     print(proposal.source, proposal.stance.value, *proposal.harm, proposal.figure, proposal.target)
        Police states killed 16 None
        Police states wounded 43 None
        Rebels denies killed None 0
    """
    if not isinstance(text, str):
        raise DraftError(
            f"text of type {type(text).__name__}: not a text", "not-text", "read the file, and give its text"
        )
    if len(text) > MAX_DRAFT:
        raise DraftError(
            f"text of {len(text):,} characters: longer than {MAX_DRAFT:,}", "too-long", "draft it in parts"
        )
    day = None if published is None else PartialDate.of(published)
    report = report or Report(published=day)
    if day is not None and report.published is None:
        report = report.replacing(published=day)
    day = day or report.published
    proposals = read_text(text, day.earliest if day is not None else None, words or load_words(), lexicon)
    kept = [k for k, proposal in enumerate(proposals) if everything or not proposal.hidden]
    hidden = [] if everything else [proposal for proposal in proposals if proposal.hidden]
    counted = Counter(next(doubt for doubt in proposal.unsure if doubt in HIDING) for proposal in hidden)
    return Draft(text, _renumbered(proposals, kept), report, dict(sorted(counted.items())), words or load_words())


def _renumbered(proposals: list[Proposal], kept: list[int]) -> Iterator[Proposal]:
    """Let what is kept point to what is kept."""
    if len(kept) == len(proposals):
        yield from proposals
        return
    place = {old: new for new, old in enumerate(kept)}
    for old in kept:
        proposal = proposals[old]
        links = {
            name: place.get(link)
            for name in ("target", "part_of", "again")
            if (link := getattr(proposal, name)) is not None
        }
        yield _replaced(proposal, links) if links else proposal


def _replaced(proposal: Proposal, changes: Mapping[str, Any]) -> Proposal:
    fields = {name: getattr(proposal, name) for name in Proposal.__dataclass_fields__}
    return Proposal(**{**fields, **changes})


def _rebuilt(
    text: str, proposals: tuple[Proposal, ...], report: Report, left_out: Mapping[Doubt, int], table: Mapping[str, Any]
) -> Draft:
    return Draft(text, proposals, report, left_out, Words(table))


def _harm(harm: str | Iterable[str]) -> list[str]:
    return [harm] if isinstance(harm, str) else list(harm)


def _figure(figure: Figure | str | None) -> Figure | None:
    return parse_figure(figure) if isinstance(figure, str) else figure


def _without_article(name: str) -> str:
    words = " ".join(name.split())
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ("the", "a", "an") else words


def _no_ledger() -> DraftError:
    return DraftError(
        "a draft is no ledger: its proposals are not claims",
        "not-accepted",
        "accept them one by one, draft.accept(0), and join the claims: ledger | draft.ledger([…])",
    )
