"""What changed between two ledgers, or between two days, as lines that a desk editor could paste."""
