"""The casualty fields of Wikipedia's infoboxes, taken apart into one count each, with who says it.

What the grammar does not know is given back as it stands, without a harm, so that it ends in quarantine.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["statements"]

HARMS: Final = {
    "killed and wounded": "killed-or-wounded",
    "killed or wounded": "killed-or-wounded",
    "killed or captured": "killed-or-captured",
    "killed": "killed",
    "kia": "killed",
    "dead": "killed",
    "deaths": "killed",
    "wounded": "wounded",
    "injured": "wounded",
    "missing": "missing",
    "captured": "captured",
    "displaced": "displaced",
    "casualties": "casualties",
}
COMBATANTS: Final = re.compile(
    r"\b(?:soldiers?|servicemen|serviceman|fighters?|militants?|militiamen|troops|mercenar(?:y|ies)|officers?|pilots?)\b"
)
CIVILIANS: Final = re.compile(r"\bcivilians?\b")
PLAIN: Final = {"", "soldiers", "servicemen", "fighters", "militants", "troops", "civilian", "civilians", "people"}
"""Words for the victims that add nothing to their status."""

_HARM: Final = "|".join(HARMS)
_NUMBER: Final = r"\d[\d,]*(?:\s*[–-]\s*\d[\d,]*)?\+?"
_COUNT: Final = rf"(?:(?:at least|at most|up to|over|more than|nearly|about|around) )?[~<>≈]?{_NUMBER}"
_VAGUE: Final = r"unspecified|unknown|unspecified number of|many|several|dozens of|hundreds of|thousands of"
_NOTE: Final = r"(?:\s*\((?P<note>[^()]*)\))?"
_PIECE: Final = re.compile(
    rf"(?P<count>{_COUNT}|{_VAGUE})(?P<who>(?: [^\d\W][\w.'’-]*){{0,4}}?) (?P<harm>{_HARM}){_NOTE}", re.IGNORECASE
)
_LABEL: Final = re.compile(
    r"(?:(?P<who>civilian)s? )?(?P<harm>dead|deaths|killed|wounded|missing|captured|displaced): ?"
    rf"(?P<count>{_COUNT}){_NOTE}",
    re.IGNORECASE,
)
_BARE: Final = re.compile(rf"(?P<count>{_COUNT}|unknown|unspecified){_NOTE}", re.IGNORECASE)
_HEADING: Final = re.compile(
    rf"(?:^|(?<=\s))(?:Per (?P<per>[^:\n()*]{{2,60}})|(?P<whose>[A-Z][\w.'’ ]{{1,40}}?) claim){_NOTE}:"
)
_PARTY: Final = re.compile(r"(?:per|according to) (?:the )?(?P<per>[^;\d]+)|(?P<whose>[^;\d]+?) claims?", re.IGNORECASE)
_NOISE: Final = re.compile(r"<ref[^>]*>.*?</ref>|<ref[^>]*/?>|See [^.\n]* for details\.?", re.DOTALL)
_NEXT: Final = re.compile(rf"\b({_HARM})(\s*\([^()]*\))?\s+(?=[~<>≈]?\d)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"(?:[\n;*]|,\s)(?![^()]*\))")


def statements(text: str) -> list[dict[str, str]]:
    r"""Take a field apart.

    Returns:
        For each count its ``words``, ``harm``, ``party``, ``status`` and ``role``; each empty where it is not said.
        What is no count of people, or is qualified in a way that a subject cannot hold, has no harm.

    Examples:
        >>> for each in statements("Per Azerbaijan:\n* 2,906 servicemen killed\n* 7+ tanks destroyed"):
        ...     print(each["party"], each["words"], each["status"], each["harm"] or "no harm to people")
        Azerbaijan 2,906 combatant killed
        Azerbaijan 7+ tanks destroyed  no harm to people
    """
    text = _NOISE.sub(" ", text)
    found = []
    party, note, begin = "", None, 0
    for heading in (*_HEADING.finditer(text), None):
        part = text[begin : heading.start() if heading else len(text)]
        pieces = (" ".join(piece.split()) for piece in _BETWEEN.split(_NEXT.sub(r"\1\2\n", part)))
        found += [_statement(piece, party, note) for piece in pieces if piece]
        if heading is not None:
            party, note, begin = (heading["per"] or heading["whose"]).strip(), heading["note"], heading.end()
    return found


def _statement(piece: str, party: str, note: str | None) -> dict[str, str]:
    rest = {"words": piece, "harm": "", "party": party, "status": "", "role": ""}
    match = _PIECE.fullmatch(piece) or _LABEL.fullmatch(piece) or _BARE.fullmatch(piece)
    if match is None or note is not None:
        return rest
    parts = match.groupdict()
    if parts["note"]:
        whose = _PARTY.fullmatch(parts["note"])
        if whose is None:
            return rest
        party = whose["per"] or whose["whose"]
    who = (parts.get("who") or "").strip()
    status = "civilian" if CIVILIANS.search(who.lower()) else "combatant" if COMBATANTS.search(who.lower()) else ""
    return {
        "words": parts["count"].lower().removesuffix(" of"),
        "harm": HARMS[parts["harm"].lower()] if "harm" in parts else "casualties",
        "party": party,
        "status": status,
        "role": "" if who.lower() in PLAIN else who,
    }
