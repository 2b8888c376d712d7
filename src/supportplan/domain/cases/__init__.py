"""A case: its entries, the steps they record, and the state that follows from them."""
