"""What no tracked file may hold: a registry's host or a path of one machine."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

HOSTS = [
    "py" + "pi",
    "files.python" + "hosted",
    "python" + "hosted",
    "npm" + "js",
    "registry.npm" + "js",
    "ana" + "conda",
]
PATTERNS = {
    "a registry's host": re.compile(r"\b(?:" + "|".join(map(re.escape, HOSTS)) + r")\.(?:org|com|io)\b"),
    "a path of one machine": re.compile(r"(?<![\w.$}/-])/(?:ro" + r"ot|wo" + r"rk|ho" + r"me/\w+|Us" + r"ers/\w+)/"),
}


def tracked() -> list[Path]:
    """List the files that the repository holds."""
    names = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def findings(text: str) -> list[str]:
    """Say what a text holds that it may not."""
    return [f"{what}: {match[0]!r}" for what, pattern in PATTERNS.items() for match in pattern.finditer(text)]


def test_files_hold_nothing_of_the_workshop() -> None:
    """No tracked file names a registry's host or a path of one machine."""
    files = tracked()
    assert ROOT / "README.md" in files
    found = {
        path.relative_to(ROOT).as_posix(): what
        for path in files
        if (what := findings(path.read_bytes().decode("utf-8", "replace")))
    }
    assert found == {}, "write the name without the host, or a path relative to the repository"


@pytest.mark.parametrize(
    "text",
    [
        "see https://" + "py" + "pi.org/simple",
        "npm" + "js.com",
        "open(" + '"/ro' + 'ot/x/y")',
        "cd /wo" + "rk/a",
        "/ho" + "me/me/x",
    ],
)
def test_findings_can_be_found(text: str) -> None:
    """Each pattern is seen to match what it is for."""
    assert len(findings(text)) == 1


@pytest.mark.parametrize(
    "text", ["the work/rest of it", "https://example.org/wo" + "rk/x", "$HOME/.cache", "docs/home/x"]
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    """A word or an address that only looks alike is no finding."""
    assert findings(text) == []


def test_seeds_and_their_list_agree() -> None:
    """Each seed stands in the table of `seeds/README.md`, and the table names no other."""
    table = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([\w-]+\.yaml)` \|", table, re.MULTILINE)
    assert listed == sorted(path.name for path in (ROOT / "seeds").glob("*.yaml"))


def test_versions_agree() -> None:
    """The citation file carries the version of the package."""
    version = re.compile(r'^version\s*[=:]\s*"?([\w.]+)"?$', re.MULTILINE)
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "CITATION.cff")]
    assert version.findall(texts[0]) == version.findall(texts[1])


def test_the_extra_all_lists_every_other() -> None:
    """Whoever asks for all gets every extra that the library can use, but Spark needs Java; and no developers' tool."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    extras = tomllib.loads(text)["project"]["optional-dependencies"]
    (listed,) = extras.pop("all")
    for_developers = {"test", "docs", "lint", "browser"}
    assert sorted(listed.removeprefix("casualties[").removesuffix("]").split(",")) == sorted(
        extras.keys() - for_developers - {"spark"}
    )
