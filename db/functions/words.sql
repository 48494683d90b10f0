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
DECLARE
  said tsvector := words_said(NEW.body);
BEGIN
  IF said <> ''::tsvector THEN
    INSERT INTO event_words (org, stream, seq, words) VALUES (NEW.org, NEW.stream, NEW.seq, said);
  END IF;
  IF NEW.type = 'event.redacted' THEN
    DELETE FROM event_words w WHERE w.org = NEW.org AND w.stream = NEW.stream
      AND w.seq = (convert_from(NEW.body, 'UTF8')::jsonb #>> '{data,seq}')::integer;
  END IF;
  RETURN NULL;
END $$;

-- Made once: making it anew would wait for everybody who writes. Most changes of stage need no words, and every other event is one.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = 'event'::regclass AND tgname = 'words_of_event') THEN
    DROP TRIGGER IF EXISTS words ON event;
    CREATE TRIGGER words_of_event AFTER INSERT ON event FOR EACH ROW
      WHEN (NEW.type <> 'case.state' OR NEW.body NOT LIKE '%"reason":null%') EXECUTE FUNCTION keep_words();
  END IF;
END $$;
