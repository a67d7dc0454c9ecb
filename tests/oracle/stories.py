"""The stories and seeds that the rows of the table are about."""

from __future__ import annotations

import re
from pathlib import Path

import casualties as cs

from .from_ledger import records_of
from .records import Records

SEEDS = {"seed article": "nagorno-karabakh-2020-09-30", "Karabakh war": "nagorno-karabakh-2020-war"}
LARGE = {"al-Ahli": "al-ahli-2023", "Rabaa": "rabaa-2013"}
ESTIMATES = "ukraine-soldier-deaths-estimates/Soldier_deaths_casualties_in_Ukraine_-_estimates.csv"


def load(name: str, data: Path) -> Records:
    """Give the records of a story, by the name that the table has for it.

    Args:
        name: The name in the table.
        data: The folder of real data, beside which the stories lie.
    """
    if name in SEEDS:
        return records_of(cs.seeds.load(SEEDS[name]))
    if name == "Economist, Ukraine":
        return records_of(cs.read_table(data / ESTIMATES, "ukraine-estimates").ledger)
    path = f"{LARGE[name]}.yaml" if name in LARGE else f"small/{re.sub('[^a-z0-9]+', '-', name)}.yaml"
    return records_of(cs.read(data.parent / "stories" / path))
