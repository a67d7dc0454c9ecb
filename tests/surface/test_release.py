"""A version can be made of what is there, and what would be wrong with it is told."""

from __future__ import annotations

import importlib.util
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
spec = importlib.util.spec_from_file_location("release", ROOT / ".ci" / "release.py")
if spec is None or spec.loader is None:
    raise ImportError(ROOT)
release = importlib.util.module_from_spec(spec)
spec.loader.exec_module(release)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build both files of a release, without a network."""
    pytest.importorskip("hatchling", reason="needs the extra test")
    source, wheel = release.build(ROOT, tmp_path_factory.mktemp("release"))
    return Path(source), Path(wheel)


def test_a_dry_build_is_whole(made: tuple[Path, Path]) -> None:
    """Files and versions agree, and both files hold what they should and nothing else."""
    assert release.unready(ROOT) == []
    assert release.amiss(ROOT, *made) == []


def test_the_same_code_makes_the_same_bytes(made: tuple[Path, Path], tmp_path: Path) -> None:
    """Whoever builds a version anew can compare it with the one that was published."""
    assert [path.read_bytes() for path in release.build(ROOT, tmp_path)] == [path.read_bytes() for path in made]


def test_what_is_not_ready_is_told_at_once(tmp_path: Path) -> None:
    """A forgotten version and a forgotten heading are both named, with the next step."""
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n', encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text("version: 0.1.0\n", encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("## Unreleased\n", encoding="utf-8")
    told = release.unready(tmp_path, "v0.3.0")
    assert [line.partition(":")[0] for line in told] == ["CITATION.cff", "the tag is v0.3.0", "CHANGELOG.md"]
    (tmp_path / "CITATION.cff").write_text("version: 0.2.0\n", encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("## Unreleased\n\n## 0.2.0, 1 May 2027\n", encoding="utf-8")
    assert release.unready(tmp_path, "v0.2.0") == []


def test_a_wheel_without_a_seed_is_refused(made: tuple[Path, Path], tmp_path: Path) -> None:
    """What is absent from a file of the release, or too much in it, is named."""
    source, wheel = made
    poor = tmp_path / wheel.name
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(poor, "w") as less:
        for name in whole.namelist():
            if not name.endswith("nagorno-karabakh-2020-09-30.yaml"):
                less.writestr(name, whole.read(name))
        less.writestr("tests/test_all.py", "")
    empty = tmp_path / source.name
    with tarfile.open(empty, "w:gz"):
        pass
    told = release.amiss(ROOT, empty, poor)
    assert f"{wheel.name}: casualties/_seeds/nagorno-karabakh-2020-09-30.yaml is absent" in told
    assert f"{wheel.name}: tests/test_all.py does not belong there" in told
    assert f"{source.name}: LICENSE is absent" in told
