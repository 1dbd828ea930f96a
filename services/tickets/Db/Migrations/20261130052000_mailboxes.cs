using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Tickets.Db.Migrations
{
    /// <summary>How far each tenant's mailbox has been read; behind the wall like everything that carries a company.</summary>
    [DbContext(typeof(TicketsDb))]
    [Migration("20261130052000_mailboxes")]
    public partial class Mailboxes : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "mailboxes",
                columns: table => new
                {
                    company_id = table.Column<string>(type: "text", nullable: false),
                    uid_validity = table.Column<long>(type: "bigint", nullable: false),
                    last_uid = table.Column<long>(type: "bigint", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trouble = table.Column<string>(type: "text", nullable: true),
                },
                constraints: table => table.PrimaryKey("pk_mailboxes", x => x.company_id));
            migrationBuilder.Sql($"""
                GRANT SELECT, INSERT, UPDATE, DELETE ON mailboxes TO {TenantWall.Role};
                ALTER TABLE mailboxes ENABLE ROW LEVEL SECURITY;
                CREATE POLICY tenant ON mailboxes TO {TenantWall.Role} USING (company_id = current_setting('invoicing.company_id'));
                """);
        }

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "mailboxes");
    }
}
