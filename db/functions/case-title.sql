-- What doors ask about a case before and after its commands: one round trip (db/case-of.ts).
CREATE OR REPLACE FUNCTION case_title(the_org text, the_case text)
  RETURNS TABLE (number integer, title text, version integer, stage text) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.org', the_org, true);
  RETURN QUERY SELECT f.number, f.title, f.version, f.stage FROM case_file f WHERE f.org = the_org AND f.id = the_case;
END $$;
