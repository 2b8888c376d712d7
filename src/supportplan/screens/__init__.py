"""What a facilitator sees: one task a screen, each thin. A screen shows values and hands in what the person meant."""
