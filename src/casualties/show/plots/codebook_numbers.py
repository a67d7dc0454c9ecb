"""The picture of codebooks: one set of claims, and what each published rule writes down for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from casualties.codebooks import Codebook, Resolution, load, names, resolve
from casualties.model.figure import Figure
from casualties.reconciling.view import Standpoint
from casualties.show._numbering import ordered
from casualties.show.plots._captions import entitled, limited, name_of, sources_of, told, unit_of
from casualties.show.plots._rows import Heading, Panel, Row, checked_width, drawn
from casualties.show.plots.plot import Plot

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["codebook_numbers"]


def codebook_numbers(
    findings: Iterable[Finding],
    view: Standpoint,
    *,
    codebooks: Iterable[str | Codebook] | None = None,
    width: int = 800,
    dark: bool = False,
    limit: int | None = None,
) -> Plot:
    """Draw the number that each codebook writes down for the same claims, with its range.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        codebooks: Names of codebooks, or codebooks of your own; all that there are where they are left out.
        width: Pixels from side to side.
        dark: Whether it is for a dark screen.
        limit: How many findings to show at most; ``None`` for all.

    Raises:
        CasualtiesError: If the width cannot be drawn, or the limit is below one.
        UnknownNameError: If there is no such codebook.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> print(codebook_numbers([result.one(role="mercenary")], result.view, codebooks=["ucdp", "gtd"]))
        Codebooks: killed, Syrian mercenaries, 27 to 30 September 2020.
        Nagorno-Karabakh, the first four days
        Syrian mercenaries: compatible; as said: 0 or more.
        ucdp: 2 (2–25); by its rule lower-figure.
        gtd: 2; by its rule majority.
        Each row is one published rule for the same claims. None of them is the truth.
        Read in: The New Arab.
    """
    checked_width(width)
    chosen = [load(each) if isinstance(each, str) else each for each in (names() if codebooks is None else codebooks)]
    shown, left = limited(ordered(findings), limit)
    panels = [_panel(finding, name_of(finding, shown), chosen, unit_of([finding], view)) for finding in shown]
    title, lines = entitled("Codebooks", shown, view)
    footer = (
        "Each row is one published rule for the same claims. None of them is the truth.",
        *left,
        *sources_of(shown),
    )
    alt = told(title, lines, panels, footer)
    heading = Heading(title, lines, footer)
    return Plot(title, alt, drawn(heading, panels, width=width, dark=dark), dark)


def _panel(finding: Finding, name: str, codebooks: Iterable[Codebook], unit: str) -> Panel:
    said = "no source states a figure" if finding.span is None else f"as said: {finding.span}"
    return Panel(
        title=name,
        status=f"{finding.status}; {said}",
        rows=tuple(_row(resolve(finding, codebook, {})) for codebook in codebooks),
        unit=unit,
    )


def _row(resolution: Resolution) -> Row:
    if not resolution.coded:
        reason = resolution.reason.removeprefix("not coded: ")
        return Row(resolution.codebook, "not coded", (reason,) if reason else ())
    low = resolution.number if resolution.low is None else resolution.low
    high = resolution.number if resolution.low is None else resolution.high
    return Row(
        resolution.codebook,
        str(resolution),
        (f"by its rule {resolution.rule}",),
        figure=None if low is None else Figure(low, high),
        best=resolution.number,
    )
