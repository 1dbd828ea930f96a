using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Invoicing;

/// <summary>
/// The second wall between tenants, behind the queries' own filters: row-level security of PostgreSQL. While a request of a tenant's credential
/// runs, its database sessions take the role <see cref="Role"/>, which sees and writes rows of that tenant alone, whatever a query forgot.
/// Platform admins, services, consumers and migrations keep the service's own role, for which no policy counts.
/// </summary>
public static class TenantWall
{
    /// <summary>One role for all databases of a server. Migrations make it where they may; elsewhere an administrator does (docs/runbooks/database-roles.md).</summary>
    public const string Role = "invoicing_tenant";

    private static readonly AsyncLocal<string?> Tenant = new();

    /// <summary>True while the database sessions that open here are a tenant's.</summary>
    public static bool Stands => Tenant.Value is not null;

    internal static IInterceptor Interceptor { get; } = new TakeRole();

    /// <summary>From here on until the calling async method returns, database sessions that open are the tenant's.</summary>
    public static void Enter(string companyId) => Tenant.Value = companyId;

    /// <summary>The sessions of a service. They say themselves whose they are; traces need not repeat it for each.</summary>
    public static NpgsqlDataSource Source(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        // Short statements, the same few all day: planning each anew costs more than running it, and compiling one (jit) a hundred times more.
        builder.ConnectionStringBuilder.MaxAutoPrepare = 100;
        builder.ConnectionStringBuilder.Options = $"{builder.ConnectionStringBuilder.Options} -c jit=off".Trim();
        builder.ConfigureTracing(o => o.ConfigureCommandFilter(c => c.CommandText != TakeRole.Statement));
        return builder.Build();
    }

    /// <summary>Puts tables that carry a <c>company_id</c> behind the wall, and lets the role use everything else.</summary>
    /// <param name="shared">Of them, those whose rows of no company (null or <c>*</c>) everybody may read.</param>
    public static void BuildTenantWall(this MigrationBuilder migration, string[] tables, string[]? shared = null)
    {
        migration.Sql($"""
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Role}') THEN
                    BEGIN
                        CREATE ROLE {Role} NOLOGIN;
                    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another service was quicker
                    END;
                END IF;
                IF NOT pg_has_role(current_user, '{Role}', 'MEMBER') THEN
                    EXECUTE format('GRANT {Role} TO %I', current_user);
                END IF;
            END $$;
            GRANT USAGE ON SCHEMA public TO {Role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {Role};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {Role};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {Role};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {Role};
            """);
        foreach (var table in (string[])[.. tables, .. shared ?? []])
        {
            migration.Sql($"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; CREATE POLICY tenant ON {table} TO {Role} USING (company_id = current_setting('invoicing.company_id'));");
        }

        foreach (var table in shared ?? [])
        {
            migration.Sql($"CREATE POLICY shared ON {table} FOR SELECT TO {Role} USING (company_id IS NULL OR company_id = '*');");
        }
    }

    /// <summary>Takes down what <see cref="BuildTenantWall"/> built. The role stays: other databases use it.</summary>
    public static void RemoveTenantWall(this MigrationBuilder migration, string[] tables, string[]? shared = null)
    {
        foreach (var table in (string[])[.. tables, .. shared ?? []])
        {
            migration.Sql($"DROP POLICY tenant ON {table}; DROP POLICY IF EXISTS shared ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;");
        }

        migration.Sql($"""
            ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM {Role};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE ON SEQUENCES FROM {Role};
            REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {Role};
            REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {Role};
            REVOKE ALL ON SCHEMA public FROM {Role};
            """);
    }

    /// <summary>The pool forgets both settings when a session is given back (DISCARD ALL).</summary>
    private sealed class TakeRole : DbConnectionInterceptor
    {
        /// <summary>On a schema from before the wall, or behind it again, sessions stay as they are.</summary>
        public const string Statement = $"""
            SELECT set_config('invoicing.company_id', $1, false), set_config('role', COALESCE(
                (SELECT '{Role}' FROM schema_versions WHERE migration_id LIKE '%row_level_security' LIMIT 1), 'none'), false)
            """;

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (Tenant.Value is { } tenant)
            {
                using var command = Command(connection, tenant);
                command.ExecuteNonQuery();
            }
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (Tenant.Value is { } tenant)
            {
                await using var command = Command(connection, tenant);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        private static NpgsqlCommand Command(DbConnection connection, string tenant) =>
            new(Statement, (NpgsqlConnection)connection) { Parameters = { new NpgsqlParameter { Value = tenant } } };
    }
}
