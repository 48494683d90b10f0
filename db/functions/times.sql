-- Stable, as to_char is: PostgreSQL then writes it into the query instead of calling it for each value.
CREATE OR REPLACE FUNCTION utc(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;
