"""All findings of what holds claims: what they say together, with every claim still in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal, overload

from casualties._writing import write_file
from casualties.codebooks import Codebook, load, names
from casualties.errors import UnknownNameError
from casualties.model.citation_check import CitationChecks
from casualties.model.ledger import Ledger
from casualties.model.subject import check_asked
from casualties.reconciling.across import Across, across
from casualties.reconciling.asked import with_just
from casualties.reconciling.view import View
from casualties.results.finding import Finding
from casualties.results.tables import SHOWN, Tables, tables_of
from casualties.show import claims_frame, findings_frame, positions_frame, to_json, to_markdown, to_text
from casualties.show.brief import Brief, brief
from casualties.show.comparison import Comparison, compared
from casualties.show.explanation import Explanation, explain_all
from casualties.show.frames import Library, in_library
from casualties.show.page import fragment, to_html
from casualties.show.plots import Plot, draw
from casualties.show.sentences import House
from casualties.show.workbook import to_workbook

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["FEW", "Reconciliation"]

FEW: Final = 2_000
"""Of a table of more claims, printing shows a line a finding, so that no object is made."""


class Reconciliation:
    """All findings of what holds claims, ordered by what they are about and never by file.

    It is one class whatever was reconciled: a ledger, a file, a list of claims or a table.  What is asked of it is made
    when it is asked for.  The tables come from the rules themselves; findings, and all that shows, explains or codes
    them, need an object for each claim, which a table of more than `casualties.columns.MOST_OBJECTS` rows is refused.

    Args:
        view: The ledger as it is looked at, or what makes it when it is first asked for.
        findings: The findings; where they are left out, those on all topics.
        tables: The tables, where they were made without objects.
        told_up_to: Of tables of more claims printing shows a line a finding, so that no object is made.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> len(result), len(result.about(side="armenian"))
        (5, 2)
    """

    __slots__ = ("_findings", "_in_columns", "_tables", "_told_up_to", "_view")

    def __init__(
        self,
        view: View | Callable[[], View],
        findings: tuple[Finding, ...] | None = None,
        *,
        tables: Tables | None = None,
        told_up_to: int | None = None,
    ) -> None:
        self._view, self._findings, self._tables, self._told_up_to = view, findings, tables, told_up_to
        self._in_columns = tables is not None

    @property
    def view(self) -> View:
        """The ledger as it is looked at: its day, its knowledge, and how its words are read.

        Raises:
            CasualtiesError: If it is that of a table of too many rows.

        Examples:
            >>> import casualties as cs
            >>> len(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).view.claims)
            8
        """
        if not isinstance(self._view, View):
            self._view = self._view()
        return self._view

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, each of which can be asked why.

        Raises:
            CasualtiesError: If they are those of a table of too many rows.

        Examples:
            >>> import casualties as cs
            >>> [str(each.common) for each in cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).findings]
            ['81 or more', '1', '11 or more', 'None', '2–25']
        """
        if self._findings is None:
            view = self.view
            self._findings = tuple(Finding(topic, tuple(claims), view) for topic, claims in view.topics.items())
        return self._findings

    @property
    def tables(self) -> Tables:
        """Findings, attribution and best-supported ranges as columns, without an object for any of them.

        Those of a table of PySpark lie in its session, those of `casualties.columns.ParquetLedger` in Arrow, all others
        in pandas.

        Raises:
            MissingExtraError: If numpy is not installed.

        Examples:
            >>> import casualties as cs
            >>> tables = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).tables
            >>> tables.findings["status"].tolist()[3:]
            ['unreported', 'compatible']
        """
        if self._tables is None:
            kept = None if self._findings is None else [finding.subject for finding in self._findings]
            self._tables = tables_of(self.view, kept)
        return self._tables

    @property
    def ledger(self) -> Ledger:
        """The claims that were known, with what is declared of their names.

        Examples:
            >>> import casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> cs.reconcile(seed).ledger == seed
            True
        """
        return self.view.ledger

    @property
    def across(self) -> tuple[Across, ...]:
        """Counts of a part above the count of its whole, between directly nested subjects: see `Across`.

        Examples:
            >>> import casualties as cs
            >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).across
            ()
        """
        return across(self.findings, self.view)

    def about(self, **facets: object) -> Reconciliation:
        """Keep the findings whose subject has the given facets, or lies below them.

        Args:
            facets: Words by name of facet; ``None`` keeps what leaves the facet out, ``since`` is the first day.

        Raises:
            UnknownNameError: If there is no facet of a name, or a word is misspelt.

        Warns:
            CasualtiesWarning: If nobody is counted under a word.

        Examples:
            >>> import casualties as cs
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [str(finding.status) for finding in result.about(side="azerbaijani")]
            ['single source', 'unreported']
        """
        check_asked(facets, self.view.topics, self.view.words)
        return Reconciliation(self.view, self._about(facets))

    def _about(self, facets: Mapping[str, object]) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.subject.matches(self.view.words, facets))

    def one(self, **facets: object) -> Finding:
        """Give the only finding whose subject has the given facets, or lies below them.

        Of several on one harm it is the one with just these facets.

        Raises:
            UnknownNameError: If there is none, or more than one.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian").common)
            11 or more
        """
        check_asked(facets, self.view.topics, self.view.words, warn=False)
        findings = self._about(facets)
        if len(findings) > 1:
            findings = with_just(facets, findings) or findings
        if len(findings) == 1:
            return findings[0]
        asked = ", ".join(f"{name}={value!r}" for name, value in facets.items())
        shown = "; ".join(str(finding.subject) for finding in (findings or self.findings)[:10])
        raise UnknownNameError(
            f"one({asked}): {len(findings)} findings, not one",
            "none" if not findings else "several",
            f"name other facets, or more; there are: {shown}",
        )

    def brief(self, *, numerals_from: int = 10, thousands: str = ",") -> Brief:
        """Write the page that opens with the answer: what is disputed, what is borne out by whom, who is silent.

        It says too what was said last and what is set aside, and takes 25 lines at most whatever the ledger holds.

        Args:
            numerals_from: The first number written in numerals; smaller ones are words.
            thousands: What stands between thousands.

        Raises:
            CasualtiesError: If words are asked for numbers above a hundred.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war")).brief().sections[0].title)
            Disputed: 3 subjects, the widest first
        """
        return brief(self.findings, self.view, House(numerals_from, thousands))

    def explain(self, *, checks: CitationChecks | None = None) -> tuple[Explanation, ...]:
        """Tell every finding in plain words, in which claims have the numbers of the table.

        Args:
            checks: What was seen of the citations in their reports, as `check_citations` gives it.

        Examples:
            >>> import casualties as cs
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> result.explain()[-1].sentences[0].text
            'Killed: Syrian mercenaries, 27 to 30 September 2020: compatible.'
        """
        return explain_all(self.findings, checks)

    def to_text(
        self, *, width: int = 80, color: bool = False, limit: int | None = None, claims: int | None = None
    ) -> str:
        """Set all findings as a table with every claim in it.

        Args:
            width: Columns; wide characters take two.
            color: Whether to mark headings, contradictions and what is set aside by ANSI colours.
            limit: How many findings to show at most; ``None`` for all.
            claims: How many claims of each finding to show at most; ``None`` for all.

        Raises:
            CasualtiesError: If the width is too narrow, or a limit below zero.

        Examples:
            >>> import casualties as cs
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> print(result.to_text(limit=0))
            Nagorno-Karabakh, the first four days
            8 claims by 6 sources, read in 1 report.
            … and 5 more findings, not shown.
        """
        return to_text(self.findings, self.view, width=width, color=color, limit=limit, claims=claims)

    def to_markdown(self, *, limit: int | None = None) -> str:
        """Write the table as Markdown in GitHub's dialect.

        Args:
            limit: How many findings to show at most; ``None`` for all.

        Raises:
            CasualtiesError: If the limit is below zero.

        Examples:
            >>> import casualties as cs
            >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).to_markdown().splitlines()[0])
            # Nagorno-Karabakh, the first four days
        """
        return to_markdown(self.findings, self.view, limit=limit)

    def to_html(
        self, *, pictures: bool = True, checks: CitationChecks | None = None, address: str | None = None
    ) -> str:
        """Write one page that stands alone, with the findings, the pictures and every claim with where it was read.

        Args:
            pictures: Whether pictures are drawn.
            checks: What was seen of the citations in their reports, as `check_citations` gives it.
            address: Where the page will be published, for the card that other sites show of it.

        Examples:
            >>> import casualties as cs
            >>> page = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).to_html(pictures=False)
            >>> print(page.splitlines()[0])
            <!DOCTYPE html>
        """
        return to_html(self.findings, self.view, pictures=pictures, checks=checks, address=address)

    def _repr_html_(self) -> str:
        return fragment(self.findings, self.view)

    def to_json(self) -> str:
        """Write all findings as JSON, with every claim; `casualties.show.json` describes the form.

        Examples:
            >>> import json, casualties as cs
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> json.loads(result.to_json())["findings"][0]["common"]
            {'low': 81, 'high': None}
        """
        return to_json(self.findings, self.view)

    def to_excel(self, path: str | os.PathLike[str]) -> None:
        """Write a workbook to send on: findings, claims with their rows and notes, disputes, and what was not read.

        Examples:
            >>> Reconciliation(View(Ledger())).to_excel("/dev/null")
        """
        write_file(path, to_workbook(self.findings, self.view))

    @overload
    def to_frame(self, library: Literal["pandas"] = "pandas", *, words: bool = True) -> pd.DataFrame: ...
    @overload
    def to_frame(self, library: Literal["polars"], *, words: bool = True) -> pl.DataFrame: ...
    def to_frame(self, library: Library = "pandas", *, words: bool = True) -> pd.DataFrame | pl.DataFrame:
        """Build a frame with one row a finding; its columns are `casualties.show.FINDING_COLUMNS`.

        An absent ceiling is ``inf``, and no figure is ``NaN``.

        Args:
            library: *pandas* or *polars*.
            words: Whether what is told in words and by the identities of claims is in it; else the columns are
                `casualties.columns.FINDINGS`, of which a million rows need no object.

        Examples:
            >>> import casualties as cs
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> list(result.to_frame()["status"])[3:], "subject" in result.to_frame(words=False)
            (['unreported', 'compatible'], False)
        """
        return findings_frame(self.findings, library) if words else in_library(self.tables.to_frame(), library)

    @overload
    def positions_frame(self, library: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
    @overload
    def positions_frame(self, library: Literal["polars"]) -> pl.DataFrame: ...
    def positions_frame(self, library: Library = "pandas") -> pd.DataFrame | pl.DataFrame:
        """Build a frame with one row a position; its columns are `casualties.show.POSITION_COLUMNS`.

        Examples:
            >>> import casualties as cs
            >>> frame = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).positions_frame()
            >>> list(frame["source"])
            ['artsakh-mod', 'armenia', 'azerbaijan', 'unnamed', 'akoush']
        """
        return positions_frame(self.findings, library)

    @overload
    def claims_frame(self, library: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
    @overload
    def claims_frame(self, library: Literal["polars"]) -> pl.DataFrame: ...
    def claims_frame(self, library: Library = "pandas") -> pd.DataFrame | pl.DataFrame:
        """Build a frame with one row a claim and citation; its columns are `casualties.show.CLAIM_COLUMNS`.

        Examples:
            >>> import casualties as cs
            >>> frame = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).claims_frame()
            >>> frame["publisher"].unique().tolist()
            ['The New Arab']
        """
        return claims_frame(self.findings, self.view, library)

    @overload
    def attribution_frame(self, library: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
    @overload
    def attribution_frame(self, library: Literal["polars"]) -> pl.DataFrame: ...
    def attribution_frame(self, library: Library = "pandas") -> pd.DataFrame | pl.DataFrame:
        """Build a frame with one row a finding, claim and role in it; its columns are `casualties.columns.ATTRIBUTION`.

        Examples:
            >>> import casualties as cs
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> int(result.attribution_frame()["role"].value_counts()["stands"])
            8
        """
        return in_library(self.tables.attribution_frame(), library)

    @overload
    def support_frame(self, library: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
    @overload
    def support_frame(self, library: Literal["polars"]) -> pl.DataFrame: ...
    def support_frame(self, library: Library = "pandas") -> pd.DataFrame | pl.DataFrame:
        """Build a frame with one row a finding and best-supported range; its columns are `casualties.columns.SUPPORT`.

        Examples:
            >>> import casualties as cs
            >>> len(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).support_frame())
            4
        """
        return in_library(self.tables.support_frame(), library)

    def __str__(self) -> str:
        if self._in_columns and self.tables.claims > (self._told_up_to or FEW):
            return str(self.tables)
        return self.to_text(limit=SHOWN, claims=12)

    def compare_codebooks(
        self,
        codebooks: Iterable[str | Codebook] | None = None,
        *,
        parameters: Mapping[str, Mapping[str, object]] | None = None,
    ) -> Comparison:
        """Set side by side what several codebooks write down for the same reports.

        Args:
            codebooks: Names of codebooks, or codebooks of your own; all that there are where they are left out.
            parameters: For the name of a codebook, the choices that it leaves open.

        Raises:
            UnknownNameError: If there is no such codebook, or it has no such parameter.
            ModelError: If a parameter does not take a value.

        Examples:
            >>> import casualties as cs
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> table = result.compare_codebooks(["acled"], parameters={"acled": {"group_ok": True}})
            >>> [str(row.resolutions[0]) for row in table]
            ['80', '1', '11', '0', '2']
        """
        chosen = [
            load(codebook) if isinstance(codebook, str) else codebook
            for codebook in (names() if codebooks is None else codebooks)
        ]
        options = parameters or {}
        if strange := sorted(set(options) - {codebook.name for codebook in chosen}):
            raise UnknownNameError(
                f"parameters for {strange[0]!r}: that codebook is not compared",
                "unknown-codebook",
                f"one of {', '.join(codebook.name for codebook in chosen)}",
            )
        resolved = [
            tuple(finding.resolve(codebook, **options.get(codebook.name, {})) for codebook in chosen)
            for finding in self.findings
        ]
        return Comparison(tuple(codebook.name for codebook in chosen), compared(self.findings, resolved))

    def plot(
        self,
        picture: str = "who-says-what",
        *,
        width: int = 800,
        dark: bool = False,
        limit: int | None = None,
        codebooks: Iterable[str | Codebook] | None = None,
    ) -> Plot:
        """Draw all findings; `Plot` shows and saves them; only a PNG needs the extra ``plot``.

        Args:
            picture: One of `casualties.show.plots.PICTURES`: who says what, how the toll moved, support, codebooks.
            width: Pixels from side to side.
            dark: Whether it is for a dark screen.
            limit: How many findings to show at most, up to 24; twelve where it is left out, six on a narrow picture.
            codebooks: Which codebooks to compare; all where they are left out.

        Raises:
            CasualtiesError: If the width cannot be drawn, or the limit is below one.
            UnknownNameError: If there is no such picture or codebook.

        Examples:
            >>> import casualties as cs
            >>> plot = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).plot(width=400)
            >>> print(plot.title)
            Who says what: killed, 27 to 30 September 2020
        """
        return draw(self.findings, self.view, picture, width=width, dark=dark, limit=limit, codebooks=codebooks)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.tables) if self._in_columns else len(self.findings)

    def __eq__(self, other: object) -> bool:
        return self.findings == other.findings if isinstance(other, Reconciliation) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.findings)

    def __repr__(self) -> str:
        claims = self.tables.claims if self._in_columns else len(self.view.claims)
        return f"<Reconciliation of {claims} claims: {len(self)} findings>"
