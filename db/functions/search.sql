-- All of these words, each of which may still be growing, in any order. One that is kept whole beside its parts ("svc-orders") is looked for
-- whole: where that is, its parts are, and they alone are in ten times as many cases. Null when nothing of it is a word.
CREATE OR REPLACE FUNCTION words_query(typed text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_agg(CASE WHEN lower(word) = ANY (tsvector_to_array(to_tsvector('simple'::regconfig, word))) THEN format('%L:*', lower(word))
    ELSE replace(nullif(to_tsquery('simple'::regconfig, format('%L:*', word))::text, ''), '<->', '&') END, ' & ')::tsquery FROM unnest(typed) AS word
$$;

-- Text search as the role that sees words and nothing else (docs/decisions/search-has-its-own-role.md). Null when more than `most` cases match.
CREATE OR REPLACE FUNCTION cases_matching(query tsquery, most integer) RETURNS text[] LANGUAGE plpgsql STABLE
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

-- The newest cases that have these words, open ones first. Under row-level security: only which cases match is asked of the search's role.
-- A word of many is met in the newest cases; of very many, whoever goes through these meets it soon; of few, each is looked up.
CREATE OR REPLACE FUNCTION newest_matching(the_org text, query tsquery, shown integer, few integer DEFAULT 100, many integer DEFAULT 2000)
  RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  newest CONSTANT integer := 5000;
  matching text[] := cases_matching(query, many);
  found text[];
BEGIN
  IF matching IS NULL THEN
    found := ARRAY(SELECT f.id FROM case_file f WHERE f.org = the_org AND f.open AND EXISTS (SELECT FROM case_words w
      WHERE w.org = f.org AND w."case" = f.id AND w.words @@ query OFFSET 0) ORDER BY f.changed_at DESC, f.id DESC LIMIT shown);
    RETURN found || ARRAY(SELECT f.id FROM case_file f WHERE f.org = the_org AND NOT f.open AND EXISTS (SELECT FROM case_words w
      WHERE w.org = f.org AND w."case" = f.id AND w.words @@ query OFFSET 0) ORDER BY f.changed_at DESC, f.id DESC LIMIT shown - cardinality(found));
  END IF;
  IF cardinality(matching) > few THEN
    EXECUTE 'SELECT ARRAY(SELECT id FROM (SELECT f.id, f.changed_at FROM case_file f WHERE f.org = $1 AND f.open
        ORDER BY f.changed_at DESC, f.id DESC LIMIT $4) AS recent WHERE id = ANY ($2) ORDER BY changed_at DESC, id DESC LIMIT $3)'
      INTO found USING the_org, matching, shown, newest; -- planned with the list itself, which is hashed then
    IF cardinality(found) = shown THEN RETURN found; END IF;
  END IF;
  RETURN ARRAY(SELECT f.id FROM case_file f WHERE f.org = the_org AND f.id = ANY (matching)
    ORDER BY f.open DESC, f.changed_at DESC, f.id DESC LIMIT shown);
END $$;

-- As `cases_matching`: the one question that may be put to the words' index. Null when more than `most` events match.
CREATE OR REPLACE FUNCTION events_matching(query tsquery, most integer) RETURNS text[] LANGUAGE plpgsql STABLE
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
