"""The identities of claims, made from columns as `casualties.model.claim.Claim.id` makes them from a claim."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from casualties.files.cells import split
from casualties.model.claim import IDENTITY_VERSION
from casualties.model.facet import FACETS
from casualties.model.harm import JOINABLE
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    pa, pc = Lazily("pyarrow", "columns"), Lazily("pyarrow.compute", "columns")

__all__ = ["harms", "identities"]


def identities(texts: Mapping[str, pa.Array], counts: Mapping[str, pa.Array]) -> pa.Array:
    """Make the identities of claims whose cells stand as records write them.

    The JSON of the content is put together from the columns: each distinct cell is written once, and the pieces are
    joined and hashed.

    Args:
        texts: Columns of texts, empty where nothing is said; at least ``source``, ``harm`` and ``stance``.
        counts: ``low``, ``high`` and ``best``, missing where nothing is said.
    """

    def pieces(names: tuple[str, ...], form: str) -> list[pa.Array]:
        return [_piece(texts[name], form, name) for name in names if name in texts]

    figure = pc.binary_join_element_wise(
        '"figure":{',
        *([_piece(texts["assumed"], "%s,", "assumed")] if "assumed" in texts else []),
        _number(counts["best"], '"best":', ","),
        _number(counts["high"], '"high":', ","),
        _number(counts["low"], '"low":', ""),
        "},",
        "",
    )
    number = len(counts["low"])
    joined = pc.binary_join_element_wise(
        "{",
        *pieces(_BEFORE_FIGURE, "%s,"),
        pc.if_else(pc.is_valid(counts["low"]), figure, ""),
        *pieces(_BEFORE_SOURCE, "%s,"),
        *pieces(("source",), "%s"),
        *pieces(("stance", "stated"), ",%s"),
        ',"subject":{',
        *pieces(_BEFORE_HARM, "%s,"),
        *pieces(("harm",), "%s"),
        *pieces(_AFTER_HARM, ",%s"),
        "}",
        *pieces(("target",), ",%s"),
        "}",
        "",
    )
    digests = [f"{IDENTITY_VERSION}-{sha256(text).hexdigest()[:20]}" for text in joined.cast(pa.binary()).to_pylist()]
    return pa.array(digests, pa.string()) if number else pa.array([], pa.string())


def harms(cell: str) -> list[str]:
    """Take the harms of a cell apart, as `casualties.model.subject.Subject` does."""
    parts = cell.split("-or-")
    return parts if all(part in JOINABLE for part in parts) else [cell]


def _piece(column: pa.Array, form: str, name: str) -> pa.Array:
    """Write the cells of a column as members of a JSON object, each distinct one once."""
    write = _WRITTEN.get(name, str)
    found = column.dictionary_encode()
    members = [form % f'"{name}":{_json(write(cell))}' if cell else "" for cell in found.dictionary.to_pylist()]
    return pa.array(members, pa.string()).take(found.indices)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _number(column: pa.Array, before: str, after: str) -> pa.Array:
    texts = pc.binary_join_element_wise(before, column.cast(pa.string()), after, "")
    return texts.fill_null("")


_SUBJECT: Final = sorted(("harm", *FACETS, "with", "without", "since", "until"))
_BEFORE_HARM: Final = tuple(_SUBJECT[: _SUBJECT.index("harm")])
_AFTER_HARM: Final = tuple(_SUBJECT[_SUBJECT.index("harm") + 1 :])
_BEFORE_FIGURE: Final = ("all", "alleged", "aspect")
_BEFORE_SOURCE: Final = ("interval", "level", "method", "modality", "only", "our_reading", "replaces", "silence")
_WRITTEN: Final[dict[str, Callable[[str], Any]]] = {
    **dict.fromkeys(("all", "assumed", "only", "our_reading", "replaces", "with", "without"), split),
    "harm": harms,
    "alleged": lambda cell: [list(pair.partition("=")[::2]) for pair in split(cell)],
}
