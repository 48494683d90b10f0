-- Who may be next in line where somebody doesn't answer about a case (lib/act/facts.ts, `Colleague`): the active administrators and approvers,
-- the analysts of its team or else of its assignee's, and whoever stands in for the owners of its identities.
CREATE OR REPLACE FUNCTION colleagues(the_org text, the_stream text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  file jsonb;
  its_team text;
BEGIN
  PERFORM set_config('app.org', the_org, true);
  SELECT state INTO file FROM stream WHERE org = the_org AND stream = the_stream;
  its_team := coalesce(file ->> 'team', (SELECT team FROM member WHERE org = the_org AND id = file ->> 'assignee'));
  RETURN (SELECT coalesce(jsonb_agg(to_jsonb(m) ORDER BY m.id), '[]') FROM (
    SELECT id, name, roles, team, active FROM member
    WHERE org = the_org AND active AND (roles && ARRAY['admin', 'approver'] OR (team = its_team AND 'analyst' = ANY (roles))
      OR id IN (SELECT backup_owner FROM nhi WHERE org = the_org AND id IN (SELECT jsonb_array_elements_text(file -> 'nhis'))))
    ORDER BY id LIMIT 200) AS m);
END $$;
