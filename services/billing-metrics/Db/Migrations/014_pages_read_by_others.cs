using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Invoicing.Billing.Db.Migrations
{
    /// <summary>Pictures that a service outside read, and what one costs. Prices are never taken away, so the way down leaves the row.</summary>
    [DbContext(typeof(BillingDb))]
    [Migration("014_pages_read_by_others")]
    public partial class PagesReadByOthers : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(name: "ocr_pages", table: "usage_ledger", type: "integer", nullable: false, defaultValue: 0);
            migrationBuilder.Sql("""
                INSERT INTO prices (resource, variant, unit_price, valid_from, note)
                VALUES ('ocr_page', '', 0.0015, '2024-01-01', 'Google Cloud Vision, text of a document, 1.50 USD a thousand') ON CONFLICT DO NOTHING;
                """);
        }

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn(name: "ocr_pages", table: "usage_ledger");
    }
}
