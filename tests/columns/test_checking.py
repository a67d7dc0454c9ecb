"""Tables held to what files are held to: the same rows, in the same words, with the same identities."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import examples

import casualties as cs
from casualties.columns import RESOLVED, CheckedTable, check_table, claims_table, ledger_of
from casualties.errors import LedgerFileError, MappingError
from casualties.testing import ledgers

from .engines import ENGINES, put
from .ledgers import daily_ledgers

pytest.importorskip("pyarrow", reason="the extra columns is not installed")
pytest.importorskip("pyarrow", reason="the extra columns is not installed")

COUNTS = ("low", "high", "best", "reading")
CELLS = (
    *("", " ", "killed", " x ", "a|b", "b|a", "a\\|b", "e\u0301", "states", "silent", "denies", "withdraws", "says"),
    *("2020-09-30", "2020-09", "2020-09-30T12:00+00:00", "30/09/2020", "unknown", "withheld", "occurrence"),
    *("combatant", "soldier", "media", "ngo|media", "paper", "north", "south", "more than 80", "lots", "low|high"),
    *("c1-00000000000000000001", "side=north", "age=old", "status=old", "side", "\x01", "\x1f", "a\x1fb", "=x", "'=x"),
    *("11 wounded", "more than 80 killed", "two dead", "none", "wounded", "missing", "reports of many"),
    *("wounded-or-killed", "displaced-or-killed", "a  b", "x" * 250, "-", "\u2003q", "high"),
)
NUMBERS = (None, 0, 1, 5, 20, -1, 10**12, 10**12 + 1, 10**16)


def flat(ledger: cs.Ledger) -> pd.DataFrame:
    """Give the flat table of a ledger."""
    return claims_table(ledger).drop(columns=list(RESOLVED))


SEEDS = [
    flat(cs.seeds.load(name)).astype(object).where(lambda cells: cells.notna(), None).to_dict("records")
    for name in cs.seeds.names()
]


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Draw rows of real claims in which some cells were changed."""
    seed = draw(st.sampled_from(SEEDS))
    rows: list[dict[Any, Any]] = [dict(draw(st.sampled_from(seed))) for _ in range(draw(st.integers(1, 4)))]
    columns = st.sampled_from([*rows[0], "figure", "stance", "low", "since", "source_side", "target", "replaces"])
    for row in rows:
        for column in draw(st.lists(columns, max_size=2)):
            row[column] = draw(st.sampled_from(NUMBERS if column in COUNTS[:3] else CELLS))
            if column != "claim_id" and draw(st.integers(0, 4)):
                row["claim_id"] = None
        row["reading"] = draw(st.sampled_from((None, 1, 2)))
    frame = pd.DataFrame(rows)
    for name in frame.columns:
        if name not in COUNTS:
            frame[name] = frame[name].astype("string")
        else:
            kind: Any = draw(st.sampled_from(("Int64", "float64", "string")))
            frame[name] = frame[name].astype("Int64").astype(kind)
    return frame


def of_columns(checked: CheckedTable) -> set[tuple[Any, ...]]:
    """Give what is wrong in the rows."""
    return {(each.row, each.column, each.message, each.hint, each.rule) for each in checked.quarantine}


def of_objects(table: pd.DataFrame) -> tuple[cs.Ledger | None, set[tuple[Any, ...]]]:
    """Give what the reader of objects makes of a table, or what is wrong with it."""
    try:
        return ledger_of(table), set()
    except LedgerFileError as error:
        found = set()
        for each in error.problems:
            row, _, column = each.place.partition(", column ")
            found.add((int(row[4:] or 0), column, each.message, each.hint, each.reason))
        return None, found


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(table=tables())
def test_columns_take_what_objects_take(table: pd.DataFrame) -> None:
    """A table is taken exactly where the reader of objects takes it; else the same rows are wrong, in its words."""
    checked = check_table(table)
    ledger, wrong = of_objects(table)
    if any(each[-1] == "bad-ledger" for each in wrong):
        assert {each.rule for each in checked.quarantine} == {"bad-ledger"}
    else:
        assert {each for each in of_columns(checked) if each[-1] != "bad-ledger"} == wrong
    assert bool(checked.quarantine) == (ledger is None)
    assert checked.counts.add_up
    assert (checked.counts.rows, checked.counts.accepted) == (len(table), len(checked.table))
    if checked.counts.accepted:
        again = ledger_of(checked.table)
        assert ledger is None or again == ledger
        assert check_table(checked.table).table is checked.table


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.too_slow])
@given(ledger=ledgers() | daily_ledgers())
def test_identities_are_those_of_the_claims(ledger: cs.Ledger) -> None:
    """The identities made from columns are those of the claims, and given ones are found right."""
    table = flat(ledger)
    made = check_table(table.drop(columns=["claim_id", "figure"])).table
    assert list(made["claim_id"]) == list(table["claim_id"])
    assert check_table(table).table is table


def test_words_are_read_beside_their_harm() -> None:
    """Words that name another harm than their row are refused in that row, and read in a row of that harm."""
    table = pd.DataFrame({"source": "a", "harm": ["killed", "wounded"], "words": "11 killed"})
    assert [(each.row, each.column, each.rule) for each in check_table(table).quarantine] == [
        (2, "words", "another-harm")
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_same(engine: str) -> None:
    """Good rows come back in the engine of the table, bad ones with the same numbers."""
    table = pd.DataFrame(
        {"source": ["b", "a", "b"], "source_side": ["x", None, "y"], "harm": "killed", "words": ["11", "2 or 3", "4"]}
    ).convert_dtypes()
    checked = check_table(put(table, engine))
    assert of_columns(checked) == {
        (
            3,
            "source_side",
            "source 'b': side is both 'x' and 'y'",
            "rename one of the two sources, or make the files agree; nothing was merged",
            "two-values",
        )
    }
    assert checked.quarantine_frame()["value"].tolist() == ["y"]
    good = ledger_of(checked.table)
    assert [(claim.source, str(claim.figure)) for claim in good] == [("a", "2–3"), ("b", "11")]


def test_problems_name_their_first_rows() -> None:
    """What is wrong in many rows is told once, with the first of them and the number of the others."""
    table = pd.DataFrame({"source": ["a"] * 1_200, "harm": "killed", "low": [-1] * 7 + [1] * 1_192 + [-2]})
    with pytest.raises(LedgerFileError) as caught:
        check_table(table, on_bad="raise")
    assert [each.place for each in caught.value.problems] == [
        "rows 1, 2, 3, 4, 5 and 2 more, column low",
        "row 1,200, column low",
    ]


def test_raising_stops_at_a_thousand_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing seems right the look ends, as that of the reader of files does; quarantine goes on to the end."""
    monkeypatch.setattr("casualties.show.engines.ROWS", 500)
    table = pd.DataFrame({"source": ["a"] * 2_000, "harm": "", "low": range(2_000)})
    with pytest.raises(LedgerFileError) as caught:
        check_table(table, on_bad="raise")
    assert caught.value.problems[0].place == "rows 1, 2, 3, 4, 5 and 495 more, column harm"
    with pytest.raises(LedgerFileError) as caught:
        ledger_of(table)
    assert len(caught.value.problems) == 1_000
    assert check_table(table).counts == check_table(table.iloc[::-1]).counts


@pytest.mark.parametrize("on_bad", ["raise", "quarantine"])
def test_claims_of_other_sources_are_not_withdrawn(on_bad: Any) -> None:
    """A row that withdraws or replaces another source's claim is found, wherever the other stands."""
    given = {"source": ["a", "b"], "harm": "killed", "low": [1, 2]}
    first, second = check_table(pd.DataFrame(given)).table["claim_id"]
    rows = [
        {"source": "c", "harm": "killed", "stance": "withdraws", "target": first},
        {"source": "b", "harm": "killed", "low": 3, "replaces": f"{first}|{second}"},
        {"source": "b", "harm": "killed", "stance": "denies", "target": first},
        {"source": "a", "harm": "killed", "low": 1},
        {"source": "b", "harm": "killed", "low": 2},
    ]
    table = pd.DataFrame(rows).astype({"low": "Int64"})
    message = {1: f"withdraws {first} of 'a'", 2: f"replaces {first} of 'a'"}
    if on_bad == "raise":
        with pytest.raises(LedgerFileError, match=r"row 1, column target: .* withdraws .* of 'a'"):
            check_table(table, on_bad=on_bad)
        return
    with pytest.raises(LedgerFileError, match=rf"{message[1]}; claim .* {message[2]}"):
        ledger_of(table)
    checked = check_table(table, on_bad=on_bad)
    assert [each.row for each in checked.quarantine] == [1, 2]
    assert all(each.message.endswith(message[each.row]) for each in checked.quarantine)
    assert sorted(checked.table["source"]) == ["a", "b", "b"]


@pytest.mark.parametrize(
    ("table", "error", "message"),
    [
        (3, MappingError, "a int is no table"),
        (pd.DataFrame({"who": ["a"]}), LedgerFileError, "there is no column 'source'"),
        (
            pd.DataFrame({"source": ["a", 3], "harm": "killed"}),
            LedgerFileError,
            "a column mixes texts with what is none",
        ),
    ],
)
def test_what_is_no_table_is_refused(table: Any, error: type[Exception], message: str) -> None:
    """What cannot be read as columns gives an error of ours."""
    with pytest.raises(error, match=message):
        check_table(table)


def test_unknown_way_with_bad_rows_is_refused() -> None:
    """There are two ways to treat rows that cannot be claims."""
    wrong: Any = "drop"
    with pytest.raises(MappingError, match="on_bad 'drop'"):
        check_table(pd.DataFrame({"source": ["a"], "harm": ["killed"]}), on_bad=wrong)


@pytest.mark.parametrize("engine", ENGINES)
def test_table_without_rows_holds_no_claims(engine: str) -> None:
    """No rows are no claims, and nothing is wrong with them."""
    checked = check_table(put(pd.DataFrame({"source": ["a"], "harm": ["killed"], "low": [1]}).iloc[:0], engine))
    assert (checked.counts.rows, checked.quarantine) == (0, ())
    assert len(ledger_of(checked.table)) == 0


def test_cells_that_are_written_otherwise_are_written_as_records_do() -> None:
    """Blanks around counts and identities, and counts beside silence, are read as the reader of files reads them."""
    plain = check_table(pd.DataFrame({"source": ["a"], "harm": ["killed"], "low": [5]})).table
    rows = [
        {"low": " 5 ", "reading": " 2"},
        {"low": "5", "claim_id": f" {plain['claim_id'][0]} ", "report": "daily"},
        {"stance": "silent", "best": "7", "harm": "wounded-or-killed"},
    ]
    table = pd.DataFrame([{"source": "a", "harm": "killed", **row} for row in rows]).astype("string")
    checked = check_table(table)
    assert checked.quarantine == ()
    assert checked.table["low"].tolist()[:2] == [5, 5]
    assert checked.table["reading"].isna().tolist() == [False, True, True]
    assert checked.table["reading"][0] == 2
    assert checked.table["best"].isna().all()
    assert checked.table["harm"].tolist() == ["killed", "killed", "killed-or-wounded"]
    assert checked.table["report"][1] == "daily"
    assert set(checked.table["claim_id"][:2]) == set(plain["claim_id"])
    assert [claim.id for claim in ledger_of(table)] == sorted(
        set(checked.table["claim_id"]), key=list(checked.table["claim_id"]).index
    )


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_what_is_no_number_is_no_count(engine: str) -> None:
    """A count that is missing as engines of floating numbers write it is missing; half a person is none."""
    table = pd.DataFrame({"source": ["a", "b"], "harm": "killed", "low": [3, 2.5], "high": [float("nan"), 4.0]})
    given = put(table.astype({"high": "Float64"}), engine)
    if engine == "polars":
        pl = pytest.importorskip("polars")
        given = given.with_columns(pl.col("high").fill_null(float("nan")))
    checked = check_table(given)
    assert [(each.row, each.column, each.value, each.rule) for each in checked.quarantine] == [
        (2, "low", "2.5", "not-a-count")
    ]
    assert str(next(iter(ledger_of(checked.table))).figure) == "3 or more"
