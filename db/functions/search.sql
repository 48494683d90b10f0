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

-- What a case is found by: the words that were said; whether it is open; and how new it is, by 256 and by 4,096 numbers. Nobody can type a word with `!`.
CREATE OR REPLACE FUNCTION found_by(said text, number integer, open boolean) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT strip(to_tsvector('simple'::regconfig, said)) || array_to_tsvector(ARRAY[state, state || '/256/' || number / 256, state || '/4096/' || number / 4096])
  FROM (SELECT CASE WHEN open THEN '!open' ELSE '!closed' END) AS of(state)
$$;

-- Cases of this state: all of them, or the newest alone, up to twice as many as `span` says.
CREATE OR REPLACE FUNCTION in_state(state text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT format('%L', '!' || state)::tsquery $$;
CREATE OR REPLACE FUNCTION among_newest(state text, newest integer, span integer) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT format('''!%1$s/%2$s/%3$s'' | ''!%1$s/%2$s/%4$s''', state, span, newest / span, newest / span - 1)::tsquery
$$;

-- Of the cases that match, open ones first, the newest first. Null when more than `most` match.
CREATE OR REPLACE FUNCTION newest_of(query tsquery, shown integer, most integer) RETURNS text[] LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  found text[];
  matches integer;
BEGIN
  SELECT (array_agg(met."case" ORDER BY met.open DESC, met.number DESC))[:shown], count(*) INTO found, matches
    FROM (SELECT w."case", w.number, w.words @@ '''!open''' AS open FROM case_words w
      WHERE w.words @@ query AND w.org = nullif(current_setting('app.org', true), '') LIMIT most + 1) AS met;
  RETURN CASE WHEN matches = 0 THEN '{}' WHEN matches <= most THEN found END;
END $$;
REVOKE ALL ON FUNCTION newest_of(tsquery, integer, integer) FROM public;
GRANT EXECUTE ON FUNCTION newest_of(tsquery, integer, integer) TO on_record_app;
GRANT CREATE ON SCHEMA public TO on_record_search;
ALTER FUNCTION newest_of(tsquery, integer, integer) OWNER TO on_record_search;
REVOKE CREATE ON SCHEMA public FROM on_record_search;

-- The newest cases that have these words, open ones first: the same price however many there are. A word of many is met in the newest open cases, which the
-- index itself tells from the others; a word of few is looked up. What is left is a word of many that the newest don't have.
CREATE OR REPLACE FUNCTION newest_matching(the_org text, query tsquery, shown integer, few integer DEFAULT 400, many integer DEFAULT 4000)
  RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  newest CONSTANT integer := (SELECT max(number) FROM case_file WHERE org = the_org);
  found text[] := newest_of(query && among_newest('open', newest, 4096), shown, few);
BEGIN
  IF cardinality(found) = shown THEN RETURN found; END IF;
  IF found IS NULL THEN
    found := newest_of(query && among_newest('open', newest, 256), shown, many);
    IF cardinality(found) = shown THEN RETURN found; END IF;
  END IF;
  found := newest_of(query, shown, many);
  IF found IS NOT NULL THEN RETURN found; END IF;
  found := newest_in_state(the_org, query, 'open', newest, shown, many);
  RETURN found || newest_in_state(the_org, query, 'closed', newest, shown - cardinality(found), many);
END $$;

CREATE OR REPLACE FUNCTION newest_in_state(the_org text, query tsquery, state text, newest integer, shown integer, many integer)
  RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  found text[];
BEGIN
  IF shown = 0 THEN RETURN '{}'; END IF;
  found := newest_of(query && among_newest(state, newest, 4096), shown, many);
  IF cardinality(found) = shown THEN RETURN found; END IF;
  found := newest_of(query && in_state(state), shown, many);
  IF found IS NOT NULL THEN RETURN found; END IF;
  RETURN ARRAY(SELECT f.id FROM case_file f WHERE f.org = the_org AND f.open = (state = 'open') AND EXISTS (SELECT FROM case_words w
    WHERE w.org = f.org AND w."case" = f.id AND w.words @@ query OFFSET 0) ORDER BY f.number DESC LIMIT shown);
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
