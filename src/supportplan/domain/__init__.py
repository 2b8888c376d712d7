"""Values and sums of support planning: pure, typed, and without input, output, clock or chance."""
