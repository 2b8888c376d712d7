"""A plan as a document: what a printed or read copy of it says."""
