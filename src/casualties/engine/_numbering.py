"""Numbers in the place of names: of sources, of positions and of voices, so that engines compare one number a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casualties.engine._lazily import Lazily
from casualties.engine._room import keep

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
else:
    nw = Lazily("narwhals.stable.v2", "engine")

__all__ = ["numbered", "topic_of"]

_SPREAD: Final = 2**31
"""How many positions, and voices, a subject may have; there may be four thousand million subjects."""

_SOURCES: Final = 2**24
"""How many sources there may be; what is no source of its own is numbered from there."""


def topic_of(name: str) -> nw.Expr:
    """Take the subject out of the number of a position or voice."""
    return (nw.col(name) // _SPREAD).alias("topic")


def numbered(frame: nw.LazyFrame[Any], *, alone: bool, resolved: bool) -> nw.LazyFrame[Any]:
    """Add the numbers of the ``place`` and the ``voice`` of every claim.

    A place is the position to which a claim may belong: that of its source, or one of its own where it is the word of
    others and no claim replaces it by name.

    Args:
        frame: Claims with ``topic``, the number of their ``source``, ``root``, ``rests``, ``anonymous``, ``is_named``.
        alone: Whether no claim is the word of others.
        resolved: Whether roots were found when the table was made from a ledger.
    """
    start = nw.col("topic") * _SPREAD
    of_source = start + nw.col("source")
    if alone:
        return frame.with_columns(place=of_source, voice=of_source)
    frame = _roots(keep(frame)) if resolved else frame
    frame = keep(frame)
    word_of_others = nw.col("rests") + nw.col("anonymous") > 0
    others = frame.filter(word_of_others).with_row_index("number", order_by="claim_id")
    of_its_own = start + _SOURCES + nw.col("number").cast(nw.Int64)
    place = nw.when(nw.col("is_named") == 1).then(of_source).otherwise(of_its_own)
    others = others.with_columns(place=place).drop("number")
    own = frame.filter(~word_of_others).with_columns(place=of_source)
    if not resolved:
        others, own = _roots(others), own.with_columns(voice=nw.col("place"))
    columns = [name for name in own.collect_schema().names() if name != "root"]
    return nw.concat([own.select(*columns), others.select(*columns)])


def _roots(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Number the voices by the names of what they rest on."""
    roots = keep(frame.select("root").unique().with_row_index("number", order_by="root"))
    voice = nw.col("topic") * _SPREAD + _SOURCES + nw.col("number").cast(nw.Int64)
    return frame.join(roots, on="root").with_columns(voice=voice).drop("number")
