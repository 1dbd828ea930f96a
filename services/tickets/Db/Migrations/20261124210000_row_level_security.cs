using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Tickets.Db.Migrations
{
    /// <summary>Row-level security on everything that carries a company.</summary>
    [DbContext(typeof(TicketsDb))]
    [Migration("20261124210000_row_level_security")]
    public partial class TenantWallOfRows : Migration
    {
        private static readonly string[] Tables = ["tickets", "cfdi_documents", "invoice_attachments"];
        private static readonly string[] Shared = ["merchants"];

        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.BuildTenantWall(Tables, Shared);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.RemoveTenantWall(Tables, Shared);
    }
}
