"""A sample of mappings with one thing wrong: every one ends in an error that leads to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.files.mapped.mutants import BASES, complaint, mutant

import casualties as cs
from casualties.errors import MappingError


@pytest.mark.parametrize("seed", range(0, 500, 7))
def test_error_of_a_spoilt_mapping_leads_to_it(seed: int, tmp_path: Path) -> None:
    """The error names the file, the line, what was found and, for a misspelt word, the nearest right one."""
    assert complaint(mutant(seed), tmp_path) is None


@pytest.mark.parametrize("base", BASES)
def test_mappings_to_be_spoilt_are_right(base: str, tmp_path: Path) -> None:
    """What is spoilt is a mapping that was right before."""
    path = tmp_path / f"{base}.yaml"
    path.write_text(BASES[base], encoding="utf-8")
    assert cs.tables.TableMapping.parse(BASES[base], path.name).name


@pytest.mark.parametrize("column", ["Aded", "toewn", "dya"])
def test_missing_column_is_named_with_the_nearest(column: str) -> None:
    """A column that the table does not have is named, with the table and the nearest column that it has."""
    mapping = {"name": "a", "source": "us", "claims": [{"harm": "killed", "count": column}]}
    with pytest.raises(MappingError, match=f"it has no column {column!r}") as caught:
        cs.read_table([{"dead": 1, "town": "Aram", "day": "2031"}], mapping)
    assert "did you mean" in str(caught.value) or "it has 'day'" in str(caught.value)
