"""The picture of support: how many independent voices allow each count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casualties._text import counted
from casualties.reconciling.support import Run, runs
from casualties.reconciling.view import View
from casualties.show._numbering import Numbering, ordered
from casualties.show.describe import capitalised, enumeration
from casualties.show.plots._captions import entitled, name_of, sources_of, unit_of
from casualties.show.plots._multiples import Cell, chosen, multiples
from casualties.show.plots._rows import Heading, checked_width
from casualties.show.plots._sheet import MARGIN, Scale, Sheet
from casualties.show.plots.plot import Plot
from casualties.show.sentences import Sentences

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.pairs import IndependentSource

__all__ = ["support_by_count"]

_STEP = 24


def support_by_count(
    findings: Iterable[Finding], view: View, *, width: int = 800, dark: bool = False, limit: int | None = None
) -> Plot:
    """Draw how many independent voices of the day allow each count, and name them.

    The runs of counts that the most allow are dark.  A tie is several runs; none of them wins.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        width: Pixels from side to side.
        dark: Whether it is for a dark screen.
        limit: How many findings to show at most, up to 24; twelve where it is left out, six on a narrow picture.

    Raises:
        CasualtiesError: If the width cannot be drawn, or the limit is below one or too high.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> print(support_by_count([result.one(role="mercenary")], result.view))
        Support: killed, Syrian mercenaries, 27 to 30 September 2020.
        Nagorno-Karabakh, the first four days
        Syrian mercenaries: of 2 independent sources
        up to 1: 1 (reports).
        2–25: 2 (reports and Hussein Akoush), the most.
        26 or more: 1 (Hussein Akoush).
        That sources are independent is assumed where no ledger links them.
        Read in: The New Arab.
    """
    checked_width(width)
    shown, left = chosen(ordered(findings), limit, width)
    title, lines = entitled("Support", shown, view)
    say = Sentences(view, Numbering(shown))
    footer = ("That sources are independent is assumed where no ledger links them.", *left, *sources_of(shown))
    parts = [_Part(finding, name_of(finding, shown), say) for finding in shown]
    alt = "\n".join([f"{title}.", *lines, *(line for part in parts for line in part.told()), *footer])
    heading = Heading(
        title,
        (*lines, "How many independent sources allow each count; the darkest counts are allowed by the most."),
        footer,
    )
    cells = [part.cell() for part in parts]
    if len(shown) > 1:
        return Plot(title, alt, multiples(heading, (), cells, width=width, dark=dark), dark)
    sheet = Sheet(width, dark=dark)
    room = width - 2 * MARGIN
    y = sheet.paragraph(MARGIN, 8, title, room, size=17, bold=True)
    for line in heading.lines:
        y = sheet.paragraph(MARGIN, y + 2, line, room, size=12, color=sheet.palette.soft)
    for cell in cells:
        small = Sheet(width, dark=dark)
        high = cell(small)
        sheet.place(small, 0, y + 6)
        y += high + 6
    for line in footer:
        y = sheet.paragraph(MARGIN, y + 5, line, room, size=11, color=sheet.palette.soft)
    return Plot(title, alt, sheet.svg(y + 12), dark)


class _Part:
    """The support of one finding: what is told of it, and its picture."""

    def __init__(self, finding: Finding, name: str, say: Sentences) -> None:
        voices = finding.sources_of_the_day
        self.heading = f"{name}: of {counted(len(voices), 'independent source')}"
        self.heading = self.heading if voices else f"{name}: no source states a figure"
        self.runs = runs([voice.on_day for voice in voices]) if voices else ()
        self.independent_sources = len(voices)
        self.most = max((len(run.supporters) for run in self.runs), default=0)
        self.sentences = _told(self.runs, voices, say) if voices else []
        self.unit = unit_of([finding], say.view)
        earlier = [voice for voice in finding.independent_sources if voice not in voices]
        self.notes = [f"Of earlier days, not counted: {_listed(earlier, say)}."] if voices and earlier else []

    def told(self) -> list[str]:
        """Tell all runs."""
        return [self.heading, *self.sentences, *self.notes]

    def cell(self) -> Cell:
        """Draw the runs, and tell those that the most allow."""

        def draw(sheet: Sheet) -> float:
            room = sheet.width - 2 * MARGIN
            y = sheet.paragraph(MARGIN, 2, capitalised(self.heading), room, size=13, bold=True)
            if not self.runs:
                return y
            y = _steps(sheet, self.runs, self.independent_sources, y, self.unit)
            for run, sentence in zip(self.runs, self.sentences, strict=True):
                if len(run.supporters) == self.most:
                    y = sheet.paragraph(MARGIN, y + 1, sentence, room, size=12)
            for note in self.notes:
                y = sheet.paragraph(MARGIN, y + 2, note, room, size=11, color=sheet.palette.soft)
            return y

        return draw


def _names(voice: IndependentSource, say: Sentences) -> str:
    return "/".join(say.view.sources[source].name for source in voice.sources)


def _listed(voices: Sequence[IndependentSource], say: Sentences) -> str:
    return ", ".join(f"{_names(voice, say)} ({voice.figure})" for voice in voices)


def _told(support: Sequence[Run], voices: Sequence[IndependentSource], say: Sentences) -> list[str]:
    """Say of each run how many allow it, and who."""
    most = max(len(run.supporters) for run in support)
    return [
        f"{run.figure}: {len(run.supporters)} ({enumeration(_names(voices[place], say) for place in run.supporters)})"
        + (", the most." if len(run.supporters) == most else ".")
        for run in support
    ]


def _steps(sheet: Sheet, support: Sequence[Run], voices: int, y: float, unit: str) -> float:
    """Draw a column over each run of counts, as high as the voices that allow it are many."""
    palette = sheet.palette
    most = max(len(run.supporters) for run in support)
    ends = [run.figure.low if run.figure.high is None else run.figure.high for run in support]
    left, right = MARGIN + 40.0, sheet.width - MARGIN - 40.0
    scale = Scale(max([*ends, 1]), left, right)
    top = y + 26
    step = max(min(_STEP, 160 / voices), 4)
    bottom = top + step * voices
    sheet.text(MARGIN, top - 10, "sources", size=11, color=palette.soft)
    for number in range(0, voices + 1, max(1, round(voices / 6))):
        level = bottom - step * number
        sheet.line([(left, level), (right + 26, level)], palette.grid, level="grid")
        sheet.text(left - 8, level + 4, str(number), size=11, align="right", color=palette.soft)
    for run in support:
        high = right + 26 if run.figure.high is None else scale.at(run.figure.high)
        height = step * len(run.supporters)
        low = scale.at(run.figure.low)
        color = palette.ink if len(run.supporters) == most else palette.faint
        sheet.box(low - 1, bottom - height, max(high, low + 2), bottom, color)
        if run.figure.high is None:
            sheet.point(high + 4, bottom - height / 2, "triangle-right", color, size=60)
    sheet.counts(scale, bottom + 1, unit, above=False)
    return bottom + 40
