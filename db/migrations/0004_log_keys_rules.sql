ALTER TABLE log_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_key FORCE ROW LEVEL SECURITY;
CREATE POLICY of_organisation ON log_key USING (org = nullif(current_setting('app.org', true), ''));
CREATE POLICY of_the_sequencer ON log_key TO on_record_sequencer USING (true);
GRANT SELECT, INSERT ON log_key TO on_record_sequencer;
GRANT SELECT ON log_key TO on_record_app;
