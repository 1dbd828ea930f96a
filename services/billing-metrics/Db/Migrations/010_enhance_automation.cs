using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Invoicing.Billing.Db.Migrations
{
    /// <inheritdoc />
    public partial class EnhanceAutomation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "automation_metrics",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    total_jobs = table.Column<int>(type: "integer", nullable: false, defaultValueSql: "0"),
                    successful_jobs = table.Column<int>(type: "integer", nullable: false, defaultValueSql: "0"),
                    failed_jobs = table.Column<int>(type: "integer", nullable: false, defaultValueSql: "0"),
                    total_processing_time_ms = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "0"),
                    captchas_solved = table.Column<int>(type: "integer", nullable: false, defaultValueSql: "0"),
                    total_cost = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false, defaultValueSql: "0"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_automation_metrics", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox_messages",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    consumer = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_messages", x => new { x.message_id, x.consumer });
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "'-infinity'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "prices",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    resource = table.Column<string>(type: "text", nullable: false),
                    variant = table.Column<string>(type: "text", nullable: false),
                    unit_price = table.Column<decimal>(type: "numeric(24,15)", precision: 24, scale: 15, nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_prices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "usage_ledger",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: false),
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    ticket_id = table.Column<long>(type: "bigint", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    successful = table.Column<bool>(type: "boolean", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    merchant_name = table.Column<string>(type: "text", nullable: true),
                    model = table.Column<string>(type: "text", nullable: true),
                    processing_time_ms = table.Column<long>(type: "bigint", nullable: false),
                    cost_browser = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    cost_captcha = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    cost_model = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    cost_ocr = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    cost_storage = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    browser_seconds = table.Column<double>(type: "double precision", nullable: false),
                    captchas_by_service = table.Column<int>(type: "integer", nullable: false),
                    captchas_solved = table.Column<int>(type: "integer", nullable: false),
                    model_input_tokens = table.Column<long>(type: "bigint", nullable: false),
                    model_output_tokens = table.Column<long>(type: "bigint", nullable: false),
                    ocr_seconds = table.Column<double>(type: "double precision", nullable: false),
                    stored_bytes = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_usage_ledger", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "idx_automation_metrics_company_date",
                table: "automation_metrics",
                columns: new[] { "company_id", "date" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_received_at",
                table: "inbox_messages",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_not_before",
                table: "outbox_messages",
                column: "not_before");

            migrationBuilder.CreateIndex(
                name: "ix_prices_resource_variant_valid_from",
                table: "prices",
                columns: new[] { "resource", "variant", "valid_from" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_usage_ledger_company_id_date",
                table: "usage_ledger",
                columns: new[] { "company_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ix_usage_ledger_company_id_event_id",
                table: "usage_ledger",
                columns: new[] { "company_id", "event_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_usage_ledger_job_id",
                table: "usage_ledger",
                column: "job_id");

            migrationBuilder.AddOutboxTrigger();
            migrationBuilder.KeepLedger();
            migrationBuilder.SeedPrices();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropOutboxTrigger();

            migrationBuilder.DropTable(
                name: "automation_metrics");

            migrationBuilder.DropTable(
                name: "inbox_messages");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "prices");

            migrationBuilder.DropTable(
                name: "usage_ledger");

            migrationBuilder.ForgetLedger();
        }
    }
}
