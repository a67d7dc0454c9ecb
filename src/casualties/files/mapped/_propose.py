"""A mapping proposed from a sheet: what is sure is written, what is assumed is said, and the rest is asked."""

# pyright: reportGeneralTypeIssues=false

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from casualties._text import counted, inert
from casualties.errors import LedgerFileError, Problem
from casualties.files._packed import ending_of
from casualties.files.mapped._column_names import (
    ENDS,
    EVERYBODY,
    EXAMPLES,
    NAMES,
    NEAREST,
    NO_COUNTS,
    NUMBERS,
    ORDINALS,
    RUNNING,
)
from casualties.files.mapped._counts import Merged
from casualties.files.mapped._guesses import (
    formats_of,
    has_word,
    is_qualifier,
    is_year,
    lexicon_of,
    marks_of,
    some_without_year,
    unreadable,
    value_of,
)
from casualties.files.mapped._header import calls_itself_total
from casualties.files.mapped._known_tables import BY_RECORDS, preset_for
from casualties.files.mapped._marks import Marks
from casualties.files.mapped._proposed import ProposedMapping, by_tags, cell, of_known, plain
from casualties.files.mapped._sheet import Column, Sheet, no_proposal, sheet_of
from casualties.files.mapped.cells import text_of
from casualties.model.ledger import slug

__all__ = ["ProposedMapping", "propose"]

_MOST: Final = 0.8
"""The share of the cells of a column that must be words for harms or people for it to hold those."""

_KINDS: Final = 30
"""How many different texts a column may hold that says harms or people."""

_SHORT: Final = 3
"""Of how many words the name of a column of counts may be that does not say what happened."""

_SURE: Final = 0.5
"""The share of the filled cells of a column that must be counts for it to be read as one."""

_MOST_ASKED: Final = 8
"""Of how many columns it is asked what happened to their people."""

_NOT_KNOWN: Final = re.compile(r"-9+|-1|[-–—‒.*/]|\?+|x+|k\. ?a\.|unbekannt|unk\.?|tbd|tbc|nn", re.IGNORECASE)
"""What stands in the place of counts that nobody knows."""


def propose(path: str | os.PathLike[str]) -> ProposedMapping:
    r"""Propose a mapping for a workbook or a text file, from its header and its cells.

    What is sure is written so that it runs at once; what had to be assumed stands under ``assumed``; what is not sure
    stands in comments that begin with ``# ?``.

    Args:
        path: An Excel workbook, or a file of comma-, semicolon- or tab-separated values.

    Raises:
        LedgerFileError: If the file cannot be read, or holds no table of counts.
        MappingError: If it is a file of another kind.

    Examples:
        >>> import tempfile, pathlib
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "log.csv")
        ...     _ = path.write_text("Date,Town,Killed\n3/4/2023,Barda,21\n", encoding="utf-8")
        ...     for assumption in propose(path).assumed:
        ...         print(assumption)
        3/4/2023 is day, month and year; for month and day write M/D/YYYY under dates
        'log' says it, since no column names a source
        the counts are those of the day in 'Date'; where they run up to that day take since out
    """
    file = Path(path)
    if ending_of(file) in BY_RECORDS:
        if (known := preset_for(file)) is None:
            raise no_proposal(file)
        return of_known(known, file)
    sheet = sheet_of(file)
    if known := preset_for(file, [column.name for column in sheet.columns]):
        return of_known(known, file)
    return by_tags(sheet, file) if sheet.tagged else _Proposer(sheet, file).proposal()


@dataclass(slots=True)
class _Found:
    """What a column is taken for."""

    column: Column
    role: str = ""
    harm: str = ""
    end: str = "count"
    facets: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.column.name


class _Proposer:
    def __init__(self, sheet: Sheet, path: Path) -> None:
        self.sheet = sheet
        self.path = path
        self.assumed: list[str] = []
        self.asked: list[tuple[str, str, str]] = []
        self.wider: _Found | None = None
        self.place = ""
        self.given: dict[str, str] = {}
        self.thousands, self.decimal = marks_of([text for column in sheet.columns for text in self._numeric(column)])
        self.marks = Marks(self.thousands, self.decimal)
        texts = [text for column in sheet.columns for text in column.texts if any(map(str.isdigit, text))]
        self.lexicon = lexicon_of([*texts, *self._words_of_counts()], self.marks)
        self.found = [self._role(column) for column in sheet.columns]
        self._settle()

    def _numeric(self, column: Column) -> list[str]:
        return (
            [text for text in column.texts if len(text) <= 40]
            if self._harm(column.name) or self._is(column, "count")
            else []
        )

    def _words_of_counts(self) -> list[str]:
        return [text for column in self.sheet.columns if self._harm(column.name) for text in column.texts]

    @staticmethod
    def _harm(name: str) -> str:
        return value_of(name, "harm") or ""

    @staticmethod
    def _is(column: Column, role: str) -> bool:
        return has_word(column.name, NAMES[role])

    # What each column is

    def _role(self, column: Column) -> _Found:
        guess = _Found(column)
        harm, filled = self._harm(column.name), column.filled
        if not filled:
            return guess
        dates = [cell for cell in filled if isinstance(_bare(cell), date)]
        if harm and self._counts(column):
            guess.role, guess.harm = "count", harm
            guess.end = next((end for end, words in ENDS.items() if has_word(column.name, words)), "count")
            for facet in ("status", "sex", "age"):
                if value := value_of(column.name, facet):
                    guess.facets[facet] = value
            return guess
        for role in ("stated", "published", "since", "until", "day"):
            if self._is(column, role) and (dates or formats_of(column.texts[:200])[0]):
                guess.role = role
                return guess
        if len(dates) > len(filled) / 2:
            guess.role = "day"
            return guess
        guess.role = self._named(column)
        guess.end = next((end for end, words in ENDS.items() if has_word(column.name, words)), "count")
        return guess

    def _counts(self, column: Column) -> bool:
        """Tell whether the cells of a column are counts, but for those that stand for none."""
        cells = [cell for cell in map(_bare, column.filled) if not _NOT_KNOWN.fullmatch(text_of(cell))]
        odd = unreadable([cell for cell in cells if not isinstance(cell, date)], self.marks, self.lexicon)
        return len(odd) <= (1 - _SURE) * len(cells)

    def _named(self, column: Column) -> str:
        texts = list(dict.fromkeys(text_of(cell) for cell in column.filled))
        ends = any(has_word(column.name, words) for words in ENDS.values())
        short = len(re.findall(r"[^\W_]+", column.name)) <= _SHORT
        if short and (ends or self._is(column, "count")) and self._counts(column):
            return "amount"
        if all(is_qualifier(text, self.lexicon) for text in texts):
            return "bound"
        if texts and all(text.startswith(("http://", "https://", "www.")) for text in texts):
            return "address"
        roles = ("harm", "status", "sex", "age")
        cells = [text_of(cell) for cell in column.filled] if len(texts) <= _KINDS else []
        meant = {role: {text for text in texts if value_of(text, role)} for role in roles if cells}
        known = [role for role in meant if sum(cell in meant[role] for cell in cells) >= _MOST * len(cells)]
        if known:
            return known[0]
        named = (*("address", "publisher", "source", "note", "place", "perpetrator", "weapon", "side", "event"),)
        return next((role for role in named if self._is(column, role)), "")

    def _of(self, role: str) -> list[_Found]:
        return [guess for guess in self.found if guess.role == role]

    def _settle(self) -> None:
        """Take back what cannot be: a count without a harm, a second place, an event that names no row."""
        if not self._of("count") and (harms := self._of("harm")):
            amounts = sorted(self._of("amount"), key=lambda guess: guess.name.casefold() not in NAMES["count"])
            ends = [guess for guess in amounts if guess.end != "count"] or amounts[:1]
            for end in ends:
                end.role, end.harm = "count", f"{{{harms[0].name}}}"
                self.assumed.append(f"{end.name!r} counts the people of whom {harms[0].name!r} says what happened")
        for guess in self._of("amount") if self._of("count") else ():
            guess.role = ""
        if not self._of("count") and not self._of("amount"):
            for guess in self.found:
                numbered = has_word(guess.name, (*NUMBERS, *NO_COUNTS)) or all(map(is_year, guess.column.filled))
                short = len(re.findall(r"[^\W_]+", guess.name)) <= _SHORT
                if not guess.role and guess.column.filled and short and not numbered and self._counts(guess.column):
                    guess.role = "amount"
        for guess in self._of("harm"):
            if not any(guess.name in count.harm for count in self._of("count")):
                guess.role = ""
        for guess in self._of("side"):
            if has_word(guess.name, ("reporting", "source", "claimed", "by")):
                guess.role = ""
        self._settle_places()
        for role in ("side", "status", "sex", "age", "weapon", "perpetrator", "bound", "day", "stated"):
            for more in self._of(role)[1:]:
                more.role = ""
        for more in self._of("event")[1:]:
            more.role = ""

    # What is written

    def proposal(self) -> ProposedMapping:
        name = slug(self.path.stem) or "sheet"
        head: dict[str, Any] = {"mapping": 1, "name": name, **self.sheet.told}
        if head.get("delimiter") == ",":
            del head["delimiter"]
        if self.sheet.header != (1,):
            head["header"] = [*self.sheet.header] if len(self.sheet.header) > 1 else self.sheet.header[0]
        if self.sheet.footer:
            head["skip_footer"] = self.sheet.footer
            many = self.sheet.footer
            rows = "row of the sheet is a remark" if many == 1 else f"{many} rows of the sheet are remarks"
            self.assumed.append(f"the last {rows}, and no count")
        head |= self._dates()
        if self.thousands:
            head["thousands"] = self.thousands
            self.assumed.append(f"{self.thousands!r} stands between thousands")
        if self.decimal:
            head["decimal"] = self.decimal
        if self.lexicon != "as-worded":
            head["lexicon"] = self.lexicon
            self.assumed.append(f"words of counts are read by the lexicon {self.lexicon!r}")
        head |= self._sentinels()
        source = self._source(name)
        shared = self._shared()
        claims = self._claims()
        if not claims:
            self._ask_what_happened()
        self._questions()
        asked = tuple(f"{question}: {answer}" for question, answer, _ in self.asked)
        return ProposedMapping(self._text(head, source, shared, claims), tuple(self.assumed), asked)

    def _dates(self) -> dict[str, Any]:
        roles = ("day", "since", "until", "stated", "published")
        texts = [text for guess in self.found if guess.role in roles for text in guess.column.texts]
        formats, unsure = formats_of(list(dict.fromkeys(texts))[:500])
        if unsure:
            form = next(format_ for format_ in formats if format_[0] in "DM")
            sample = next(text for text in texts if formats_of([text])[0] == [form])
            other = form.translate(str.maketrans("DM", "MD"))
            self.assumed.append(f"{sample} is day, month and year; for month and day write {other} under dates")
        if strange := [text for text in dict.fromkeys(texts) if not formats_of([text])[0]]:
            shown = ", ".join(map(repr, strange[:5]))
            question = (
                f"no date is known in {shown}; rows with {'it' if len(strange) == 1 else 'them'} will be in quarantine"
            )
            self._ask(question, "write a day, a month or a year there, in the sheet or in the file of the quarantine")
        if any("Y" not in form and form != "words" for form in formats) or some_without_year(texts, formats):
            self._ask("some dates say no year; which is it?", "year: 2023")
        return {} if set(formats) <= {"YYYY-MM-DD", "YYYY-MM", "YYYY"} else {"dates": formats}

    def _sentinels(self) -> dict[str, Any]:
        odd: dict[str, int] = {}
        for guess in self._of("count"):
            cells = [cell for cell in map(_bare, guess.column.cells) if not isinstance(cell, date)]
            for text in unreadable(cells, self.marks, self.lexicon):
                odd[text] = odd.get(text, 0) + 1
        known = [text for text in odd if _NOT_KNOWN.fullmatch(text)]
        self.assumed += [f"{text!r} where a count should stand means that it is not known" for text in known]
        left = [text for text in odd if text not in known]
        if left:
            many = counted(sum(odd[text] for text in left), "cell")
            shown = ", ".join(repr(text) for text in left[:5])
            said = f"{many} of counts cannot be read, and will be in quarantine: {shown}"
            if worded := [text for text in left if not any(map(str.isdigit, text))]:
                self._ask(f"{said}; is one of them no count?", f"sentinels: {{{plain(worded[0])}: unknown}}")
            else:
                self._ask(said, "mend them in the sheet, or in the file of the quarantine")
        return {"sentinels": dict.fromkeys(known, "unknown")} if known else {}

    def _ask(self, question: str, answer: str, level: str = "") -> None:
        self.asked.append((question, answer, level))

    def _source(self, name: str) -> Any:  # noqa: ANN401 - a template, or several
        columns = [guess for guess in self._of("source") if guess.column.filled]
        if not columns:
            self.assumed.append(f"{name!r} says it, since no column names a source")
            return name
        alike = {" ".join(re.findall(r"[^\W\d_]+", column.name)).casefold() for column in columns}
        alike = {" ".join(word for word in name.split() if word not in ORDINALS) for name in alike}
        if len(alike) > 1:
            for column in columns[1:]:
                column.role = ""
            return cell(columns[0].name)
        if len(columns) > 1:
            listed = " and ".join(repr(column.name) for column in columns)
            self.assumed.append(f"who is named in {listed} says it together")
            return [cell(column.name) for column in columns]
        return cell(columns[0].name)

    def _shared(self) -> dict[str, Any]:
        shared: dict[str, Any] = {}
        for role in ("place", "event", "side", "weapon", "perpetrator"):
            for guess in self._of(role):
                shared[role] = self.given if role == "place" and self.wider else cell(guess.name)
        for role in ("status", "sex", "age"):
            for guess in self._of(role):
                shared[role] = self._worded(guess, role)
        since, until, day = self._of("since"), self._of("until"), self._of("day")
        if since or until:
            shared |= {name: cell(days[0].name) for name, days in (("since", since), ("until", until)) if days}
            if day and not self._of("stated"):
                shared["stated"] = cell(day[0].name)
                self.assumed.append(f"{day[0].name!r} is when it was said")
        elif day:
            shared |= {"since": cell(day[0].name), "until": cell(day[0].name)}
            self.assumed.append(
                f"the counts are those of the day in {day[0].name!r}; where they run up to that day take since out"
            )
        for guess in self._of("stated"):
            shared["stated"] = cell(guess.name)
        for guess in self._of("bound"):
            shared["bound"] = cell(guess.name)
        if notes := self._of("note"):
            shared["note"] = [cell(note.name) for note in notes] if len(notes) > 1 else cell(notes[0].name)
        cited = {
            role: cell(columns[0].name) for role in ("publisher", "address", "published") if (columns := self._of(role))
        }
        if cited:
            shared["cited"] = cited
        return shared

    def _claims(self) -> list[dict[str, Any]]:
        claims: dict[tuple[Any, ...], dict[str, Any]] = {}
        for guess in self._of("count"):
            key = (guess.harm, *sorted(guess.facets.items()), "" if guess.end != "count" else guess.name)
            claim = claims.setdefault(key, {"harm": self._harm_slot(guess), **guess.facets})
            if guess.end in claim:
                continue
            claim[guess.end] = guess.name
            if has_word(guess.name, RUNNING):
                claim["since"] = ""
                self.assumed.append(f"{guess.name!r} runs up to its day, from a beginning that the sheet does not say")
        return list(claims.values())

    def _harm_slot(self, guess: _Found) -> Any:  # noqa: ANN401 - a word or a slot
        if not guess.harm.startswith("{"):
            return guess.harm
        return self._worded(self._of("harm")[0], "harm")

    def _worded(self, guess: _Found, role: str) -> dict[str, Any]:
        """Give what the texts of a column mean in a ledger, and ask about those that mean nothing there."""
        texts = dict.fromkeys(text_of(cell) for cell in guess.column.filled)
        values = {text: word for text in texts if (word := value_of(text, role)) is not None}
        if role != "harm":
            values |= {text: "" for text in texts if has_word(text, EVERYBODY) and text not in values}
        if unknown := [text for text in texts if text not in values]:
            listed, more = ", ".join(map(repr, unknown[:5])), ", …" if len(unknown) > 5 else ""
            question = f"what do {listed}{more} in {guess.name!r} mean? Their rows will be in quarantine"
            answer = f"write each under values of {role}, such as {plain(unknown[0])}: {EXAMPLES[role]}"
            if (question, answer, "") not in self.asked:
                self._ask(question, answer, "")
        return {"from": cell(guess.name), "values": values}

    def _ask_what_happened(self) -> None:
        """Ask what happened to the people whom columns count that do not say it."""
        amounts = self._of("amount")
        if not amounts:
            names = ", ".join(repr(guess.name) for guess in self.found[:20])
            hint = "name one as Killed or Injured; people are counted in whole numbers or in words such as at least 11"
            problem = Problem("", f"none of its columns counts people: {names}", hint, "no-count")
            raise LedgerFileError(str(self.path), (problem,))
        for guess in amounts[:_MOST_ASKED]:
            question = f"what happened to the people whom {guess.name!r} counts? If they were killed"
            self._ask(question, f"- {{harm: killed, count: {plain(guess.name)}}}", "claims")

    def _questions(self) -> None:
        """Ask what the sheet leaves open, each with the line that answers it."""
        totals = [row for row in self.sheet.rows if calls_itself_total(map(_bare, row))]
        if totals:
            first = next(text for cell in totals[0] if (text := text_of(cell)))
            self._ask(f"{counted(len(totals), 'row')} such as {first!r} may be totals of others", "total_rows: outside")
        for guess in (guess for role in ("place", "day", "since", "until", "source") for guess in self._of(role)):
            if guess.role == "place" and self.wider is not None:
                continue  # the wider place stands in for it
            empty = sum(1 for cell in guess.column.cells if not text_of(cell))
            by_several = guess.role == "source" and len(self._of("source")) > 1
            if empty and text_of(guess.column.cells[0]) and not by_several:
                question = f"{counted(empty, 'cell')} of {guess.name!r} without anything; what stands above?"
                self._ask(question, f"fill_down: [{plain(guess.name)}]")
        for name in self.sheet.others:
            self._ask(f"the workbook has another sheet, {name!r}; is it that one?", f"sheet: {plain(name)}")
        if not self._of("event"):
            question = "is each row an event of its own? Rows that say the same are one claim otherwise"
            self._ask(question, 'event: "{#row}"', "shared")
            for name in (guess.name for guess in self.found if not guess.role and has_word(guess.name, NUMBERS)):
                self._ask(f"does {name!r} name the event, and not the statement?", f'event: "{{{name}}}"', "shared")
        if left := [guess.name for guess in self.found if not guess.role and guess.column.filled]:
            listed = ", ".join(map(repr, left))
            self._ask(f"not read: {listed}; shall they stay with the claims?", f"keep: {plain(left)}", "shared")

    def _text(
        self,
        head: dict[str, Any],
        source: Any,  # noqa: ANN401 - a template, or several
        shared: dict[str, Any],
        claims: list[dict[str, Any]],
    ) -> str:
        rows = counted(len(self.sheet.rows), "row")
        runs = "It runs as it stands." if claims else "It runs once a line under claims is chosen."
        lines = [
            f"# A mapping for {inert(self.path.name)}, proposed from its header and {rows}.  {runs}",
            "# What had to be assumed stands under assumed; take a line out when it is right.",
            "# Below a line that begins with # ? stands the line that answers yes: take its # away.",
            *(f"{key}: {plain(value)}" for key, value in head.items()),
            *self._asking(""),
            f"source: {plain(source)}",
            *self._terms(),
            "shared:",
            *(f"  {key}: {plain(value)}" for key, value in shared.items()),
            *self._asking("shared"),
            "claims:",
            *(f"  - {plain(claim)}" for claim in claims),
            *self._asking("claims"),
        ]
        if self.assumed:
            lines += ["assumed:", *(f"  - {plain(each)}" for each in self.assumed)]
        lines += ["", "# The columns, and what they are taken for:"]
        for guess in self.found:
            taken = f"{guess.role} of {guess.harm}" if guess.harm else guess.role or "not read"
            samples = " | ".join(inert(text) for text in guess.column.samples())
            lines.append(f"#   {guess.column.letter}  {inert(guess.name)}: {taken}; such as {samples or 'nothing'}")
        return "\n".join(lines) + "\n"

    def _settle_places(self) -> None:
        """Take the column of the smallest places, and the one of the next larger as that in which they lie."""
        places = sorted(self._of("place"), key=_nearness)
        for place in places[1:]:
            wider = self.wider is None and _nearness(place) > _nearness(places[0])
            place.role = "wider place" if wider else ""
            self.wider = place if wider else self.wider
        if self.wider is None:
            return
        self.place = cell(places[0].name)
        rows = zip(places[0].column.cells, self.wider.column.cells, strict=True)
        pairs = {(text_of(near), text_of(far)) for near, far in rows if text_of(near) and text_of(far)}
        if len({near for near, _ in pairs}) < len(pairs) or {near for near, _ in pairs} & {far for _, far in pairs}:
            self.place = f"{cell(self.wider.name)}: {self.place}"  # one name for several places
        self.given = {"from": self.place, "absent": cell(self.wider.name)}
        self.assumed.append(f"the places in {places[0].name!r} lie in those in {self.wider.name!r}")

    def _terms(self) -> list[str]:
        """Write which column of places names those around the places of another."""
        if self.wider is None:
            return []
        return ["terms:", f"  - {plain({'kind': 'place', 'key': self.place, 'under': cell(self.wider.name)})}"]

    def _asking(self, level: str) -> list[str]:
        indent = "  " if level else ""
        return [
            line
            for question, answer, at in self.asked
            if at == level
            for line in (f"{indent}# ? {inert(question)}", f"{indent}# {answer}")
        ]


def _nearness(guess: _Found) -> int:
    """Give a number by which columns of smaller places come first."""
    return next((at for at, words in enumerate(NEAREST) if has_word(guess.name, words)), len(NEAREST))


def _bare(cell: object) -> object:
    return cell.value if isinstance(cell, Merged) else cell
