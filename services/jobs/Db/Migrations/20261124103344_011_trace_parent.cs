using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Jobs.Db.Migrations
{
    /// <inheritdoc />
    public partial class _011_trace_parent : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "trace_parent",
                table: "automation_jobs",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "trace_parent",
                table: "automation_jobs");
        }
    }
}
