"""What columns are called in the sheets of recorders, in several languages."""

from __future__ import annotations

from typing import Final

__all__ = ["ENDS", "NAMES", "NUMBERS", "RUNNING"]

NAMES: Final = {
    "stated": (
        "reported on",
        "date of report",
        "report date",
        "date reported",
        "gemeldet am",
        "stand",
        "stated",
    ),
    "published": ("published", "publication date", "veröffentlicht"),
    "since": ("start", "since", "from", "begin", "first day", "von", "beginn", "desde", "début"),
    "until": ("as of", "end", "until", "to", "last day", "bis", "ende", "hasta", "fin"),
    "day": ("date", "day", "when", "datum", "tag", "fecha", "día", "jour", "data", "дата", "تاريخ"),
    "address": ("link", "url", "address", "web", "website", "enlace", "lien"),
    "publisher": ("paper", "newspaper", "publisher", "outlet", "media", "zeitung", "periódico", "journal"),
    "source": (
        *("source", "sources", "reported by", "according to", "who", "who says", "claimed by", "reporting party"),
        *("quelle", "quellen", "laut", "fuente", "fuentes", "fonte", "источник", "джерело", "المصدر"),
    ),
    "place": (
        *("place", "town", "city", "village", "location", "district", "province", "region", "county", "area", "where"),
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
NUMBERS: Final = ("id", "nr", "no", "number", "case", "code")
RUNNING: Final = ("cumulative", "to date", "so far", "running total", "insgesamt", "bisher", "acumulado", "cumul")
