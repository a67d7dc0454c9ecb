"""Mutants of the rules: small changes that a test must notice."""
