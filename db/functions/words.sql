-- What people said in an event: its texts, not its ids, digests and keys. Which words occur, not where.
CREATE OR REPLACE FUNCTION words_said(body bytea) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT strip(to_tsvector('simple'::regconfig, coalesce(string_agg(said #>> '{}', E'\n'), '')))
  FROM jsonb_path_query(convert_from(body, 'UTF8')::jsonb, 'strict $.data.** ? (@.type() == "object")') AS part,
    jsonb_each(part) AS field,
    jsonb_path_query(field.value, 'strict $.** ? (@.type() == "string")') AS said
  WHERE field.key IN ('title', 'text', 'note', 'reason', 'purpose', 'summary', 'lessons', 'sentence', 'name', 'reporter_name', 'author',
    'label', 'account', 'changes', 'undo', 'warnings')
$$;

-- In the event's own transaction, whoever wrote it; what is erased is no longer found (docs/decisions/words-of-events.md).
CREATE OR REPLACE FUNCTION keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO event_words (org, stream, seq, words)
    SELECT a.org, a.stream, a.seq, w.words
    FROM added a CROSS JOIN LATERAL (SELECT words_said(a.body) AS words OFFSET 0) w -- OFFSET: found once, not for each mention
    WHERE w.words <> ''::tsvector;
  IF EXISTS (SELECT FROM added WHERE type = 'event.redacted') THEN
    DELETE FROM event_words w USING added a
      WHERE a.type = 'event.redacted' AND w.org = a.org AND w.stream = a.stream
        AND w.seq = (convert_from(a.body, 'UTF8')::jsonb #>> '{data,seq}')::integer;
  END IF;
  RETURN NULL;
END $$;

-- Made once: making it anew would wait for everybody who writes.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = 'event'::regclass AND tgname = 'words') THEN
    CREATE TRIGGER words AFTER INSERT ON event REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_words();
  END IF;
END $$;
