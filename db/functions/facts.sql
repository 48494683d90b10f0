CREATE OR REPLACE FUNCTION member_facts(the_org text, ids text[]) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(id, jsonb_build_object('id', id, 'name', name, 'roles', roles, 'active', active)), '{}')
  FROM member WHERE org = the_org AND id = ANY (ids)
$$;
CREATE OR REPLACE FUNCTION nhi_facts(the_org text, ids text[]) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(id, jsonb_build_object('id', id, 'name', name, 'kind', kind, 'system', system,
    'account', account, 'environment', environment, 'privilege', privilege, 'owner', owner, 'backup_owner', backup_owner,
    'disabled', disabled)), '{}')
  FROM nhi WHERE org = the_org AND id = ANY (ids)
$$;

-- A passkey by its id, whoever holds it, as the registry's own fold keeps it (lib/act/facts.ts, `PasskeyFact`).
CREATE OR REPLACE FUNCTION passkey_fact(the_org text, id text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_path_query_first(state, '$.passkeys[*] ? (@.credential_id == $id)', jsonb_build_object('id', id))
  FROM stream WHERE org = the_org AND stream = 'registry'
$$;

-- The other identity that is registered for this account of this system, if there is one (lib/act/facts.ts, `placed`).
CREATE OR REPLACE FUNCTION nhi_at(the_org text, other text, the_system text, the_environment text, the_account text) RETURNS text
  LANGUAGE sql STABLE AS $$
  SELECT id FROM nhi WHERE org = the_org AND id <> other AND system = the_system AND environment = the_environment
    AND account = the_account ORDER BY id LIMIT 1
$$;
