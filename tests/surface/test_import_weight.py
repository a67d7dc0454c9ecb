"""What `import casualties` may cost: nothing is loaded, and nothing worked out, before it is asked for."""

from __future__ import annotations

import subprocess
import sys

HEAVY = [
    "altair",
    "click",
    "duckdb",
    "highspy",
    "hypothesis",
    "ibis",
    "matplotlib",
    "narwhals",
    "networkx",
    "numpy",
    "openpyxl",
    "ortools",
    "pandas",
    "polars",
    "prov",
    "pyarrow",
    "pyspark",
    "pytest",
    "rapidfuzz",
    "rdflib",
    "requests",
    "rich",
    "scipy",
    "typer",
    "urllib3",
    "vl_convert",
]

VERSION = ["casualties", "casualties._text", "casualties.cli", "casualties.cli._command", "casualties.errors"]


def loaded(code: str) -> list[str]:
    """List the modules that a fresh interpreter has loaded after some code."""
    code = f"import sys\ntry:\n    {code}\nexcept SystemExit: pass\nprint(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.splitlines()[-1].split()


def own(modules: list[str]) -> list[str]:
    """Keep the modules of ours."""
    return [name for name in modules if name.split(".")[0] == "casualties"]


def test_import_loads_the_face_alone() -> None:
    """`import casualties` loads one module of ours, and no library."""
    modules = loaded("import casualties")
    assert own(modules) == ["casualties"], "let a name of the face be loaded when it is asked for"
    assert {name.split(".")[0] for name in modules} & {*HEAVY, "pydantic", "yaml"} == set()


def test_version_loads_no_command() -> None:
    """`casualties --version` loads the frame of the command line, and none of what the commands do."""
    modules = loaded("from casualties.cli import main; main(['--version'])")
    assert own(modules) == VERSION, "load what a command needs when it is called"


def test_whole_face_loads_nothing_heavy() -> None:
    """Whoever asks for every name has loaded no frame, plot, engine or test library."""
    modules = {name.split(".")[0] for name in loaded("from casualties import *")}
    assert "casualties" in modules
    assert modules & set(HEAVY) == set(), "import it inside the function that needs it, at the edge"
