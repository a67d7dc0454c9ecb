"""Codebooks on real data: what they write for the battles of the American Civil War, and for city populations.

The tables of docs/explanation/codebooks-compared.md are made here and compared with the page.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from fractions import Fraction
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING

import pytest

from casualties.codebooks import Resolution
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.results import Reconciliation, reconcile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casualties.results import Finding

pytestmark = pytest.mark.real_data

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "codebooks-compared.md"
KINDS = {"CWSAC (NPS 1993)": "government", "CWSS": "government", "wikipedia": "compiler"}
PUBLISHED = ("ucdp", "acled", "gtd", "iraq-body-count", "em-dat", "un-verified")
IN_USE = ("majority", "source-hierarchy", "latest", "best-supported", "median", "mean")
RANKING = {"ranking": ["Kennedy 1997", "Fox 1898", "Livermore 1900", "Phisterer 1883"]}
GROUPS = {"group_ok": True}
"""What ACLED is given so that it counts one side of a battle."""


def ledger_of(claims: Sequence[Claim]) -> Ledger:
    """Put claims into a ledger, with what is known of their sources."""
    names = sorted({claim.source for claim in claims})
    return Ledger(claims, sources=[Source(key=name, kinds=[KINDS.get(name, "academic")]) for name in names])


@pytest.fixture(scope="module")
def battles(real_data: Path) -> Reconciliation:
    """Reconcile the claims on the battles; one row gives its higher end first, and is read as the range that it is."""
    claims = []
    with (real_data / "civil-war-battles" / "acw_claims_long.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            low, high = sorted((int(float(row["min"])), int(float(row["max"]))))
            subject = Subject(harm=row["measure"].split("_"), side=row["belligerent"], event=row["cwsac_id"])
            claims.append(Claim(source=row["source"], subject=subject, figure=Figure(low, high)))
    return reconcile(ledger_of(claims))


@pytest.fixture(scope="module")
def cells(battles: Reconciliation) -> list[Finding]:
    """Keep the cells on which two sources or more speak."""
    return [finding for finding in battles if len(finding.independent_sources) > 1]


@pytest.fixture(scope="module")
def cities(real_data: Path) -> list[tuple[Finding, int]]:
    """Reconcile the claims on populations, each with its true value; cities are numbered, as some names are broken."""
    folder = real_data / "population-claims"
    with (folder / "claims.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    with (folder / "truth.csv").open(encoding="utf-8") as lines:
        truth = {row["city_year"]: int(float(row["population"])) for row in csv.DictReader(lines)}
    keys = {city: f"city-{place}" for place, city in enumerate(sorted({row["city_year"] for row in rows} & set(truth)))}
    claims = [
        Claim(
            source=row["contributor"],
            subject=Subject(harm=["residents"], event=keys[row["city_year"]]),
            figure=Figure.exactly(int(float(row["population"]))),
        )
        for row in rows
        if row["city_year"] in keys
    ]
    true = {key: truth[city] for city, key in keys.items()}
    return [(finding, true[str(finding.subject.event)]) for finding in reconcile(ledger_of(claims))]


def numbers(finding: Finding) -> list[Fraction]:
    """List the lower ends of what the sources of a cell say, one for each source, without the library's rules."""
    return sorted(Fraction(voice.figure.low) for voice in finding.independent_sources)


def test_cells_are_those_of_the_table(cells: list[Finding]) -> None:
    """Two sources or more speak on 1,288 cells, and in 69 % of them they differ."""
    assert len(cells) == 1288
    differing = [
        cell for cell in cells if len({(voice.figure.low, voice.figure.high) for voice in cell.independent_sources}) > 1
    ]
    assert round(100 * len(differing) / len(cells)) == 69


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("acled", lambda said: said[0]),
        ("ucdp", lambda said: said[0]),
        ("median", lambda said: Fraction(math.floor(median(said)))),
        ("mean", lambda said: Fraction(math.floor(mean(said)))),
    ],
)
def test_numbers_are_those_of_plain_arithmetic(
    cells: list[Finding], name: str, expected: Callable[[list[Fraction]], Fraction]
) -> None:
    """On every cell the number is what the few lines of arithmetic beside it give."""
    given = GROUPS if name == "acled" else {}
    resolved = [(cell.resolve(name, other_harm_ok=True, **given).number, expected(numbers(cell))) for cell in cells]
    assert [pair for pair in resolved if pair[0] != pair[1]] == []


def test_majority_is_the_commonest_number(cells: list[Finding]) -> None:
    """Where one number is the commonest it is written, and a tie is not coded."""
    for cell in cells:
        (number, most), *others = Counter(numbers(cell)).most_common()
        tied = any(count == most for _, count in others)
        assert cell.resolve("majority").number == (None if tied else number)


def test_iraq_body_count_is_the_least_and_the_greatest(cells: list[Finding]) -> None:
    """The range goes from the lowest low to the highest high over every claim, and not over one for each source."""
    for cell in cells:
        resolution = cell.resolve("iraq-body-count", other_harm_ok=True)
        said = [claim.figure for claim in cell.claims if claim.figure is not None]
        assert resolution.low == min(figure.low for figure in said)
        assert resolution.high == max(figure.high for figure in said if figure.high is not None)


def outcome(resolutions: Sequence[Resolution]) -> str:
    """Say how many cells are coded, by which rules, and what the others need."""
    coded = [each for each in resolutions if each.coded]
    rules = Counter(each.rule for each in coded)
    lacks = Counter(each.rule for each in resolutions if not each.coded)
    outside = sum(each.outside_span for each in coded)
    shown = [f"{len(coded):,}", _listed(rules), _listed(lacks), f"{outside:,}"]
    return " | ".join(shown)


def _listed(rules: Counter[str]) -> str:
    in_order = sorted(rules.items(), key=lambda each: (-each[1], each[0]))
    return ", ".join(f"*{rule}* {count:,}" for rule, count in in_order) or "–"


def battle_rows(cells: list[Finding]) -> list[str]:
    """Make the rows of the page on all cells, as the codebooks stand."""
    given = {"source-hierarchy": RANKING}
    rows = [
        f"| {name} | {outcome([cell.resolve(name, **given.get(name, {})) for cell in cells])} |"
        for name in (*PUBLISHED, *IN_USE)
    ]
    sides = outcome([cell.resolve("acled", **GROUPS) for cell in cells])
    forced = outcome([cell.resolve("em-dat", other_harm_ok=cell.subject.harm == ("killed",)) for cell in cells])
    return [*rows, f"| acled, sides too | {sides} |", f"| em-dat, the killed of a war too | {forced} |"]


def cell_rows(cells: list[Finding], harm: str, side: str, event: str) -> list[str]:
    """Make the rows of the page on one cell: what was said, and what each codebook writes, forced and unforced."""
    (cell,) = [
        each for each in cells if (each.subject.harm, each.subject.side, each.subject.event) == ((harm,), side, event)
    ]
    rows = []
    for name in (*PUBLISHED[:4], "majority", "median", "mean", "source-hierarchy"):
        given = RANKING if name == "source-hierarchy" else {}
        groups = GROUPS if name == "acled" else {}
        as_published, forced = cell.resolve(name, **given), cell.resolve(name, **given, **groups, other_harm_ok=True)
        rows.append(f"| {name} | {as_published} | {forced} | *{forced.rule}* |")
    return rows


def errors_of(cities: list[tuple[Finding, int]], name: str, **given: object) -> tuple[float, float, float]:
    """Measure a codebook on the cities: mean absolute and root mean square error, and the share off by over 0.1 %."""
    found = []
    for finding, true in cities:
        resolution = finding.resolve(name, other_harm_ok=True, **given)
        assert resolution.number is not None
        number = Fraction(resolution.number) if resolution.unrounded is None else resolution.unrounded
        found.append((abs(number - true), true))
    count = len(found)
    off = sum(error > Fraction(true, 1000) for error, true in found)
    squares = sum((error * error for error, _ in found), Fraction(0))
    return float(sum(error for error, _ in found) / count), math.sqrt(float(squares / count)), off / count


MEASURED: dict[str, tuple[str, dict[str, object]]] = {
    "median": ("median", {}),
    "mean": ("mean", {}),
    "majority, lowest of a tie": ("majority", {"ties": "lowest"}),
    "majority, highest of a tie": ("majority", {"ties": "highest"}),
    "acled": ("acled", {}),
    "gtd": ("gtd", {}),
    "gtd, majority as most named": ("gtd", {"majority": "most named"}),
}


def city_rows(cities: list[tuple[Finding, int]]) -> list[str]:
    """Make the rows of the page on the cities."""
    rows = []
    for title, (name, given) in MEASURED.items():
        error, square, off = errors_of(cities, name, **given)
        rows.append(f"| {title} | {error:,.2f} | {square:,.2f} | {off:.3f} |")
    return rows


@pytest.mark.parametrize(
    ("name", "error", "square", "off"), [("median", 2475.05, 9759.71, 0.336), ("mean", 3336.49, 9799.66, 0.585)]
)
def test_populations_give_the_published_errors(
    cities: list[tuple[Finding, int]], name: str, error: float, square: float, off: float
) -> None:
    """Where the rule is that of the published table, so are its errors."""
    assert len(cities) == 277
    measured = errors_of(cities, name)
    assert (round(measured[0], 2), round(measured[1], 2), round(measured[2], 3)) == (error, square, off)


def test_voting_lies_within_its_ties(cities: list[tuple[Finding, int]]) -> None:
    """The published voting breaks ties somehow: its errors lie between those of the lowest and the highest of ties."""
    lowest, highest = (errors_of(cities, "majority", ties=ties) for ties in ("lowest", "highest"))
    for low, published, high in zip(lowest, (2511.04, 11328.71, 0.231), highest, strict=True):
        assert low <= published <= high


def test_span_holds_the_truth_that_every_number_misses(cities: list[tuple[Finding, int]]) -> None:
    """The span holds the truth in 273 of 277, and in 272 somebody states it; every one number misses at least 17 %."""
    spans = sum(finding.span is not None and Figure.exactly(true).inside(finding.span) for finding, true in cities)
    stated = sum(any(claim.figure == Figure.exactly(true) for claim in finding.claims) for finding, true in cities)
    assert (spans, stated) == (273, 272)
    misses = [round(277 * errors_of(cities, name, **given)[2]) for name, given in MEASURED.values()]
    assert 277 - min(misses) == 230
    assert round(min(misses) / 277, 2) >= 0.17


def test_page_shows_what_is_measured(cells: list[Finding], cities: list[tuple[Finding, int]]) -> None:
    """Every row of the page on real data is what this run gives."""
    page = PAGE.read_text(encoding="utf-8")
    rows = [*battle_rows(cells), *city_rows(cities)]
    for harm, side, event in (
        ("casualties", "Confederate", "VA097"),
        ("missing", "US", "WV010"),
        ("killed", "US", "SC007"),
    ):
        rows += cell_rows(cells, harm, side, event)
    assert [row for row in rows if row not in page] == []
