"""Put the desk, the page in which the library itself runs, beside the built site.

The parts come by the clients of npm and pip into the ignored folder `.desk`, each checked by its digest; nothing of
them is committed.  `CASUALTIES_DESK` says what happens: `fetch` gets them and leaves the desk out where that fails,
`require` makes that an error, and without it only what `.desk` already holds is used.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = ROOT / "docs" / "desk"
KEPT: Final = ROOT / ".desk"
PYODIDE: Final = "314.0.7"
PYODIDE_DIGEST: Final = "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0"
RUNTIME: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
PYTHON: Final = "3.14"
PLATFORMS: Final = (
    "pyemscripten_2026_0_wasm32",
    "manylinux2014_x86_64",
    "manylinux_2_17_x86_64",
    "manylinux_2_28_x86_64",
)
UNUSED: Final = re.compile(r"/tests?/|\.pyi$|(?<!_pydantic_core\.)cpython-314-x86_64-linux-gnu\.so$|\.pyx$|\.c$")

log = logging.getLogger("mkdocs.hooks.desk")


def on_post_build(config: Any, **_given: Any) -> None:  # noqa: ANN401 - as mkdocs calls it
    """Build the desk into the site, or a note in its place."""
    target = Path(config["site_dir"]) / "desk"
    target.mkdir(exist_ok=True)
    wanted = os.environ.get("CASUALTIES_DESK", "")
    try:
        if wanted in ("fetch", "require"):
            fetch()
        parts = gathered()
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        if wanted == "require":
            raise
        log.info("the desk is left out of this build: %s", error)
        (target / "index.html").write_text(LEFT_OUT, encoding="utf-8")
        return
    write(target, parts)


LEFT_OUT: Final = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>The desk</title>\n</head>\n'
    "<body>\n<main>\n"
    "<h1>The desk</h1>\n<p>This build of the site leaves the desk out: its parts could not be had. "
    "Build the site with <code>CASUALTIES_DESK=fetch</code>, or use the command line.</p>\n</main>\n</body>\n</html>\n"
)


def fetch() -> None:
    """Get the parts by npm and pip, unless they are there; a wrong digest is an error."""
    KEPT.mkdir(exist_ok=True)
    package = KEPT / f"pyodide-{PYODIDE}.tgz"
    if not package.is_file():
        npm = shutil.which("npm")
        if npm is None:
            raise OSError("there is no npm")
        subprocess.run(  # noqa: S603 - our own words
            [npm, "pack", "--silent", f"pyodide@{PYODIDE}"], cwd=KEPT, check=True, stdout=subprocess.DEVNULL
        )
    wheels = KEPT / "wheels"
    if len(list(wheels.glob("*.whl"))) < len(requirements()):
        platforms = [part for name in PLATFORMS for part in ("--platform", name)]
        asked = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--python-version", PYTHON]
        asked += ["--implementation", "cp", "--abi", "cp314", "--abi", "none", *platforms]
        asked += ["-d", str(wheels), "-r", str(SOURCES / "requirements.txt")]
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", *asked], check=True)  # noqa: S603 - as above


def requirements() -> dict[str, str]:
    """Give the digest of each library that runs in the page."""
    text = (SOURCES / "requirements.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^(\S+) --hash=sha256:([0-9a-f]{64})$", text, re.MULTILINE))


def gathered() -> dict[str, bytes]:
    """Give every part by its name: the runtime, the libraries, and our own code."""
    package = (KEPT / f"pyodide-{PYODIDE}.tgz").read_bytes()
    if hashlib.sha256(package).hexdigest() != PYODIDE_DIGEST:
        raise ValueError(f"pyodide {PYODIDE} is not the one whose digest is known")
    parts = {}
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        for name in RUNTIME:
            member = archive.extractfile(f"package/{name}")
            parts[f"pyodide/{name}"] = b"" if member is None else member.read()
    lock = json.loads(parts["pyodide/pyodide-lock.json"])
    parts["pyodide/pyodide-lock.json"] = json.dumps({**lock, "packages": {}}).encode()
    parts["packages.zip"] = packages()
    for name in ("worker.js", "desk.py"):
        parts[name] = (SOURCES / name).read_bytes()
    return parts


def packages() -> bytes:
    """Pack the libraries and our own code, as they lie in an installation; the same bytes for the same code."""
    wheels = sorted((KEPT / "wheels").glob("*.whl"))
    known = set(requirements().values())
    found: dict[str, bytes] = {}
    for wheel in wheels:
        content = wheel.read_bytes()
        if hashlib.sha256(content).hexdigest() not in known:
            raise ValueError(f"{wheel.name} is not the one whose digest is known")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found |= {name: archive.read(name) for name in archive.namelist() if not UNUSED.search(name)}
    if len(wheels) < len(known):
        raise ValueError("not all libraries of the desk are there")
    for folder, place in ((ROOT / "src" / "casualties", "casualties"), (ROOT / "seeds", "casualties/_seeds")):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found[f"{place}/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    found["regex.py"] = (SOURCES / "regex.py").read_bytes()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(found):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), found[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


def write(target: Path, parts: dict[str, bytes]) -> None:
    """Write the desk in its two editions: as files beside one another, and as one file that opens from a disk."""
    version = hashlib.sha256(b"".join(parts[name] for name in sorted(parts))).hexdigest()[:12]
    page = (SOURCES / "index.html").read_text(encoding="utf-8")
    style, script = ((SOURCES / name).read_text(encoding="utf-8") for name in ("desk.css", "desk.js"))
    worker = (SOURCES / "sw.js").read_text(encoding="utf-8").replace("{{ version }}", version)
    alone = single(page, style, script, parts)
    size = sum(map(len, parts.values())) / 1e6
    page = page.replace("{{ size }}", f"{size:.0f} MB").replace("{{ alone }}", f"{len(alone) / 1e6:.0f} MB")
    for name, content in {**parts, "sw.js": worker.encode()}.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (target / "parts.json").write_text(json.dumps(sorted([*parts, "sw.js"])), encoding="utf-8")
    for name, text in (("index.html", page), ("desk.css", style), ("desk.js", script)):
        (target / name).write_text(text, encoding="utf-8")
    (target / "casualties-desk.html").write_bytes(alone)


def single(page: str, style: str, script: str, parts: dict[str, bytes]) -> bytes:
    """Write everything into one page: the parts packed in elements that do nothing, nothing asked of any host."""
    packed = "".join(
        f'<script type="application/x-part" id="{name}">{_packed(parts[name])}</script>\n' for name in sorted(parts)
    )
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}' 'wasm-unsafe-eval' blob:; style-src 'unsafe-inline'; "
        "worker-src blob:; img-src data:; base-uri 'none'; form-action 'none'"
    )
    page = re.sub(r'(Policy" content=")[^"]*', lambda match: match[1] + policy, page)
    page = page.replace('<link rel="stylesheet" href="desk.css">', f"<style>{style}</style>")
    page = re.sub(r'^<a id="alone".*?</a></p>$', "</p>", page, flags=re.MULTILINE)
    page = re.sub(r'^<p id="explained">.*\n', "", page, flags=re.MULTILINE)
    page = page.replace("loads {{ size }} once; after that it works without a network", "everything is in this file")
    run = f'{packed}<script type="module">{script}</script>'
    return page.replace('<script type="module" src="desk.js"></script>', run).encode()


def _packed(content: bytes) -> str:
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
