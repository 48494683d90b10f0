-- The rows that lists read, as far as they changed (db/projections).
CREATE OR REPLACE FUNCTION write_rows(rows jsonb, fresh boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  file jsonb := rows -> 'case_file';
  said text := rows ->> 'words';
BEGIN
  IF fresh AND file IS NOT NULL THEN
    INSERT INTO case_file SELECT * FROM jsonb_populate_record(NULL::case_file, file);
  ELSIF file IS NOT NULL THEN
    INSERT INTO case_file SELECT * FROM jsonb_populate_record(NULL::case_file, file)
    ON CONFLICT (org, id) DO UPDATE SET title = excluded.title, stage = excluded.stage, severity = excluded.severity,
      category = excluded.category, disposition = excluded.disposition, assignee = excluded.assignee, accepted = excluded.accepted,
      trust = excluded.trust, due = excluded.due, stage_at = excluded.stage_at, changed_at = excluded.changed_at,
      version = excluded.version, open = excluded.open, confirmed_at = excluded.confirmed_at;
  END IF;
  IF said IS NOT NULL THEN
    INSERT INTO case_words (org, "case", number, words)
      VALUES (file ->> 'org', file ->> 'id', (file ->> 'number')::integer, found_by(said, (file ->> 'number')::integer, (file ->> 'open')::boolean))
    ON CONFLICT (org, "case") DO UPDATE SET words = excluded.words;
  END IF;
  IF rows ? 'case_nhi' AND NOT (fresh AND rows -> 'case_nhi' = '[]') THEN
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
  IF rows ? 'case_told' THEN
    DELETE FROM case_told WHERE org = file ->> 'org' AND "case" = file ->> 'id';
    INSERT INTO case_told SELECT * FROM jsonb_populate_recordset(NULL::case_told, rows -> 'case_told');
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
    ON CONFLICT (org) DO UPDATE SET name = excluded.name, origin = excluded.origin;
    DELETE FROM connector WHERE org = rows -> 'organisation' ->> 'org';
    INSERT INTO connector SELECT * FROM jsonb_populate_recordset(NULL::connector, rows -> 'connector');
    DELETE FROM chat_account WHERE org = rows -> 'organisation' ->> 'org';
    INSERT INTO chat_account SELECT * FROM jsonb_populate_recordset(NULL::chat_account, rows -> 'chat_account');
    INSERT INTO account SELECT * FROM jsonb_populate_recordset(NULL::account, rows -> 'account')
    ON CONFLICT (org, issuer, subject) DO UPDATE SET member = excluded.member;
    INSERT INTO member SELECT * FROM jsonb_populate_recordset(NULL::member, rows -> 'member')
    ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, email = excluded.email, roles = excluded.roles, team = excluded.team,
      active = excluded.active;
  END IF;
END $$;

-- One identity for each account of a system, also when two are registered at once: the later one waits, looks again, and is refused.
CREATE OR REPLACE FUNCTION take_place(one nhi) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM nhi n WHERE n.org = one.org AND n.id = one.id
      AND (n.system, n.environment, n.account) = (one.system, one.environment, one.account)) THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(jsonb_build_array('place', one.org, one.system, one.environment, one.account)::text, 0));
  IF nhi_at(one.org, one.id, one.system, one.environment, one.account) IS NOT NULL THEN
    RAISE EXCEPTION 'this account is registered already' USING ERRCODE = 'unique_violation';
  END IF;
END $$;

-- Everything that one command leads to, in one statement and so in one transaction: all of it or nothing.
-- Answers `moved` when the stream is no longer at the version that the decision was made on.
CREATE OR REPLACE FUNCTION write_page(page jsonb, bodies text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  the_org text := page ->> 'org';
  the_stream text := page ->> 'stream';
  before integer := (page ->> 'from')::integer;
  moment timestamptz := (page ->> 'at')::timestamptz;
  added integer := cardinality(bodies);
  effect jsonb;
  -- Worked out as it stands, where a statement would be got ready.
  organisation CONSTANT text := set_config('app.org', the_org, true);
BEGIN
  IF before = 0 THEN
    INSERT INTO stream VALUES (the_org, the_stream, page ->> 'kind', added, decode(page ->> 'head', 'hex'), moment, page -> 'state')
    ON CONFLICT DO NOTHING;
  ELSE
    UPDATE stream SET version = before + added, head = decode(page ->> 'head', 'hex'), at = moment, state = page -> 'state'
    WHERE org = the_org AND stream = the_stream AND version = before;
  END IF;
  IF NOT FOUND THEN RETURN 'moved'; END IF;
  IF page ? 'carried' THEN
    PERFORM keep_content(the_org, each ->> 'sha256', decode(each ->> 'base64', 'base64')) FROM jsonb_array_elements(page -> 'carried') AS each;
  END IF;
  WITH written AS (
    INSERT INTO event (org, stream, seq, type, at, actor, correlation, hash, body)
      SELECT the_org, the_stream, (e.each ->> 'seq')::integer, e.each ->> 'type', moment, page ->> 'actor', page ->> 'correlation',
        decode(e.each ->> 'hash', 'hex'), convert_to(e.body, 'UTF8')
      FROM (SELECT jsonb_array_elements(page -> 'events') AS each, unnest(bodies) AS body) AS e -- side by side
      RETURNING org, stream, seq, at, hash)
  INSERT INTO pending (org, stream, seq, at, hash) SELECT * FROM written;
  IF page -> 'answered' <> 'null' THEN
    INSERT INTO answer VALUES (the_org, page ->> 'actor', page ->> 'key', page -> 'answered' ->> 'digest', page -> 'answered' -> 'receipt', moment);
  END IF;
  IF page -> 'rows' ? 'nhi' THEN
    PERFORM take_place(jsonb_populate_record(NULL::nhi, page -> 'rows' -> 'nhi'));
  END IF;
  PERFORM write_rows(page -> 'rows', before = 0);
  IF page -> 'rows' ? 'organisation' THEN -- who was removed and is taken back signs in anew: an old session may be in anybody's hands
    DELETE FROM session s USING member m WHERE s.org = the_org AND m.org = the_org AND m.id = s.member AND NOT m.active;
  END IF;
  IF page -> 'effects' <> '[]' THEN
    FOR effect IN SELECT jsonb_array_elements(page -> 'effects') LOOP
      IF effect ? 'drop' THEN
        PERFORM dequeue(effect ->> 'key');
      ELSE
        PERFORM enqueue(effect ->> 'job', (effect -> 'payload')::json, effect ->> 'key', (effect ->> 'at')::timestamptz);
      END IF;
    END LOOP;
  END IF;
  RETURN 'written';
END $$;

-- The pages of several commands that were decided at the same moment, in one transaction: what PostgreSQL gets ready for each is got ready once.
-- Nobody is kept waiting for what another page needs: after a tenth of a second the statement fails, nothing is written, and each goes by itself.
-- `bodies`: of all their events, in order.
CREATE OR REPLACE FUNCTION write_pages(pages jsonb, bodies text[]) RETURNS SETOF text LANGUAGE plpgsql SET lock_timeout = '100ms' AS $$
DECLARE
  page jsonb;
  first integer := 1;
  after integer;
BEGIN
  FOR page IN SELECT jsonb_array_elements(pages) LOOP
    after := first + jsonb_array_length(page -> 'events');
    RETURN NEXT write_page(page, bodies[first : after - 1]);
    first := after;
  END LOOP;
END $$;
