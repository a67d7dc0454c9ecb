"""What the desk asks of the library: read a text or a dropped file, show one tab of it, or give a file to save."""

from __future__ import annotations

import io
import json
import pathlib
import tempfile
from typing import Any

import casualties as cs
from casualties.drafting.file import dumps
from casualties.errors import CasualtiesError, LedgerFileError, Problem

_kept: dict[str, Any] = {"text": None, "ledger": None, "result": None}
_TYPES = {
    "yaml": ("ledger.yaml", "application/yaml"),
    "json": ("ledger.json", "application/json"),
    "xlsx": ("ledger.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "html": ("page.html", "text/html"),
}
_LEDGERS = (".yaml", ".yml", ".json")


def seeds() -> str:
    """Give the texts of the seeds by name."""
    return json.dumps({name: cs.seeds.path(name).read_text(encoding="utf-8") for name in cs.seeds.names()})


def answer(asked: str, content: Any = None) -> tuple[str, bytes | None]:  # noqa: ANN401 - bytes of the page
    """Answer one request: JSON in; JSON, and the bytes of a file to save, out."""
    request = json.loads(asked)
    saved = None
    try:
        if content is not None:
            told = dropped(request["name"], bytes(content))
        elif "save" in request:
            name, kind = _TYPES[request["save"]]
            saved = written(read(request["text"]), request["save"])
            told = {"ok": True, "save": name, "type": kind}
        else:
            read(request["text"])
            told = {"ok": True, "out": shown(request["tab"], request["width"], dark=request["dark"])}
    except LedgerFileError as error:
        told = {"ok": False, "problems": [problem(each) for each in error.problems]}
    except (CasualtiesError, RecursionError) as error:
        hint = getattr(error, "hint", "")
        told = {
            "ok": False,
            "problems": [{"place": "", "message": getattr(error, "message", str(error)), "hint": hint}],
        }
    return json.dumps(told), saved


def problem(each: Problem) -> dict[str, str]:
    """Give a problem as plain data."""
    return {"place": each.place, "message": each.message, "hint": each.hint}


def read(text: str) -> cs.Ledger:
    """Read a ledger; that of the text before is kept."""
    if text != _kept["text"]:
        ledger = cs.read(io.StringIO(text), format="yaml")
        _kept.update(text=text, ledger=ledger, result=cs.reconcile(ledger))
    ledger: cs.Ledger = _kept["ledger"]
    return ledger


def shown(tab: str, width: int, *, dark: bool) -> str:
    """Show one tab of what was read; a picture in the width and the colours that the page has."""
    result: cs.Reconciliation = _kept["result"]
    if tab == "table":
        return result.to_text()
    if tab == "brief":
        return str(result.brief())
    if tab == "picture":
        return result.plot(limit=12, width=width, dark=dark).svg()
    return result.to_html()


def written(ledger: cs.Ledger, kind: str) -> bytes:
    """Write a file to save."""
    if kind == "html":
        return str(_kept["result"].to_html()).encode()
    target = io.BytesIO()
    cs.write(ledger, target, format="excel" if kind == "xlsx" else kind)
    return target.getvalue()


def dropped(name: str, content: bytes) -> dict[str, object]:
    """Read a dropped file: a ledger as it is, a spreadsheet by the mapping that is proposed for it."""
    suffix = pathlib.PurePath(name).suffix.lower()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, pathlib.PurePath(name).name)
        path.write_bytes(content)
        notes = []
        if suffix in (".yaml", ".yml"):
            return {"ok": True, "text": content.decode("utf-8-sig"), "notes": notes}
        if suffix in (".txt", ".html", ".htm"):
            draft = cs.draft(content.decode("utf-8-sig", errors="replace"))
            notes.append(f"{len(draft)} proposals: none is a claim until you take its comment marks away")
            return {"ok": True, "text": dumps(draft), "notes": notes}
        try:
            ledger = cs.read(path)
        except CasualtiesError:
            if suffix in _LEDGERS:
                raise
            proposed = cs.tables.propose(path)
            mapping = pathlib.Path(folder, "mapping.yaml")
            mapping.write_text(proposed.text, encoding="utf-8")
            reading = cs.read_table(path, mapping)
            ledger = reading.ledger
            notes += [f"assumed: {each}" for each in proposed.assumed]
            notes += [f"not read: {each}" for each in reading.quarantine[:50]]
        target = io.StringIO()
        cs.write(ledger, target, format="yaml")
        return {"ok": True, "text": target.getvalue(), "notes": notes}
