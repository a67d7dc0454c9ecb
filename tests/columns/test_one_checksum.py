"""One checksum over sorted findings and attribution, whatever holds the claims: objects, three engines, and PySpark."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from random import Random
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casualties as cs
from casualties.columns import RESOLVED, claims_table, ledger_of, reconcile_table

from .engines import ENGINES, put
from .ledgers import daily_ledgers
from .test_equal_to_objects import content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.log.level": "OFF",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""A session for a few rows: quiet, on this machine alone, and without code that pays only for many."""


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Start one local session on two threads."""
    pytest.importorskip("pyarrow", reason="the extra columns is not installed")
    sql = pytest.importorskip("pyspark.sql", reason="the extra spark is not installed")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java 17, which is not installed")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = sql.SparkSession.builder.master("local[2]").appName("casualties")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    yield session
    session.stop()


def in_spark(table: pd.DataFrame, spark: SparkSession) -> Any:
    """Put a table into Spark."""
    arrow = pytest.importorskip("pyarrow", reason="the extra columns is not installed")
    return spark.createDataFrame(arrow.Table.from_pandas(table, preserve_index=False))


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    """Draw four hundred claims by seven sources on forty subjects: open ends, revisions, copies, silences, denials."""
    pytest.importorskip("pyarrow", reason="the extra columns is not installed")
    draw = Random(20200930)
    rows: list[dict[str, Any]] = []
    for number in range(400):
        subject, source, low = draw.randrange(40), draw.randrange(7), draw.randrange(1, 30)
        stance = draw.choice(["states"] * 12 + ["silent", "denies"])
        rows.append(
            {
                "source": f"source-{source}",
                "source_kind": ("government", "monitor", "media", "belligerent", "ngo", "witness", "unattributed")[
                    source
                ],
                "source_side": {0: "north", 3: "south"}.get(source),
                "stance": stance,
                "harm": ("killed", "wounded", "missing-or-captured")[subject % 3],
                "side": ("north", "south")[subject % 2],
                "event": f"event-{subject}",
                "since": None if subject % 3 == 2 else "2020-09-27",
                "until": draw.choice(["2020-09-28", "2020-09-30", None]),
                "low": low if stance == "states" else None,
                "high": low + draw.randrange(5) if stance == "states" and draw.randrange(5) else None,
                "aspect": "occurrence" if stance == "denies" and number % 2 else None,
                "stated": draw.choice(["2020-09-29", "2020-10-01", "2020-10-02"]),
                "publisher": draw.choice([None, "TASS", f"Source-{source}"]),
                "locator": f"row {number}",
            }
        )
    return claims_table(ledger_of(pd.DataFrame(rows))).drop(columns=list(RESOLVED))


def checksum(result: cs.Reconciliation) -> str:
    """Give one number for all values of the sorted findings and attribution."""
    texts = [
        each.to_csv(index=False, lineterminator="\n")
        for each in (result.to_frame(words=False), result.attribution_frame())
    ]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@pytest.fixture(scope="module")
def of_objects(claims: pd.DataFrame) -> str:
    """Give the number that reconciling the same claims as objects gives."""
    return checksum(cs.reconcile(ledger_of(claims)))


@pytest.mark.parametrize("engine", ENGINES)
def test_engine_gives_the_checksum_of_objects(engine: str, claims: pd.DataFrame, of_objects: str) -> None:
    """Every engine gives the same bytes as the objects."""
    assert checksum(reconcile_table(put(claims, engine))) == of_objects


def test_spark_gives_the_checksum_of_objects(claims: pd.DataFrame, spark: SparkSession, of_objects: str) -> None:
    """The workers give the same bytes as the objects, of rows that were checked before and of others."""
    assert checksum(reconcile_table(in_spark(claims, spark), checked=True)) == of_objects
    assert checksum(reconcile_table(in_spark(claims.drop(columns="claim_id"), spark))) == of_objects


@settings(max_examples=2, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_spark_is_equal_to_objects(data: st.DataObject, spark: SparkSession) -> None:
    """Tables of claims come out of PySpark as they come out of objects."""
    table = claims_table(data.draw(daily_ledgers(plain=True))).drop(columns=list(RESOLVED))
    result = reconcile_table(in_spark(table, spark), checked=True)
    assert content(result) == content(cs.reconcile(ledger_of(table)))


def test_spark_is_larger_than_a_few(claims: pd.DataFrame, spark: SparkSession) -> None:
    """`casualties.reconcile` takes a Spark frame of a few rows too, and counts its claims."""
    few = in_spark(claims.head(3), spark)
    assert sum(cs.reconcile(few).to_frame(words=False)["claim_count"]) == 3
