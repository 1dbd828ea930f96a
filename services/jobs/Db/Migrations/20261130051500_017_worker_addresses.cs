using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Jobs.Db.Migrations
{
    /// <summary>Where the worker that keeps a page open is called.</summary>
    [DbContext(typeof(JobsDb))]
    [Migration("20261130051500_017_worker_addresses")]
    public partial class _017_worker_addresses : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
            name: "worker_addresses",
            columns: table => new { worker_id = table.Column<string>(type: "text", nullable: false), address = table.Column<string>(type: "text", nullable: false) },
            constraints: table =>
            {
                table.PrimaryKey("pk_worker_addresses", x => x.worker_id);
                table.ForeignKey("fk_worker_addresses_workers_worker_id", x => x.worker_id, "workers", "id", onDelete: ReferentialAction.Cascade);
            });

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "worker_addresses");
    }
}
