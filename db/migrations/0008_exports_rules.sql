-- Exports under way belong to an organisation as everything does.
ALTER TABLE export_job ENABLE ROW LEVEL SECURITY;
ALTER TABLE export_job FORCE ROW LEVEL SECURITY;
CREATE POLICY of_organisation ON export_job USING (org = nullif(current_setting('app.org', true), ''));
ALTER TABLE export_stream ENABLE ROW LEVEL SECURITY;
ALTER TABLE export_stream FORCE ROW LEVEL SECURITY;
CREATE POLICY of_organisation ON export_stream USING (org = nullif(current_setting('app.org', true), ''));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON export_job TO on_record_app;
GRANT SELECT, INSERT, DELETE ON export_stream TO on_record_app;
