"""Make the files of a release and look them through: `python .ci/release.py FOLDER [v0.1.0]`.

Without a tag it is a dry build of what is there; with one, the version of the package, of CITATION.cff and of the
changelog must be that of the tag.  Nothing is published: the workflow of a tag does that with the files made here.
"""

import email
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
DAY = "315532800"  # the first day that a zip file can carry, so that the same code makes the same bytes


def unready(root: Path, tag: str = "") -> list[str]:
    """Say what of the files that carry a version must be mended before a release, all of it at once."""
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    cited = re.search(r"^version: (\S+)$", (root / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = []
    if cited is None or cited[1] != version:
        found.append(f"CITATION.cff: the version is {cited and cited[1]}: write {version}, as in pyproject.toml")
    if tag and tag != f"v{version}":
        found.append(f"the tag is {tag}: the version in pyproject.toml is {version}, so tag v{version}")
    if tag and not re.search(rf"^## {re.escape(version)}\b", changes, re.MULTILINE):
        found.append(f"CHANGELOG.md: no heading for {version}: put '## {version}, <day>' below '## Unreleased'")
    return found


def build(root: Path, folder: Path) -> tuple[Path, Path]:
    """Build the source distribution and the wheel, and give both."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    done = subprocess.run(  # noqa: S603 - our own words
        command, cwd=root, env={**os.environ, "SOURCE_DATE_EPOCH": DAY}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    (source,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return source, wheel


def amiss(root: Path, source: Path, wheel: Path) -> list[str]:
    """Say what of the files made is not as promised."""
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        told = email.message_from_bytes(archive.read(f"casualties-{version}.dist-info/METADATA"))
    with tarfile.open(source) as packed:
        sources = {name.partition("/")[2] for name in packed.getnames()}
    wanted = {"casualties/py.typed", f"casualties-{version}.dist-info/licenses/LICENSE"}
    wanted |= {f"casualties/_seeds/{path.name}" for path in (root / "seeds").glob("*.yaml")}
    wanted |= {f"casualties/{path.relative_to(root / 'src/casualties')}" for path in (root / "src").rglob("*.py")}
    outside = {name for name in names if not name.startswith(("casualties/", f"casualties-{version}.dist-info/"))}
    found = [f"{wheel.name}: {name} is absent" for name in sorted(wanted - names)]
    found += [f"{wheel.name}: {name} does not belong there" for name in sorted(outside)]
    found += [
        f"{source.name}: {name} is absent"
        for name in ("LICENSE", "README.md", "CHANGELOG.md", "conftest.py", "docs/index.md", "tests/conftest.py")
        if name not in sources
    ]
    if told["Version"] != version:
        found.append(f"{wheel.name}: says version {told['Version']}, and pyproject.toml {version}")
    return found


def main(folder: str, tag: str = "") -> int:
    """Look, build, look again, and say what was made."""
    found = unready(ROOT, tag)
    if not found:
        source, wheel = build(ROOT, Path(folder).resolve())
        found = amiss(ROOT, source, wheel)
        print(f"{source.name}: {source.stat().st_size:,} bytes; {wheel.name}: {wheel.stat().st_size:,} bytes")
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
