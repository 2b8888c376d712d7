"""The local store: opening, keys, tables, migrations, drafts, the ledger, search and backup."""
