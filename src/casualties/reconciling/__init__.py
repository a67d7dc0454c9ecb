"""What claims of one topic say together, seen from a day: the kernel of rules, and the findings that view it."""
