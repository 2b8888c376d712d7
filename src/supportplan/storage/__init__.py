"""The local store: `store.Store` is the one door; behind it each folder does one part."""
