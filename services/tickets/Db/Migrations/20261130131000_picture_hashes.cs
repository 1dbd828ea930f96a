using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Tickets.Db.Migrations
{
    /// <summary>What tells a file or a photograph that was sent before. Tickets from before have neither.</summary>
    [DbContext(typeof(TicketsDb))]
    [Migration("20261130131000_picture_hashes")]
    public partial class PictureHashes : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "file_sha256", table: "tickets", type: "text", nullable: true);
            migrationBuilder.AddColumn<long>(name: "picture_hash", table: "tickets", type: "bigint", nullable: true);
            migrationBuilder.CreateIndex(
                name: "ix_tickets_company_id_file_sha256", table: "tickets", columns: ["company_id", "file_sha256"], filter: "file_sha256 IS NOT NULL");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "ix_tickets_company_id_file_sha256", table: "tickets");
            migrationBuilder.DropColumn(name: "picture_hash", table: "tickets");
            migrationBuilder.DropColumn(name: "file_sha256", table: "tickets");
        }
    }
}
