-- What the sequencer has to know of an organisation's registry: which of the log's keys are on record, and whether a new one is wanted.
-- It runs as the tables' owner, whom row-level security binds too: hence it names the organisation itself, and shows nothing else.
CREATE OR REPLACE FUNCTION log_keys_of(the_org text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  found jsonb;
BEGIN
  PERFORM set_config('app.org', the_org, true);
  SELECT jsonb_build_object('log_keys', coalesce(state -> 'log_keys', '[]'), 'key_lives', coalesce(state -> 'key_lives', '{}'),
    'rotations', coalesce(state -> 'rotations', '[]')) INTO found
    FROM stream WHERE org = the_org AND stream = 'registry';
  RETURN found;
END $$;
REVOKE ALL ON FUNCTION log_keys_of(text) FROM public;
GRANT EXECUTE ON FUNCTION log_keys_of(text) TO on_record_sequencer;
