-- What the record names by its digest, where it is small (db/content). Kept again it is young again, so that whoever removes it looks anew.
CREATE OR REPLACE FUNCTION keep_content(the_org text, the_sha256 text, the_bytes bytea) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.org', the_org, true);
  INSERT INTO content (org, sha256, bytes, at) VALUES (the_org, the_sha256, the_bytes, clock_timestamp())
  ON CONFLICT (org, sha256) DO UPDATE SET at = excluded.at;
END $$;

CREATE OR REPLACE FUNCTION content_of(the_org text, the_sha256 text) RETURNS bytea LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.org', the_org, true);
  RETURN (SELECT bytes FROM content WHERE org = the_org AND sha256 = the_sha256);
END $$;

-- The only way in which content goes: nothing that still stands names it, and nobody has kept it again just now. `waiting` otherwise.
CREATE OR REPLACE FUNCTION remove_content(the_org text, the_sha256 text, young interval) RETURNS text LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.org', the_org, true);
  IF is_needed(the_org, the_sha256) THEN RETURN 'waiting'; END IF;
  DELETE FROM content WHERE org = the_org AND sha256 = the_sha256 AND at <= clock_timestamp() - young;
  RETURN CASE WHEN EXISTS (SELECT FROM content WHERE org = the_org AND sha256 = the_sha256) THEN 'waiting' ELSE 'removed' END;
END $$;
REVOKE ALL ON FUNCTION remove_content(text, text, interval) FROM public;
GRANT EXECUTE ON FUNCTION remove_content(text, text, interval) TO on_record_app;
GRANT CREATE ON SCHEMA public TO on_record_eraser;
ALTER FUNCTION remove_content(text, text, interval) OWNER TO on_record_eraser;
REVOKE CREATE ON SCHEMA public FROM on_record_eraser;
