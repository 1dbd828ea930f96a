using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Tenants.Db.Migrations
{
    /// <summary>Row-level security on everything that carries a company. The audit log is read by every writer, whose entry follows the last one: its own filter guards it.</summary>
    [DbContext(typeof(TenantsDb))]
    [Migration("013_row_level_security")]
    public partial class TenantWallOfRows : Migration
    {
        private static readonly string[] Tables = ["api_keys", "feature_assignments", "fiscal_profiles", "portal_credentials", "tenant_config", "webhook_secrets"];
        private static readonly string[] Shared = ["feature_flags"];

        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.BuildTenantWall(Tables, Shared);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.RemoveTenantWall(Tables, Shared);
    }
}
