"""The picture of support: how many independent voices allow each count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casualties._text import counted
from casualties.reconciling.support import Run, runs
from casualties.reconciling.view import Standpoint
from casualties.show._numbering import Numbering, ordered
from casualties.show.describe import enumeration
from casualties.show.plots._captions import entitled, limited, name_of, sources_of, unit_of
from casualties.show.plots._rows import checked_width
from casualties.show.plots._sheet import MARGIN, Scale, Sheet
from casualties.show.plots.plot import Plot
from casualties.show.sentences import Sentences

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.pairs import Voice

__all__ = ["support_by_count"]

_STEP = 24


def support_by_count(
    findings: Iterable[Finding], view: Standpoint, *, width: int = 800, dark: bool = False, limit: int | None = None
) -> Plot:
    """Draw how many independent voices of the day allow each count, and name them.

    The runs of counts that the most allow are dark.  A tie is several runs; none of them wins.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        width: Pixels from side to side.
        dark: Whether it is for a dark screen.
        limit: How many findings to show at most; ``None`` for all.

    Raises:
        CasualtiesError: If the width cannot be drawn, or the limit is below one.

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
    shown, left = limited(ordered(findings), limit)
    title, lines = entitled("Support", shown, view)
    say = Sentences(view, Numbering(shown))
    sheet = Sheet(width, dark=dark)
    room = width - 2 * MARGIN
    soft = sheet.palette.soft
    y = sheet.paragraph(MARGIN, 8, title, room, size=17, bold=True)
    for line in (*lines, "How many independent sources allow each count; the darkest counts are allowed by the most."):
        y = sheet.paragraph(MARGIN, y + 2, line, room, size=12, color=soft)
    told = [f"{title}.", *lines]
    for finding in shown:
        voices = finding.voices_of_the_day
        name = name_of(finding, shown)
        heading = f"{name}: of {counted(len(voices), 'independent source')}"
        heading = heading if voices else f"{name}: no source states a figure"
        y = sheet.paragraph(MARGIN, y + 12, heading, room, size=14, bold=True)
        told.append(heading)
        if voices:
            found = runs([voice.on_day for voice in voices])
            y = _steps(sheet, found, len(voices), y, unit_of([finding], view))
            for run, sentence in zip(found, _told(found, voices, say), strict=True):
                most = len(run.supporters) == max(len(each.supporters) for each in found)
                y = sheet.paragraph(MARGIN, y + 1, sentence, room, size=12, bold=most, color="" if most else soft)
                told.append(sentence)
        earlier = [voice for voice in finding.voices if voice not in voices]
        if voices and earlier:
            note = f"Of earlier days, not counted: {_listed(earlier, say)}."
            y = sheet.paragraph(MARGIN, y + 2, note, room, size=11, color=soft)
            told.append(note)
    footer = ("That sources are independent is assumed where no ledger links them.", *left, *sources_of(shown))
    for line in footer:
        y = sheet.paragraph(MARGIN, y + 5, line, room, size=11, color=soft)
    alt = "\n".join([*told, *footer])
    return Plot(title, alt, sheet.svg(y + 12), dark)


def _names(voice: Voice, say: Sentences) -> str:
    return "/".join(say.view.sources[source].name for source in voice.sources)


def _listed(voices: Sequence[Voice], say: Sentences) -> str:
    return ", ".join(f"{_names(voice, say)} ({voice.figure})" for voice in voices)


def _told(found: Sequence[Run], voices: Sequence[Voice], say: Sentences) -> list[str]:
    """Say of each run how many allow it, and who."""
    most = max(len(run.supporters) for run in found)
    return [
        f"{run.figure}: {len(run.supporters)} ({enumeration(_names(voices[place], say) for place in run.supporters)})"
        + (", the most." if len(run.supporters) == most else ".")
        for run in found
    ]


def _steps(sheet: Sheet, found: Sequence[Run], voices: int, y: float, unit: str) -> float:
    """Draw a column over each run of counts, as high as the voices that allow it are many."""
    palette = sheet.palette
    most = max(len(run.supporters) for run in found)
    ends = [run.figure.low if run.figure.high is None else run.figure.high for run in found]
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
    for run in found:
        high = right + 26 if run.figure.high is None else scale.at(run.figure.high)
        height = step * len(run.supporters)
        low = scale.at(run.figure.low)
        shade = 1.0 if len(run.supporters) == most else 0.4
        sheet.box(low - 1, bottom - height, max(high, low + 2), bottom, palette.own_side, opacity=shade)
        if run.figure.high is None:
            sheet.point(high + 4, bottom - height / 2, "triangle-right", palette.own_side, size=60)
    sheet.counts(scale, bottom + 1, unit, above=False)
    return bottom + 40
