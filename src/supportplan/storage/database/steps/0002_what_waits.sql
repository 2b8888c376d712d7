-- What the list says of a case besides: the budget that it is held against, what waits for the facilitator, and when it
-- is to be reviewed. All of it is derived, as the rest of the list is.

ALTER TABLE case_index ADD COLUMN indicative_pence INTEGER CHECK (indicative_pence >= 0);
ALTER TABLE case_index ADD COLUMN parked INTEGER NOT NULL DEFAULT 0 CHECK (parked >= 0);
ALTER TABLE case_index ADD COLUMN task TEXT NOT NULL DEFAULT '';
ALTER TABLE case_index ADD COLUMN review_due TEXT;

-- A row that is there already is worked out anew as one of which a day has come: the first time the store is opened,
-- a few at a time, and on from there the next time.
UPDATE case_index SET changes_on = '0001-01-01';

-- Which cases are in a state, and which wait, is answered without reading the rows. The first also names all places.
CREATE INDEX case_by_state ON case_index (state, place);
CREATE INDEX case_by_task ON case_index (place) WHERE task <> '';
CREATE INDEX case_by_parked ON case_index (place) WHERE parked > 0;
CREATE INDEX case_by_review ON case_index (review_due) WHERE review_due IS NOT NULL;
