using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Tickets.Db.Migrations
{
    /// <summary>Where fields stand on the photograph.</summary>
    [DbContext(typeof(TicketsDb))]
    [Migration("20261130060000_field_places")]
    public partial class FieldPlaces : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<string>(name: "field_places", table: "tickets", type: "jsonb", nullable: false, defaultValueSql: "'{}'");

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn(name: "field_places", table: "tickets");
    }
}
