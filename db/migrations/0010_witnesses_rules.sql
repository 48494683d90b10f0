DO $$
DECLARE each text;
BEGIN
  FOREACH each IN ARRAY ARRAY['witnessing', 'cosignature', 'witness_state', 'witnessed', 'log_refusal']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', each);
    EXECUTE format('CREATE POLICY of_organisation ON %I USING (org = nullif(current_setting(''app.org'', true), ''''))', each);
    EXECUTE format('CREATE POLICY of_the_sequencer ON %I TO on_record_sequencer USING (true)', each);
  END LOOP;
END $$;
--> statement-breakpoint

-- The sequencer alone says what is witnessed; the application says who is asked, and shows the rest.
GRANT SELECT, INSERT, UPDATE ON witnessing TO on_record_app;
GRANT SELECT ON cosignature, witness_state, witnessed, log_refusal TO on_record_app;
GRANT SELECT ON witnessing TO on_record_sequencer;
GRANT SELECT, INSERT, UPDATE ON cosignature, witness_state TO on_record_sequencer;
GRANT SELECT, INSERT, UPDATE, DELETE ON witnessed, log_refusal TO on_record_sequencer;
--> statement-breakpoint

-- What the registry says of witnesses, where the sequencer can read it without seeing anything else of the registry.
CREATE FUNCTION keep_witnessing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO witnessing VALUES (NEW.org, coalesce(NEW.state -> 'witnesses', '[]'), coalesce((NEW.state ->> 'witness_quorum')::integer, 0))
  ON CONFLICT (org) DO UPDATE SET witnesses = excluded.witnesses, quorum = excluded.quorum
  WHERE (witnessing.witnesses, witnessing.quorum) IS DISTINCT FROM (excluded.witnesses, excluded.quorum);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER witnessing AFTER INSERT OR UPDATE OF state ON stream
  FOR EACH ROW WHEN (NEW.stream = 'registry') EXECUTE FUNCTION keep_witnessing();
--> statement-breakpoint

-- Registries that were kept before they knew of witnesses.
ALTER TABLE stream NO FORCE ROW LEVEL SECURITY;
ALTER TABLE witnessing NO FORCE ROW LEVEL SECURITY;
UPDATE stream SET state = state || '{"witnesses": [], "witness_quorum": 0}' WHERE stream = 'registry' AND NOT state ? 'witnesses';
ALTER TABLE stream FORCE ROW LEVEL SECURITY;
ALTER TABLE witnessing FORCE ROW LEVEL SECURITY;
