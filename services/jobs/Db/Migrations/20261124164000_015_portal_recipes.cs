using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Invoicing.Jobs.Db.Migrations
{
    /// <inheritdoc />
    public partial class _015_portal_recipes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // portals.recipe and recipe_at stay for binaries one step back; the release after this one drops them.
            migrationBuilder.CreateTable(
                name: "portal_recipes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    host = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    recipe = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    job_id = table.Column<long>(type: "bigint", nullable: true),
                    learned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    current_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_use = table.Column<string>(type: "text", nullable: true),
                    uses = table.Column<int>(type: "integer", nullable: false),
                    held = table.Column<int>(type: "integer", nullable: false),
                    misled = table.Column<int>(type: "integer", nullable: false),
                    misled_in_row = table.Column<int>(type: "integer", nullable: false),
                    seconds = table.Column<double>(type: "double precision", nullable: false),
                    page_loads = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_portal_recipes", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_portal_recipes_candidates",
                table: "portal_recipes",
                column: "job_id",
                filter: "state = 'candidate'");

            migrationBuilder.CreateIndex(
                name: "ix_portal_recipes_current",
                table: "portal_recipes",
                column: "host",
                unique: true,
                filter: "state = 'current'");

            migrationBuilder.CreateIndex(
                name: "ix_portal_recipes_host_version",
                table: "portal_recipes",
                columns: new[] { "host", "version" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "portal_recipes");
        }
    }
}
