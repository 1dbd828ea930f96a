using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Jobs.Db.Migrations
{
    /// <summary>Row-level security on everything that carries a company.</summary>
    [DbContext(typeof(JobsDb))]
    [Migration("20261124210000_016_row_level_security")]
    public partial class TenantWallOfRows : Migration
    {
        private static readonly string[] Tables = ["automation_jobs", "automation_batches", "dead_letters", "webhook_gone_receivers", "interventions", "job_events", "automation_files", "automation_logs", "automation_screenshots", "tenant_limits", "tickets", "webhook_deliveries"];

        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.BuildTenantWall(Tables);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.RemoveTenantWall(Tables);
    }
}
