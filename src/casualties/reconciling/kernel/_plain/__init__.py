"""The rules as a plain program of one topic at a time, in which every step names its rule; see `reconcile`."""

from __future__ import annotations

from casualties.reconciling.kernel._plain.program import reconcile

__all__ = ["reconcile"]
