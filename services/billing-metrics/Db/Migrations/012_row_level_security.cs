using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Billing.Db.Migrations
{
    /// <summary>Row-level security on everything that carries a company.</summary>
    [DbContext(typeof(BillingDb))]
    [Migration("012_row_level_security")]
    public partial class TenantWallOfRows : Migration
    {
        private static readonly string[] Tables = ["automation_metrics", "budget_alerts", "budgets", "usage_ledger"];

        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.BuildTenantWall(Tables);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.RemoveTenantWall(Tables);
    }
}
