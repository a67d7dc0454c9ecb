"""One trial: a file or a call that is spoilt, what came of it, and what must not have.

A trial is told by its number alone: the same number spoils the same thing in the same way on every machine.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import random
import re
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.hostile.spoiling import as_bytes, damaged, spoilt, spoilt_rows, spoilt_words

import casualties as cs
from casualties.cli import main
from casualties.columns import ParquetLedger
from casualties.errors import CasualtiesError, LedgerFileError
from casualties.files import json as canonical
from casualties.files.csv import rest

__all__ = ["KINDS", "SECONDS", "Outcome", "attempt", "kind_of"]

SECONDS: Final = 2.0
"""How much processor time a trial may take, from reading to the answer."""

_CANARY: Final = re.compile(r"(?<!-)canary\d\d", re.IGNORECASE)  # not in handles, which belong to a file
_LABEL: Final = re.compile(r'(?:prov|rdfs):label"?:? ".*')
_PLACE: Final = re.compile(r"line \d+|row \d+|column |\$|")
_BASE: Final = Path(__file__).with_name("base.yaml")
_TEXTS: Final = {"yaml": ".yaml", "json": ".json", "csv": ".csv", "hxl": ".hxl.csv", "prov-json": ".prov.json"}
_TEXTS_TOO: Final = {"prov-turtle": ".ttl"}
_SHEETS: Final = {"excel": ".xlsx", "parquet": ".parquet"}
_WRITTEN: Final = (
    *("yaml", "json", "csv", "excel", "parquet", "hxl", "prov-json", "prov-turtle", "acled", "ucdp", "bibtex"),
    *("csl-json", "wikidata", "wikitext-infobox", "wikitext-table"),
)


@dataclass(frozen=True)
class Outcome:
    """What came of a trial.

    Attributes:
        kind: What was tried.
        end: How it ended: read, refused, or the exit status of a command.
        faults: What must not be: a foreign error, a loss that nobody told, an error that says nothing.
        seconds: The processor time that it took.
        said: What was said of it, for people who look into a fault.
    """

    kind: str
    end: str
    faults: tuple[str, ...]
    seconds: float
    said: str


class _LostError(Exception):
    """Something that stood in a file is neither in what was read nor in what was told."""


class _SilentError(Exception):
    """An error that does not say what it is about."""


@cache
def _base() -> cs.Ledger:
    return cs.read(_BASE)


@cache
def _as(form: str) -> tuple[bytes, bytes | None]:
    """Write the base in a format: the file, and for a table the file beside it."""
    if form == "yaml":
        return _BASE.read_bytes(), None
    out = io.BytesIO()
    cs.write(_base(), out, format=form)
    if form != "csv":
        return out.getvalue(), None
    return out.getvalue(), canonical.lines(rest(_base())).encode()


def _canaries(text: str) -> set[str]:
    return {each.lower() for each in _CANARY.findall(text)}


def _document(ledger: cs.Ledger) -> str:
    out = io.StringIO()
    cs.write(ledger, out, format="json")
    return out.getvalue()


def _keeps(content: str, ledger: cs.Ledger, told: str = "") -> None:
    """See that nothing that stood in a file has gone, and that what was read can be kept."""
    document = _document(ledger)
    if lost := _canaries(content) - _canaries(document) - _canaries(told):
        raise _LostError(f"{sorted(lost)} stand in the file and not in what was read")
    if cs.read(io.StringIO(document), format="json") != ledger:
        raise _LostError("what was read is another ledger when it is written and read again")


def _spoilt_book(content: bytes, pick: random.Random) -> bytes:
    """Spoil the cells of a workbook."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = pick.choice(book.worksheets)
    rows = spoilt_rows([[cell.value for cell in row] for row in sheet.iter_rows()], pick)
    place, title = book.index(sheet), sheet.title
    book.remove(sheet)
    sheet = book.create_sheet(title if pick.random() < 0.95 else "other", place)
    for row in rows:
        sheet.append([_cell(each) for each in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: object) -> Any:
    """Give what openpyxl writes without a word."""
    if isinstance(value, str):
        return "".join(each for each in value if each.isprintable() and not "\ud800" <= each <= "\udfff")[:30_000]
    return value if not isinstance(value, int) or abs(value) < 10**15 else str(value)


def _spoilt_columns(content: bytes, pick: random.Random) -> bytes:
    """Spoil the cells, the columns and what stands beside them in a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(content))
    beside = (table.schema.metadata or {}).get(b"casualties", b"")
    rows = spoilt_rows([table.column_names, *(list(row.values()) for row in table.to_pylist())], pick)
    names = [str(_cell(each)) for each in rows[0]]
    columns = []
    for place, name in enumerate(names):
        cells = [row[place] if place < len(row) else None for row in rows[1:]]
        try:
            columns.append(pa.array(cells, table.schema.field(name).type if name in table.column_names else None))
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            columns.append(pa.array([None if each is None else _encoded(str(each)) for each in cells], pa.string()))
    if pick.random() < 0.3:
        beside = as_bytes(spoilt(beside.decode() or "x", pick), pick)
    out = io.BytesIO()
    schema = pa.schema([(name, column.type) for name, column in zip(names, columns, strict=True)])
    pq.write_table(pa.table(columns, schema=schema.with_metadata({b"casualties": beside})), out)
    return out.getvalue()


def _encoded(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _told_of(form: str, content: bytes) -> str:
    """Give the texts of a file whose notation hides them."""
    if form == "excel":
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(content))
        return "\n".join(str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    if form == "parquet":
        import pyarrow.parquet as pq

        table = pq.read_table(io.BytesIO(content))
        return f"{table.column_names} {table.to_pylist()} {table.schema.metadata}"
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = content.decode(encoding, "replace")
    if form.startswith("prov"):  # labels say again what records say
        return _LABEL.sub("", text)
    return "\n".join(line.partition(" #")[0] for line in text.splitlines()) if form == "yaml" else text


def _spoilt_file(form: str, folder: Path, pick: random.Random, name: str = "file") -> tuple[Path, str]:
    """Put a spoilt ledger of a format in a folder, and give its path and the texts that stand in it."""
    content, beside = _as(form)
    path = folder / f"{name}{({**_TEXTS, **_TEXTS_TOO, **_SHEETS})[form]}"
    if form in _SHEETS:
        content = (_spoilt_book if form == "excel" else _spoilt_columns)(content, pick)
        content = damaged(content, pick) if pick.random() < 0.2 else content
    elif beside is not None and pick.random() < 0.4:
        beside = as_bytes(spoilt(beside.decode(), pick), pick)
    else:
        content = as_bytes(spoilt(content.decode(), pick), pick)
    path.write_bytes(content)
    texts = ""
    with contextlib.suppress(Exception):
        texts = _told_of(form, content)
    if beside is not None:
        path.with_suffix(".rest.json").write_bytes(beside)
        texts += beside.decode("utf-8", "replace")
    return path, texts


def _read(form: str) -> Callable[[Path, random.Random], str]:
    """Read a spoilt ledger of a format."""

    def trial(folder: Path, pick: random.Random) -> str:
        path, texts = _spoilt_file(form, folder, pick)
        try:
            ledger = cs.read(path, format=form)
        except LedgerFileError as error:
            _says(error, path)
            return f"refused\n{error}"
        _keeps(texts, ledger)
        return "read"

    return trial


def _says(error: CasualtiesError, path: Path) -> None:
    """See that an error names the file, and what is wrong."""
    text = str(error)
    if path.stem not in text and str(path) not in text:
        raise _SilentError(f"the file is not named: {text[:200]}")
    if "pydantic" in text or re.search(r"<class '|object at 0x|Error\(", text):
        raise _SilentError(f"it speaks of its inside: {text[:300]}")


_HEADER: Final = ("town", "who", "day", "low", "best", "high", "hurt", "words")
_ROWS: Final = [
    [f"canary{n:02} town", f"canary{n + 30} office", f"2021-05-{n:02}", n, n + 1, n + 2, f"at least {n}", "some words"]
    for n in range(1, 13)
]
_MAPPING: Final = """\
name: sheet
source: "{who}"
dates: [YYYY-MM-DD]
sentinels: {unknown town: nothing}
claims:
  - {harm: killed, low: low, best: best, high: high, place: "{town}", until: "{day}"}
  - {harm: wounded, count: hurt, place: "{town}", until: "{day}", cited: {words: "{words}"}}
promises:
  - {rule: sum, column: high, parts: [low, best]}
"""


def _table_file(kind: str, folder: Path, pick: random.Random, *, spoil: bool = True) -> tuple[Path, str]:
    """Put a table in a folder, and give its path and what stands in it."""
    rows: list[list[Any]] = [list(_HEADER), *_ROWS]
    path = folder / f"table.{kind}"
    if kind in ("xlsx", "parquet"):
        rows = spoilt_rows(rows, pick) if spoil else rows
        content = _written_sheet(kind, rows)
        content = damaged(content, pick) if spoil and pick.random() < 0.2 else content
        path.write_bytes(content)
        texts = ""
        with contextlib.suppress(Exception):
            texts = _told_of("excel" if kind == "xlsx" else kind, content)
        return path, texts
    if kind in ("json", "jsonl"):
        records = [dict(zip(_HEADER, row, strict=True)) for row in rows[1:]]
        text = json.dumps(records) if kind == "json" else "\n".join(map(json.dumps, records))
    else:
        out = io.StringIO()
        csv.writer(out, delimiter="\t" if kind == "tsv" else pick.choice(",;|")).writerows(rows)
        text = out.getvalue()
    content = as_bytes(spoilt(text, pick), pick) if spoil else text.encode()
    path.write_bytes(content)
    return path, _told_of("csv", content)


def _written_sheet(kind: str, rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    if kind == "xlsx":
        import openpyxl

        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in rows:
            sheet.append([_cell(each) for each in row])
        book.save(out)
        return out.getvalue()
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = [
        pa.array([_encoded(str(row[place])) if place < len(row) else None for row in rows[1:]], pa.string())
        for place in range(len(rows[0]))
    ]
    pq.write_table(pa.table(columns, names=[str(_cell(each)) for each in rows[0]]), out)
    return out.getvalue()


def _table(kind: str) -> Callable[[Path, random.Random], str]:
    """Read a spoilt table by a mapping."""

    def trial(folder: Path, pick: random.Random) -> str:
        path, texts = _table_file(kind, folder, pick)
        mapping = folder / "mapping.yaml"
        mapping.write_text(_MAPPING, encoding="utf-8")
        return _mapped(path, mapping, texts)

    return trial


def _mapped(path: Path, mapping: Path, texts: str) -> str:
    try:
        found = cs.read_table(path, mapping)
    except CasualtiesError as error:
        _says(error, path if path.stem in str(error) else mapping)
        return f"refused\n{error}"
    counts = found.counts
    if counts.cells != counts.claimed + counts.silent + counts.quarantined + counts.nothing:
        raise _LostError(f"the cells do not add up: {counts}")
    told = " ".join(f"{each.row} {each.value}" for each in found.quarantine)
    told += " ".join(str(each.values) for each in found.broken)
    lost = _canaries(texts) - _canaries(_document(found.ledger)) - _canaries(told)
    # two records on one broken line are told as one row
    rows_told = {each.row for each in found.quarantine}
    swallowed = any("a quotation mark may be open" in each.message for each in found.quarantine)
    if not swallowed and len(lost) > 4 * len(rows_told) + 2 * counts.outside:
        raise _LostError(f"{sorted(lost)} stand in the table, and {len(rows_told)} rows were told of")
    _keeps("", found.ledger)
    return f"read\n{counts}"


def _mapping(folder: Path, pick: random.Random) -> str:
    """Read a table by a spoilt mapping."""
    path, _ = _table_file("csv", folder, pick, spoil=False)
    mapping = folder / "mapping.yaml"
    mapping.write_bytes(as_bytes(spoilt(_MAPPING, pick), pick))
    return _mapped(path, mapping, "")


def _store(folder: Path, pick: random.Random) -> str:
    """Read a spoilt folder of Parquet files."""
    path = folder / "store"
    store = ParquetLedger(path)
    store.append(_base())
    files = sorted(each for each in path.rglob("*") if each.is_file())
    chosen = pick.choice(files)
    content = chosen.read_bytes()
    if pick.random() < 0.1:
        chosen.unlink()
    elif chosen.suffix == ".json":
        chosen.write_bytes(as_bytes(spoilt(content.decode(), pick), pick))
    else:
        chosen.write_bytes(damaged(content, pick))
    try:
        ledger = ParquetLedger(path).ledger()
        ParquetLedger(path).reconcile()
    except CasualtiesError as error:
        _says(error, path)
        return f"refused\n{error}"
    if chosen.exists() and ledger != _base():
        raise _LostError(f"{chosen.name} was changed, and another ledger is read without a word")
    return "read"


_NEWS: Final = """\
<html><head><title>Days of canary01</title></head><body><article>
<p>The Ministry of Defence said on Sunday that more than 80 soldiers were killed and 120 wounded in the strike.</p>
<p>At least 11 civilians, including three children, died in the port, two hospitals reported. "No one was killed",
the Southern Council said; it denied responsibility.</p>
<p>As many as 25 fighters were captured, according to unnamed officials quoted by the Gazette.</p>
</article></body></html>
"""
_OWN_WORDS: Final = '[harm.killed]\npast = ["zapped", "laid low"]\n[text]\ntimes = ["teatime"]\n'


def _command(folder: Path, pick: random.Random) -> str:
    """Call a command with spoilt files and spoilt words."""
    form = pick.choice((*["yaml"] * 6, *_TEXTS, *_TEXTS_TOO, *_SHEETS))
    path, texts = _spoilt_file(form, folder, pick)
    if pick.random() < 0.5:  # many calls read a sound file, so that what comes after reading is reached
        path = folder / "sound.yaml"
        path.write_bytes(_BASE.read_bytes())
        texts = _told_of("yaml", _BASE.read_bytes())
    news = folder / "news.html"
    news.write_bytes(as_bytes(spoilt(_NEWS, pick), pick) if pick.random() < 0.7 else _NEWS.encode())
    out = folder / f"out{pick.choice(('.yaml', '.json', '.csv', '.html', '.xlsx', '.ttl', ''))}"
    calls: list[list[str]] = [
        ["reconcile", str(path), "--format", pick.choice(("table", "json", "csv", "html", "markdown"))],
        ["reconcile", str(path), "--codebook", pick.choice(("ucdp", "acled", "gtd", "em-dat", "median"))],
        ["reconcile", str(path), "--as-of", "2021-05-02", "--known-on", "2021-05-05", "--lexicon", "acled"],
        ["explain", str(path)],
        ["codebooks", str(path)],
        ["diff", str(path), str(_BASE)],
        ["diff", str(path), "--as-of", "2021-05-02", "--as-of", "2021-05-03"],
        ["figure", spoilt("between 10 and 15 people", pick).replace("\0", "")],
        ["validate", str(path), "--input-format", form],
        ["audit", str(path)],
        ["totals", str(path), "--by", pick.choice(("side", "status", "month", "place"))],
        ["estimate", str(path), "--method", pick.choice(("pool", "ucdp-reporting-error", "overlapping-lists"))],
        ["draft", str(news), "--published", "2021-05-04", "--publisher", "Gazette"],
        ["draft", str(news), "-o", str(folder / "draft.yaml"), "--page", str(folder / "draft.html")],
        ["check-citations", str(path), "--text", f"gazette={news}"],
        ["convert", str(path), str(folder / "kept.json")],
        ["convert", str(path), "-", "--output-format", pick.choice(("yaml", "json", "csv", "hxl", "bibtex"))],
        ["convert", str(path), str(out), "--output-format", pick.choice(_WRITTEN)],
        ["merge", str(path), "nagorno-karabakh-2020-09-30", "-o", str(folder / "kept.json")],
        ["page", str(path), "-o", str(folder / "page.html")],
        ["new", str(folder / "new.yaml")],
        ["schema"],
        ["seeds"],
        ["completion", "bash"],
    ]
    asked = pick.choice(calls)
    words = spoilt_words(asked, pick)
    if any(each.startswith("--rev") or _is_elsewhere(each, folder) for each in words):
        return "not tried"
    with contextlib.chdir(folder):
        status, said, wrong = _run(words)
    if status not in (0, 1, 2, 3):
        raise _SilentError(f"{words}: exit status {status}")
    if status in (1, 2) and not wrong.strip():
        raise _SilentError(f"{words}: exit status {status} and no word")
    if "Traceback" in wrong or "pydantic" in wrong:
        raise _SilentError(f"{words}: {wrong[-300:]}")
    kept = folder / "kept.json"
    if words == asked and status == 0 and kept.exists():
        _keeps(texts, cs.read(kept))
    return f"status {status}\n{words}\n{said[:200]}\n{wrong[:500]}"


def _is_elsewhere(word: str, folder: Path) -> bool:
    """Tell whether a word that was broken off names what others keep on this machine, such as ``/tmp``."""
    path = Path(os.path.abspath(folder / word.rpartition("=")[2][:1000]))  # noqa: PTH100 - links are no matter
    return path not in (folder, _BASE) and not path.is_relative_to(folder) and os.path.lexists(path)


def _run(words: list[str]) -> tuple[int, str, str]:
    """Call the command line in this process, and give its exit status and what it said."""
    out, told = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in "ab")
    given = io.TextIOWrapper(io.BytesIO(b"casualties: 1\n"), encoding="utf-8")
    before = sys.stdin
    sys.stdin = given
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
            status = main(words)
    finally:
        sys.stdin = before
    texts = [each.buffer.getvalue().decode("utf-8", "replace") for each in (out, told)]
    return status, texts[0], texts[1]


def _words(folder: Path, pick: random.Random) -> str:
    """Read spoilt words of a count by every lexicon."""
    text = spoilt(pick.choice(("between 10 and 15", "about 1,200 people", "12, including 5 children", "dozens")), pick)
    try:
        cs.parse_figure(text[:20_000], lexicon=pick.choice(("as-worded", "acled", "de", "ru", "ar", "wikimpacts")))
    except CasualtiesError as error:
        return f"refused\n{error}"
    return "read"


def _own_words(folder: Path, pick: random.Random) -> str:
    """Draft a text with a spoilt file of a person's own words."""
    words = folder / "own.toml"
    words.write_bytes(as_bytes(spoilt(_OWN_WORDS, pick), pick))
    news = folder / "news.html"
    news.write_text(_NEWS, encoding="utf-8")
    status, _, wrong = _run(["draft", str(news), "--words", str(words)])
    if status not in (0, 1) or "Traceback" in wrong or (status == 1 and "own.toml" not in wrong):
        raise _SilentError(f"exit status {status}: {wrong[-300:]}")
    return f"status {status}\n{wrong[:300]}"


def _preset(folder: Path, pick: random.Random) -> str:
    """Read a spoilt table or page of others by a preset."""
    preset, name, text = pick.choice(
        (
            (
                "wikipedia-infobox",
                "box.txt",
                "casualties1,casualties2\n200 killed{{ref|a}},{{plainlist|* 30 killed * 40 wounded}}\n",
            ),
            (
                "hxl",
                "sheet.csv",
                "Place,Who,Killed,Hurt\n#loc,#meta+source,#affected+killed,#affected+injured\nPort,Office,3,4\nBay,Watch,,9\n",
            ),
        )
    )
    path = folder / name
    path.write_bytes(as_bytes(spoilt(text, pick), pick))
    try:
        found = cs.read_table(path, preset)
    except CasualtiesError as error:
        if path.stem not in str(error) and "table" not in str(error):
            raise _SilentError(f"the file is not named: {str(error)[:200]}") from error
        return f"refused\n{error}"
    _keeps("", found.ledger)
    return "read"


KINDS: Final[dict[str, tuple[int, Callable[[Path, random.Random], str]]]] = {
    **{form: (3, _read(form)) for form in (*_TEXTS, *_TEXTS_TOO, *_SHEETS)},
    **{f"table of {kind}": (2, _table(kind)) for kind in ("csv", "tsv", "txt", "json", "jsonl", "xlsx", "parquet")},
    "mapping": (4, _mapping),
    "preset": (2, _preset),
    "store": (2, _store),
    "command": (16, _command),
    "words of a count": (2, _words),
    "own words of a draft": (1, _own_words),
}
"""What is tried, each with how often among all."""

_DRAWN: Final = [name for name, (share, _) in KINDS.items() for _ in range(share)]


def kind_of(number: int) -> str:
    """Tell what a trial tries."""
    return _DRAWN[number % len(_DRAWN)]


def attempt(number: int, folder: Path) -> Outcome:
    """Make one trial.

    Args:
        number: Its number, from which all of it follows.
        folder: An empty folder, in which it may write.
    """
    kind = kind_of(number)
    pick = random.Random(f"{kind} {number}")
    faults: list[str] = []
    said = ""
    begin = time.process_time()
    try:
        with _as_errors():
            said = KINDS[kind][1](folder, pick)
    except (_LostError, _SilentError) as error:
        faults.append(f"{type(error).__name__.removeprefix('_')}: {error}")
    except BaseException as error:  # noqa: BLE001 - whatever must not come out of the library
        trace = traceback.extract_tb(error.__traceback__)[-1]
        faults.append(f"{type(error).__name__}: {str(error)[:300]} ({Path(trace.filename).name}:{trace.lineno})")
        said = "".join(traceback.format_exception(error))[-3000:]
    seconds = time.process_time() - begin
    if seconds > SECONDS:
        faults.append(f"it took {seconds:.1f} s")
    return Outcome(kind, said.partition("\n")[0] or "fault", tuple(faults), seconds, said)


@contextlib.contextmanager
def _as_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
