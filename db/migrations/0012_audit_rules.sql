DO $$
DECLARE each text;
BEGIN
  FOREACH each IN ARRAY ARRAY['event_words', 'saved_view', 'policy_bundle']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', each);
    EXECUTE format('CREATE POLICY of_organisation ON %I USING (org = nullif(current_setting(''app.org'', true), ''''))', each);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON event_words, saved_view TO on_record_app;
--> statement-breakpoint

-- A policy set that was in force stays what it was.
GRANT SELECT, INSERT ON policy_bundle TO on_record_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON policy_bundle FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- What people said in an event: its texts, not its ids, digests and keys. Which words occur, not where.
CREATE FUNCTION words_said(body bytea) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT strip(to_tsvector('simple'::regconfig, coalesce(string_agg(said #>> '{}', E'\n'), '')))
  FROM jsonb_path_query(convert_from(body, 'UTF8')::jsonb, 'strict $.data.** ? (@.type() == "object").keyvalue() ? (
    @.key == "title" || @.key == "text" || @.key == "note" || @.key == "reason" || @.key == "purpose" || @.key == "summary" ||
    @.key == "lessons" || @.key == "sentence" || @.key == "name" || @.key == "reporter_name" || @.key == "author" ||
    @.key == "label" || @.key == "account" || @.key == "changes" || @.key == "undo" || @.key == "warnings"
  ).value.** ? (@.type() == "string")') AS said
$$;
--> statement-breakpoint

-- In the event's own transaction, whoever wrote it; what is erased is no longer found (docs/decisions/words-of-events.md).
CREATE FUNCTION keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO event_words (org, stream, seq, words)
    SELECT a.org, a.stream, a.seq, w.words FROM added a CROSS JOIN LATERAL (SELECT words_said(a.body) AS words) w
    WHERE w.words <> ''::tsvector;
  DELETE FROM event_words w USING added a
    WHERE a.type = 'event.redacted' AND w.org = a.org AND w.stream = a.stream
      AND w.seq = (convert_from(a.body, 'UTF8')::jsonb #>> '{data,seq}')::integer;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER words AFTER INSERT ON event REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_words();
--> statement-breakpoint

-- As `cases_matching`: the one question that may be put to the words' index. Null when more than `most` events match.
GRANT SELECT ON event_words TO on_record_search;
CREATE POLICY of_the_search ON event_words TO on_record_search USING (true);
CREATE FUNCTION events_matching(query tsquery, most integer) RETURNS text[] LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  found text[];
BEGIN
  found := ARRAY(SELECT w.stream || '#' || w.seq FROM event_words w
    WHERE w.words @@ query AND w.org = nullif(current_setting('app.org', true), '') LIMIT most + 1);
  RETURN CASE WHEN cardinality(found) <= most THEN found END;
END $$;
REVOKE ALL ON FUNCTION events_matching(tsquery, integer) FROM public;
GRANT EXECUTE ON FUNCTION events_matching(tsquery, integer) TO on_record_app;
GRANT CREATE ON SCHEMA public TO on_record_search;
ALTER FUNCTION events_matching(tsquery, integer) OWNER TO on_record_search;
REVOKE CREATE ON SCHEMA public FROM on_record_search;
