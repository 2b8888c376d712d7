"""What a facilitator does: open, cost, check, take in, print, keep safe. The only place that wires the rest together."""
