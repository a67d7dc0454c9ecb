"""What the claims on one topic say together: the rules of reconciling, each written once."""
