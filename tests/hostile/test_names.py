"""Names as people may write them, in every format: what is one is one, what is two stays two, and no text acts."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pytest

import casualties as cs
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.registry import Registry
from casualties.model.report import Citation, Report
from casualties.model.source import Source
from casualties.model.subject import Subject

for _needed in ("openpyxl", "pyarrow", "prov", "rdflib"):
    pytest.importorskip(_needed, reason="the extras are not installed")

ENDINGS = ("yaml", "json", "csv", "xlsx", "parquet", "prov.json", "ttl")
SPELT = (
    "Ministère",
    "MINISTÈRE",
    "ministère",
    "Ｍｉｎｉｓｔèｒｅ",
    "Ministere",
    "ﬁre",
    "fire",
    "straße",
    "strasse",
    "İ",
    "i̇",
    "ı",
)
ACTING = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "'=1", '"', "''", "a\"b'c", "a,b;c|d\\e", "#affected", "null", "NaN", "true"),
    *(
        "1e5",
        "2020-01-01",
        "0x1F",
        "_x000D_",
        "<script>x</script>",
        "{{x}}",
        "[[x]]",
        "*a",
        "&b",
        "!c",
        "%d",
        "- e",
        "? f",
    ),
    *("a: b", "prov:entity", "a>b", "\\u0041", "\u200fرجل\u200e", "زن‌ها", "👩‍👩‍👧", "e\u0301\u0327", "x" * 200),
)


def ledger(names: tuple[str, ...]) -> Ledger:
    """Make a ledger in which each of some names is that of a source, of a report and of a quotation."""
    subject = Subject.model_validate({"harm": ["killed"], "since": "2021-05-03", "until": "2021-05-03"})
    claims = []
    for number, name in enumerate(names):
        report = Report(publisher=name, title=name, address=f"https://example.org/{number}?q={name}")
        cited = Citation(report=report, words=name)
        claims.append(
            Claim(
                source=f"s{number}", subject=subject, figure=Figure.exactly(number), citations=(cited,), notes=(name,)
            )
        )
    return Ledger(claims, sources=[Source(key=f"s{number}", names=[name]) for number, name in enumerate(names)])


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("names", [SPELT, ACTING], ids=["spelt", "acting"])
def test_names_come_back_as_they_are(ending: str, names: tuple[str, ...], tmp_path: Path) -> None:
    """Every name comes back, in its composed form, with its case and its width, and the ledger is equal."""
    given = ledger(names)
    path = tmp_path / f"ledger.{ending}"
    cs.write(given, path)
    again = cs.read(path)
    assert again == given
    expected = [unicodedata.normalize("NFC", name) for name in names]
    assert [again.sources[f"s{number}"].names for number in range(len(names))] == [(name,) for name in expected]


@pytest.mark.parametrize("ending", ENDINGS)
def test_composed_and_decomposed_keys_are_one_source(ending: str, tmp_path: Path) -> None:
    """One key in two forms of Unicode is one key; in two cases or widths it is two."""
    composed, decomposed = "minist\u00e8re", "ministe\u0300re"
    subject = Subject.model_validate({"harm": ["killed"]})
    keys = (composed, decomposed, "MINIST\u00c8RE", "\uff4dinist\u00e8re")
    claims = [Claim(source=key, subject=subject, figure=Figure.exactly(number)) for number, key in enumerate(keys)]
    given = Ledger(claims, sources=[Source(key=key) for key in keys])
    path = tmp_path / f"ledger.{ending}"
    cs.write(given, path)
    assert sorted(cs.read(path).sources) == sorted({composed, "MINIST\u00c8RE", "\uff4dinist\u00e8re"})


def test_a_registry_overlooks_form_case_and_width_alone() -> None:
    """Four spellings are one name to it, and one without its accent is another."""
    registry = Registry([Source(key="m", names=["Minist\u00e8re"])])
    for name in ("ministe\u0300re", "MINIST\u00c8RE", "\uff2d\uff29nist\u00e8re", "  minist\u00e8re "):
        assert registry.find(name) is not None, name
    assert registry.find("Ministere") is None


def test_statements_for_wikidata_hold_no_text_of_others() -> None:
    """Each line of QuickStatements is of items, numbers, times and addresses; nobody's text begins a line or a cell."""
    given = ledger((*ACTING, 'x"\tP31\tQ5', "x||LAST"))
    items = {"event": "Q1", **{f"source:s{number}": "Q2" for number in range(len(given))}}
    out = io.StringIO()
    cs.write(given, out, format="wikidata", items=items)
    lines = out.getvalue().splitlines()
    assert len(lines) == len(given)
    cell = re.compile(r"\+?Q\d+|P\d+|S\d+|R[0-]|\d+|\+\d{4}-\d\d-\d\dT00:00:00Z/\d+|\"https://example\.org/[!-~]*\"")
    for line in lines:
        assert [each for each in line.split("\t") if not cell.fullmatch(each)] == []
        assert '"' not in line.split("\t")[line.split("\t").index("S854") + 1][1:-1]
