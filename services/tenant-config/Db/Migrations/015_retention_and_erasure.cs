using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Tenants.Db.Migrations
{
    /// <summary>Retention and erasure; the texts of audit entries can be taken away, nothing else of them can be changed.</summary>
    [DbContext(typeof(TenantsDb))]
    [Migration("015_retention_and_erasure")]
    public partial class Privacy : Migration
    {
        private static readonly string[] Tables = ["erasures", "retention_sweeps"];

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                ALTER TABLE tenant_config ADD COLUMN retention_days integer;
                ALTER TABLE audit_log ADD COLUMN salt bytea, ADD COLUMN before_digest text, ADD COLUMN after_digest text;
                CREATE TABLE erasures (
                    id uuid NOT NULL CONSTRAINT pk_erasures PRIMARY KEY,
                    company_id text NOT NULL,
                    requested_by text NOT NULL,
                    requested_at timestamp with time zone NOT NULL,
                    tickets bigint NOT NULL,
                    jobs bigint NOT NULL,
                    files bigint NOT NULL,
                    tickets_done_at timestamp with time zone,
                    jobs_done_at timestamp with time zone);
                CREATE UNIQUE INDEX ix_erasures_company_id ON erasures (company_id) WHERE tickets_done_at IS NULL OR jobs_done_at IS NULL;
                CREATE INDEX ix_erasures_company_id_requested_at ON erasures (company_id, requested_at);
                CREATE TABLE retention_sweeps (company_id text NOT NULL CONSTRAINT pk_retention_sweeps PRIMARY KEY, swept_at timestamp with time zone NOT NULL);
                CREATE FUNCTION only_forget() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF OLD.salt IS NOT NULL AND NEW.before IS NULL AND NEW.after IS NULL AND NEW.salt IS NULL
                        AND (to_jsonb(NEW) - '{before,after,salt}'::text[]) = (to_jsonb(OLD) - '{before,after,salt}'::text[]) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
                END $$;
                DROP TRIGGER audit_log_append_only ON audit_log;
                CREATE TRIGGER audit_log_append_only BEFORE DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
                CREATE TRIGGER audit_log_only_forget BEFORE UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION only_forget();
                """);
            migrationBuilder.BuildTenantWall(Tables);
        }

        /// <summary>Entries written meanwhile keep their hash and lose what it covers: the verification then names the first of them.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            DROP TRIGGER audit_log_only_forget ON audit_log;
            DROP TRIGGER audit_log_append_only ON audit_log;
            CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
            DROP FUNCTION only_forget();
            DROP TABLE retention_sweeps, erasures;
            ALTER TABLE audit_log DROP COLUMN salt, DROP COLUMN before_digest, DROP COLUMN after_digest;
            ALTER TABLE tenant_config DROP COLUMN retention_days;
            """);
    }
}
