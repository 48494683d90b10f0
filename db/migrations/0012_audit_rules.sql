DO $$
DECLARE each text;
BEGIN
  FOREACH each IN ARRAY ARRAY['event_words', 'saved_view', 'policy_bundle']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', each);
    EXECUTE format('CREATE POLICY of_organisation ON %I USING (org = nullif(current_setting(''app.org'', true), ''''))', each);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON event_words, saved_view TO on_record_app;
--> statement-breakpoint

-- A policy set that was in force stays what it was.
GRANT SELECT, INSERT ON policy_bundle TO on_record_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON policy_bundle FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

GRANT SELECT ON event_words TO on_record_search;
CREATE POLICY of_the_search ON event_words TO on_record_search USING (true);
