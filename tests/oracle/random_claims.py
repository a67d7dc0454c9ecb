"""Random sets of claims, small and rich: every rule of the oracle is met by some of them.

`random_records(seed)` draws one set with nothing but `random.Random`, so that a seed says it all.
`from_ledger.ledger_of(records)` makes it a real `casualties.Ledger`, as far as the library's model has the keys.
Compare answers on `records_of(ledger_of(records))`: its claims carry the library's identities and only its keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any

from .records import Citation, Claim, Grade, Link, Range, Records, Source, When, Word

START = date(2023, 10, 1)
FIRST = START.toordinal()

SOURCES = (
    Source("gov", ("gov", "The Government"), frozenset({"government"}), side="s"),
    Source("ministry", ("ministry",), frozenset({"medical"}), under="gov"),
    Source("army", ("army",), frozenset({"belligerent"}), under="gov"),
    Source("premier", ("premier",), frozenset(), under="gov"),
    Source("rebels", ("rebels",), frozenset({"belligerent"}), side="x"),
    Source("rebel-radio", ("rebel-radio",), frozenset({"media"}), under="rebels"),
    Source("un", ("un",), frozenset({"intergovernmental"})),
    Source("un-team", ("un-team",), frozenset({"intergovernmental"}), under="un"),
    Source("un-panel", ("un-panel",), frozenset({"intergovernmental", "academic"}), under="un"),
    Source("ngo", ("ngo", "The Society"), frozenset({"ngo"})),
    Source("monitor", ("monitor",), frozenset({"monitor"})),
    Source("hospital", ("hospital",), frozenset({"medical"})),
    Source("paper", ("paper", "The Paper"), frozenset({"media"})),
    Source("reporter", ("reporter",), frozenset({"journalist"})),
    Source("scholars", ("scholars",), frozenset({"academic"})),
    Source("abroad", ("abroad",), frozenset({"government"}), side="z"),
    Source("anon", ("anon",), frozenset({"unattributed"})),
    Source("rumour", ("rumour",), frozenset({"unattributed"})),
    Source("digest", ("digest",), frozenset({"compiler"}), repeats=("gov", "rebels")),
    Source("mirror", ("mirror",), frozenset({"compiler"}), repeats=("ngo",)),
)

WORDS = (
    Word("side", "s", against=("x",)),
    Word("side", "s-army", under=("s",)),
    Word("side", "x"),
    Word("side", "z"),
    Word("role", "pilot", status="combatant"),
    Word("role", "medic"),
    Word("place", "town", under=("county",)),
    Word("place", "county"),
    Word("event", "quake", counted_until=When(FIRST + 20, FIRST + 20)),
    Word("event", "strike", incident=True),
    Word("event", "raid"),
    Word("event", "raid-2"),
    Word("harm", "probable-dead", stock=True),
)

NUMBERS = (1, 2, 3, 5, 10, 12, 40, 50, 51, 60, 100, 101, 102, 200)

SUBJECTS: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (("killed",), {"event": "battle"}),
    (("killed",), {"event": "battle"}),
    (("killed",), {"side": "s", "status": "combatant"}),
    (("killed",), {"side": "s", "status": "civilian"}),
    (("killed",), {"status": "civilian", "place": "town"}),
    (("killed",), {"event": "quake"}),
    (("killed",), {"event": "strike", "place": "town"}),
    (("killed",), {"event": "raid"}),
    (("killed",), {"role": "pilot"}),
    (("missing",), {"place": "town"}),
    (("probable-dead",), {}),
    (("killed", "wounded"), {}),
)


@dataclass
class Draw:
    """One drawing of claims."""

    random: Random
    base: tuple[tuple[str, ...], dict[str, str]]
    last: int
    numbers: tuple[int, ...]
    wander: float
    one_day: bool
    plain: bool
    sources: list[str]
    claims: list[Claim] = field(default_factory=list)

    def chance(self, share: float) -> bool:
        """Say yes so often; never where the set is to be plain."""
        return self.random.random() < (share / 5 if self.plain else share)

    def pick(self, given: Any) -> Any:
        """Choose one."""
        return self.random.choice(list(given))

    def add(self, claim: Claim) -> Claim:
        """Keep a claim under the next name, unless its content is there already."""
        content = _content(claim)
        known = next((each for each in self.claims if _content(each) == content), None)
        if known is not None:
            return known
        named = replace(claim, id=f"k{len(self.claims):02}")
        self.claims.append(named)
        return named


def _content(claim: Claim) -> Claim:
    return replace(claim, id="", citations=(), grades=(), based_on=(), misrelays=())


def random_records(seed: int) -> Records:
    """Draw a set of up to some sixteen claims: a crowd of sources, the history of few, or a mixture of both."""
    random = Random(seed)
    mode = random.choice(("crowd", "crowd", "history", "mixture"))
    several = {"crowd": (4, 5, 6, 8, 10, 12), "history": (1, 1, 2, 3), "mixture": (2, 3, 4, 6, 8)}[mode]
    first = random.randrange(len(NUMBERS) - 3)
    close = NUMBERS[first : first + random.choice((2, 3))]
    draw = Draw(
        random,
        base=random.choice(SUBJECTS),
        last=FIRST + 4,
        numbers=random.choice((close, tuple(random.sample(NUMBERS, random.choice((2, 3, 4)))))),
        wander=random.choice((0.0, 0.0, 0.05, 0.2)),
        one_day=random.random() < 0.5,
        plain=mode == "crowd" or random.random() < 0.3,
        sources=random.sample([each.key for each in SOURCES], random.choice(several)),
    )
    if mode == "crowd":
        for source in draw.sources:
            draw.add(_statement(draw, source))
    for _ in range(random.choice({"crowd": (0, 1, 2, 4), "history": (2, 4, 7, 10), "mixture": (3, 6, 9, 13)}[mode])):
        _one_more(draw)
    for _ in range(random.choice((0, 0, 0, 1, 2))):
        _links(draw)
    claims = list(draw.claims)
    random.shuffle(claims)
    same = (frozenset({"raid", "raid-2"}),) if random.random() < 0.2 else ()
    return Records(
        tuple(claims), {each.key: each for each in SOURCES}, {(each.kind, each.key): each for each in WORDS}, same
    )


def _one_more(draw: Draw) -> None:
    roll = draw.random.random()
    given = [each for each in draw.claims if each.stance == "states"]
    if given and roll < 0.04:
        draw.add(_denial(draw, draw.pick(given)))
    elif given and roll < 0.08:
        _withdrawal(draw, draw.pick(draw.claims))
    elif roll < 0.10:
        draw.add(replace(_statement(draw), stance="silent", figure=None, method=None, modality=None, replaces=()))
    elif roll < 0.12:
        draw.add(
            replace(
                _statement(draw),
                stance="denies",
                figure=None,
                aspect="occurrence",
                method=None,
                interval=False,
                replaces=(),
            )
        )
    elif given and roll < 0.22:
        _again(draw, draw.pick(given))
    else:
        draw.add(_statement(draw))


def _statement(draw: Draw, by: str | None = None) -> Claim:
    source = by or draw.pick(draw.sources)
    harm, facets = draw.base if draw.random.random() >= draw.wander else draw.pick(SUBJECTS)
    facets = dict(facets)
    if facets.get("event") == "raid" and draw.chance(0.3):
        facets["event"] = "raid-2"
    if facets.get("event") == "strike" and draw.chance(0.4):
        facets.pop("place", None)
    if draw.chance(0.03):
        facets["weapon"] = "explosive"
    perpetrator = draw.pick(("s", "x", "s-army")) if draw.chance(0.15) else None
    figure = _figure(draw)
    if perpetrator and draw.chance(0.3):
        figure = Range(0, 0)
    until, stated, citations = _dates(draw)
    if draw.chance(0.25):
        citations = (*citations, _citation(draw, source))
    method, interval, basis = None, False, None
    if draw.chance(0.05):
        method = draw.pick(("model", "survey", "excess"))
        interval = draw.random.random() < 0.5
    elif draw.chance(0.3):
        basis = draw.pick(("listed", "documented", "buried", "verified", "examined"))
    replaces: tuple[str, ...] = ()
    own = [each.id for each in draw.claims if each.source == source and each.stance == "states"]
    if own and draw.chance(0.1):
        replaces = (draw.pick(own),)
    return Claim(
        id="",
        source=source,
        harm=harm,
        figure=figure,
        replaces=replaces,
        modality=_modality(draw),
        method=method,
        interval=interval,
        facets=tuple(sorted(facets.items())),
        only=frozenset({"perpetrator"}) if perpetrator and draw.chance(0.2) else frozenset(),
        basis=basis,
        perpetrator=perpetrator,
        with_=(draw.pick(("pilot", "s-army", "civilian", "the missing")),) if draw.chance(0.05) else (),
        without=("volunteers",) if draw.chance(0.02) else (),
        since=None if draw.chance(0.05) else When(FIRST, FIRST),
        until=until,
        stated=stated,
        citations=citations,
        grades=_grades(draw),
        based_on=_based_on(draw),
        misrelays=(Link(draw.pick(draw.claims).id),) if draw.claims and draw.chance(0.02) else (),
    )


def _figure(draw: Draw) -> Range:
    number: int = draw.pick(draw.numbers)
    width = draw.pick((1, 2, 5, 10, 30))
    about = _margin(number)
    return draw.random.choice(
        (
            *[Range(number, number)] * 5,
            *[Range(number, None)] * 4,
            *[Range(number, number + width)] * 3,
            Range(0, number),
            Range(0, number),
            *[Range(max(1, number - about), number + about, low_assumed=True, high_assumed=True)] * 2,
            Range(max(1, number - about), max(1, number - 1), low_assumed=True),
            Range(number + 1, number + about, high_assumed=True),
            Range(3, None, low_assumed=True),
            Range(number, number + width, best=number),
            Range(0, 0),
        )
    )


def _margin(number: int) -> int:
    """Give *m* of "about N" (section 3): a fifth of N, or the roundness of N, whichever is smaller, rounded outward."""
    roundness = max(each for each in (1, 5, 10, 50, 100) if number % each == 0)
    return min(-(-number // 5), roundness)


def _dates(draw: Draw) -> tuple[When | None, When | None, tuple[Citation, ...]]:
    """Draw the last day counted, when it was said, and what was printed of it."""
    random = draw.random
    last = draw.last if draw.one_day or random.random() < 0.5 else draw.last - random.choice((0, 1, 2, 3))
    until: When | None = When(last, last)
    if not draw.one_day and draw.chance(0.08):
        until = draw.pick((When(last - 2, last), When(last, last + 3), None, None))
    said = last + random.choice((0, 0, 0, 1, 1, 2, 5, 10, 30))
    stated: When | None = When(said, said)
    roll = random.random()
    if roll < 0.25:
        stated = _at(said, random.choice((8, 12, 20)))
    elif draw.chance(0.07):
        stated = When(said, said + 6)
    elif draw.chance(0.1):
        stated = None
        if draw.chance(0.4):
            return None, None, ()
    citations: tuple[Citation, ...] = ()
    if stated is None and random.random() < 0.6:
        citations = (Citation("The Gazette", When(said, said), report=f"gazette {said}"),)
    return until, stated, citations


def _at(day: int, hour: int) -> When:
    return When(day, day, day * 86_400 + hour * 3_600)


def _modality(draw: Draw) -> str | None:
    if not draw.chance(0.5):
        return None
    return str(
        draw.pick(
            (
                "preliminary",
                "preliminary",
                "preliminary",
                "confirmed",
                "reported",
                "estimated",
                "derived",
                "alleged",
                "projected",
            )
        )
    )


def _citation(draw: Draw, source: str) -> Citation:
    names = next(each.names for each in SOURCES if each.key == source)
    return Citation(
        *draw.pick(
            (
                (names[-1], None, (), f"own {source}"),
                ("The Paper", None, (), "paper 1"),
                ("The Paper", When(draw.last + 1, draw.last + 1), ("Wire",), "paper 2"),
                ("The Gazette", None, ("Wire", "Cable"), "gazette 1"),
            )
        )
    )


def _grades(draw: Draw) -> tuple[Grade, ...]:
    if not draw.chance(0.12):
        return ()
    graded = When(draw.last + 8, draw.last + 8) if draw.chance(0.3) else None
    return (Grade(draw.pick(("A", "B", "D", "E", None)), draw.pick(("1", "4", "5")), graded),)


def _based_on(draw: Draw) -> tuple[Link, ...]:
    if not draw.chance(0.14):
        return ()
    noted = When(draw.last + 6, draw.last + 6) if draw.chance(0.1) else None
    names = ["absent-1", "absent-2", *(each.id for each in draw.claims)]
    return tuple(Link(name, noted) for name in draw.random.sample(names, min(len(names), draw.pick((1, 1, 1, 2)))))


def _again(draw: Draw, claim: Claim) -> None:
    """Let a source say the same again later, or revise it."""
    said = (claim.stated.last if claim.stated else draw.last) + draw.pick((0, 1, 3, 40))
    figure = claim.figure if draw.random.random() < 0.4 else _figure(draw)
    draw.add(replace(claim, stated=When(said, said), figure=figure, based_on=(), misrelays=(), replaces=()))


def _denial(draw: Draw, claim: Claim) -> Claim:
    aspect = draw.pick(("occurrence", "figure", "responsibility", "status", None))
    return replace(
        claim,
        source=draw.pick(draw.sources),
        stance="denies",
        figure=None,
        aspect=aspect,
        target=claim.id,
        replaces=(),
        modality=None,
        method=None,
        interval=False,
        stated=When(draw.last + 2, draw.last + 2),
        citations=(),
        grades=(),
        based_on=(),
        misrelays=(),
    )


def _withdrawal(draw: Draw, claim: Claim) -> None:
    said = (claim.stated.last if claim.stated else draw.last) + draw.pick((1, 4))
    draw.add(
        replace(
            claim,
            stance="withdraws",
            figure=None,
            aspect=None,
            target=claim.id,
            replaces=(),
            modality=None,
            method=None,
            interval=False,
            stated=When(said, said),
            citations=(),
            grades=(),
            based_on=(),
            misrelays=(),
        )
    )


def _links(draw: Draw) -> None:
    """Close a circle of claims that quote one another, or make a joint statement of two parties."""
    given = [each for each in draw.claims if each.stance == "states"]
    if not given:
        return
    if draw.random.random() < 0.5 and len({each.source for each in given}) > 1:
        circle = draw.random.sample(given, min(len(given), draw.pick((2, 2, 3))))
        for each, other in zip(circle, [*circle[1:], circle[0]], strict=True):
            _put(draw, replace(each, based_on=(Link(other.id),)) if each.id != other.id else each)
        return
    first = draw.pick(given)
    partner = draw.pick([each.key for each in SOURCES if each.key != first.source and not each.repeats])
    read = (Citation("The Paper", None, (), "joint statement"),)
    other = draw.add(replace(first, source=partner, replaces=(), grades=(), based_on=(), misrelays=()))
    if other.id == first.id or other.replaces != first.replaces:
        return
    _put(draw, replace(first, citations=read, based_on=(Link(other.id),), misrelays=()))
    _put(draw, replace(other, citations=read, based_on=(Link(first.id),), misrelays=()))


def _put(draw: Draw, claim: Claim) -> None:
    draw.claims = [claim if each.id == claim.id else each for each in draw.claims]
