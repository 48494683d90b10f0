-- Registries from before there were passkeys hold none. Forced row-level security hides them even from the tables' owner.
ALTER TABLE stream NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE stream SET state = state || '{"passkeys": []}' WHERE stream = 'registry' AND NOT state ? 'passkeys';
--> statement-breakpoint
ALTER TABLE stream FORCE ROW LEVEL SECURITY;
