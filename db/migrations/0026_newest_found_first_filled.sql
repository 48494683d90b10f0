-- Words that lie there already: each case's number, whether it is open, and how new it is, as `found_by` says it (db/functions/search.sql).
-- Forced row-level security hides them even from the tables' owner.
ALTER TABLE case_file NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE case_words NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE case_words w SET number = f.number,
    words = w.words || array_to_tsvector(ARRAY[state, state || '/256/' || f.number / 256, state || '/4096/' || f.number / 4096])
  FROM case_file f, LATERAL (SELECT CASE WHEN f.open THEN '!open' ELSE '!closed' END) AS of(state) WHERE f.org = w.org AND f.id = w."case";
--> statement-breakpoint
ALTER TABLE case_words FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE case_file FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE case_words ALTER COLUMN number SET NOT NULL;
