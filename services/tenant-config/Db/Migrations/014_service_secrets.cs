using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Tenants.Db.Migrations
{
    /// <summary>Accounts at outside services and mailboxes, encrypted like portal credentials and behind the same wall.</summary>
    [DbContext(typeof(TenantsDb))]
    [Migration("014_service_secrets")]
    public partial class ServiceSecrets : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "service_secrets",
                columns: table => new
                {
                    company_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    key_id = table.Column<string>(type: "text", nullable: false),
                    wrapped_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table => table.PrimaryKey("pk_service_secrets", x => new { x.company_id, x.name }));
            migrationBuilder.Sql($"""
                GRANT SELECT, INSERT, UPDATE, DELETE ON service_secrets TO {TenantWall.Role};
                ALTER TABLE service_secrets ENABLE ROW LEVEL SECURITY;
                CREATE POLICY tenant ON service_secrets TO {TenantWall.Role} USING (company_id = current_setting('invoicing.company_id'));
                """);
        }

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "service_secrets");
    }
}
