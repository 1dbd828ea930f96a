-- Masks the database it runs in by the rows of the table masking (t, c, rule), which deploy/local/staging.sh makes of masking.tsv. The salt
-- lives as long as this session: nobody can find an RFC again by trying all of them.
SET client_min_messages = warning;
-- Append-only tables stay so for everybody else.
SET session_replication_role = replica;
SELECT set_config('masking.salt', md5(random()::text || clock_timestamp()::text || pg_backend_pid()::text), false);
CREATE FUNCTION pg_temp.salt() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('masking.salt') $$;
-- The form of an RFC, person or company as before.
CREATE FUNCTION pg_temp.rfc(rfc text) RETURNS text LANGUAGE sql AS $$
    SELECT left('XEXX', CASE length(rfc) WHEN 12 THEN 3 ELSE 4 END) || '010101' || upper(left(md5(pg_temp.salt() || rfc), 3)) $$;

DO $$
DECLARE step record;
BEGIN
    FOR step IN SELECT DISTINCT t FROM masking WHERE rule = 'empty' AND to_regclass(quote_ident(t)) IS NOT NULL LOOP
        EXECUTE format('DELETE FROM %I', step.t);
    END LOOP;
    FOR step IN
        SELECT c.table_name, string_agg(format('%I = %s', c.column_name, coalesce(replace(m.rule, '%', quote_ident(c.column_name)), CASE
            WHEN c.is_nullable = 'YES' THEN 'NULL'
            WHEN c.data_type IN ('json', 'jsonb') THEN format('(CASE jsonb_typeof(%I::jsonb) WHEN ''array'' THEN ''[]'' ELSE ''{}'' END)::%s', c.column_name, c.data_type)
            WHEN c.data_type = 'ARRAY' THEN '''{}''' ELSE '''''' END)), ', ') AS changes
        FROM information_schema.columns c JOIN information_schema.tables USING (table_schema, table_name)
            LEFT JOIN masking m ON m.c = c.column_name AND m.t IN (c.table_name, '*')
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND m.rule IS DISTINCT FROM 'keep'
            AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY', 'xml')
            AND c.table_name NOT IN (SELECT t FROM masking WHERE rule = 'empty')
        GROUP BY c.table_name
    LOOP
        EXECUTE format('UPDATE %I SET %s', step.table_name, step.changes);
    END LOOP;
    -- A copy drives nobody's portal.
    IF to_regclass('automation_jobs') IS NOT NULL THEN
        UPDATE automation_jobs SET phase = 'closed', estado = 'cancelado', automation_status = 'cancelado', completed_at = coalesce(completed_at, now()) WHERE phase <> 'closed';
        UPDATE automation_batches SET status = 'cancelled' WHERE status = 'processing';
    END IF;
END $$;
