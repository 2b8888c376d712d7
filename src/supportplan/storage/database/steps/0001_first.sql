-- The first schema. A released step is never edited: a later one changes what it made.

PRAGMA application_id = 1397771342;  -- 'SPLN'

-- What only grows: bodies, the entries that name them, and the numbered log, each link of which seals those before.

CREATE TABLE doc (
    digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
    body BLOB NOT NULL
) STRICT;

CREATE TABLE entry (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    doc TEXT NOT NULL REFERENCES doc (digest),
    header BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
CREATE INDEX entry_by_case ON entry (case_id);

CREATE TABLE log (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number >= 1),
    entry_id TEXT NOT NULL UNIQUE REFERENCES entry (id),
    chain BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;

CREATE TRIGGER doc_kept BEFORE DELETE ON doc BEGIN SELECT raise(ABORT, 'a body is never deleted'); END;
CREATE TRIGGER doc_unchanged BEFORE UPDATE ON doc BEGIN SELECT raise(ABORT, 'a body is never changed'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'an entry is never deleted'); END;
CREATE TRIGGER entry_unchanged BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER log_kept BEFORE DELETE ON log BEGIN SELECT raise(ABORT, 'the log is never cut'); END;
CREATE TRIGGER log_unchanged BEFORE UPDATE ON log BEGIN SELECT raise(ABORT, 'the log is never changed'); END;
CREATE TRIGGER log_without_gaps BEFORE INSERT ON log
WHEN new.number <> (SELECT coalesce(max(number), 0) + 1 FROM log)
BEGIN SELECT raise(ABORT, 'the log has no gaps'); END;

-- This device: its public key, and the private one sealed under a key derived from the data key.

CREATE TABLE device (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    sealed_key BLOB NOT NULL
) STRICT;

-- What changes: the working copy of each case's plan, and the steps that undo and redo walk.

CREATE TABLE draft (
    case_id TEXT NOT NULL PRIMARY KEY,
    plan BLOB NOT NULL,
    step INTEGER NOT NULL CHECK (step >= 0),
    at TEXT NOT NULL
) STRICT;

CREATE TABLE draft_step (
    case_id TEXT NOT NULL REFERENCES draft (case_id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    deed TEXT NOT NULL,
    at TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    removed BLOB NOT NULL,
    inserted BLOB NOT NULL,
    PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;

-- What is derived, and can be built again from drafts and entries. `place` orders the cases by when they were last
-- worked on, and is the row's own key, so that a page is read in one sweep and a search ends when its page is full.

CREATE TABLE case_index (
    place INTEGER NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    known_as TEXT NOT NULL,
    reference TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    changes_on TEXT,
    updated TEXT NOT NULL,
    next_date TEXT,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    one_off_pence INTEGER CHECK (one_off_pence >= 0),
    recurring_pence INTEGER CHECK (recurring_pence >= 0),
    cash_value_pence INTEGER CHECK (cash_value_pence >= 0),
    total_budget_pence INTEGER CHECK (total_budget_pence >= 0)
) STRICT;

CREATE INDEX case_by_change ON case_index (changes_on) WHERE changes_on IS NOT NULL;

-- The words under which a case is found are worked out before they are written (domain/search_words.py): this tokenizer
-- parts them at the spaces between them, and takes whatever is not ASCII for a letter.
CREATE VIRTUAL TABLE case_search USING fts5(
    words, content = 'case_index', content_rowid = 'place',
    tokenize = 'ascii', prefix = '1 2 3 4'
);
CREATE VIRTUAL TABLE case_word USING fts5vocab(case_search, row);

CREATE TRIGGER case_found AFTER INSERT ON case_index BEGIN
    INSERT INTO case_search (rowid, words) VALUES (new.place, new.words);
END;
CREATE TRIGGER case_forgotten AFTER DELETE ON case_index BEGIN
    INSERT INTO case_search (case_search, rowid, words) VALUES ('delete', old.place, old.words);
END;
CREATE TRIGGER case_found_anew AFTER UPDATE OF place, words ON case_index
WHEN new.place <> old.place OR new.words <> old.words
BEGIN
    INSERT INTO case_search (case_search, rowid, words) VALUES ('delete', old.place, old.words);
    INSERT INTO case_search (rowid, words) VALUES (new.place, new.words);
END;

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- The rows of the schedules, for choosing a rate; the schedule itself is the body of its entry, and these follow from
-- it. A rate is text, for it is copied into a plan as it is written, with up to four places.

CREATE TABLE schedule (
    id TEXT NOT NULL PRIMARY KEY REFERENCES doc (digest),
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    dated_example INTEGER NOT NULL CHECK (dated_example IN (0, 1)),
    row_count INTEGER NOT NULL CHECK (row_count >= 1),
    at TEXT NOT NULL
) STRICT;

CREATE TABLE rate (
    schedule_id TEXT NOT NULL REFERENCES schedule (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    item_code TEXT NOT NULL,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    unit TEXT NOT NULL,
    rate TEXT,
    valid_from TEXT,
    valid_to TEXT,
    area TEXT NOT NULL,
    rate_kind TEXT NOT NULL,
    tier TEXT NOT NULL,
    day_type TEXT NOT NULL,
    min_units TEXT,
    ratio_staff INTEGER,
    ratio_people INTEGER,
    vat TEXT,
    in_house INTEGER NOT NULL CHECK (in_house IN (0, 1)),
    allowed_routes TEXT NOT NULL,
    notes TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (schedule_id, number)
) STRICT, WITHOUT ROWID;
