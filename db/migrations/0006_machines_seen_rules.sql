ALTER TABLE machine_seen ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE machine_seen FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY of_organisation ON machine_seen USING (org = nullif(current_setting('app.org', true), ''));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON machine_seen TO on_record_app;
