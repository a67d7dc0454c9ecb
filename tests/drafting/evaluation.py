"""How well the drafter does on the labelled pieces of news: what it finds, what it invents, and who it says spoke.

Run it to see the misses of the half that may be looked at: ``python tests/drafting/evaluation.py``.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from casualties.drafting import Proposal, draft

LABELS = Path(__file__).parent / "statements.yaml"
STOP = {"the", "a", "an", "his", "her", "its", "their", "our", "s"}


@dataclass
class Score:
    """What was found of what is labelled.

    Attributes:
        right: Statements found as labelled.
        false: What was found that no label has.
        missed: Labels that were not found.
        named: Statements found whose label names a source.
        attributed: Those of them that have that source.
        borrowed: Statements found that the narrator makes, and that were given a source.
        told: What went wrong, in words.
    """

    right: int = 0
    false: int = 0
    missed: int = 0
    named: int = 0
    attributed: int = 0
    narrated: int = 0
    borrowed: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was found that is labelled."""
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        """The share of the labels that were found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def attribution(self) -> float:
        """The share of those found and labelled with a source that have that source."""
        return self.attributed / max(1, self.named)

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f} ({self.right} right, {self.false} false), "
            f"recall {self.recall:.3f} ({self.missed} missed), "
            f"attribution {self.attribution:.3f} ({self.attributed} of {self.named}), "
            f"borrowed {self.borrowed} of {self.narrated}"
        )


def held(text: str) -> bool:
    """Tell whether a text belongs to the half that is never looked at."""
    return int(hashlib.sha256(text.encode()).hexdigest()[0], 16) % 2 == 1


def labelled(*, of_held: bool) -> list[dict[str, Any]]:
    """Read the labelled texts of one half."""
    entries: list[dict[str, Any]] = yaml.safe_load(LABELS.read_text(encoding="utf-8"))
    return [each for each in entries if held(each["text"]) == of_held]


def ends(label: dict[str, Any]) -> tuple[int, int | None] | None:
    """Give the ends of a labelled figure: `11..` has no upper end."""
    if "n" not in label:
        return None
    low, dots, high = str(label["n"]).partition("..")
    return int(low), (int(high) if high else None) if dots else int(low)


def names(text: str) -> set[str]:
    """Give the words of a source's name that tell it from others."""
    return {word for word in re.findall(r"[\w@]+", text.lower()) if word not in STOP}


def same_source(label: dict[str, Any], proposal: Proposal) -> bool:
    """Tell whether a proposal names the labelled source: all of its words, or a part that stands for it."""
    wanted, found = names(label["by"]), names(proposal.source)
    if not found:
        return False
    joined = " and " in proposal.source and " and " not in label["by"]
    return wanted == found or (not joined and (wanted <= found or (found <= wanted and len(found) * 2 >= len(wanted))))


def alike(label: dict[str, Any], proposal: Proposal) -> bool:
    """Tell whether a proposal is the labelled statement, whoever is said to make it."""
    stance = label.get("stance", "states")
    if proposal.stance.value != stance:
        return False
    if stance != "states":
        return True
    return (
        proposal.figure is not None
        and (proposal.figure.low, proposal.figure.high) == ends(label)
        and label["harm"] in proposal.harm
        and len(proposal.harm) == 1
    )


def compare(entry: dict[str, Any], proposals: Sequence[Proposal], score: Score) -> None:
    """Match labels to proposals, those with the right source first, and count."""
    labels = list(entry["claims"])
    left = list(proposals)
    pairs: list[tuple[dict[str, Any], Proposal]] = []
    for wants_source in (True, False):
        for label in list(labels):
            match = next(
                (
                    each
                    for each in left
                    if alike(label, each)
                    and (
                        not wants_source
                        or ("by" in label and same_source(label, each))
                        or ("by" not in label and not each.source)
                    )
                ),
                None,
            )
            if match is not None:
                labels.remove(label)
                left.remove(match)
                pairs.append((label, match))
    for label, proposal in pairs:
        if "may" in label:
            continue
        score.right += 1
        if "by" in label:
            score.named += 1
            good = same_source(label, proposal)
            score.attributed += good
            if not good:
                score.told.append(f"SOURCE {label['by']!r} but {proposal.source!r}: {entry['text']}")
        else:
            score.narrated += 1
            borrowed = bool(proposal.source) and proposal.source not in ("reportedly", "allegedly", "Reportedly")
            score.borrowed += borrowed
            if borrowed:
                score.told.append(f"BORROWED {proposal.source!r}: {entry['text']}")
    for label in labels:
        if "may" not in label:
            score.missed += 1
            score.told.append(f"MISSED {label}: {entry['text']}")
    for proposal in left:
        score.false += 1
        score.told.append(
            f"FALSE {proposal.stance.value} {proposal.words!r} {proposal.harm} by {proposal.source!r}: {entry['text']}"
        )


def evaluate(entries: Sequence[dict[str, Any]], *, everything: bool = False) -> Score:
    """Draft every text and count."""
    score = Score()
    for entry in entries:
        published = entry.get("published")
        compare(
            entry, draft(entry["text"], str(published) if published else None, everything=everything).proposals, score
        )
    return score


def lines() -> Iterator[str]:
    """Tell the figures of the half that may be looked at, with every miss."""
    score = evaluate(labelled(of_held=False))
    yield from sorted(score.told)
    yield str(score)
    yield f"with all: {evaluate(labelled(of_held=False), everything=True)}"


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
