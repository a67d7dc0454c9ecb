"""Rules in common use that are no one's codebook: majority, latest, best supported, median, mean and others."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from statistics import mean, median
from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import SourceFigure
from casualties.codebooks.coding import TIES, Coding
from casualties.reconciling.position import Interest
from casualties.reconciling.support import best_supported

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.codebooks.coding import Coding
    from casualties.codebooks.resolution import Resolution
    from casualties.model.source import Sources

__all__ = [
    "BEST_SUPPORTED",
    "LATEST",
    "MAJORITY",
    "MEAN",
    "MEDIAN",
    "OWN_SIDE_FIRST",
    "SOURCE_HIERARCHY",
    "first_ranked",
    "rank_of",
]


def rank_of(account: SourceFigure, ranking: Sequence[str], sources: Sources) -> int | None:
    """Give the place of an account in a ranking of sources and kinds of source; ``None`` where it has none.

    A source has the place of its own key, of a source above it in the tree, or of its kind, whichever comes first.

    Examples:
        >>> import casualties as cs
        >>> from casualties.codebooks import Coding, load
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> coding = Coding(finding, load("majority"))
        >>> [rank_of(each, ("akoush", "unattributed"), finding.view.sources) for each in coding.source_figures]
        [1, 0]
    """
    names = {str(kind) for kind in account.kinds}
    for reading in account.claim_figures:
        names.update(sources.line(reading.claim.source))
    return min((place for place, name in enumerate(ranking) if name in names), default=None)


def first_ranked(coding: Coding, accounts: Sequence[SourceFigure], ranking: Sequence[str]) -> list[SourceFigure]:
    """Keep the accounts that come first in a ranking, and set those aside that have no place in it.

    Examples:
        >>> import casualties as cs
        >>> from casualties.codebooks import Coding, load
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> coding = Coding(finding, load("majority"))
        >>> [each.voice.sources for each in first_ranked(coding, coding.source_figures, ["journalist"])]
        [('akoush',)]
    """
    sources = coding.finding.view.sources
    places = [(rank_of(account, ranking, sources), account) for account in accounts]
    coding.set_aside([account for place, account in places if place is None], "its source has no place in the ranking")
    first = min((place for place, _ in places if place is not None), default=None)
    return [account for place, account in places if place is not None and place == first]


def _decide_best_supported(coding: Coding) -> Resolution:
    accounts = coding.source_figures
    coding.numbered()
    if not accounts:
        return coding.not_coded("a figure of some source")
    best, *equal = best_supported([account.figure for account in accounts])
    if equal:
        ranges = ", ".join(str(run.figure) for run in (best, *equal))
        return coding.not_coded(
            f"one best-supported range, and {len(equal) + 1} are supported equally: {ranges}", "most-allowed"
        )
    figure = best.figure
    used = [accounts[place] for place in best.supporters]
    coding.step("most-allowed", f"{figure} is allowed by {len(used)} of {len(accounts)} voices", used)
    return coding.code(
        "most-allowed",
        number=figure.low if figure.is_exact else None,
        low=figure.low,
        high=figure.high,
        used=used,
        others="does not allow the best-supported counts",
    )


BEST_SUPPORTED: Final = Codebook(
    name="best-supported",
    title="K. Marzullo, Tolerating Failures of Continuous-Valued Sensors, ACM Transactions on Computer Systems 8(4)",
    version="1990",
    address="https://doi.org/10.1145/128733.128735",
    output=Output.RANGE,
    decide=_decide_best_supported,
    rules=(Rule("most-allowed", "section 3", "The range of counts that the most sources allow is written."),),
)
"""The rule by which the ranges of several instruments are joined; the sweep is that of `Finding.support`."""


def _decide_source_hierarchy(coding: Coding) -> Resolution:
    ranking = coding.names("ranking")
    if not ranking:
        return coding.not_coded("a ranking of sources (ranking=[…]): recorders differ in theirs", "first-ranked")
    first = first_ranked(coding, coding.numbered(), ranking)
    if not first:
        return coding.not_coded(f"a number of a source that is ranked ({', '.join(ranking)})", "first-ranked")
    return coding.one_number("first-ranked", first, "a source ranked first gives the number")


SOURCE_HIERARCHY: Final = Codebook(
    name="source-hierarchy",
    title="Every Casualty, Rules that casualty recorders apply to assigning status",
    version="Definition and Categorisation in Casualty Recording, p. 25",
    address="https://everycasualty.org/knowledge-base/rules-that-casualty-recorders-apply-to-assigning-status/",
    output=Output.NUMBER,
    decide=_decide_source_hierarchy,
    rules=(Rule("first-ranked", "p. 25", "Where sources differ, the one that the recorder ranks first is followed."),),
    parameters=(
        Parameter(
            "ranking",
            (),
            "keys or kinds of source, first the one preferred; it has no default, since some prefer local media, "
            "others international ones or courts",
        ),
        TIES,
    ),
)
"""The rule of recorders who follow a hierarchy of sources."""


_ORDER: Final = (Interest.OWN_SIDE, Interest.THIRD_PARTY, Interest.OPPONENT)


def _decide_own_side_first(coding: Coding) -> Resolution:
    accounts = coding.numbered()
    for interest in _ORDER:
        chosen = [
            account for account in accounts if any(reading.interest is interest for reading in account.claim_figures)
        ]
        if chosen:
            rule = str(interest).replace(" ", "-")
            return coding.one_number(rule, chosen, f"the {interest} speaks first")
    return coding.not_coded("a source of which is known whose dead it counts")


OWN_SIDE_FIRST: Final = Codebook(
    name="own-side-first",
    title="Own losses by each party, a rule in use among recorders and in encyclopaedic tables",
    version="in use",
    address="",
    output=Output.NUMBER,
    decide=_decide_own_side_first,
    rules=(
        Rule("own-side", "in use", "A party's number for its own dead is written."),
        Rule("third-party", "in use", "Where the party gives none, a third party's number is written."),
        Rule("opponent", "in use", "Where neither does, the opponent's number is written."),
    ),
    parameters=(TIES,),
)
"""The rule by which each side is believed on its own losses."""


def _decide_latest(coding: Coding) -> Resolution:
    accounts = coding.numbered()
    if not accounts:
        return coding.not_coded("a number of some source")
    dated = [
        (max(known), account)
        for account in accounts
        if (known := [reading.claim.known.latest for reading in account.claim_figures if reading.claim.known])
    ]
    if not dated:
        if len(accounts) > 1:
            return coding.not_coded("dates of when it was stated or published", "latest-statement")
        return coding.one_number("latest-statement", accounts, "")
    coding.set_aside(
        [figure for figure in accounts if all(figure is not account for _, account in dated)], "is not dated"
    )
    last = max(day for day, _ in dated)
    coding.step(
        "latest-statement", f"the last statements are of {last}", [account for day, account in dated if day == last]
    )
    return coding.one_number(
        "latest-statement", [account for day, account in dated if day == last], "another was stated later"
    )


LATEST: Final = Codebook(
    name="latest",
    title="The latest statement, a rule in use among newsrooms and encyclopaedias",
    version="in use",
    address="",
    output=Output.NUMBER,
    decide=_decide_latest,
    rules=(Rule("latest-statement", "in use", "The number that was stated or published last is written."),),
    parameters=(TIES,),
)
"""The rule of whoever overwrites yesterday's number with today's."""


def _decide(coding: Coding) -> Resolution:
    by_number = coding.by_number()
    if not by_number:
        return coding.not_coded("a number of some source")
    most = max(map(len, by_number.values()))
    winners = [account for accounts in by_number.values() if len(accounts) == most for account in accounts]
    named = sum(map(len, by_number.values()))
    coding.step("most-named", f"the most sources that name one number: {most} of {named}", winners)
    return coding.one_number("most-named", winners, "another number is named by more sources")


MAJORITY: Final = Codebook(
    name="majority",
    title="Every Casualty, Rules that casualty recorders apply to assigning status",
    version="Definition and Categorisation in Casualty Recording, p. 25",
    address="https://everycasualty.org/knowledge-base/rules-that-casualty-recorders-apply-to-assigning-status/",
    output=Output.NUMBER,
    decide=_decide,
    rules=(
        Rule(
            "most-named",
            "p. 25",
            "Where sources differ, what most of them say is written; independent sources are counted, so "
            "that ten papers that quote one ministry are one.",
        ),
    ),
    parameters=(TIES,),
)
"""The rule that voting has among recorders, and in the literature on truth discovery."""


def _averaged(coding: Coding, rule: str, average: Callable[[list[Fraction]], Fraction]) -> Resolution:
    accounts = coding.numbered()
    numbers = [Fraction(account.number) for account in accounts if account.number is not None]
    if not accounts:
        return coding.not_coded("a number of some source")
    exact = average(numbers)
    number = exact.numerator // exact.denominator
    coding.step(rule, f"of {len(accounts)} sources: {number:,}", accounts)
    if exact == number:
        return coding.code(rule, number=number, used=accounts)
    coding.step("whole-people", f"rounded down from {float(exact):,.2f}")
    return coding.code(rule, number=number, unrounded=exact, used=accounts)


def _median(coding: Coding) -> Resolution:
    return _averaged(coding, "middle", median)


def _mean(coding: Coding) -> Resolution:
    return _averaged(coding, "average", mean)


_WHOLE = Rule(
    "whole-people", "here", "People are whole: what is left over is cut off, and kept as the unrounded number."
)

MEDIAN: Final = Codebook(
    name="median",
    title="The median, a baseline of truth discovery",
    version="in use",
    address="",
    output=Output.NUMBER,
    decide=_median,
    rules=(
        Rule(
            "middle",
            "in use",
            "The middle number is written; of an even count of sources, halfway between the middle two.",
        ),
        _WHOLE,
    ),
)
"""The median of what independent sources name."""

MEAN: Final = Codebook(
    name="mean",
    title="The mean, a baseline of truth discovery",
    version="in use",
    address="",
    output=Output.NUMBER,
    decide=_mean,
    rules=(Rule("average", "in use", "The sum of the numbers is divided by how many sources name one."), _WHOLE),
)
"""The mean of what independent sources name."""
