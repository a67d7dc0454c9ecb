"""A ledger that lives in a folder: claims are appended, and only what they touch is reconciled anew."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casualties.columns._checks import check_table
from casualties.columns._files import framed
from casualties.columns._folder import Folder
from casualties.columns._log import Append, File, digest
from casualties.columns._partitions import Found, found_in_objects, put_together
from casualties.columns._parts import (
    arranged,
    described,
    named_by,
    parts_of,
    sources_of,
    united,
)
from casualties.columns.schema import RESOLVED
from casualties.errors import CasualtiesError, LedgerError, LedgerFileError
from casualties.files.cells import unprotect
from casualties.files.csv import rest
from casualties.files.csv import rows as rows_of
from casualties.files.json import dumps
from casualties.files.rows import RowReader
from casualties.model.claim import Claim, Stance
from casualties.model.ledger import Ledger, merge
from casualties.model.period import PartialDate
from casualties.model.source import Source
from casualties.reconciling.view import View
from casualties.results import Reconciliation, reconcile
from casualties.show.engines import arrow_of
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    np, pa, pc = (Lazily(name, "columns") for name in ("numpy", "pyarrow", "pyarrow.compute"))

__all__ = ["ParquetLedger"]

TOGETHER: Final = 100_000
"""About how many rows are reconciled at once, so that memory does not grow with the ledger."""


@cache
def _own_version() -> str:
    """Give the version of this library, read once from what is installed."""
    return version("casualties")


_Day = PartialDate | date | str | None


class _Clocks(NamedTuple):
    as_of: PartialDate | None
    known_on: PartialDate | None

    def __str__(self) -> str:
        return ",".join(
            f"{name}={'all' if day is None else str(day).replace('/', '..').replace(':', '')}"
            for name, day in zip(self._fields, self, strict=True)
        )


class _Claims(NamedTuple):
    """Rows of claims, and what no row holds of them."""

    rows: pa.Table
    extras: list[dict[str, Any]]


class ParquetLedger:
    """A ledger in a folder of Parquet files, parted by what claims are about.

    Appending is union: what is there already changes nothing.  An append is seen whole or not at all, however it ends.
    `reconcile` keeps what it finds, and works out anew only the parts that an append touched; the result is the same,
    byte for byte, as when all of it is done again.

    Args:
        path: The folder; the first append makes it.

    Examples:
        >>> import tempfile, casualties as cs
        >>> from casualties.columns import ParquetLedger
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ledger = ParquetLedger(folder)
        ...     ledger.append(cs.seeds.load("nagorno-karabakh-2016-04"))
        ...     print(len(ledger.reconcile()))
        5
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._folder = Folder(path)

    def __repr__(self) -> str:
        return f"ParquetLedger({str(self._folder.path)!r})"

    def append(self, claims: Ledger | Any) -> None:
        """Add the claims of a ledger or a table, with all that a ledger declares.

        When it returns, the claims are on the disk.

        Args:
            claims: A ledger, or a table as `check_table` takes it.

        Raises:
            LedgerFileError: If a row of the table cannot be a claim, or the folder cannot be written.
            LedgerError: If the claims contradict what is declared here, such as two sides of one source.
            CasualtiesError: If the table was made from a ledger by `claims_table`: append the ledger itself.
            MissingExtraError: If pyarrow is not installed.

        Examples:
            >>> import tempfile, casualties as cs
            >>> from casualties.columns import ParquetLedger
            >>> seed = cs.seeds.load("nagorno-karabakh-2016-04")
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     ledger = ParquetLedger(folder)
            ...     for part in (seed.about(harm="wounded"), seed, seed):
            ...         ledger.append(part)
            ...     print(ledger.ledger() == seed)
            True
        """
        new_claims = _of_ledger(claims) if isinstance(claims, Ledger) else _of_table(claims)
        declared = _declared(claims) if isinstance(claims, Ledger) else Ledger(sources=sources_of(new_claims.rows))
        with self._folder.log.alone():
            there = [*self._folder.log.appends()] if self._folder.log else []
            merge([*(append.declared for append in there), declared])
            binding = tuple(_binding(new_claims.rows))
            self._see_that_each_binds_its_own(there, new_claims.rows, binding)
            files = []
            parts = parts_of(new_claims.rows)
            for part in np.unique(parts).tolist():
                rows = new_claims.rows.filter(pa.array(parts == part)).combine_chunks()
                held = set(rows["claim_id"].to_pylist())
                extras = [extra for extra in new_claims.extras if extra["id"] in held]
                names = named_by(rows) | {link["claim"] for extra in extras for link in extra.get("misrelays", ())}
                name = self._folder.put_rows(part, rows, extras)
                files.append(
                    File(part, name, tuple(sorted(rows["source"].unique().to_pylist())), tuple(sorted(names - held)))
                )
            self._folder.log.add(Append(tuple(files), declared, binding))

    def _see_that_each_binds_its_own(
        self, there: list[Append], rows: pa.Table, binding: tuple[tuple[str, str, str, str], ...]
    ) -> None:
        """See that nobody withdraws or replaces another source's claim, by old claims or new ones."""
        bound = [*binding, *(past for append in there for past in append.binding)]
        named = pa.array(sorted({name for *_, name in bound}), pa.string())
        columns = ["claim_id", "source"]
        tables = [rows.select(columns)]
        if binding:
            tables += [self._folder.rows(file.name, columns)[0] for append in there for file in append.files]
        of: dict[str, str] = {}
        for table in tables if len(named) else ():
            some = table.filter(pc.is_in(table["claim_id"], named))
            of.update(zip(some["claim_id"].to_pylist(), some["source"].to_pylist(), strict=True))
        wrong = [
            f"claim {claim} of {source!r} {act} {name} of {of[name]!r}"
            for claim, source, act, name in sorted(bound)
            if of.get(name, source) != source
        ]
        if wrong:
            raise LedgerError("; ".join(wrong), "bad-ledger", "a source withdraws and replaces only its own claims")

    def table(self) -> Any:
        """Give all claims as one table, each reading once, as `casualties.reconcile` takes it.

        Returns:
            A frame of polars where it is installed, else of pandas.  What only a ledger declares is not in it.

        Raises:
            LedgerFileError: If there is no ledger in the folder.

        Examples:
            >>> import tempfile, casualties as cs
            >>> from casualties.columns import ParquetLedger, ledger_of
            >>> seed = cs.seeds.load("nagorno-karabakh-2016-04")
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     ledger = ParquetLedger(folder)
            ...     ledger.append(seed)
            ...     print(len(ledger_of(ledger.table())))
            5
        """
        state = _State(self._folder)
        return framed(state.claims(state.files).rows)

    def ledger(self) -> Ledger:
        """Give all claims as objects, with all that was declared.

        Raises:
            LedgerFileError: If there is no ledger in the folder.

        Examples:
            >>> import tempfile, casualties as cs
            >>> from casualties.columns import ParquetLedger
            >>> seed = cs.seeds.load("nagorno-karabakh-2016-04")
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     ledger = ParquetLedger(folder)
            ...     ledger.append(seed)
            ...     print(ledger.ledger() == seed)
            True
        """
        state = _State(self._folder)
        return state.ledger(state.claims(state.files))

    def reconcile(self, *, as_of: _Day = None, known_on: _Day = None) -> Reconciliation:
        """Reconcile all claims, and work out anew only what was touched since it was last asked for.

        Args:
            as_of: The day asked about, as for `casualties.reconcile`.
            known_on: The day whose knowledge is taken.

        Returns:
            What `casualties.reconcile` gives of the same claims; its tables are in Arrow, with their rows in order.

        Raises:
            LedgerFileError: If there is no ledger in the folder, or a file of it is missing or was changed.
            ModelError: If a day is not a date.

        Examples:
            >>> import tempfile, casualties as cs
            >>> from casualties.columns import ParquetLedger
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     ledger = ParquetLedger(folder)
            ...     ledger.append(cs.seeds.load("nagorno-karabakh-2016-04").about(harm="killed"))
            ...     print(ledger.reconcile(as_of="2016-04-04").tables)
            killed, armenian, combatant 2016-04-01.. to 2016-04-04: 20, single source
            killed, azerbaijani, combatant 2016-04-01.. to 2016-04-04: 15, single source
        """
        clocks = _Clocks(*(None if day is None else PartialDate.of(day) for day in (as_of, known_on)))
        state = _State(self._folder)
        folder = f"findings/{clocks}"
        clusters = state.clusters()
        names = [f"{folder}/{min(cluster)[0]:02}-{state.key(cluster)}.arrow" for cluster in clusters]
        kept: dict[str, Found] = {}
        for name in names:
            content = self._folder.kept(name)
            if content is not None and (cluster_found := Found.of_bytes(content)) is not None:
                kept[name] = cluster_found
            else:
                self._folder.drop(name)
        todo = [(name, cluster) for name, cluster in zip(names, clusters, strict=True) if name not in kept]
        for some in _together(todo, self._folder, TOGETHER):
            for name, cluster_found in zip(
                (name for name, _ in some), state.found([cluster for _, cluster in some], clocks), strict=True
            ):
                self._folder.keep(name, cluster_found.to_bytes())
                kept[name] = cluster_found
        self._folder.keep_only(folder, set(names))
        tables = put_together([kept[name] for name in names] or [found_in_objects(reconcile(Ledger()))])
        return Reconciliation(partial(state.view, clocks), tables=tables)


_Cluster = list[tuple[int, str]]
"""The files of some parts whose claims may name one another."""


def _together(todo: list[tuple[str, _Cluster]], folder: Folder, most: int) -> Iterator[list[tuple[str, _Cluster]]]:
    """Put clusters together until they hold enough rows."""
    some: list[tuple[str, _Cluster]] = []
    rows = 0
    for cluster in todo:
        some.append(cluster)
        rows += sum(folder.number_of_rows(name) for _, name in cluster[1])
        if rows >= most:
            yield some
            some, rows = [], 0
    if some:
        yield some


class _State:
    """What a folder holds at one moment."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        appends = list(folder.log.appends())
        self.files: _Cluster = sorted({(file.part, file.name) for append in appends for file in append.files})
        self._by_name: dict[str, File] = {file.name: file for append in appends for file in append.files}
        self.declared: Ledger = merge(append.declared for append in appends)
        flat = (
            source == Source(key=source.key, names=source.names, kinds=source.kinds, side=source.side)
            for source in self.declared.sources.values()
        )
        self.flat = all(flat) and not (len(self.declared.words) or self.declared.apart or self.declared.identifications)

    def clusters(self) -> list[_Cluster]:
        """Part the files so that no claim of one names a claim of another."""
        if self.declared.identifications:  # which may join events of any two parts
            return [list(self.files)] if self.files else []
        by_part: dict[int, _Cluster] = {}
        for part, name in self.files:
            by_part.setdefault(part, []).append((part, name))
        joined = {part: part for part in by_part}

        def first(part: int) -> int:
            while joined[part] != part:
                part = joined[part]
            return part

        naming = [(file.part, name) for file in self._by_name.values() for name in file.names]
        named = pa.array(sorted({name for _, name in naming}), pa.string())
        holding: dict[str, set[int]] = {}
        for part, name in self.files if naming else ():
            claims = self._folder.rows(name, ["claim_id"])[0]["claim_id"]
            for claim in claims.filter(pc.is_in(claims, named)).to_pylist():
                holding.setdefault(claim, set()).add(part)
        for part, name in naming:
            for other in holding.get(name, ()):
                low, high = sorted((first(part), first(other)))
                joined[high] = low
        by_first: dict[int, _Cluster] = {}
        for part, files in sorted(by_part.items()):
            by_first.setdefault(first(part), []).extend(files)
        return [sorted(cluster) for _, cluster in sorted(by_first.items())]

    def key(self, files: _Cluster) -> str:
        """Give a digest of everything that the findings of some files depend on."""
        if self.flat:
            speaking = {source for _, name in files for source in self._by_name[name].sources}
            declared = Ledger(sources=[self.declared.sources[key] for key in sorted(speaking)])
        else:
            all_of_it = self.declared
            declared = Ledger(
                sources=all_of_it.sources,
                terms=all_of_it.words,
                apart=all_of_it.apart,
                identifications=all_of_it.identifications,
            )
        content = [_own_version(), [name for _, name in files], dumps(declared)]
        return digest(json.dumps(content).encode())

    def claims(self, files: Iterable[tuple[int, str]]) -> _Claims:
        """Read the claims of some files, each reading once."""
        read = [self._folder.rows(name) for _, name in files]
        tables = [described(rows, self.declared.sources) for rows, _ in read]
        rows = united(pa.concat_tables(tables)) if tables else arranged(pa.table({"claim_id": pa.array([], "string")}))
        return _Claims(rows, [extra for _, extras in read for extra in extras])

    def ledger(self, claims: _Claims) -> Ledger:
        """Make a ledger of claims, with all that is declared."""
        return Ledger(_objects(claims), **self.declared.declared)

    def view(self, clocks: _Clocks) -> View:
        """Make an object of every claim, and look at them as they are asked about."""
        return reconcile(self.ledger(self.claims(self.files)), as_of=clocks.as_of, known_on=clocks.known_on).view

    def found(self, clusters: list[_Cluster], clocks: _Clocks) -> list[Found]:
        """Reconcile some clusters at once."""
        claims = [self.claims(cluster) for cluster in clusters]
        together = _Claims(
            pa.concat_tables([part.rows for part in claims]), [extra for part in claims for extra in part.extras]
        )
        as_of, known_on = clocks
        rows = together.rows
        result = found_in_objects(reconcile(self.ledger(together), as_of=as_of, known_on=known_on))
        groups = np.repeat(np.arange(len(claims)), [part.rows.num_rows for part in claims])
        return result.apart(rows["claim_id"].combine_chunks(), groups, len(claims))


def _declared(ledger: Ledger) -> Ledger:
    """Give what a ledger declares, without the reports that its claims cite."""
    cited = frozenset(citation.report for claim in ledger for citation in claim.citations)
    reports = [report for report in ledger.reports if report not in cited]
    return Ledger(**{**ledger.declared, "reports": reports})


def _of_ledger(ledger: Ledger) -> _Claims:
    """Give the rows of a ledger, and what no row holds of its claims."""
    rows = []
    for cells in rows_of(ledger):
        row: dict[str, Any] = {name: unprotect(cell) for name, cell in cells.items()}
        row |= {name: int(row[name]) for name in ("low", "high", "best", "reading") if name in row}
        if links := ledger[row["claim_id"]].based_on:
            row["based_on"] = "|".join(sorted({link.claim for link in links}))
        rows.append(row)
    names = {name for row in rows for name in row} | {"claim_id", "source"}
    table = pa.table({name: [row.get(name) for row in rows] for name in sorted(names)})
    extras = [
        extra
        for extra in rest(ledger).get("claims", ())
        if set(extra) - {"id", "based_on"} or any("noted" in link for link in extra["based_on"])
    ]
    return _Claims(arranged(table), extras)


def _of_table(table: Any) -> _Claims:
    """Give the rows of a table, each held to what records are held to."""
    checked = arrow_of(check_table(table, on_bad="raise").table)
    if resolved := sorted(set(RESOLVED) & set(checked.column_names)):
        raise CasualtiesError(
            f"a table with {', '.join(resolved)}: it was made from a ledger, whose trees are not in it",
            "resolved",
            "append the ledger itself",
        )
    return _Claims(arranged(checked), [])


def _binding(rows: pa.Table) -> Iterator[tuple[str, str, str, str]]:
    """Find the claims that name others which must be of the same source."""
    withdrawing = pc.equal(rows["stance"], str(Stance.WITHDRAWS))
    naming = pc.or_(withdrawing, pc.is_valid(rows["replaces"]))
    bindings: set[tuple[str, str, str, str]] = set()
    for row in rows.select(["claim_id", "source", "target", "replaces"]).filter(naming).to_pylist():
        for act, column in (("withdraws", "target"), ("replaces", "replaces")):
            bindings.update(
                (row["claim_id"], row["source"], act, name) for name in (row[column] or "").split("|") if name
            )
    yield from sorted(bindings)


def _objects(claims: _Claims) -> Iterator[Claim]:
    """Read rows, which were checked before they were written; a file that was changed since is refused."""
    extras: dict[str, list[Mapping[str, Any]]] = {}
    for extra in claims.extras:
        extras.setdefault(extra["id"], []).append({name: value for name, value in extra.items() if name != "id"})
    reader = RowReader()
    for number, row in enumerate(claims.rows.to_pylist(), 1):
        cells = {name: str(cell) for name, cell in row.items() if cell is not None}
        claim, _, problems = reader.read(number, cells)
        if claim is None:
            raise LedgerFileError(f"claim {row['claim_id']}", problems)
        yield claim
        for more in extras.get(claim.id, ()):
            yield claim.replacing(**more)
