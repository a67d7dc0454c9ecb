"""What `import casualties` may cost: nothing heavy is loaded before it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

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


@pytest.mark.parametrize("module", ["casualties", "casualties.__main__"])
def test_import_loads_nothing_heavy(module: str) -> None:
    """A fresh interpreter that imports the package has loaded no frame, plot, engine or test library."""
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "casualties" in loaded
    assert loaded & set(HEAVY) <= ({"click"} if module == "casualties.__main__" else set()), (
        "import it inside the function that needs it, at the edge"
    )
