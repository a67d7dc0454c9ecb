"""Write the picture of the page on estimates anew: `python -m tests.estimates.draw`."""

from __future__ import annotations

from tests.estimates.test_result import ASSETS, kosovo

if __name__ == "__main__":
    (ASSETS / "estimates-kosovo.svg").write_text(kosovo().to_svg(), encoding="utf-8")
