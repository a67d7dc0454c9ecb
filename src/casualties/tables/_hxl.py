"""Claims by the conventions of HXL, the Humanitarian Exchange Language: what hashtags and attributes say.

``#affected+killed+f`` counts women who were killed; ``#meta+source`` says who says it.
The hashtags are those of the HXL 1.1 dictionary.
"""

from __future__ import annotations

from typing import Any, Final

from casualties.errors import MappingError
from casualties.tables._mapping import TableMapping

__all__ = ["from_tags"]

HARMS: Final = {
    "killed": "killed",
    "injured": "wounded",
    "wounded": "wounded",
    "missing": "missing",
    "captured": "captured",
    "detained": "captured",
    "displaced": "displaced",
    "idps": "displaced",
}
FACETS: Final = {
    "f": ("sex", "female"),
    "m": ("sex", "male"),
    "infants": ("age", "child"),
    "children": ("age", "child"),
    "adolescents": ("age", "child"),
    "adults": ("age", "adult"),
    "elderly": ("age", "elderly"),
    "civilian": ("status", "civilian"),
    "civilians": ("status", "civilian"),
    "combatant": ("status", "combatant"),
    "combatants": ("status", "combatant"),
    "military": ("status", "combatant"),
}
BOUNDS: Final = {"min": "at least", "max": "at most"}
PLACES: Final = ("#loc", "#adm5", "#adm4", "#adm3", "#adm2", "#adm1", "#country", "#region")
DATES: Final = ("YYYY-MM-DD", "YYYY-MM-DD time", "YYYY-MM-DDTtime", "YYYY-MM", "YYYY")


def from_tags(mapping: TableMapping, columns: tuple[str, ...]) -> TableMapping:
    """Complete a mapping that makes no claims by what the hashtags of a table say.

    Raises:
        MappingError: If no hashtag counts people, or none says who says it.
    """
    shared: dict[str, Any] = {"cited": {"locator": "row {#row}"}}
    source = _column(columns, "#meta", "source")
    if mapping.source is None and source is None:
        raise MappingError("the table has no #meta+source", "no-column", "give source in a mapping with tagged: true")
    if mapping.source is None:
        shared["source"] = f"{{{source}}}"
    elif source is not None:
        shared["cited"]["title"] = f"{{{source}}}"
    start, end = _column(columns, "#date", "start"), _column(columns, "#date", "end")
    occurred = _column(columns, "#date", "occurred")
    for name, column in (
        ("since", start or occurred),
        ("until", end or occurred),
        ("stated", _column(columns, "#date", "reported")),
        ("event", _column(columns, "#event")),
        ("place", next((found for tag in PLACES if (found := _column(columns, tag))), None)),
    ):
        if column is not None:
            shared[name] = f"{{{column}}}"
    claims = []
    for column in columns:
        tag, *attributes = column.split("+")
        harm = next((HARMS[each] for each in attributes if each in HARMS), None)
        if tag == "#affected" and harm is not None and columns.count(column) == 1:
            claim = {**shared, "harm": harm, "count": column}
            claim.update(FACETS[each] for each in attributes if each in FACETS)
            claim.update(("bound", BOUNDS[each]) for each in attributes if each in BOUNDS)
            others = [each for each in attributes if each not in HARMS and each not in FACETS and each not in BOUNDS]
            if others:
                claim["role"] = " ".join(others)
            claims.append(claim)
    if not claims:
        raise MappingError(
            "the table has no column of people harmed", "no-column", "it needs a tag such as #affected+killed"
        )
    given = {name: getattr(mapping, name) for name in type(mapping).model_fields}
    return TableMapping.of({**given, "claims": claims, "dates": mapping.dates or DATES}, mapping.name)


def _column(columns: tuple[str, ...], tag: str, *attributes: str) -> str | None:
    """Give the column with a tag and some attributes, first one with a name, then one with the fewest others."""
    found = [
        column
        for column in columns
        if column.split("+")[0] == tag and set(attributes) <= set(column.split("+")) and columns.count(column) == 1
    ]
    return min(
        found, key=lambda each: ("name" not in each.split("+"), each.count("+"), columns.index(each)), default=None
    )
