-- Cases that were confirmed before their rows said so: what their state says, which is the fold of their events.
-- Forced row-level security hides them even from the tables' owner.
ALTER TABLE stream NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE case_file NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE case_file f SET confirmed_at = (s.state #>> '{confirmation,at}')::timestamptz
  FROM stream s WHERE s.org = f.org AND s.stream = f.id AND s.state #>> '{confirmation,at}' IS NOT NULL;
--> statement-breakpoint
ALTER TABLE case_file FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE stream FORCE ROW LEVEL SECURITY;
