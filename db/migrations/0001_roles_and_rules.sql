-- The roles exist before this runs (db/migrate.ts makes them). None of them owns a table.
GRANT USAGE ON SCHEMA public TO on_record_app, on_record_sequencer, on_record_worker;
--> statement-breakpoint

-- Every table belongs to an organisation, and a transaction sees only the one it names. Forced, so that it holds for the
-- tables' owner too. An unset organisation reads as '', hence nullif: it then equals nothing.
DO $$
DECLARE each text;
BEGIN
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_%'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', each);
    EXECUTE format('CREATE POLICY of_organisation ON %I USING (org = nullif(current_setting(''app.org'', true), ''''))', each);
  END LOOP;
END $$;
--> statement-breakpoint

-- The record is appended to, and nothing else.
GRANT SELECT, INSERT ON event, pending TO on_record_app;
GRANT SELECT, INSERT, UPDATE ON stream, answer TO on_record_app;
GRANT SELECT ON log_entry, log_tile, log_head, checkpoint TO on_record_app;
GRANT SELECT, INSERT, UPDATE ON organisation TO on_record_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON case_file, case_words, case_nhi, case_message, case_secret, case_request, evidence, nhi, credential,
  member, chat_account, connector, account, session, used_assertion, inbox, draft TO on_record_app;
GRANT SELECT, DELETE ON answer TO on_record_app;
--> statement-breakpoint

-- The sequencer alone gives events their place in the log. It sees the organisations' queues and logs, no content.
GRANT SELECT ON organisation TO on_record_sequencer;
GRANT SELECT, DELETE ON pending TO on_record_sequencer;
GRANT SELECT, INSERT ON log_entry, checkpoint TO on_record_sequencer;
GRANT SELECT, INSERT, UPDATE ON log_tile, log_head TO on_record_sequencer;
CREATE POLICY of_the_sequencer ON organisation TO on_record_sequencer USING (true);
CREATE POLICY of_the_sequencer ON pending TO on_record_sequencer USING (true);
CREATE POLICY of_the_sequencer ON log_entry TO on_record_sequencer USING (true);
CREATE POLICY of_the_sequencer ON log_tile TO on_record_sequencer USING (true);
CREATE POLICY of_the_sequencer ON log_head TO on_record_sequencer USING (true);
CREATE POLICY of_the_sequencer ON checkpoint TO on_record_sequencer USING (true);
--> statement-breakpoint

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- Whatever wrote it: an event's digest is its body's.
ALTER TABLE event ADD CONSTRAINT hash_is_of_body CHECK (hash = sha256(body));
--> statement-breakpoint

CREATE SEQUENCE case_numbers START 1001;
GRANT USAGE ON SEQUENCE case_numbers TO on_record_app;
--> statement-breakpoint

-- Row-level security lets no index answer a text search, since the operator might tell what it saw. Hence this one question has a role
-- of its own that sees nothing but the words, and names the organisation itself. Null when more than `most` cases match.
GRANT USAGE ON SCHEMA public TO on_record_search;
GRANT SELECT ON case_words TO on_record_search;
CREATE POLICY of_the_search ON case_words TO on_record_search USING (true);
