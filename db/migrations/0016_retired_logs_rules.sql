ALTER TABLE retired_checkpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE retired_checkpoint FORCE ROW LEVEL SECURITY;
CREATE POLICY of_organisation ON retired_checkpoint USING (org = nullif(current_setting('app.org', true), ''));
ALTER TABLE retired_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE retired_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY of_organisation ON retired_entry USING (org = nullif(current_setting('app.org', true), ''));
GRANT SELECT ON retired_checkpoint, retired_entry TO on_record_app;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON retired_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON retired_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
