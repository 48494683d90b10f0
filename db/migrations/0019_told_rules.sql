ALTER TABLE case_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_told FORCE ROW LEVEL SECURITY;
CREATE POLICY of_organisation ON case_told USING (org = nullif(current_setting('app.org', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON case_told TO on_record_app;
