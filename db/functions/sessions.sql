-- Who a session belongs to, with the roles that this person has now: one round trip (db/sessions.ts).
CREATE OR REPLACE FUNCTION find_session(the_org text, the_token text, idle integer)
  RETURNS TABLE (member text, name text, roles text[], acr text, amr text[], auth_time integer) LANGUAGE plpgsql AS $$
DECLARE
  seen timestamptz;
BEGIN
  PERFORM set_config('app.org', the_org, true);
  SELECT s.member, m.name, m.roles, s.acr, s.amr, s.auth_time, s.seen_at
    INTO find_session.member, find_session.name, find_session.roles, find_session.acr, find_session.amr, find_session.auth_time, seen
    FROM session s JOIN member m ON m.org = s.org AND m.id = s.member
    WHERE s.org = the_org AND s.token = the_token AND m.active AND s.expires > now() AND s.seen_at > now() - make_interval(secs => idle);
  IF NOT FOUND THEN RETURN; END IF;
  IF seen < now() - interval '1 minute' THEN
    -- Whoever is at it at this moment, ends it or notes the same: nobody is kept waiting, and with them whoever is looked up beside them.
    UPDATE session s SET seen_at = now() WHERE s.org = the_org AND s.token IN (
      SELECT free.token FROM session free WHERE free.org = the_org AND free.token = the_token FOR UPDATE SKIP LOCKED);
  END IF;
  RETURN NEXT;
END $$;
