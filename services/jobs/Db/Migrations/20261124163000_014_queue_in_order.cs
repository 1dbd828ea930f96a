using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Jobs.Db.Migrations
{
    /// <summary>The queue's index gives a tenant's jobs in the order in which they go, so that the claim reads only the first few.</summary>
    [DbContext(typeof(JobsDb))]
    [Migration("20261124163000_014_queue_in_order")]
    public partial class _014_queue_in_order : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => Make(migrationBuilder, ["company_id", "rank_at", "id"]);

        protected override void Down(MigrationBuilder migrationBuilder) => Make(migrationBuilder, ["company_id", "rank_at"]);

        private static void Make(MigrationBuilder migrationBuilder, string[] columns)
        {
            migrationBuilder.DropIndex(name: "ix_automation_jobs_queue", table: "automation_jobs");
            migrationBuilder.CreateIndex(
                name: "ix_automation_jobs_queue", table: "automation_jobs", columns: columns, filter: "phase IN ('queued', 'awaiting_files')");
        }
    }
}
