"""Strategies that draw sources, subjects, claims and whole ledgers, with all that makes them hard to keep, and laws."""

# pyright: reportArgumentType=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from casualties.model.claim import SETS, Aspect, Assessment, Claim, Link, Modality, Silence, Stance
from casualties.model.estimate import EstimateMethod, IntervalKind
from casualties.model.facet import CHOICES, FACETS, KINDS, AgeGroup
from casualties.model.harm import Harm
from casualties.model.identification import Identification, Relation
from casualties.model.ledger import SETTABLE_APART, Ledger, Total
from casualties.model.period import PartialDate
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source, SourceKind
from casualties.model.subject import Subject
from casualties.model.unread import Unread
from casualties.model.vocabulary import Status, Term, TermKind
from casualties.testing._figures import figures
from casualties.wording import parse_figure, silence_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "LEDGER_LAWS",
    "check_ledger_laws",
    "claims",
    "dates",
    "identifications",
    "ledgers",
    "reports",
    "sources",
    "subjects",
    "terms",
    "texts",
]

_KEYS: Final = ("armenian", "azərbaycan", "no", "012", "killed", "side", "x: y, {z}", "Նախարարություն", "id", "a.b")
"""Names that a format may take for something else; those further on stand under those before."""

_SIDES: Final = {key: place % 3 for place, key in enumerate(_KEYS)}
_DATES: Final = tuple(
    map(
        PartialDate.parse,
        (
            "2020-09-27",
            "2020-09-30",
            "2020-10-02",
            "2020-09",
            "2020",
            "0999-12-31",
            "2020-09-27/2020-09-30",
            "2020-09-30T18:05:00+04:00",
            "2020-09-30T14:05:00+00:00",
            "2020-09-30T18:05:00.000007-03:30",
        ),
    )
)
_WORDS: Final = (
    *("more than 80", "at least 11", "as many as 25", "two", "1,200", "104", "about 2,300", "dozens", "0"),
    *("unknown", "not disclosed"),
)
_ABSENT: Final = tuple(f"c1-{digit * 20}" for digit in "0f")
_TEXTS: Final = (
    "yes",
    "'",
    '"',
    "a: b",
    "- a",
    "#1",
    "=1+1",
    "@x",
    "line\nline",
    "a\tb",
    "x\u2028y",
    "x\ufeff\ufffey",
    "–",
    "'=1",
    "a;b,c",
    "|",
)
_SHARES: Final = ("nearly 70 percent", "half")
_HARMS: Final = (
    *([str(harm)] for harm in Harm), ["killed", "wounded"], ["killed", "missing", "captured"], ["detained"], ["side"],
)  # fmt: skip

_alleged = st.lists(st.tuples(st.sampled_from(("side", "role", "place")), st.sampled_from(_KEYS)), max_size=2)
_key = st.sampled_from(_KEYS)
_harm = st.sampled_from(_HARMS)
_marks = st.lists(st.sampled_from(FACETS), max_size=2)


_seldom = st.sampled_from((False, False, False, False, True))
_anything = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
_text = st.sampled_from(_TEXTS) | _anything.filter(lambda text: bool(text.strip()))
_date = st.sampled_from(_DATES) | st.sampled_from(_DATES) | st.dates().map(PartialDate.day)
_maybe_text, _maybe_date = st.none() | _text, st.none() | _date


def texts() -> st.SearchStrategy[str]:
    r"""Draw texts as records hold them: of every script, and such as file formats take for something else.

    Examples:
        >>> from hypothesis import find
        >>> find(texts(), lambda text: "\t" in text)
        'a\tb'
    """
    return _text


def dates() -> st.SearchStrategy[PartialDate]:
    """Draw dates of every precision, some of them the same moment told with different offsets.

    Examples:
        >>> from hypothesis import find
        >>> print(find(dates(), lambda date: date.at is not None))
        2020-09-30T18:05:00+04:00
    """
    return _date


def sources() -> st.SearchStrategy[list[Source]]:
    """Draw sources that stand under one another; any two lists of them can be merged.

    Examples:
        >>> from hypothesis import find
        >>> find(sources(), lambda found: any(source.under for source in found))[0].kinds
        ()
    """
    return st.lists(st.sampled_from(_KEYS), max_size=5, unique=True).flatmap(
        lambda keys: st.tuples(*(_source(key) for key in sorted(keys))).map(list)
    )


def _source(key: str) -> st.SearchStrategy[Source]:
    place = _KEYS.index(key)
    return st.builds(
        Source,
        key=st.just(key),
        names=st.lists(texts(), max_size=2),
        aliases=st.lists(texts(), max_size=2),
        kinds=st.lists(st.sampled_from(SourceKind), max_size=2),
        side=st.sampled_from((None, _KEYS[_SIDES[key]])),
        under=st.sampled_from((None, _KEYS[place // 2] if place else None)),
        repeats=st.lists(st.sampled_from([other for other in _KEYS if other != key]), max_size=1),
    )


@st.composite
def terms(draw: st.DrawFn) -> list[Term]:
    """Draw declared words that lie inside, apart from and against one another; any two lists can be merged.

    Args:
        draw: Given by Hypothesis.

    Examples:
        >>> from hypothesis import find
        >>> len(find(terms(), lambda drawn: len(drawn) > 1))
        2
    """
    drawn = []
    for _ in range(draw(st.integers(0, 4))):
        kind, place = draw(st.sampled_from(TermKind)), draw(st.integers(0, len(_KEYS) - 1))
        others = st.lists(_key, max_size=2)
        fields: dict[str, Any] = {"names": draw(st.lists(texts(), max_size=2)), "apart": draw(others)}
        fields["under"] = draw(st.lists(st.sampled_from(_KEYS[:place]), max_size=2)) if place else ()
        if kind is TermKind.SIDE:
            fields["against"] = draw(others)
        if kind is TermKind.ROLE and not fields["under"]:
            fields["status"] = draw(st.sampled_from(((), (tuple(Status)[place % 3],))))
        if kind is TermKind.HARM:
            fields["stock"], fields["becomes"] = draw(st.booleans()), draw(others)
        if kind is TermKind.HARM and _KEYS[place] in tuple(Harm):
            fields["under"] = ()
        if kind is TermKind.EVENT:
            fields["incident"] = draw(st.booleans())
            fields["counted_until"] = draw(st.sampled_from((None, _DATES[place % 3].date_only)))
        fields["siblings_apart"] = draw(_seldom)
        drawn.append(Term(kind=kind, key=_KEYS[place], **fields))
    return drawn


def subjects() -> st.SearchStrategy[Subject]:
    """Draw subjects with any of their facets.

    Examples:
        >>> from hypothesis import find
        >>> print(find(subjects(), lambda subject: len(subject.harm) == 2))
        killed or wounded
    """
    return _subjects


def _any_subject() -> st.SearchStrategy[Subject]:
    words = {name: st.sampled_from(_KEYS) for name in KINDS}
    optional: dict[str, st.SearchStrategy[Any]] = {
        **words,
        **{name: st.sampled_from(choices) for name, choices in CHOICES.items()},
        "with_": st.lists(st.sampled_from(_KEYS), max_size=2),
        "without": st.lists(st.sampled_from(_KEYS), max_size=2),
        "since": dates().map(_day),
        "until": dates().map(_day),
    }
    strategy = st.one_of([st.tuples(st.just(name), values) for name, values in optional.items()])
    return st.builds(
        lambda harm, facets: _subject({"harm": harm, **dict(facets)}), _harm, st.lists(strategy, max_size=5)
    )


def _day(date: PartialDate) -> PartialDate:
    return date.date_only


def _subject(fields: dict[str, Any]) -> Subject:
    since, until = fields.get("since"), fields.get("until")
    if since and until and until.surely_before(since):
        fields = {**fields, "since": until, "until": since}
    if "presumed" in fields and "missing" not in fields["harm"]:
        fields = {**fields, "harm": ["missing"]}
    if fields.get("age") is AgeGroup.WOMEN_AND_CHILDREN:
        fields = {name: value for name, value in fields.items() if name != "sex"}
    return Subject(**fields)


_subjects = _any_subject()


def reports() -> st.SearchStrategy[Report]:
    """Draw documents, of which little may be known.

    Examples:
        >>> from hypothesis import find
        >>> find(reports(), lambda report: report.publisher is not None).title is None
        True
    """
    return _reports


_reports = st.builds(
    Report,
    publisher=st.none() | st.sampled_from(("The New Arab", "TASS")) | texts(),
    title=_maybe_text,
    address=st.none() | st.sampled_from(("https://example.org/1?a=b,c", "https://example.org/2")),
    published=_maybe_date,
    retrieved=_maybe_date,
    saved=st.none() | st.sampled_from(("copies/1.html", f"sha256:{'0' * 64}")),
)


_relays = st.builds(
    Relay,
    name=st.sampled_from(("Interfax", "AFP", "interfax")) | _text,
    kind=st.none() | st.sampled_from(SourceKind),
    side=st.none() | st.sampled_from(_KEYS),
)
_read = st.lists(
    st.fixed_dictionaries(
        {"report": st.none() | _reports, "relays": st.lists(_relays, max_size=2), "locator": _maybe_text},
        optional={"words": _maybe_text},
    ),
    max_size=2,
)


_assessments = st.builds(
    Assessment,
    grader=st.sampled_from(_KEYS),
    scale=st.sampled_from(("admiralty", "stars")),
    reliability=st.sampled_from("ABCDEF"),
    credibility=st.none() | st.sampled_from("123456"),
    grade=_maybe_text,
    graded=_maybe_date,
)


_few_subjects = st.builds(
    Subject,
    harm=st.sampled_from((["killed"], ["killed"], ["missing"])),
    side=st.just("armenian"),
    status=st.sampled_from((None, None, Status.CIVILIAN)),
    until=st.none() | st.sampled_from(_DATES[:5]),
)


@st.composite
def claims(
    draw: st.DrawFn, *, source: str = "armenian", others: Sequence[Claim] = (), few_subjects: bool = False
) -> Claim:
    """Draw a claim of any stance, read in any number of reports.

    Args:
        draw: Given by Hypothesis.
        source: Who says it.
        others: Claims that it may deny, withdraw, replace, rest on, or take its subject from.
        few_subjects: Whether it counts the killed, or the missing, of one side, as most claims drawn so do.

    Examples:
        >>> from hypothesis import find
        >>> find(claims(), lambda claim: claim.stance == "silent").source
        'armenian'
    """
    stance = draw(st.sampled_from((Stance.STATES, Stance.STATES, *Stance)))
    own = [claim.id for claim in others if claim.source == source]
    everybody = [claim.id for claim in others]
    drawn = _few_subjects if few_subjects else subjects()
    subject = draw(st.sampled_from([claim.subject for claim in others]) | drawn if others else drawn)
    fields: dict[str, Any] = {"source": source, "stance": stance, "subject": subject}
    printed = draw(st.none() | st.sampled_from(_WORDS))
    figure = parse_figure(printed) if printed else None
    if stance is Stance.STATES:
        fields["figure"] = draw(figures()) if figure is None else figure
        fields["replaces"] = draw(st.lists(st.sampled_from((*own, *_ABSENT)), max_size=2))
    elif stance is Stance.SILENT:
        said = silence_of(printed) if printed else None
        fields["silence"] = draw(st.sampled_from((None, said, *Silence)))
    else:
        named = st.sampled_from((*(own if stance is Stance.WITHDRAWS else everybody), *_ABSENT))
        fields["target"] = draw(st.none() | named if stance is Stance.DENIES else named)
        if stance is Stance.DENIES:
            fields["aspect"] = draw(st.none() | st.sampled_from(Aspect))
    if stance is Stance.STATES and draw(_seldom):
        fields["method"] = draw(st.none() | st.sampled_from(EstimateMethod))
        if fields["figure"].high is not None:
            fields["interval"] = draw(st.none() | st.sampled_from(IntervalKind))
            fields["level"] = draw(st.sampled_from((None, "95", "90", "99.9")))
    if subject.perpetrator is not None:
        fields["only"] = draw(st.sampled_from(((), ("perpetrator",))))
    if draw(_seldom):
        fields["present"], fields["notes"] = (draw(st.lists(texts(), max_size=2)) for _ in range(2))
        fields["extra"] = draw(st.lists(st.tuples(st.sampled_from(_KEYS), texts()), max_size=2))
    fields["modality"] = draw(st.none() | st.sampled_from(Modality))
    fields["stated"] = draw(_maybe_date)
    fields["our_reading"], fields["all"] = draw(_marks), draw(_marks)
    fields["alleged"] = draw(_alleged)
    fields["citations"] = [Citation(**{"words": printed, **words}) for words in draw(_read)]
    fields["assessments"] = draw(st.lists(_assessments, max_size=1))
    other = st.sampled_from((*everybody, *_ABSENT))
    for name in ("based_on", "misrelays"):
        share = st.none() | st.sampled_from(_SHARES) | texts()
        fields[name] = [Link(claim=draw(other), noted=draw(_maybe_date), share=draw(share))] if draw(_seldom) else []
    return Claim(**fields)


@st.composite
def identifications(draw: st.DrawFn) -> Identification:
    """Draw what somebody says of events: that they are the same, are different, or are part of another.

    Args:
        draw: Given by Hypothesis.

    Examples:
        >>> from hypothesis import find
        >>> find(identifications(), lambda each: each.whole is not None).relation.value
        'part-of'
    """
    events = draw(st.lists(_key, min_size=2, max_size=4, unique=True))
    relation = draw(st.sampled_from(Relation))
    fields: dict[str, Any] = {"whole": events.pop()} if relation is Relation.PART_OF else {}
    fields["because"], fields["stated"] = draw(_maybe_text), draw(_maybe_date)
    fields["score"] = draw(st.sampled_from((None, "0.97", "1", "0")))
    if draw(_seldom):
        fields["method"], fields["version"] = draw(_key), draw(st.sampled_from((None, "1")))
    return Identification(relation=relation, events=events, says=draw(_key), **fields)


@st.composite
def ledgers(draw: st.DrawFn, *, max_claims: int = 6, few_subjects: bool = False) -> Ledger:
    """Draw ledgers: chains of revisions, copies, circles of links, absent targets, trees, totals, declared words.

    Any two of them can be merged.

    Args:
        draw: Given by Hypothesis.
        max_claims: The most claims that are drawn.
        few_subjects: Whether most claims are about a few subjects, so that their figures meet.

    Examples:
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=5)
        ... @given(ledgers(), ledgers())
        ... def the_order_of_ledgers_changes_nothing(one, other):
        ...     assert (one | other) == (other | one)
        >>> the_order_of_ledgers_changes_nothing()
    """
    statements: list[Claim] = []
    for _ in range(draw(st.integers(0, max_claims))):
        source = draw(st.sampled_from(_KEYS[:5]))
        statements.append(draw(claims(source=source, others=statements[-3:], few_subjects=few_subjects)))
    if len(statements) > 1 and draw(
        _seldom if few_subjects else st.booleans()
    ):  # the first rests on the last, so that links may form a circle
        statements[0] = statements[0].replacing(based_on=[Link(claim=statements[-1].id)])
    speakers = [Source(key=claim.source) for claim in statements]
    totals = []
    if draw(st.booleans()):
        whole = draw(subjects()).replacing(age=None, sex=None)
        totals = [Total(whole=whole, parts=(whole.replacing(sex="female"), whole.replacing(sex="male")))]
    return Ledger(
        statements,
        sources=[*speakers, *draw(sources())],
        terms=draw(terms()),
        totals=totals,
        titles=draw(st.lists(texts(), max_size=2)),
        reports=draw(st.lists(reports(), max_size=2)),
        apart=draw(st.lists(st.sampled_from(SETTABLE_APART), max_size=2)),
        timezones=draw(st.lists(st.sampled_from(("+04:00", "-03:30", "Z")), max_size=2)),
        identifications=draw(st.lists(identifications(), max_size=3)) if draw(_seldom) else (),
        unread=draw(st.lists(_unread(), max_size=2)),
    )


def _unread() -> st.SearchStrategy[Unread]:
    return st.builds(
        Unread,
        table=st.sampled_from(("log.xlsx", "toll of May.csv")),
        cell=st.sampled_from(("F7", "AB12", "row 2, 'dead'")),
        value=st.none() | texts(),
        why=st.none() | texts(),
    )


def _kept(whole: Ledger, part: Ledger) -> bool:
    """Tell whether nothing of a part is missing in the whole."""
    return all(
        claim in whole and all(set(getattr(claim, name)) <= set(getattr(whole[claim.id], name)) for name in SETS)
        for claim in part
    ) and all(
        set(getattr(part, name)) <= set(getattr(whole, name))
        for name in ("sources", "reports", "totals", "titles", "apart", "timezones", "identifications", "unread")
    )


LEDGER_LAWS: Final[dict[str, Callable[[Ledger, Ledger, Ledger], bool]]] = {
    "merging commutes": lambda a, b, _: a | b == b | a,
    "merging associates": lambda a, b, c: (a | b) | c == a | (b | c),
    "merging is idempotent": lambda a, _b, _c: a | a == a,
    "the empty ledger changes nothing": lambda a, _b, _c: a | Ledger() == a == Ledger() | a,
    "nothing is lost": lambda a, b, _: _kept(a | b, a) and _kept(a | b, b),
    "what is merged already changes nothing": lambda a, b, _: (a | b) | a == a | b,
}
"""What holds of any three ledgers that can be merged, by the name of the law."""


def check_ledger_laws(one: Ledger, other: Ledger, third: Ledger) -> None:
    """Check every law of merging on three ledgers, such as those that a reader of your own gives.

    Args:
        one: A ledger.
        other: Another ledger, or the same.
        third: A third ledger, or one of the same.

    Raises:
        AssertionError: If a law is broken, with its name and the ledgers.

    Examples:
        >>> import casualties as cs
        >>> check_ledger_laws(cs.seeds.load("nagorno-karabakh-2020-09-30"), cs.Ledger(titles=["A"]), cs.Ledger())
    """
    for name, holds in LEDGER_LAWS.items():
        if not holds(one, other, third):
            raise AssertionError(f"{name}: not so for {one!r}, {other!r}, {third!r}")
