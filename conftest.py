"""Load the package before pytest does: where it collects one module by itself, it would load that module twice."""

import casualties  # noqa: F401 - loading it is all that is wanted
