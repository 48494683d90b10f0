-- What an event says, and who answers for it. Null once it is erased.
CREATE OR REPLACE FUNCTION said(body bytea) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$ SELECT convert_from(body, 'UTF8')::jsonb -> 'data' $$;
CREATE OR REPLACE FUNCTION answers_for(body bytea) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(actor ->> 'owner', actor ->> 'id') FROM (SELECT convert_from(body, 'UTF8')::jsonb -> 'actor') AS of(actor)
$$;

-- Does a hold of this stream stand? A hold that was lifted by who placed it counts as not lifted.
CREATE OR REPLACE FUNCTION is_held(the_org text, the_stream text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM event placed WHERE placed.org = the_org AND placed.type = 'hold.placed' AND placed.stream = the_stream
    AND NOT EXISTS (SELECT FROM event lifted WHERE lifted.org = the_org AND lifted.type = 'hold.lifted' AND lifted.stream = the_stream
      AND said(lifted.body) ->> 'hold' = said(placed.body) ->> 'hold' AND answers_for(lifted.body) <> answers_for(placed.body)))
$$;

-- Has one person asked for just this event to be erased, and another agreed since?
CREATE OR REPLACE FUNCTION two_people_agreed(the_org text, the_stream text, the_erasure text, the_seq integer, the_body text) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM event asked JOIN event agreed ON agreed.org = asked.org AND agreed.stream = asked.stream AND agreed.seq > asked.seq
    WHERE asked.org = the_org AND asked.stream = the_stream AND asked.type = 'erasure.requested' AND agreed.type = 'erasure.agreed'
      AND said(asked.body) ->> 'erasure' = the_erasure AND said(agreed.body) ->> 'erasure' = the_erasure
      AND answers_for(asked.body) <> answers_for(agreed.body)
      AND said(asked.body) -> 'events' @> jsonb_build_array(jsonb_build_object('seq', the_seq, 'body', the_body)))
$$;

-- Is this rule in force, agreed to by another than who proposed it, and does it reach this kind of event of this case by now?
CREATE OR REPLACE FUNCTION rule_reaches(the_org text, the_stream text, the_rule text, the_type text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM (SELECT type, body FROM event WHERE org = the_org AND stream = 'registry' AND type IN ('retention.agreed', 'retention.stopped')
        ORDER BY seq DESC LIMIT 1) AS latest,
      (SELECT at, body FROM event WHERE org = the_org AND stream = the_stream AND type = 'case.state' ORDER BY seq DESC LIMIT 1) AS moved,
      case_file AS file
    WHERE latest.type = 'retention.agreed' AND said(latest.body) ->> 'rule' = the_rule
      AND said(latest.body) ->> 'proposer' <> answers_for(latest.body)
      AND said(moved.body) ->> 'to' = 'closed' AND moved.at + make_interval(days => (said(latest.body) ->> 'days')::integer) <= clock_timestamp()
      AND file.org = the_org AND file.id = the_stream AND NOT said(latest.body) -> 'except' ? file.category
      AND said(latest.body) -> 'what' ? CASE WHEN the_type IN ('finding.promoted', 'message.added', 'message.drifted') THEN 'messages'
        WHEN the_type IN ('comment.added', 'entry.corrected') THEN 'comments' WHEN the_type = 'evidence.attached' THEN 'evidence' ELSE '' END)
$$;

-- Takes the body and its salt away, and with them what would let it be guessed or read elsewhere: the answer under whose key the command's
-- unsalted digest lies, drafts of the same message, the digest of a file. Titles, words and the kept state follow in the same transaction.
CREATE OR REPLACE FUNCTION carry_out_erasure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  erasing jsonb := said(NEW.body);
  gone event%ROWTYPE;
BEGIN
  -- Whoever places a hold on the organisation and whoever erases wait for one another.
  PERFORM pg_advisory_xact_lock(hashtextextended('erasure/' || NEW.org, 0));
  IF NEW.type = 'hold.placed' THEN RETURN NULL; END IF;
  IF is_held(NEW.org, NEW.stream) OR is_held(NEW.org, 'registry') THEN
    RAISE EXCEPTION 'a hold stands' USING ERRCODE = 'OR001';
  END IF;
  SELECT * INTO gone FROM event WHERE org = NEW.org AND stream = NEW.stream AND seq = (erasing ->> 'seq')::integer AND seq < NEW.seq
    AND type = erasing ->> 'type' AND hash = decode(erasing ->> 'body', 'hex') AND body IS NOT NULL;
  IF NOT FOUND OR gone.type NOT IN ('finding.promoted', 'message.added', 'message.drifted', 'comment.added', 'entry.corrected', 'evidence.attached',
      'case.titled', 'severity.set', 'trust.raised', 'nhi.linked', 'nhi.unlinked', 'nhi.none', 'case.confirmed', 'case.dismissed', 'assignment.declined',
      'no_action.proposed', 'exception.requested', 'exception.refused', 'case.closed') THEN
    RAISE EXCEPTION 'this event can''t be erased' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT (two_people_agreed(NEW.org, NEW.stream, erasing ->> 'erasure', gone.seq, erasing ->> 'body')
      OR rule_reaches(NEW.org, NEW.stream, erasing ->> 'rule', gone.type)) THEN
    RAISE EXCEPTION 'nobody has agreed to this erasure' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF gone.type = 'evidence.attached' THEN
    INSERT INTO content_to_remove VALUES (NEW.org, NEW.stream, said(gone.body) ->> 'sha256') ON CONFLICT DO NOTHING;
    DELETE FROM evidence WHERE org = NEW.org AND "case" = NEW.stream AND sha256 = said(gone.body) ->> 'sha256';
  END IF;
  DELETE FROM draft WHERE org = NEW.org AND ("case" = NEW.stream OR content ->> 'message_key' = said(gone.body) ->> 'message_key');
  DELETE FROM answer WHERE org = NEW.org AND at = gone.at AND receipt ->> 'stream' = NEW.stream;
  -- Files of exports that hold it, or are about to: the worker deletes them.
  UPDATE export_job SET status = 'failed', problem = 'erased', writer = NULL, step = NULL, finished_at = now(), sha256 = NULL
    WHERE org = NEW.org AND status IN ('waiting', 'writing', 'done')
      AND id IN (SELECT export FROM export_stream WHERE org = NEW.org AND stream = NEW.stream);
  UPDATE event SET body = NULL WHERE org = NEW.org AND stream = NEW.stream AND seq = gone.seq;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION carry_out_erasure() FROM public;
GRANT CREATE ON SCHEMA public TO on_record_eraser;
ALTER FUNCTION carry_out_erasure() OWNER TO on_record_eraser;
REVOKE CREATE ON SCHEMA public FROM on_record_eraser;

-- What a command about erasing has to know besides (lib/act/facts.ts): holds of the organisation, its retention rule, and the events that it names.
CREATE OR REPLACE FUNCTION erasure_facts(the_org text, the_stream text, seqs integer[]) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.org', the_org, true);
  RETURN jsonb_build_object(
    'held', is_held(the_org, 'registry'),
    'retention', (SELECT state -> 'retention' FROM stream WHERE org = the_org AND stream = 'registry'),
    'said', (SELECT coalesce(jsonb_agg(jsonb_build_object('seq', e.seq, 'type', e.type, 'at', utc(e.at), 'body', encode(e.hash, 'hex'),
      'actor', (SELECT jsonb_build_object('id', a ->> 'id', 'kind', a ->> 'kind') || CASE WHEN a ? 'owner' THEN jsonb_build_object('owner', a ->> 'owner') ELSE '{}' END
        FROM (SELECT convert_from(e.body, 'UTF8')::jsonb -> 'actor') AS of(a)),
      'data', said(e.body))), '[]') FROM event e WHERE e.org = the_org AND e.stream = the_stream AND e.seq = ANY (seqs)));
END $$;

-- Does anything that still stands name this content? Evidence of any case, a draft, or what approvals, emergencies, warrants, plans and receipts bind to.
CREATE OR REPLACE FUNCTION is_needed(the_org text, the_sha256 text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM evidence WHERE org = the_org AND sha256 = the_sha256)
    OR EXISTS (SELECT FROM draft WHERE org = the_org AND strpos(content::text, the_sha256) > 0)
    OR EXISTS (SELECT FROM event WHERE org = the_org AND strpos(convert_from(body, 'UTF8'), the_sha256) > 0
      AND type IN ('approval.recorded', 'breakglass.invoked', 'warrant.issued', 'action.planned', 'action.executed', 'probe.reported'))
$$;
