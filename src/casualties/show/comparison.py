"""The numbers that several codebooks write down for the same findings, side by side."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from casualties._text import Printed, inert
from casualties.codebooks import Resolution
from casualties.errors import CasualtiesError
from casualties.model.figure import Figure
from casualties.show.describe import capitalised, describe, describe_harm, describe_period
from casualties.show.frames import KEYS, keys_of
from casualties.show.text import NARROWEST, WIDTH, columns_of, words

if TYPE_CHECKING:
    import pandas as pd

    from casualties.reconciling.finding import Finding

__all__ = ["ComparedFinding", "Comparison", "compared"]

_NAMES: Final = 28
_SPAN: Final = 18
_COLUMN: Final = 18
"""The widest that a name, a span and what a codebook writes down may be, in columns of text."""


@dataclass(frozen=True, slots=True)
class ComparedFinding:
    """One finding with what each codebook writes down for it.

    Attributes:
        name: Who was harmed, in plain words.
        harm: What happened to them.
        span: All that was said; ``None`` where no source states a figure.
        resolutions: What each codebook writes down, in the order of the comparison.
        keys: What the finding is about, as the frames of findings and claims have it, by column.

    Examples:
        >>> import casualties as cs
        >>> row = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).compare_codebooks(["gtd"]).rows[0]
        >>> print(row.name, "·", row.span, "·", row.resolutions[0])
        Combatants, Armenian side · 81 or more · 81
    """

    name: str
    harm: str
    span: Figure | None
    resolutions: tuple[Resolution, ...]
    keys: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison(Printed):
    """Findings down, codebooks across: the same reports, each published rule, its own number.

    Attributes:
        codebooks: The names of the codebooks.
        rows: The findings.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> print(result.about(role="mercenary").compare_codebooks(["ucdp", "gtd", "airwars"]).to_text(width=76))
        Killed             Span      ucdp         gtd      airwars
        ----------------------------------------------------------------------------
        Syrian mercenaries 0 or more 2 (2–25)     2        not coded
                                     lower-figure majority civilians
        ----------------------------------------------------------------------------
        airwars: needs an account of harm to civilians, not of combatants
    """

    codebooks: tuple[str, ...]
    rows: tuple[ComparedFinding, ...]

    def __repr__(self) -> str:
        return f"<Comparison of {len(self.codebooks)} codebooks on {len(self.rows)} findings>"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[ComparedFinding]:
        return iter(self.rows)

    def __str__(self) -> str:
        return self.to_text()

    def _named(self) -> list[str]:
        """Name the findings, with what happened to them where that differs."""
        several = len({row.harm for row in self.rows}) > 1
        return [f"{row.name}: {row.harm}" if several else row.name for row in self.rows]

    @property
    def _heading(self) -> str:
        harms = {row.harm for row in self.rows}
        return capitalised(harms.pop()) if len(harms) == 1 else "Who was harmed"

    def to_text(self, *, width: int = WIDTH) -> str:
        """Set the comparison as text; codebooks that do not fit beside one another follow below.

        Args:
            width: Columns, at least `NARROWEST`.

        Raises:
            CasualtiesError: If the width is too narrow.

        Examples:
            >>> import casualties as cs
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> print(result.about(status="civilian").compare_codebooks(["gtd", "un-verified"]).to_text(width=72))
            Killed                      Span       gtd         un-verified
            ------------------------------------------------------------------------
            Civilians, Azerbaijani side 11 or more 11          not coded
                                                   most-recent three-sources
            ------------------------------------------------------------------------
            un-verified: needs 3 independent sources that counted persons one by
              one: there are 0
        """
        if width < NARROWEST:
            raise CasualtiesError(
                f"width {width}: narrower than a table can be", "too-narrow", f"ask for {NARROWEST} columns or more"
            )
        spans = ["no figure" if row.span is None else str(row.span) for row in self.rows]
        second = [_cell(_SPAN, ["Span"]), *(_cell(_SPAN, [span]) for span in spans)]
        columns = [
            [
                _cell(_COLUMN, [codebook]),
                *(_cell(_COLUMN, [str(row.resolutions[place]), row.resolutions[place].rule]) for row in self.rows),
            ]
            for place, codebook in enumerate(self.codebooks)
        ]
        room = width - max((_width_of([second, column]) for column in columns), default=0) - 1
        names = max(min(_NAMES, room), 1)
        first = [_cell(names, [self._heading]), *(_cell(names, [name]) for name in self._named())]
        blocks = [[first, second]]
        for column in columns:
            if _width_of([*blocks[-1], column]) > width:
                blocks.append([first, second])
            blocks[-1].append(column)
        return "\n".join(["\n\n".join(_block(block, width) for block in blocks), *self._reasons(width)])

    def _reasons(self, width: int) -> list[str]:
        """Say once what each codebook lacked, with how many findings it was."""
        counts: dict[str, int] = {}
        for place, codebook in enumerate(self.codebooks):
            for row in self.rows:
                if reason := row.resolutions[place].reason:
                    line = f"{codebook}: {reason.removeprefix('not coded: ')}"
                    counts[line] = counts.get(line, 0) + 1
        return [
            part
            for line, count in counts.items()
            for part in wrap(inert(line) + (f" ({count}×)" if count > 1 else ""), width, subsequent_indent="  ")
        ]

    def to_markdown(self) -> str:
        """Set the comparison as a Markdown table, each cell with its number and the rule that decided.

        Examples:
            >>> import casualties as cs
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> print(result.about(status="civilian").compare_codebooks(["ucdp", "gtd"]).to_markdown())
            | Killed | span | ucdp | gtd |
            |---|---|---|---|
            | Civilians, Azerbaijani side | 11 or more | 11 (11–11), *lower-figure* | 11, *most-recent* |
        """
        lines = [[self._heading, "span", *self.codebooks], ["---"] * (len(self.codebooks) + 2)]
        for name, row in zip(self._named(), self.rows, strict=True):
            cells = [f"{resolution}, *{resolution.rule}*" for resolution in row.resolutions]
            lines.append([name, "no figure" if row.span is None else str(row.span), *cells])
        head, rule, *rest = [[inert(cell).replace("|", "\\|") for cell in line] for line in lines]
        return "\n".join(
            [f"| {' | '.join(head)} |", f"|{'|'.join(rule)}|", *(f"| {' | '.join(line)} |" for line in rest)]
        )

    def to_json(self) -> str:
        """Write the comparison as JSON, with every step and what became of every claim.

        Examples:
            >>> import casualties as cs, json
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> text = result.about(status="civilian").compare_codebooks(["ucdp"]).to_json()
            >>> json.loads(text)["findings"][0]["codebooks"]["ucdp"]["number"]
            11
        """
        findings = [
            {
                "who": row.name,
                "harm": row.harm,
                "span": None if row.span is None else {"low": row.span.low, "high": row.span.high},
                "codebooks": {resolution.codebook: _plain(resolution) for resolution in row.resolutions},
            }
            for row in self.rows
        ]
        return json.dumps({"codebooks": list(self.codebooks), "findings": findings}, ensure_ascii=False, indent=2)

    def to_frame(self) -> pd.DataFrame:
        """Give the comparison as a frame, one row for each finding and codebook.

        An absent upper end of a range is ``inf``; where no number is written it is ``NaN``.

        Examples:
            >>> import casualties as cs
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> len(result.compare_codebooks(["ucdp", "gtd"]).to_frame())
            10
        """
        import pandas as pd  # noqa: PLC0415 - loaded only when a frame is asked for

        return pd.DataFrame(
            [
                {"subject": row.name, "harm": row.harm, **row.keys, **_flat(resolution)}
                for row in self.rows
                for resolution in row.resolutions
            ],
            columns=[
                "subject",
                "harm",
                *KEYS,
                *_COLUMNS,
                *sorted({name for row in self.rows for name in row.keys} - {*KEYS}),
            ],
        )


def compared(findings: Sequence[Finding], resolutions: Sequence[tuple[Resolution, ...]]) -> tuple[ComparedFinding, ...]:
    """Name findings for a comparison; the period is added where two would have one name.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> compared([finding], [(finding.resolve("ucdp"),)])[0].name
        'Civilians, Azerbaijani side'
    """
    names = [describe(finding.subject, finding.view.words) for finding in findings]
    named_harms = [(name, finding.subject.harm) for name, finding in zip(names, findings, strict=True)]
    return tuple(
        ComparedFinding(
            name if named_harms.count((name, finding.subject.harm)) == 1 else f"{name}, {_period(finding)}",
            describe_harm(finding.subject.harm, finding.view.words),
            finding.span,
            resolution,
            keys_of(finding),
        )
        for name, finding, resolution in zip(names, findings, resolutions, strict=True)
    )


def _period(finding: Finding) -> str:
    return describe_period(finding.subject.since, finding.as_of)


def _cell(width: int, texts: Sequence[str]) -> list[str]:
    rough = [line for text in texts for line in wrap(inert(text), width) or [""]]
    return [part for line in rough for part in words(line, width)]


def _widths(columns: Sequence[list[list[str]]]) -> list[int]:
    return [max(columns_of(line) for cell in column for line in cell) for column in columns]


def _width_of(columns: Sequence[list[list[str]]]) -> int:
    return sum(_widths(columns)) + len(columns) - 1


def _block(columns: Sequence[list[list[str]]], width: int) -> str:
    """Set columns of cells side by side, with a rule below the first row and at the end."""
    widths = _widths(columns)
    parts: list[str] = []
    for place, cells in enumerate(zip(*columns, strict=True)):
        parts += [
            " ".join(line + " " * (wide - columns_of(line)) for line, wide in zip(lines, widths, strict=True)).rstrip()
            for lines in zip_longest(*cells, fillvalue="")
        ]
        if not place:
            parts.append("-" * width)
    return "\n".join([*parts, "-" * width])


_COLUMNS: Final = (
    "codebook",
    "coded",
    "coded_number",
    "low",
    "best",
    "high",
    "grade",
    "rule",
    "reason",
    "outside_span",
    "claims_used",
    "set_aside",
)


def _flat(resolution: Resolution) -> dict[str, Any]:
    counts = {
        "coded_number": resolution.number,
        "low": resolution.low,
        "best": resolution.best,
        "high": resolution.high,
    }
    values: dict[str, Any] = {name: math.nan if count is None else float(count) for name, count in counts.items()}
    if resolution.low is not None and resolution.high is None:
        values["high"] = math.inf
    return {
        **{
            name: getattr(resolution, name) for name in ("codebook", "coded", "grade", "rule", "reason", "outside_span")
        },
        **values,
        "claims_used": "; ".join(resolution.used_ids) or None,
        "set_aside": "; ".join(left.claim.id for left in resolution.set_aside) or None,
    }


def _plain(resolution: Resolution) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: getattr(resolution, name)
        for name in ("coded", "reason", "number", "low", "best", "high", "grade", "rule", "outside_span")
    }
    return {
        **values,
        "parts": {part.name: part.number for part in resolution.parts},
        "parameters": {
            name: list(value) if isinstance(value, tuple) else value for name, value in resolution.parameters
        },
        "steps": [{"rule": step.rule, "text": step.text, "claims": list(step.claims)} for step in resolution.steps],
        "used": list(resolution.used_ids),
        "set_aside": {left.claim.id: left.reason for left in resolution.set_aside},
    }
