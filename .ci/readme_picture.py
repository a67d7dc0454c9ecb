"""Draw the picture that opens the README and the site, bright and dark, and write its headline."""

from __future__ import annotations

from pathlib import Path

import casualties as cs
from casualties.results import Finding
from casualties.show.sentences import spread

ASSETS = Path(__file__).parents[1] / "docs" / "assets"


def finding() -> Finding:
    """Give what was said of the Armenian side's soldiers in the war of 2020."""
    war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war"))
    return max(war.about(side="armenian", status="combatant"), key=lambda each: len(each.claims))


def headline() -> str:
    """Write the headline, which is what the finding says."""
    return spread(finding()).text


def pictures() -> dict[str, str]:
    """Draw the picture on bright and on dark ground."""
    return {
        f"who-says-what{'-dark' if dark else ''}.svg": finding().plot(width=720, dark=dark).svg()
        for dark in (False, True)
    }


if __name__ == "__main__":
    for name, picture in pictures().items():
        (ASSETS / name).write_text(picture + "\n", encoding="utf-8")
