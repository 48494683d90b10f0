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
