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
    import numpy as np
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    np, pa, pc = (Lazily(name, "columns") for name in ("numpy", "pyarrow", "pyarrow.compute"))

__all__ = ["Identities", "harms", "identities"]


def identities(texts: Mapping[str, pa.Array], counts: Mapping[str, pa.Array]) -> pa.Array:
    """Make the identities of claims whose cells stand as records write them.

    Args:
        texts: Columns of texts, empty where nothing is said; at least ``source``, ``harm`` and ``stance``.
        counts: ``low``, ``high`` and ``best``, missing where nothing is said.
    """
    coded = {name: column.dictionary_encode() for name, column in texts.items() if name in _FORMS}
    writer = Identities({name: column.dictionary for name, column in coded.items()})
    return writer.of({name: pa.array(column.indices) for name, column in coded.items()}, counts)


class Identities:
    """Makes the identities of claims out of columns of numbers that stand for texts.

    The JSON of the content is put together from the columns: each distinct cell is written once, and the pieces are
    joined and hashed.

    Args:
        words: By column what the numbers stand for; an empty text where nothing is said.
    """

    def __init__(self, words: Mapping[str, pa.Array]) -> None:
        self._members = {name: _members(words[name], form, name) for name, form in _FORMS.items() if name in words}

    def of(self, codes: Mapping[str, pa.Array], counts: Mapping[str, pa.Array]) -> pa.Array:
        """Make the identities of some claims.

        Args:
            codes: By column the number of each text.
            counts: ``low``, ``high`` and ``best``, missing where nothing is said.
        """

        def pieces(*names: str) -> list[pa.Array]:
            return [self._members[name].take(codes[name]) for name in names if name in self._members]

        figure = pc.binary_join_element_wise(
            '"figure":{',
            *pieces("assumed"),
            _number(counts["best"], '"best":', ","),
            _number(counts["high"], '"high":', ","),
            _number(counts["low"], '"low":', ""),
            "},",
            "",
        )
        joined = pc.binary_join_element_wise(
            "{",
            *pieces(*_BEFORE_FIGURE),
            pc.if_else(pc.is_valid(counts["low"]), figure, ""),
            *pieces(*_BEFORE_SOURCE, "source", "stance", "stated"),
            ',"subject":{',
            *pieces(*_BEFORE_HARM, "harm", *_AFTER_HARM),
            "}",
            *pieces("target"),
            "}",
            "",
        )
        return _digests(joined.cast(pa.binary()).to_pylist())


_BYTES: Final = 10
"""How many bytes of a digest an identity has."""


def _digests(texts: list[bytes]) -> pa.Array:
    """Hash texts, as `casualties.model.claim.Claim.id` does."""
    start = np.frombuffer(f"{IDENTITY_VERSION}-".encode(), "uint8")
    letters = np.empty((len(texts), len(start) + 2 * _BYTES), "uint8")
    letters[:, : len(start)] = start
    digests = b"".join([sha256(text).digest()[:_BYTES] for text in texts])
    letters[:, len(start) :] = np.frombuffer(digests.hex().encode(), "uint8").reshape(len(texts), -1)
    ends = np.arange(0, letters.size + 1, letters.shape[1], dtype="int32")
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer(letters))


def harms(cell: str) -> list[str]:
    """Take the harms of a cell apart, as `casualties.model.subject.Subject` does."""
    parts = cell.split("-or-")
    return parts if all(part in JOINABLE for part in parts) else [cell]


def _members(words: pa.Array, form: str, name: str) -> pa.Array:
    """Write texts as members of a JSON object; nothing for an empty one."""
    before, after = form.split("%s")
    before += f'"{name}":'
    write = _WRITTEN.get(name)
    odd = pc.match_substring_regex(words, _ESCAPED) if write is None else pc.not_equal(words, "")
    written = pc.binary_join_element_wise(f'{before}"', words, f'"{after}', "")
    said = [f"{before}{_json((write or str)(word))}{after}" for word in words.filter(odd).to_pylist()]
    written = pc.replace_with_mask(written, odd, pa.array(said, pa.string()))
    return pc.if_else(pc.equal(words, ""), "", written)


_ESCAPED: Final = r'["\\\x00-\x1f]'
"""What stands otherwise in JSON than in the text."""

_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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
_FORMS: Final = {
    **dict.fromkeys(("assumed", *_BEFORE_FIGURE, *_BEFORE_SOURCE, *_BEFORE_HARM), "%s,"),
    **dict.fromkeys(("source", "harm"), "%s"),
    **dict.fromkeys(("stance", "stated", *_AFTER_HARM, "target"), ",%s"),
}
"""The columns of what a claim says, each with the marks that stand around it."""
