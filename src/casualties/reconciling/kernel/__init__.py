"""The rules of reconciling, written once over integers: sections 6 and 7 of the meaning of words.

`claims` is what goes in, `answer` what comes out, and `reconcile` the rules between them.
"""

from __future__ import annotations

from casualties.reconciling.kernel._plain import reconcile

__all__ = ["reconcile"]
