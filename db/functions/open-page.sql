-- A stream as it stands and the facts that a command needs: one round trip (lib/act/ledger.ts, `Page`).
CREATE OR REPLACE FUNCTION open_page(the_org text, the_stream text, the_actor text, the_key text, wanted jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  head record;
  said record;
  people text[];
  identities text[];
  systems text[];
  matches jsonb := '{}';
  twin text;
  reached jsonb := '[]';
  seen integer;
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
  IF wanted ->> 'head' IS NOT NULL THEN
    SELECT seq INTO seen FROM event e WHERE e.org = the_org AND e.stream = the_stream AND e.hash = decode(wanted ->> 'head', 'hex');
  END IF;
  RETURN jsonb_build_object( -- without a query in it: it is worked out as it stands, and nothing has to be got ready
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
      'passkey', CASE WHEN wanted ->> 'passkey' IS NOT NULL THEN passkey_fact(the_org, wanted ->> 'passkey') END,
      'duplicate', twin,
      'number', CASE WHEN (wanted ->> 'number')::boolean THEN nextval('case_numbers') END,
      'seen', seen,
      'placed', CASE WHEN wanted ? 'place' THEN nhi_at(the_org, the_stream,
        coalesce(wanted #>> '{place,system}', head.state #>> '{profile,system}'),
        coalesce(wanted #>> '{place,environment}', head.state #>> '{profile,environment}'),
        coalesce(wanted #>> '{place,account}', head.state #>> '{profile,account}')) END,
      'sealed', CASE WHEN (wanted ->> 'sealed')::boolean THEN sealed_below(the_org, the_stream) ELSE 0 END,
      'witnessed', CASE WHEN (wanted ->> 'sealed')::boolean THEN witnessed_below(the_org, the_stream) END));
END $$;
