"""What is recorded: figures, dates, subjects, sources, reports and claims, and the ledger that holds them."""
