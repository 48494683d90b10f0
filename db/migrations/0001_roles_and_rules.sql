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

-- Stable, as to_char is: PostgreSQL then writes it into the query instead of calling it for each value.
CREATE FUNCTION utc(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;
--> statement-breakpoint

CREATE FUNCTION member_facts(the_org text, ids text[]) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(id, jsonb_build_object('id', id, 'name', name, 'roles', roles, 'active', active)), '{}')
  FROM member WHERE org = the_org AND id = ANY (ids)
$$;
CREATE FUNCTION nhi_facts(the_org text, ids text[]) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(id, jsonb_build_object('id', id, 'name', name, 'kind', kind, 'system', system,
    'account', account, 'environment', environment, 'privilege', privilege, 'owner', owner, 'backup_owner', backup_owner,
    'disabled', disabled)), '{}')
  FROM nhi WHERE org = the_org AND id = ANY (ids)
$$;
--> statement-breakpoint

-- Who a session belongs to, with the roles that this person has now: one round trip (db/sessions.ts).
CREATE FUNCTION find_session(the_org text, the_token text, idle integer)
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
    UPDATE session s SET seen_at = now() WHERE s.org = the_org AND s.token = the_token;
  END IF;
  RETURN NEXT;
END $$;
--> statement-breakpoint

-- What doors ask about a case before and after its commands: one round trip (db/case-of.ts).
CREATE FUNCTION case_title(the_org text, the_case text)
  RETURNS TABLE (number integer, title text, version integer, stage text) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.org', the_org, true);
  RETURN QUERY SELECT f.number, f.title, f.version, f.stage FROM case_file f WHERE f.org = the_org AND f.id = the_case;
END $$;
--> statement-breakpoint

-- Row-level security lets no index answer a text search, since the operator might tell what it saw. Hence this one question has a role
-- of its own that sees nothing but the words, and names the organisation itself. Null when more than `most` cases match.
GRANT USAGE ON SCHEMA public TO on_record_search;
GRANT SELECT ON case_words TO on_record_search;
CREATE POLICY of_the_search ON case_words TO on_record_search USING (true);
CREATE FUNCTION cases_matching(query tsquery, most integer) RETURNS text[] LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  found text[];
BEGIN
  found := ARRAY(SELECT w."case" FROM case_words w
    WHERE w.words @@ query AND w.org = nullif(current_setting('app.org', true), '') LIMIT most + 1);
  RETURN CASE WHEN cardinality(found) <= most THEN found END;
END $$;
REVOKE ALL ON FUNCTION cases_matching(tsquery, integer) FROM public;
GRANT EXECUTE ON FUNCTION cases_matching(tsquery, integer) TO on_record_app;
GRANT CREATE ON SCHEMA public TO on_record_search;
ALTER FUNCTION cases_matching(tsquery, integer) OWNER TO on_record_search;
REVOKE CREATE ON SCHEMA public FROM on_record_search;
--> statement-breakpoint

-- A stream as it stands and the facts that a command needs: one round trip (lib/act/ledger.ts, `Page`).
CREATE FUNCTION open_page(the_org text, the_stream text, the_actor text, the_key text, wanted jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  head record;
  said record;
  people text[];
  identities text[];
  systems text[];
  matches jsonb := '{}';
  twin text;
  reached jsonb := '[]';
BEGIN
  PERFORM set_config('app.org', the_org, true);
  SELECT version, encode(s.head, 'hex') AS hash, at, state INTO head FROM stream s WHERE org = the_org AND s.stream = the_stream;
  SELECT a.digest, a.receipt INTO said FROM answer a WHERE org = the_org AND actor = the_actor AND key = the_key;
  people := ARRAY(SELECT jsonb_array_elements_text(coalesce(head.state -> 'people', '[]') || (wanted -> 'members')));
  identities := ARRAY(SELECT jsonb_array_elements_text(coalesce(head.state -> 'nhis', '[]') || (wanted -> 'nhis')));
  IF jsonb_array_length(wanted -> 'fingerprints') > 0 THEN
    SELECT coalesce(jsonb_object_agg(fingerprint, nhi), '{}') INTO matches FROM credential
      WHERE org = the_org AND fingerprint IN (SELECT jsonb_array_elements_text(wanted -> 'fingerprints'));
    identities := identities || ARRAY(SELECT value FROM jsonb_each_text(matches));
    SELECT "case" INTO twin FROM case_secret
      WHERE org = the_org AND fingerprint IN (SELECT jsonb_array_elements_text(wanted -> 'fingerprints')) LIMIT 1;
  END IF;
  IF wanted ->> 'message_key' IS NOT NULL THEN
    SELECT coalesce((SELECT "case" FROM case_message WHERE org = the_org AND key = wanted ->> 'message_key'), twin) INTO twin;
  END IF;
  IF cardinality(identities) > 0 THEN
    SELECT coalesce(jsonb_agg(jsonb_build_object('connector', c.connector, 'kind', c.kind, 'executor', c.executor,
      'system', c.system, 'environment', c.environment)), '[]') INTO reached
      FROM connector c WHERE c.org = the_org AND c.system IN (SELECT n.system FROM nhi n WHERE n.org = the_org AND n.id = ANY (identities));
    identities := identities || ARRAY(SELECT each ->> 'executor' FROM jsonb_array_elements(reached) each);
    people := people || ARRAY(SELECT owner FROM nhi WHERE org = the_org AND id = ANY (identities) AND owner IS NOT NULL);
  END IF;
  RETURN jsonb_build_object(
    'version', coalesce(head.version, 0),
    'head', head.hash,
    'state', head.state,
    'now', utc(greatest(clock_timestamp(), head.at)),
    'answered', CASE WHEN said.digest IS NULL THEN NULL ELSE jsonb_build_object('digest', said.digest, 'receipt', said.receipt) END,
    'facts', jsonb_build_object(
      'members', CASE WHEN cardinality(people) = 0 THEN '{}' ELSE member_facts(the_org, people) END,
      'nhis', CASE WHEN cardinality(identities) = 0 THEN '{}' ELSE nhi_facts(the_org, identities) END,
      'connectors', reached,
      'matches', matches,
      'duplicate', twin,
      'number', CASE WHEN (wanted ->> 'number')::boolean THEN nextval('case_numbers') END,
      'seen', CASE WHEN wanted ->> 'head' IS NOT NULL THEN (SELECT seq FROM event e WHERE e.org = the_org AND e.stream = the_stream
        AND e.hash = decode(wanted ->> 'head', 'hex')) END,
      'sealed', CASE WHEN (wanted ->> 'sealed')::boolean THEN (SELECT coalesce(max(l.seq) + 1, 0) FROM log_entry l WHERE l.org = the_org
        AND l.stream = the_stream AND l.idx < (SELECT max(c.size) FROM checkpoint c WHERE c.org = the_org)) ELSE 0 END));
END $$;
--> statement-breakpoint

-- Work for the worker, in the same transaction as its cause. db/migrate.ts gives it its real body once the queue's schema stands.
CREATE FUNCTION enqueue(job text, payload json, job_key text, run_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the job queue is not set up';
END $$;
--> statement-breakpoint

-- The rows that lists read, as far as they changed (db/projections).
CREATE FUNCTION write_rows(rows jsonb, fresh boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  file jsonb := rows -> 'case_file';
  said text := rows ->> 'words';
BEGIN
  IF file IS NOT NULL THEN
    INSERT INTO case_file SELECT * FROM jsonb_populate_record(NULL::case_file, file)
    ON CONFLICT (org, id) DO UPDATE SET title = excluded.title, stage = excluded.stage, severity = excluded.severity,
      category = excluded.category, disposition = excluded.disposition, assignee = excluded.assignee, accepted = excluded.accepted,
      trust = excluded.trust, due = excluded.due, stage_at = excluded.stage_at, changed_at = excluded.changed_at,
      version = excluded.version, open = excluded.open;
  END IF;
  IF said IS NOT NULL THEN
    INSERT INTO case_words VALUES (file ->> 'org', file ->> 'id', strip(to_tsvector('simple', said)))
    ON CONFLICT (org, "case") DO UPDATE SET words = excluded.words;
  END IF;
  IF rows ? 'case_nhi' THEN
    DELETE FROM case_nhi WHERE org = file ->> 'org' AND "case" = file ->> 'id';
    INSERT INTO case_nhi SELECT * FROM jsonb_populate_recordset(NULL::case_nhi, rows -> 'case_nhi');
  END IF;
  IF rows ? 'case_message' THEN
    INSERT INTO case_message SELECT * FROM jsonb_populate_recordset(NULL::case_message, rows -> 'case_message');
  END IF;
  IF rows ? 'case_secret' THEN
    DELETE FROM case_secret WHERE org = file ->> 'org' AND "case" = file ->> 'id';
    IF fresh THEN -- a secret that an open case holds makes no second case
      INSERT INTO case_secret SELECT * FROM jsonb_populate_recordset(NULL::case_secret, rows -> 'case_secret');
    ELSE
      INSERT INTO case_secret SELECT * FROM jsonb_populate_recordset(NULL::case_secret, rows -> 'case_secret') ON CONFLICT DO NOTHING;
    END IF;
  END IF;
  IF rows ? 'case_request' THEN
    INSERT INTO case_request SELECT * FROM jsonb_populate_recordset(NULL::case_request, rows -> 'case_request')
    ON CONFLICT (org, request) DO UPDATE SET phase = excluded.phase, executor = excluded.executor, target_owner = excluded.target_owner,
      asks_owner = excluded.asks_owner, probing = excluded.probing, open = excluded.open;
  END IF;
  IF rows ? 'evidence' THEN
    INSERT INTO evidence SELECT * FROM jsonb_populate_recordset(NULL::evidence, rows -> 'evidence') ON CONFLICT DO NOTHING;
  END IF;
  IF rows ? 'nhi' THEN
    INSERT INTO nhi SELECT * FROM jsonb_populate_record(NULL::nhi, rows -> 'nhi')
    ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, kind = excluded.kind, system = excluded.system, account = excluded.account,
      environment = excluded.environment, privilege = excluded.privilege, owner = excluded.owner, backup_owner = excluded.backup_owner,
      disabled = excluded.disabled;
    DELETE FROM credential WHERE org = rows -> 'nhi' ->> 'org' AND nhi = rows -> 'nhi' ->> 'id';
    INSERT INTO credential SELECT * FROM jsonb_populate_recordset(NULL::credential, rows -> 'credential');
  END IF;
  IF rows ? 'organisation' THEN
    INSERT INTO organisation SELECT * FROM jsonb_populate_record(NULL::organisation, rows -> 'organisation')
    ON CONFLICT (org) DO UPDATE SET name = excluded.name;
    DELETE FROM connector WHERE org = rows -> 'organisation' ->> 'org';
    INSERT INTO connector SELECT * FROM jsonb_populate_recordset(NULL::connector, rows -> 'connector');
    DELETE FROM chat_account WHERE org = rows -> 'organisation' ->> 'org';
    INSERT INTO chat_account SELECT * FROM jsonb_populate_recordset(NULL::chat_account, rows -> 'chat_account');
    INSERT INTO member SELECT * FROM jsonb_populate_recordset(NULL::member, rows -> 'member')
    ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, email = excluded.email, roles = excluded.roles, team = excluded.team,
      active = excluded.active;
  END IF;
END $$;
--> statement-breakpoint

-- Everything that one command leads to, in one statement and so in one transaction: all of it or nothing.
-- Answers `moved` when the stream is no longer at the version that the decision was made on.
CREATE FUNCTION write_page(page jsonb, bodies text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  the_org text := page ->> 'org';
  the_stream text := page ->> 'stream';
  before integer := (page ->> 'from')::integer;
  moment timestamptz := (page ->> 'at')::timestamptz;
  added integer := cardinality(bodies);
  effect jsonb;
BEGIN
  PERFORM set_config('app.org', the_org, true);
  IF before = 0 THEN
    INSERT INTO stream VALUES (the_org, the_stream, page ->> 'kind', added, decode(page ->> 'head', 'hex'), moment, page -> 'state')
    ON CONFLICT DO NOTHING;
  ELSE
    UPDATE stream SET version = before + added, head = decode(page ->> 'head', 'hex'), at = moment, state = page -> 'state'
    WHERE org = the_org AND stream = the_stream AND version = before;
  END IF;
  IF NOT FOUND THEN RETURN 'moved'; END IF;
  INSERT INTO event (org, stream, seq, type, at, actor, correlation, hash, body)
    SELECT the_org, the_stream, (e.each ->> 'seq')::integer, e.each ->> 'type', moment, page ->> 'actor', page ->> 'correlation',
      decode(e.each ->> 'hash', 'hex'), convert_to(bodies[e.place], 'UTF8')
    FROM jsonb_array_elements(page -> 'events') WITH ORDINALITY AS e(each, place);
  INSERT INTO pending (org, stream, seq, at, hash)
    SELECT the_org, the_stream, (e.each ->> 'seq')::integer, moment, decode(e.each ->> 'hash', 'hex')
    FROM jsonb_array_elements(page -> 'events') AS e(each);
  IF page -> 'answered' <> 'null' THEN
    INSERT INTO answer VALUES (the_org, page ->> 'actor', page ->> 'key', page -> 'answered' ->> 'digest', page -> 'answered' -> 'receipt', moment);
  END IF;
  PERFORM write_rows(page -> 'rows', before = 0);
  FOR effect IN SELECT jsonb_array_elements(page -> 'effects') LOOP
    PERFORM enqueue(effect ->> 'job', (effect -> 'payload')::json, effect ->> 'key', (effect ->> 'at')::timestamptz);
  END LOOP;
  RETURN 'written';
END $$;
