using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Invoicing.Jobs.Db.Migrations
{
    /// <inheritdoc />
    public partial class _010_enhance_automation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "llm_reasoning",
                table: "automation_logs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "retry_attempt",
                table: "automation_logs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "batch_id",
                table: "automation_jobs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "batch_key",
                table: "automation_jobs",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "cost_breakdown",
                table: "automation_jobs",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "human_explanation",
                table: "automation_jobs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "intervention_instructions",
                table: "automation_jobs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "notification_webhook",
                table: "automation_jobs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "priority",
                table: "automation_jobs",
                type: "text",
                nullable: false,
                defaultValue: "normal");

            migrationBuilder.AddColumn<string>(
                name: "services_used",
                table: "automation_jobs",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int>(
                name: "timeout_seconds",
                table: "automation_jobs",
                type: "integer",
                nullable: false,
                defaultValue: 300);

            migrationBuilder.CreateTable(
                name: "automation_batches",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    batch_id = table.Column<string>(type: "text", nullable: false),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    total_jobs = table.Column<int>(type: "integer", nullable: false),
                    completed_jobs = table.Column<int>(type: "integer", nullable: false),
                    failed_jobs = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    max_concurrent = table.Column<int>(type: "integer", nullable: false),
                    notification_webhook = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_automation_batches", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_automation_jobs_batch_key",
                table: "automation_jobs",
                column: "batch_key");

            migrationBuilder.AddCheckConstraint(
                name: "ck_automation_jobs_priority",
                table: "automation_jobs",
                sql: "priority IN ('baja','normal','alta','urgente')");

            migrationBuilder.CreateIndex(
                name: "ix_automation_batches_company_id_batch_id",
                table: "automation_batches",
                columns: new[] { "company_id", "batch_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_automation_batches_status_created_at",
                table: "automation_batches",
                columns: new[] { "status", "created_at" });

            migrationBuilder.AddForeignKey(
                name: "fk_automation_jobs_batches_batch_key",
                table: "automation_jobs",
                column: "batch_key",
                principalTable: "automation_batches",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_automation_jobs_batches_batch_key",
                table: "automation_jobs");

            migrationBuilder.DropTable(
                name: "automation_batches");

            migrationBuilder.DropIndex(
                name: "ix_automation_jobs_batch_key",
                table: "automation_jobs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_automation_jobs_priority",
                table: "automation_jobs");

            migrationBuilder.DropColumn(
                name: "llm_reasoning",
                table: "automation_logs");

            migrationBuilder.DropColumn(
                name: "retry_attempt",
                table: "automation_logs");

            migrationBuilder.DropColumn(
                name: "batch_id",
                table: "automation_jobs");

            migrationBuilder.DropColumn(
                name: "batch_key",
                table: "automation_jobs");

            migrationBuilder.DropColumn(
                name: "cost_breakdown",
                table: "automation_jobs");

            migrationBuilder.DropColumn(
                name: "human_explanation",
                table: "automation_jobs");

            migrationBuilder.DropColumn(
                name: "intervention_instructions",
                table: "automation_jobs");

            migrationBuilder.DropColumn(
                name: "notification_webhook",
                table: "automation_jobs");

            migrationBuilder.DropColumn(
                name: "priority",
                table: "automation_jobs");

            migrationBuilder.DropColumn(
                name: "services_used",
                table: "automation_jobs");

            migrationBuilder.DropColumn(
                name: "timeout_seconds",
                table: "automation_jobs");
        }
    }
}
