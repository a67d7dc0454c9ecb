"""What an entry does: states counts, keeps silent, denies or withdraws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casualties.claim import Stance
from casualties.errors import CasualtiesError, FigureError
from casualties.figure import End, Figure
from casualties.formats._desk import Desk
from casualties.formats._grammar import ENTRY, FIGURE
from casualties.formats._nodes import Fields, Node, Scalar
from casualties.formats._subjects import Members, Subjects
from casualties.wording import another_harm, parse_figure, silence_of

__all__ = ["Act", "Acts"]

_GOES_WITH: Final = {
    "harm": ("figure",),
    "figure": ("harm",),
    "silence": ("silent", "figure"),
    "aspect": ("denies",),
    "of": ("denies", "withdraws"),
}


@dataclass(slots=True)
class Act:
    """What an entry does about one harm, or about the claims that a text names."""

    node: Node
    stance: Stance
    harm: tuple[str, ...] = ()
    figure: Figure | None = None
    silence: str | None = None
    words: str | None = None
    target: Scalar | None = None


class Acts:
    """Finds what an entry does."""

    def __init__(self, desk: Desk, subjects: Subjects) -> None:
        self.desk = desk
        self.subjects = subjects

    def of(self, node: Node, own: Members) -> Iterator[Act]:
        """Find what an entry does, and note keys that do not go together."""
        counts = [pair for name, pair in own.items() if name not in ENTRY]
        does = [name for name in ("denies", "withdraws") if name in own]
        states = [key.text for key, _value in counts]
        states += [name for name in ("harm", "figure", "silent") if name in own]
        if len(does) + bool(states) != 1:
            what = f"both {' and '.join([*does, *states[:1]])}" if does or states else "nothing"
            hint = "give one harm with its count, or silent, denies or withdraws"
            self.desk.wrong(node, f"a claim that says {what}", hint, "stance")
            return
        for name, partners in _GOES_WITH.items():
            if name in own and not set(partners) & {*own, *(["silent"] if counts else [])}:
                self.desk.wrong(
                    own[name][0], f"{name} says nothing here", f"it goes with {' or '.join(partners)}", "stance"
                )
        silence = self.desk.word(own["silence"][1], "silence", ENTRY["silence"]) if "silence" in own else None
        counted = [self.subjects.harm(key, "harm") for key, _value in counts]
        for (key, value), harm in zip(counts, counted, strict=True):
            yield self._count(key, value, harm, silence)
        if "harm" in own and "figure" in own:
            counted.append(self.subjects.harm(own["harm"][1], "harm"))
            yield self._count(own["figure"][0], own["figure"][1], counted[-1], silence)
        for each in self.desk.items(own["silent"][1]) if "silent" in own else ():
            harm = self.subjects.harm(each, "silent")
            if harm in counted:
                what = f"silent on {'-or-'.join(harm)}, and a count of it"
                self.desk.wrong(each, what, "take one of the two out", "stance")
            yield Act(each, Stance.SILENT, harm, silence=silence)
        for name in does:
            for each in self.desk.items(own[name][1]):
                if isinstance(each, Scalar):
                    yield Act(each, Stance(name), target=each)
                else:
                    self.desk.text(each, name)

    def _count(self, key: Scalar, node: Node, harm: tuple[str, ...], silence: str | None) -> Act:
        """Read a count from words, or from a map where there are none."""
        act = Act(node, Stance.STATES, harm, silence=silence)
        if isinstance(node, Fields):
            act.figure = self._figure(node)
            return act
        if not isinstance(node, Scalar):
            self.desk.text(node, key.text)
            return act
        act.words = node.text.strip() or None
        try:
            act.figure = parse_figure(node.text)
            if act.figure is None:
                act.stance = Stance.SILENT
                act.silence = silence or silence_of(node.text)
            elif wrong := another_harm(node.text, harm):
                hint = "count each harm in a key of its own; words of another kind stand under cited"
                self.desk.wrong(node, f"{key.text}: {wrong}", hint, "another-harm")
        except CasualtiesError as error:
            self.desk.wrong(
                node, f"{key.text}: {error.message}", error.hint or "write the count as printed", error.reason
            )
        return act

    def _figure(self, node: Fields) -> Figure | None:
        members = self.desk.fields(node, "a figure", FIGURE)
        values = self.desk.values(FIGURE, members)
        if "low" not in members:
            high = values.get("high", "N")
            hint = f"'up to {high}' is low: 0 with high: {high}; where the source gives no count, say silent"
            self.desk.wrong(node, "a figure without low", hint, "missing")
        if "low" not in values:
            return None
        assumed = frozenset(End(end) for end in values.get("assumed", ()))
        try:
            return Figure(values["low"], values.get("high"), best=values.get("best"), assumed=assumed)
        except FigureError as error:
            self.desk.wrong(node, error.message, error.hint, error.reason)
            return None
