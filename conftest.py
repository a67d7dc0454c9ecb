"""Load the package before pytest does: where it collects one module by itself, it would load that module twice."""

from casualties import *  # noqa: F403 - loading all that it offers is all that is wanted
