"""The program by question and answer, in ordinary lines one after the other: for screen readers, braille and slow lines."""
