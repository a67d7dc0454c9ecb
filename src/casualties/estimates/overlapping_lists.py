"""Undercount from lists that overlap: how many are on no list, by four published methods side by side.

If two lists that know nothing of one another share many people, few are missing from both.  Lists rarely know nothing
of one another, and the four methods differ in what they allow.  Records must have been matched before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from casualties.errors import EstimateError, UnknownNameError
from casualties.estimates._chains import effective_size, rhat
from casualties.estimates._chao import LogNormal, lower_bound, two_lists
from casualties.estimates._claims import lists_of, silent
from casualties.estimates._graphs import TotalPrior, average_over_graphs
from casualties.estimates._latent_classes import CLASSES, draw_totals
from casualties.estimates._log_linear import fit_all
from casualties.estimates.overlaps import Overlaps
from casualties.estimates.quantity import Beside, Caution, CautionNote, Kind, Quantity
from casualties.estimates.result import Estimate
from casualties.model.ledger import Ledger

__all__ = ["MODELS", "overlapping_lists"]

Floats = NDArray[np.float64]

NAME: Final = "overlapping-lists"
VERSION: Final = "1"

PAPERS: Final = {
    "decomposable-graphs": "Madigan and York, Biometrika 84 (1997), 19-31",
    "log-linear": "Fienberg, Biometrika 59 (1972), 591-603; averaged over all hierarchical models by BIC",
    "latent-classes": "Manrique-Vallier, Biometrics 72 (2016), 1246-1254",
    "lower-bound": "Chao, Biometrics 43 (1987), 783-791",
    "two-lists": "Chapman, University of California Publications in Statistics 1 (1951), 131-160",
}

MODELS: Final = ("decomposable-graphs", "log-linear", "latent-classes", "lower-bound")
"""The models, in the order in which they are shown; the first that is asked for is the answer."""

_MOST_FOR_GRAPHS: Final = 5
_DRAWS: Final = 4000
_FIFTH: Final = 0.2
_RHAT: Final = 1.02
_ESS: Final = 400


def overlapping_lists(
    data: Ledger | Overlaps,
    *,
    seed: int = 1,
    level: float = 0.9,
    models: Iterable[str] = MODELS,
    delta: float | None = None,
    gamma: tuple[float, float] | None = None,
    classes: int = CLASSES,
    independent_ok: bool = False,
) -> Estimate:
    """Estimate how many there are on all lists and on none.

    Args:
        data: How many are on each combination of lists; or a ledger whose incidents several sources record, with the
            identifications that say which records are one.
        seed: Where random numbers begin.
        level: The share of the probability that the intervals hold.
        models: Which models; the first is the answer, the others stand beside it.
        delta: Prior people in each cell of the decomposable graphs; one over the number of cells where left out.
        gamma: Shape and scale of a gamma prior of the total for the decomposable graphs; where left out the prior
            falls with one over the total.
        classes: After how many latent classes the stick is cut off.
        independent_ok: Accept that two lists know nothing of one another.  Two lists cannot show whether they do.

    Raises:
        EstimateError: If there are two lists and nobody accepts that they are independent, or no list shares anybody.
        UnknownNameError: If there is no model of a name.

    Examples:
        >>> from casualties.estimates import Overlaps
        >>> three = {("a",): 60, ("b",): 49, ("a", "b"): 4, ("c",): 247, ("a", "c"): 112, ("b", "c"): 142}
        >>> lists = Overlaps.of({**three, ("a", "b", "c"): 12})
        >>> found = overlapping_lists(lists, models=["decomposable-graphs", "lower-bound"])
        >>> found.median, [round(each.median) for each in found.quantities]
        (731.0, [731, 790])
    """
    overlaps, used, left_out = lists_of(data) if isinstance(data, Ledger) else (data, (), ())
    wanted = tuple(dict.fromkeys(models))
    if unknown := [name for name in wanted if name not in MODELS] or ([] if wanted else ["none"]):
        raise UnknownNameError(f"models {unknown}: there are none of this name", "unknown-model", f"of {MODELS}")
    _check(overlaps, independent_ok=independent_ok)
    counts = np.array(overlaps.counts, dtype=np.float64)
    rng = np.random.default_rng(seed)
    diagnosed: dict[str, float] = {"recorded": overlaps.seen}
    warnings: list[CautionNote] = []
    priors: list[str] = []
    by_method: dict[str, Quantity] = {}
    if len(overlaps.lists) == 2:
        wanted = ("two-lists",)
        by_method["two-lists"] = _bounded("two-lists", two_lists(counts), level, rng)
    many = len(overlaps.lists) > _MOST_FOR_GRAPHS
    for model in wanted:
        if model == "decomposable-graphs" and not many:
            by_method[model] = _graphs(counts, delta, gamma, level, rng, warnings, priors, diagnosed)
        elif model == "log-linear" and not many:
            by_method |= _log_linear(overlaps, counts, level, rng, warnings, diagnosed)
        elif model == "latent-classes":
            by_method[model] = _latent(counts, classes, seed, level, warnings, priors, diagnosed)
        elif model == "lower-bound":
            by_method[model] = _bounded(model, lower_bound(counts), level, rng)
    if many and len(by_method) < len(wanted):
        text = f"{len(overlaps.lists)} lists: graphs and log-linear models are looked at for up to {_MOST_FOR_GRAPHS}"
        warnings.append(CautionNote(Caution.UNFITTED, text))
    if not by_method:
        raise EstimateError(
            f"{len(overlaps.lists)} lists are too many for {', '.join(wanted)}",
            Caution.UNFITTED,
            "ask for latent-classes or lower-bound",
        )
    warnings += [*_disagreement(by_method), *silent(left_out)]
    names = {name: overlaps.on(name) for name in overlaps.lists}
    first, *rest = by_method.values()
    lists = tuple(Beside(name, count, count, f"{count:,}", "its list") for name, count in names.items())
    recorded = Beside("all lists together", overlaps.seen, overlaps.seen, f"{overlaps.seen:,}")
    quantities = (
        replace(first, beside=(recorded, *lists)),
        *rest,
    )
    return Estimate(
        method=NAME,
        version=VERSION,
        paper="; ".join(PAPERS[model] for model in by_method if model in PAPERS),
        of=f"{overlaps.unit.capitalize()} on {len(overlaps.lists)} lists and on none",
        level=level,
        quantities=quantities,
        claims_used=used,
        claims_left_out=left_out,
        assumptions=_assumptions(overlaps, tuple(by_method)),
        priors=tuple(priors),
        diagnosed=tuple(sorted(diagnosed.items())),
        warnings=tuple(warnings),
        seed=seed,
    )


def _check(overlaps: Overlaps, *, independent_ok: bool) -> None:
    pairs = [
        (one, other, overlaps.shared(one, other))
        for place, one in enumerate(overlaps.lists)
        for other in overlaps.lists[place + 1 :]
    ]
    if overlaps.seen and not any(shared for *_, shared in pairs):
        raise EstimateError(
            f"lists {', '.join(overlaps.lists)}: no two of them share a record",
            Caution.UNMATCHED,
            "match the records first: lists that share nobody say nothing of those on none",
        )
    if not overlaps.seen:
        raise EstimateError("the lists are empty", Caution.NO_CLAIMS, "give lists that record somebody")
    if len(overlaps.lists) == 2 and not independent_ok:
        raise EstimateError(
            f"lists {' and '.join(overlaps.lists)}: two lists cannot show whether they depend on one another",
            Caution.TWO_LISTS,
            "give a third list, or accept it by name: independent_ok=True",
        )


def _graphs(
    counts: Floats,
    delta: float | None,
    gamma: tuple[float, float] | None,
    level: float,
    rng: np.random.Generator,
    warnings: list[CautionNote],
    priors: list[str],
    diagnosed: dict[str, float],
) -> Quantity:
    prior_count = 1 / len(counts) if delta is None else delta
    prior = TotalPrior(*gamma) if gamma else TotalPrior()
    posterior = average_over_graphs(counts, prior_count, prior)
    median = posterior.quantile(0.5)
    others = {other: average_over_graphs(counts, other, prior).quantile(0.5) for other in (1 / len(counts), 0.5, 1.0)}
    far = max(others.items(), key=lambda pair: abs(pair[1] - median))
    if abs(far[1] - median) > _FIFTH * median:
        text = (
            f"decomposable-graphs: with {far[0]:g} prior people a cell the median is {far[1]:,.0f}, not {median:,.0f}"
        )
        warnings.append(CautionNote(Caution.PRIOR, text))
    if posterior.cut:
        warnings.append(
            CautionNote(Caution.TAIL, "decomposable-graphs: the data set no upper end; the prior alone does")
        )
    priors.append(f"decomposable-graphs: {prior_count:g} people a cell, all graphs equally likely, {prior}")
    diagnosed["decomposable-graphs: graphs"] = len(posterior.graphs)
    diagnosed["decomposable-graphs: weight of the likeliest"] = round(float(posterior.graphs.max()), 4)
    diagnosed["decomposable-graphs: mode"] = posterior.mode()
    diagnosed["decomposable-graphs: least relative loss"] = round(posterior.least_relative_loss(), 1)
    ends = [posterior.quantile(share) for share in _ends(level)]
    sample = posterior.draws(_DRAWS, rng)
    return Quantity.of("decomposable-graphs", Kind.MODEL, ends, posterior.mean(), sample=sample)


def _ends(level: float) -> tuple[float, float, float]:
    return (1 - level) / 2, 0.5, (1 + level) / 2


def _log_linear(
    overlaps: Overlaps,
    counts: Floats,
    level: float,
    rng: np.random.Generator,
    warnings: list[CautionNote],
    diagnosed: dict[str, float],
) -> dict[str, Quantity]:
    models = fit_all(counts)
    seen = float(counts[1:].sum())
    mean, spread = models.average()
    sample = models.draws(_DRAWS, rng, seen)
    if models.unfitted:
        text = f"log-linear: {models.unfitted:,} of {models.unfitted + len(models.models):,} models"
        warnings.append(CautionNote(Caution.UNFITTED, f"{text} have no finite fit, mostly for empty cells"))
    best = LogNormal(seen, float(models.total[0]) - seen, float(models.error[0]) ** 2)
    diagnosed["log-linear: models"] = len(models.models)
    diagnosed["log-linear: best by BIC"] = round(best.total, 1)
    diagnosed["log-linear: its standard error"] = round(float(models.error[0]), 1)
    diagnosed["log-linear: standard deviation of the average"] = round(spread, 1)
    groups = _written(models.models[0], overlaps.lists)
    return {
        "log-linear": Quantity.of(
            "log-linear, averaged by BIC", Kind.MODEL, np.quantile(sample, _ends(level)), mean, sample=sample
        ),
        "log-linear best": _bounded(f"log-linear, best by BIC: {groups}", best, level, rng),
    }


def _written(model: tuple[int, ...], lists: tuple[str, ...]) -> str:
    """Write a model by its largest groups of lists."""
    whole = (1 << len(lists)) - 1
    groups = [term for term in (*model, *(1 << place for place in range(len(lists)))) if term & whole]
    largest = [group for group in groups if not any(group != other and group & other == group for other in groups)]
    names = [[name for place, name in enumerate(lists) if term >> place & 1] for term in largest]
    return ", ".join("×".join(name) for name in sorted(names, key=lambda crossed: (-len(crossed), crossed)))


def _latent(
    counts: Floats,
    classes: int,
    seed: int,
    level: float,
    warnings: list[CautionNote],
    priors: list[str],
    diagnosed: dict[str, float],
) -> Quantity:
    places = np.flatnonzero(counts)
    lists = len(counts).bit_length() - 1
    patterns = (places[:, None] >> np.arange(lists) & 1).astype(np.float64)
    drawn = draw_totals(patterns, counts[places], seed, classes=classes)
    diagnosed["latent-classes: rhat"] = round(rhat(drawn.total), 4)
    diagnosed["latent-classes: effective draws"] = round(effective_size(drawn.total))
    priors.append(
        f"latent-classes: up to {classes} classes by a broken stick with concentration gamma(0.25, 0.25), "
        "chances uniform, the total: one over itself"
    )
    if rhat(drawn.total) > _RHAT or effective_size(drawn.total) < _ESS:
        text = f"latent-classes: rhat {rhat(drawn.total):.3f}, {effective_size(drawn.total):,.0f} effective draws"
        warnings.append(CautionNote(Caution.NOT_CONVERGED, text))
        return Quantity("latent-classes", Kind.MODEL, None, None, None, None)
    total = drawn.total.ravel()
    low, median, high = (float(end) for end in np.quantile(total, _ends(level)))
    moved = drawn.median_with_flat_concentration()
    if abs(moved - median) > _FIFTH * median:
        text = f"latent-classes: with concentration gamma(1, 1) the median is {moved:,.0f}, not {median:,.0f}"
        warnings.append(CautionNote(Caution.PRIOR, text))
    return Quantity("latent-classes", Kind.MODEL, low, median, float(total.mean()), high, sample=total)


def _bounded(name: str, bound: LogNormal, level: float, rng: np.random.Generator) -> Quantity:
    ends = [bound.quantile(share) for share in _ends(level)]
    return Quantity.of(name, Kind.MODEL, ends, bound.total, sample=bound.draws(_DRAWS, rng))


def _disagreement(quantities: dict[str, Quantity]) -> list[CautionNote]:
    medians = {
        name: quantity.median
        for name, quantity in quantities.items()
        if quantity.median is not None and name not in ("lower-bound", "log-linear best")
    }
    warned = []
    if medians:
        least, most = min(medians, key=lambda name: medians[name]), max(medians, key=lambda name: medians[name])
        if medians[most] > (1 + _FIFTH) * medians[least]:
            text = f"{least} gives {medians[least]:,.0f}, {most} {medians[most]:,.0f}"
            warned.append(CautionNote(Caution.DISAGREE, text))
        bound = quantities.get("lower-bound")
        if bound and bound.low is not None and bound.low > medians[least]:
            text = f"{least} gives {medians[least]:,.0f}, below the interval of the lower bound"
            warned.append(CautionNote(Caution.DISAGREE, text))
    return warned


def _assumptions(overlaps: Overlaps, models: tuple[str, ...]) -> tuple[str, ...]:
    common = (
        f"the records of the same {overlaps.unit} on several lists were joined before; those that were not count twice",
        "none joins or leaves those who could be listed while the lists are made",
    )
    own = {
        "decomposable-graphs": "decomposable-graphs: lists depend on one another as some decomposable graph says, and "
        "everybody has the same chances",
        "log-linear": "log-linear: not all lists together depend on one another beyond what smaller groups of them do",
        "latent-classes": "latent-classes: within some class of people the lists know nothing of one another",
        "lower-bound": "lower-bound: no estimate of the total but a bound below it; the lists are alike in size",
        "two-lists": "two-lists: the two lists know nothing of one another, accepted by name",
    }
    return (*common, *(own[model] for model in models if model in own))
