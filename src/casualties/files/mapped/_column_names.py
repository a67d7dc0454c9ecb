"""What columns are called in the sheets of recorders, in several languages."""

from __future__ import annotations

from typing import Final

__all__ = ["ENDS", "EVERYBODY", "EXAMPLES", "NAMES", "NEAREST", "NO_COUNTS", "NUMBERS", "ORDINALS", "RUNNING"]

NAMES: Final = {
    "stated": (
        "reported on",
        "date of report",
        "report date",
        "date reported",
        "date of statement",
        "statement date",
        "said on",
        "meldedatum",
        "gemeldet am",
        "stand",
        "stated",
    ),
    "published": ("published", "publication date", "veröffentlicht"),
    "since": ("start", "since", "from", "begin", "first day", "von", "beginn", "desde", "début"),
    "until": ("as of", "end", "until", "to", "last day", "bis", "ende", "hasta", "fin"),
    "day": ("date", "day", "when", "datum", "tag", "fecha", "día", "jour", "data", "дата", "تاريخ"),
    "address": ("link", "url", "address", "web", "website", "enlace", "lien"),
    "publisher": (
        "said in",
        "reported in",
        "published in",
        "medium",
        "paper",
        "newspaper",
        "publisher",
        "outlet",
        "media",
        "zeitung",
        "periódico",
        "journal",
    ),
    "source": (
        *(
            "source",
            "sources",
            "informant",
            "reported by",
            "according to",
            "who",
            "who says",
            "claimed by",
            "reporting party",
        ),
        *(
            "quelle",
            "quellen",
            "gemeldet von",
            "berichtet von",
            "melder",
            "laut",
            "fuente",
            "fuentes",
            "fonte",
            "источник",
            "джерело",
            "المصدر",
        ),
    ),
    "place": (
        *(
            "place",
            "town",
            "city",
            "village",
            "location",
            "district",
            "province",
            "region",
            "county",
            "area",
            "state",
            "where",
        ),
        *("ort", "stadt", "bezirk", "gebiet", "lugar", "ciudad", "municipio", "lieu", "ville", "место", "місце"),
    ),
    "event": ("event", "incident", "attack", "event id", "incident id", "ereignis", "vorfall", "suceso", "incidente"),
    "side": ("side", "party", "belligerent", "army", "seite", "partei", "bando", "camp"),
    "status": ("status", "civilian or combatant", "type of victim", "victims", "who died"),
    "sex": ("sex", "gender", "geschlecht", "sexo", "sexe"),
    "age": ("age", "age group", "alter", "edad", "âge"),
    "weapon": ("weapon", "weapons", "waffe", "arma", "arme"),
    "perpetrator": ("perpetrator", "attacker", "attributed to", "täter", "autor", "auteur"),
    "note": (
        "note",
        "notes",
        "remarks",
        "remark",
        "comment",
        "comments",
        "bemerkung",
        "bemerkungen",
        "anmerkung",
        "notas",
    ),
    "bound": ("qualifier", "precision", "exactness", "about", "bound", "genauigkeit", "angabe"),
    "harm": ("harm", "type", "category", "what", "kind", "art", "indicator", "outcome", "tipo"),
    "count": (
        "count",
        "number",
        "how many",
        "figure",
        "value",
        "people",
        "persons",
        "total",
        "anzahl",
        "zahl",
        "número",
    ),
}
"""What columns are called in sheets; the first role whose words are in a name is tried first."""

ENDS: Final = {
    "low": ("min", "minimum", "low", "lowest", "lower", "at least", "von"),
    "high": ("max", "maximum", "high", "highest", "upper", "at most", "bis"),
    "best": ("best", "estimate", "likely", "best estimate"),
}
NUMBERS: Final = ("id", "nr", "no", "number", "case", "code", "ref", "reference")
NEAREST: Final = (
    ("village", "neighbourhood", "site", "dorf", "pueblo", "село"),
    ("town", "city", "municipality", "ort", "stadt", "ciudad", "municipio", "ville", "место", "місце"),
    ("district", "county", "area", "bezirk", "location", "place", "where", "lugar", "lieu"),
    ("province", "region", "state", "governorate", "oblast", "gebiet"),
)
"""What columns of places are called, the smaller places first."""

ORDINALS: Final = ("first", "second", "third", "main", "other", "erste", "zweite", "primera", "segunda")
"""What tells columns of the same apart, besides their numbers."""

NO_COUNTS: Final = ("latitude", "longitude", "lat", "lon", "lng", "year", "month", "days", "weight", "code", "status")
"""Of what columns of numbers are that count nobody."""

EVERYBODY: Final = ("all", "total", "everybody", "both", "any", "alle", "todos", "tous", "все", "всі")
"""What stands in a column of people for all of them."""

EXAMPLES: Final = {"harm": "killed", "status": "civilian", "sex": "female", "age": "child"}
"""A word of a ledger for each kind of column that holds words."""

RUNNING: Final = ("cumulative", "to date", "so far", "running total", "insgesamt", "bisher", "acumulado", "cumul")
