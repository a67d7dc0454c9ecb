"""The rules as a plain program of one topic at a time, to be read beside the kernel and compared with it.

It takes what the kernel takes and gives the same tables; see `reconcile`.
"""

from __future__ import annotations

from .program import reconcile

__all__ = ["reconcile"]
