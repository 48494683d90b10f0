-- How far the log covers a stream: this many of its events, from the first on, are in a signed checkpoint.
CREATE OR REPLACE FUNCTION sealed_below(the_org text, the_stream text) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT coalesce(max(seq) + 1, 0) FROM log_entry WHERE org = the_org AND stream = the_stream
    AND idx < (SELECT max(size) FROM checkpoint WHERE org = the_org)
$$;

-- ... and this many are in one that enough witnesses cosigned; null where no witness is asked. The signatures are counted against the rule as
-- it stands: after a stricter one the mark may still say for a moment what held before.
CREATE OR REPLACE FUNCTION witnessed_below(the_org text, the_stream text) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN w.quorum > 0 THEN
    (SELECT coalesce(max(l.seq) + 1, 0) FROM log_entry l WHERE l.org = the_org AND l.stream = the_stream AND l.idx <
      (SELECT m.size FROM witnessed m WHERE m.org = the_org AND w.quorum <=
        (SELECT count(*) FROM cosignature c WHERE c.org = the_org AND c.size = m.size
          AND w.witnesses @> jsonb_build_array(jsonb_build_object('vkey', c.witness)))))
  END FROM witnessing w WHERE w.org = the_org
$$;
