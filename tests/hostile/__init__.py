"""Files and calls that are spoilt on purpose: each ends soon, in an error of ours or with nothing lost."""
