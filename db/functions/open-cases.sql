-- The names of these people and identities (db/queries/names.ts).
CREATE OR REPLACE FUNCTION names_of(ids text[]) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT coalesce(json_object_agg(id, name), '{}') FROM (
    SELECT id, name FROM member WHERE id = ANY (ids) UNION ALL SELECT id, name FROM nhi WHERE id = ANY (ids)) AS named
$$;

-- The members who could give an approval that is still missing.
CREATE OR REPLACE FUNCTION approvers(the_org text) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array(SELECT id FROM member WHERE org = the_org AND active AND 'approver' = ANY (roles) ORDER BY id LIMIT 50)
$$;

-- Identities as lists show them; their health is told from the state (db/queries/nhis.ts).
CREATE OR REPLACE FUNCTION nhi_rows(the_org text, ids text[])
  RETURNS TABLE (id text, state jsonb, owner_active boolean, open_cases integer) LANGUAGE sql STABLE ROWS 10 AS $$
  SELECT n.id, s.state, m.active, (SELECT count(*)::integer FROM case_nhi c WHERE c.org = n.org AND c.nhi = n.id AND c.open)
  FROM nhi n JOIN stream s ON s.org = n.org AND s.stream = n.id LEFT JOIN member m ON m.org = n.org AND m.id = n.owner
  WHERE n.org = the_org AND n.id = ANY (ids)
$$;

-- A stream's newest events with their places in the log, and whether a signed, a witnessed checkpoint covers these (db/queries/timeline.ts).
CREATE OR REPLACE FUNCTION newest_events(the_org text, the_stream text, most integer)
  RETURNS TABLE (stream text, seq integer, type text, at text, actor text, correlation text, envelope json, hash text, index float8,
    sealed boolean, witnessed boolean) LANGUAGE sql STABLE ROWS 50 AS $$
  SELECT e.stream, e.seq, e.type, utc(e.at), e.actor, e.correlation, convert_from(e.body, 'UTF8')::json, encode(e.hash, 'hex'), l.idx::float8,
    l.idx < (SELECT max(c.size) FROM checkpoint c WHERE c.org = the_org), l.idx < (SELECT w.size FROM witnessed w WHERE w.org = the_org)
  FROM event e LEFT JOIN log_entry l ON l.org = e.org AND l.stream = e.stream AND l.seq = e.seq
  WHERE e.org = the_org AND e.stream = the_stream ORDER BY e.seq DESC LIMIT most
$$;

-- Cases as a command of this viewer's would find them, and what their pages show beside: one round trip (db/queries/opened.ts).
CREATE OR REPLACE FUNCTION open_cases(the_org text, ids text[], viewer text, wanted jsonb, most integer) RETURNS SETOF json LANGUAGE plpgsql AS $$
DECLARE
  each text;
  page jsonb;
  the_case jsonb;
  everywhere jsonb;
  events json;
  linked json;
  covered json;
  asked text[];
  named text[];
  own text[];
BEGIN
  PERFORM set_config('app.org', the_org, true);
  SELECT coalesce(state -> 'holds', '[]') INTO everywhere FROM stream WHERE org = the_org AND stream.stream = 'registry';
  FOREACH each IN ARRAY ids LOOP
    page := open_page(the_org, each, viewer, '', wanted);
    the_case := page -> 'state';
    CONTINUE WHEN the_case ->> 'id' IS NULL;
    SELECT json_agg(e ORDER BY e.seq), array_agg(DISTINCT e.actor) INTO events, named FROM newest_events(the_org, each, most) e;
    SELECT json_agg(n), array_agg(n.state -> 'profile' ->> 'owner') || array_agg(n.state -> 'profile' ->> 'backup_owner') INTO linked, own
      FROM nhi_rows(the_org, ARRAY(SELECT jsonb_array_elements_text(jsonb_path_query_array(the_case, '$.linked[*].nhi')))) n;
    asked := CASE WHEN the_case @? '$.requests[*] ? (@.phase == "awaiting-approval")' THEN approvers(the_org) ELSE '{}' END;
    covered := CASE WHEN the_case @? '$.requests[*] ? (@.phase == "started")' THEN
      json_build_object('sealed', sealed_below(the_org, each), 'witnessed', witnessed_below(the_org, each)) END;
    named := named || own || asked || ARRAY(SELECT jsonb_array_elements_text((the_case -> 'people') || (the_case -> 'nhis')
      || jsonb_path_query_array(the_case, '$.evidence[*].collected_by') || jsonb_path_query_array(everywhere, '$[*].placed_by')
      || jsonb_path_query_array(page, '$.facts.nhis.*.backup_owner')
      || jsonb_path_query_array(the_case, '$.requests[*].awaited.waits_for[*]')
      || jsonb_path_query_array(the_case, '$.requests[*].awaited.escalated_to[*].person')
      || jsonb_path_query_array(jsonb_build_array(the_case -> 'overdue', the_case -> 'unanswered'), '$[*].escalated_to[*].person')));
    RETURN NEXT json_build_object('page', page, 'more', erasure_facts(the_org, each, '{}'),
      'changed_at', (SELECT utc(s.at) FROM stream s WHERE s.org = the_org AND s.stream = each),
      'events', coalesce(events, '[]'), 'linked', coalesce(linked, '[]'), 'everywhere', coalesce(everywhere, '[]'),
      'asked', asked, 'covered', covered, 'names', names_of(named));
  END LOOP;
END $$;
