using Microsoft.EntityFrameworkCore.Migrations;

namespace Invoicing.Tenants.Db;

/// <summary>What the first migration adds by SQL: rows that were always there, and what holds for writers other than this service.</summary>
internal static class OperatorsTables
{
    private static readonly string[] Timestamped = ["feature_flags", "tenant_config"];

    /// <summary>The tenant <c>default</c> and its nine flags, all on.</summary>
    internal static void Seed(this MigrationBuilder migration) => migration.Sql("""
        INSERT INTO tenant_config (company_id, max_concurrent_jobs, max_daily_jobs, storage_quota_mb) VALUES ('default', 3, 100, 1000);
        INSERT INTO feature_flags (company_id, feature_name) SELECT 'default', unnest(ARRAY[
            'enhanced_automation', 'claude_analysis', 'google_vision_ocr', 'captcha_solving', 'multi_url_navigation', 'screenshot_evidence',
            'llm_error_explanation', 'real_time_streaming', 'bulk_operations']);
        """);

    internal static void AddTriggers(this MigrationBuilder migration)
    {
        // A writer that gives the time itself keeps it; an operator's UPDATE gets the server's.
        migration.Sql("""
            CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN IF NEW.updated_at = OLD.updated_at THEN NEW.updated_at := now(); END IF; RETURN NEW; END';
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME; END';
            CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
            CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
            """);
        foreach (var table in Timestamped)
        {
            migration.Sql($"CREATE TRIGGER update_{table}_timestamp BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION touch_updated_at();");
        }
    }

    /// <summary>Call after the tables are dropped.</summary>
    internal static void DropTriggerFunctions(this MigrationBuilder migration) =>
        migration.Sql("DROP FUNCTION IF EXISTS touch_updated_at(); DROP FUNCTION IF EXISTS refuse_change();");
}
