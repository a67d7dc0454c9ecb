"""Three sheets as recorders keep them, made anew for each test; places, people and papers in them are invented."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font

__all__ = ["log_workbook", "long_sheet", "semicolon_file"]

LOG: tuple[tuple[Any, ...], ...] = (
    (date(2031, 3, 2), "Aram", "Ministry of Health", "Aram Gazette", 12, 12, 40, "first day"),
    (date(2031, 3, 2), None, "Red Crescent", None, "12-15", None, "at least 30", None),
    (date(2031, 3, 3), None, "Ministry of Health", None, "at least 30", None, "unknown", "hospital still counting"),
    ("4 March 2031", "Beth", "Red Crescent", "Ministry of Health", 3, 5, "dozens", None),
    ("5–6 March 2031", "Beth", "Observatory", None, "unknown", None, 7, "night raid"),
    (date(2031, 3, 7), "Gamla", "Observatory", None, "10-12", None, None, "text of the cell"),
    (date(2031, 3, 8), "Gamla", "Ministry of Health", "Observatory", "more than 80", None, "about 120", None),
    (date(2031, 3, 9), "Dara", "Red Crescent", None, date(2031, 10, 15), None, 2, "a range that became a date"),
)
"""Date, place, two sources, the lowest and highest count of killed, the wounded and a note."""


def log_workbook(folder: Path) -> Path:
    """Write a workbook with two title rows, a header over two rows, merged cells, and dates of two kinds."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Log"
    page.append(["Incident log of the northern districts"])
    page.append(["kept by hand; status on 10 March 2031"])
    page.append(["Date", "Place", "Source 1", "Source 2", "Killed", None, "Injured", "Remarks"])
    page.append([None, None, None, None, "Min", "Max", None, None])
    for row in LOG:
        page.append(row)
    page.append(["TOTAL", None, None, None, 57, None, 199, None])
    for cells in ("A1:H1", "A2:H2", "E3:F3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "G3:G4", "H3:H4", "B5:B7"):
        page.merge_cells(cells)
    page["A1"].font = Font(bold=True)
    path = folder / "log.xlsx"
    book.save(path)
    return path


SEMICOLON = """\
Datum;Ort;Quelle;Getötete;Verletzte;Bemerkung
02.03.2031;Köln-Nord;Ministerium für Inneres;1.250;mindestens 2.300;vorläufig
02.03.2031;Köln-Nord;Rotes Kreuz;etwa 1.300;unbekannt;
03.03.2031;Süderau;Ministerium für Inneres;zwölf;12,0;
03.03.2031;Süderau;Rotes Kreuz;mehr als 10;k.A.;nach Angaben der Klinik
04.03.2031;;Polizei;3;4;Ort nicht genannt
05.03.2031;Würzfeld;Polizei;-5;1;Korrektur des Vortags
06.03.2031 - 07.03.2031;Würzfeld;Rotes Kreuz;10 bis 15;bis zu 40;zwei Nächte
Summe;;;1.275;2.357;
"""
"""A table as a program writes it where commas are decimal marks."""


def semicolon_file(folder: Path) -> Path:
    """Write a file of cp1252 with semicolons, decimal commas and German words."""
    path = folder / "meldungen.csv"
    path.write_bytes(SEMICOLON.replace("\n", "\r\n").encode("cp1252"))
    return path


LONG = (
    ("ID", "Reported on", "Date", "Town", "Source", "Outcome", "Qualifier", "Number", "Who", "Link"),
    (
        "S1",
        "2031-03-03",
        "2031-03-02",
        "Aram",
        "Ministry",
        "killed",
        "approximately",
        "50",
        "civilians",
        "https://a.example/1",
    ),
    (
        "S2",
        "2031-03-03",
        "2031-03-02",
        "Aram",
        "Ministry",
        "injured",
        "at least",
        "120",
        "civilians",
        "https://a.example/1",
    ),
    ("S3", "2031-03-04", "2031-03-02", "Aram", "Observatory", "killed", "", "64", "civilians", "https://b.example/7"),
    ("S4", "2031-03-05", "2031-03-04", "Beth", "Army", "killed", "up to", "25", "soldiers", "https://c.example/2"),
    (
        "S5",
        "2031-03-05",
        "2031-03-04",
        "Beth",
        "Observatory",
        "killed",
        "exactly",
        "18",
        "soldiers",
        "https://b.example/8",
    ),
    ("S6", "2031-03-06", "2031-03-04", "Beth", "Observatory", "missing", "", "n/a", "soldiers", "https://b.example/9"),
    (
        "S7",
        "2031-03-07",
        "2031-03-06",
        "Gamla",
        "Ministry",
        "killed",
        "",
        "none given",
        "civilians",
        "https://a.example/3",
    ),
)
"""One statement a row, with what happened and how exact the number is in columns of their own."""


def long_sheet(folder: Path) -> Path:
    """Write a long sheet with a statement a row."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(LONG)
    path = folder / "statements.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path
