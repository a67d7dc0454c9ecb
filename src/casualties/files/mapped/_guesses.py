"""What the name of a column and its cells say of it: words of several languages, and what can be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from casualties.errors import CasualtiesError
from casualties.files.mapped._bounds import qualified
from casualties.files.mapped._dates import Dates, NoDateError
from casualties.files.mapped._marks import Marks
from casualties.files.mapped.cells import BadCellError, text_of
from casualties.model.harm import JOINABLE
from casualties.wording import parse_figure, silence_of

__all__ = [
    "FORMATS",
    "HARM_WORDS",
    "formats_of",
    "has_word",
    "is_qualifier",
    "is_year",
    "lexicon_of",
    "marks_of",
    "some_without_year",
    "unreadable",
    "value_of",
]

HARM_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "killed-or-wounded": ("casualties", "victims", "killed or wounded", "opfer", "víctimas", "victimes", "жертвы"),
    "killed": (
        *("killed", "dead", "deaths", "death", "died", "fatalities", "fatality", "kia", "martyrs"),
        *("tote", "toten", "getötet", "getötete", "todesopfer", "gestorben", "gestorbene"),
        *("muertos", "muertes", "fallecidos", "morts", "tués", "décès", "mortos", "mortes"),
        *("погибло", "погибшие", "убито", "убитые", "загинуло", "загиблі", "قتلى"),
    ),
    "wounded": (
        *(
            "wounded",
            "injured",
            "injuries",
            "injury",
            "hurt",
            "wia",
            "verletzt",
            "verletzte",
            "verwundet",
            "verwundete",
            "heridos",
        ),
        *("blessés", "feridos", "ранено", "раненые", "поранено", "поранені", "جرحى"),
    ),
    "missing": ("missing", "mia", "vermisst", "vermisste", "desaparecidos", "disparus", "пропали", "зникли", "مفقودون"),
    "captured": (
        "captured",
        "prisoners",
        "pow",
        "pows",
        "detained",
        "arrested",
        "gefangen",
        "gefangene",
        "capturados",
        "пленные",
    ),
    "displaced": ("displaced", "idps", "evacuated", "vertrieben", "desplazados", "déplacés"),
}
"""What columns and cells call a harm, in several languages; the ledger's own word first."""

_LONGEST_WORD: Final = 40
"""How long a text may be that names a harm or people."""

_VALUES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "status": {
        "civilian": (
            "civilian",
            "civilians",
            "civ",
            "zivil",
            "zivilist",
            "zivilisten",
            "civil",
            "civiles",
            "гражданские",
        ),
        "undetermined": (
            "undetermined",
            "unknown",
            "unclear",
            "unidentified",
            "unbekannt",
            "desconocido",
            "неизвестно",
        ),
        "combatant": ("combatant", "combatants", "military", "soldier", "soldiers", "fighters", "troops", "militär"),
    },
    "sex": {
        "female": ("female", "women", "woman", "f", "frauen", "mujeres"),
        "male": ("male", "men", "man", "m", "männer"),
    },
    "age": {"child": ("child", "children", "kinder", "niños", "enfants"), "adult": ("adult", "adults", "erwachsene")},
}

FORMATS: Final = (
    *("YYYY-MM-DD", "YYYY/MM/DD", "YYYYMMDD", "YYYY-MM-DD time", "YYYY-MM-DDTtime"),
    *("D/M/YYYY", "M/D/YYYY", "D.M.YYYY", "D-M-YYYY", "D/M/YY", "M/D/YY", "D.M.YY", "D-M-YY"),
    *("D/M/YYYY time", "M/D/YYYY time", "D.M.YYYY time", "D-Month-YY", "D-Month-YYYY", "Month YYYY", "YYYY-MM", "YYYY"),
    *("D.M.", "D/M", "words"),
)
"""Formats of dates that are tried, the surer ones first."""

_LEXICONS: Final = ("as-worded", "de", "es", "fr", "pt", "ru", "uk", "ar")
_DOTS: Final = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])")
_SPACES: Final = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?![0-9])")
_APOSTROPHES: Final = re.compile(r"(?<![0-9])[0-9]{1,3}(?:['’][0-9]{3})+(?![0-9])")
_COMMA: Final = re.compile(r"(?<![0-9,])[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})(?![0-9])")


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold()))


def has_word(name: str, words: Sequence[str]) -> bool:
    """Tell whether a name has one of some words in it, as words of their own.

    Examples:
        >>> has_word("Date of report", ["report"]), has_word("Reporting", ["report"])
        (True, False)
    """
    text = f" {_folded(name)} "
    return any(f" {_folded(word)} " in text for word in words)


def value_of(text: str, known: str) -> str | None:
    """Give the word of a ledger that a text means: a harm, a status, a sex or an age group.

    Examples:
        >>> value_of("Getötet", "harm"), value_of("Civilians", "status"), value_of("purple", "status")
        ('killed', 'civilian', None)
    """
    if len(text) > _LONGEST_WORD:
        return None
    if (
        known == "harm"
        and len(both := [harm for harm in HARM_WORDS if harm in JOINABLE and has_word(text, HARM_WORDS[harm])]) > 1
    ):
        return "-or-".join(both)
    table = HARM_WORDS if known == "harm" else _VALUES[known]
    for value, words in table.items():
        if _folded(text) == _folded(value) or has_word(text, words):
            return value
    return None


def formats_of(cells: Sequence[str]) -> tuple[list[str], bool]:
    """Find formats that read most texts as dates, and tell whether day and month could be the other way about.

    Examples:
        >>> formats_of(["14.03.2023", "2.4.2023", "12 March 2023"])
        (['D.M.YYYY', 'words'], False)
        >>> formats_of(["1/2/2023"])
        (['D/M/YYYY'], True)
    """
    left, formats, unsure = list(cells), [], False
    while left:
        reads = {form: [text for text in left if _reads(form, text)] for form in FORMATS}
        best = max(FORMATS, key=lambda form: (len(reads[form]), -FORMATS.index(form)))
        if not reads[best]:
            break
        other = best.translate(str.maketrans("DM", "MD"))
        unsure |= best[0] in "DM" and other in reads and len(reads[other]) == len(reads[best])
        formats.append(best)
        left = [text for text in left if text not in reads[best]]
    return formats, unsure


def _reads(form: str, text: str) -> bool:
    try:
        span = Dates([form], 2000).read(text)
    except (NoDateError, CasualtiesError):
        return False
    return 1800 <= span.first.earliest.year <= 2100


def is_qualifier(text: str, lexicon: str) -> bool:
    """Tell whether a text qualifies a count."""
    if any(map(str.isdigit, text)):
        return False
    try:
        qualified(100, text, lexicon)
    except CasualtiesError:
        return False
    return True


def marks_of(texts: Sequence[str]) -> tuple[str | None, str | None]:
    """Tell what parts thousands and what stands before decimals; nothing where that is as the lexicons read it.

    Examples:
        >>> marks_of(["10.139", "12,0"]), marks_of(["1,200", "7"]), marks_of(["12,5"])
        (('.', ','), (None, None), (None, ','))
    """
    thousands = next(
        (
            mark
            for mark, pattern in ((".", _DOTS), (" ", _SPACES), ("'", _APOSTROPHES))
            if any(map(pattern.search, texts))
        ),
        None,
    )
    if thousands == " ":
        thousands = None  # the lexicons read it
    decimal = "," if any(map(_COMMA.search, texts)) else None
    return thousands, decimal or ("," if thousands == "." else None)


def lexicon_of(texts: Sequence[str], marks: Marks) -> str:
    """Choose the lexicon that reads most texts, English where several do."""
    worded = [text for text in dict.fromkeys(texts) if any(character.isalpha() for character in text)][:200]
    return max(_LEXICONS, key=lambda name: (len(worded) - len(unreadable(worded, marks, name)), -_LEXICONS.index(name)))


def unreadable(cells: Sequence[Any], marks: Marks, lexicon: str) -> list[str]:
    """Give the cells that are neither a count nor words for silence."""
    return [text_of(cell) for cell in cells if text_of(cell) and not _is_count(cell, marks, lexicon)]


def _is_count(cell: object, marks: Marks, lexicon: str) -> bool:
    if isinstance(cell, date | bool):
        return False
    text = text_of(cell).removesuffix(".0")
    try:
        words = marks.plain(text) if marks and isinstance(cell, str) else text
        return parse_figure(words, lexicon) is not None or silence_of(words, lexicon) is not None
    except (BadCellError, CasualtiesError):
        return False


def is_year(cell: object) -> bool:
    """Tell whether a cell is a year.

    Examples:
        >>> is_year("2031"), is_year(203)
        (True, False)
    """
    return re.fullmatch(r"(1[89]|20)[0-9]{2}(\.0)?", text_of(cell)) is not None


def some_without_year(texts: list[str], formats: list[str]) -> bool:
    """Tell whether some date that is written in words says no year."""
    worded = [text for text in texts if any(map(str.isalpha, text))]
    return "words" in formats and any(re.search(r"\d{4}", text) is None for text in worded)
