-- The record is appended to, and nothing else; but for the body of an event whose erasure is on record. Only a role that nobody signs in
-- as may take one away, and only the function of the last trigger below runs as that role: it is a trigger, so that the body goes in the very transaction
-- that records it, and never without it.
ALTER TABLE content_to_remove ENABLE ROW LEVEL SECURITY;
ALTER TABLE content_to_remove FORCE ROW LEVEL SECURITY;
CREATE POLICY of_organisation ON content_to_remove USING (org = nullif(current_setting('app.org', true), ''));
GRANT SELECT, DELETE ON content_to_remove TO on_record_app;
--> statement-breakpoint

GRANT USAGE ON SCHEMA public TO on_record_eraser;
GRANT SELECT, UPDATE (body) ON event TO on_record_eraser;
GRANT SELECT, DELETE ON evidence, answer, draft TO on_record_eraser;
GRANT SELECT ON case_file TO on_record_eraser;
GRANT SELECT, INSERT ON content_to_remove TO on_record_eraser;
GRANT SELECT ON export_stream TO on_record_eraser;
GRANT SELECT, UPDATE (status, problem, writer, step, finished_at, sha256) ON export_job TO on_record_eraser;
--> statement-breakpoint

DROP TRIGGER append_only ON event;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event FOR EACH STATEMENT WHEN (current_user <> 'on_record_eraser')
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER only_a_body_goes BEFORE UPDATE ON event FOR EACH ROW WHEN (current_user = 'on_record_eraser' AND (NEW.body IS NOT NULL
    OR (NEW.org, NEW.stream, NEW.seq, NEW.type, NEW.at, NEW.actor, NEW.correlation, NEW.hash)
      <> (OLD.org, OLD.stream, OLD.seq, OLD.type, OLD.at, OLD.actor, OLD.correlation, OLD.hash)))
  EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- A trigger needs its function: db/functions/erasure.sql gives it its real body.
CREATE FUNCTION carry_out_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'erasures are not set up';
END $$;
CREATE TRIGGER carry_out_erasure AFTER INSERT ON event FOR EACH ROW WHEN (NEW.type IN ('event.redacted', 'hold.placed'))
  EXECUTE FUNCTION carry_out_erasure();
