using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Invoicing.Jobs.Db.Migrations
{
    /// <inheritdoc />
    public partial class _009_automation_engine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "automation_job_ids",
                incrementBy: 2);

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    scope = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    location = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_keys", x => new { x.scope, x.key });
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
                name: "portals",
                columns: table => new
                {
                    host = table.Column<string>(type: "text", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    open_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_failure_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_success_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<long>(type: "bigint", nullable: false),
                    recipe = table.Column<string>(type: "text", nullable: true),
                    recipe_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_portals", x => x.host);
                });

            migrationBuilder.CreateTable(
                name: "tenant_limits",
                columns: table => new
                {
                    company_id = table.Column<string>(type: "text", nullable: false),
                    max_concurrent_jobs = table.Column<int>(type: "integer", nullable: false),
                    max_daily_jobs = table.Column<int>(type: "integer", nullable: false),
                    weight = table.Column<int>(type: "integer", nullable: false),
                    fetched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant_limits", x => x.company_id);
                });

            migrationBuilder.CreateTable(
                name: "tickets",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submission = table.Column<string>(type: "jsonb", nullable: true),
                    reading = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tickets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "workers",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    slots = table.Column<int>(type: "integer", nullable: false),
                    busy = table.Column<int>(type: "integer", nullable: false),
                    draining = table.Column<bool>(type: "boolean", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "automation_jobs",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    dispatched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_worker = table.Column<string>(type: "text", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    run_deadline = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    person_wait = table.Column<bool>(type: "boolean", nullable: false),
                    lost_leases = table.Column<int>(type: "integer", nullable: false),
                    emitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    emission_attempt = table.Column<int>(type: "integer", nullable: true),
                    emission_url = table.Column<string>(type: "text", nullable: true),
                    emission_receptor = table.Column<string>(type: "text", nullable: true),
                    counted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    steps = table.Column<int>(type: "integer", nullable: false),
                    step_base = table.Column<int>(type: "integer", nullable: false),
                    heartbeat_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ticket_id = table.Column<long>(type: "bigint", nullable: false),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    session_id = table.Column<string>(type: "text", nullable: false),
                    phase = table.Column<string>(type: "text", nullable: false),
                    estado = table.Column<string>(type: "text", nullable: false),
                    automation_status = table.Column<string>(type: "text", nullable: false),
                    progress_percentage = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    outcome_detail = table.Column<string>(type: "text", nullable: true),
                    error_type = table.Column<string>(type: "text", nullable: true),
                    error_message = table.Column<string>(type: "text", nullable: true),
                    final_url = table.Column<string>(type: "text", nullable: true),
                    max_retries = table.Column<int>(type: "integer", nullable: false),
                    captcha_solving = table.Column<bool>(type: "boolean", nullable: false),
                    fiscal_profile_id = table.Column<long>(type: "bigint", nullable: true),
                    config = table.Column<string>(type: "jsonb", nullable: false),
                    alternative_urls = table.Column<string>(type: "jsonb", nullable: false),
                    answers = table.Column<string>(type: "jsonb", nullable: false),
                    merchant_id = table.Column<long>(type: "bigint", nullable: true),
                    merchant_name = table.Column<string>(type: "text", nullable: true),
                    portal_host = table.Column<string>(type: "text", nullable: true),
                    closes_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    scheduled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    rank_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    retry_count = table.Column<int>(type: "integer", nullable: false),
                    postponements = table.Column<int>(type: "integer", nullable: false),
                    held_reason = table.Column<string>(type: "text", nullable: true),
                    downloaded_files = table.Column<string>(type: "jsonb", nullable: false),
                    usage = table.Column<string>(type: "jsonb", nullable: false),
                    event_seq = table.Column<long>(type: "bigint", nullable: false),
                    told = table.Column<bool>(type: "boolean", nullable: false),
                    pending_outcome = table.Column<string>(type: "text", nullable: true),
                    verification = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_automation_jobs", x => x.id);
                    table.CheckConstraint("ck_automation_jobs_counts", "retry_count >= 0 AND max_retries >= 0 AND progress_percentage BETWEEN 0 AND 100");
                    table.CheckConstraint("ck_automation_jobs_estado", "estado IN ('pendiente','en_progreso','completado','fallido','cancelado','pausado')");
                    table.ForeignKey(
                        name: "fk_automation_jobs_tickets_ticket_id",
                        column: x => x.ticket_id,
                        principalTable: "tickets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "automation_files",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_automation_files", x => x.id);
                    table.ForeignKey(
                        name: "fk_automation_files_automation_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "automation_jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "automation_screenshots",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    session_id = table.Column<string>(type: "text", nullable: false),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    step_name = table.Column<string>(type: "text", nullable: false),
                    screenshot_type = table.Column<string>(type: "text", nullable: false),
                    file_path = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    file_size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_automation_screenshots", x => x.id);
                    table.CheckConstraint("ck_automation_screenshots_type", "screenshot_type IN ('step','error','success','captcha','manual')");
                    table.ForeignKey(
                        name: "fk_automation_screenshots_automation_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "automation_jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "job_events",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    terminal = table.Column<bool>(type: "boolean", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_events", x => new { x.job_id, x.seq });
                    table.ForeignKey(
                        name: "fk_job_events_automation_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "automation_jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "automation_logs",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    step_number = table.Column<int>(type: "integer", nullable: false),
                    session_id = table.Column<string>(type: "text", nullable: false),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    level = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    action_type = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: true),
                    element_selector = table.Column<string>(type: "text", nullable: true),
                    result = table.Column<string>(type: "text", nullable: false),
                    execution_time_ms = table.Column<int>(type: "integer", nullable: false),
                    error_message = table.Column<string>(type: "text", nullable: true),
                    screenshot_id = table.Column<long>(type: "bigint", nullable: true),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_automation_logs", x => x.id);
                    table.CheckConstraint("ck_automation_logs_category", "category IN ('navigation','ocr','captcha','form_fill','download','validation')");
                    table.CheckConstraint("ck_automation_logs_level", "level IN ('debug','info','warning','error','critical')");
                    table.ForeignKey(
                        name: "fk_automation_logs_automation_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "automation_jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_automation_logs_screenshots_screenshot_id",
                        column: x => x.screenshot_id,
                        principalTable: "automation_screenshots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "interventions",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    ticket_id = table.Column<long>(type: "bigint", nullable: false),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    prompt = table.Column<string>(type: "text", nullable: false),
                    field = table.Column<string>(type: "text", nullable: true),
                    image_id = table.Column<long>(type: "bigint", nullable: true),
                    page_id = table.Column<long>(type: "bigint", nullable: true),
                    options = table.Column<string>(type: "jsonb", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_by = table.Column<string>(type: "text", nullable: true),
                    action = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interventions", x => x.id);
                    table.ForeignKey(
                        name: "fk_interventions_automation_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "automation_jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_interventions_screenshots_image_id",
                        column: x => x.image_id,
                        principalTable: "automation_screenshots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_interventions_screenshots_page_id",
                        column: x => x.page_id,
                        principalTable: "automation_screenshots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "ix_automation_files_job_id",
                table: "automation_files",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_automation_jobs_company_id_completed_at",
                table: "automation_jobs",
                columns: new[] { "company_id", "completed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_automation_jobs_company_id_counted_on",
                table: "automation_jobs",
                columns: new[] { "company_id", "counted_on" });

            migrationBuilder.CreateIndex(
                name: "ix_automation_jobs_company_id_created_at_id",
                table: "automation_jobs",
                columns: new[] { "company_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_automation_jobs_company_id_dispatched_at",
                table: "automation_jobs",
                columns: new[] { "company_id", "dispatched_at" });

            migrationBuilder.CreateIndex(
                name: "ix_automation_jobs_created_at_id",
                table: "automation_jobs",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_automation_jobs_open",
                table: "automation_jobs",
                column: "phase",
                filter: "phase <> 'closed'");

            migrationBuilder.CreateIndex(
                name: "ix_automation_jobs_queue",
                table: "automation_jobs",
                columns: new[] { "company_id", "rank_at" },
                filter: "phase IN ('queued', 'awaiting_files')");

            migrationBuilder.CreateIndex(
                name: "ix_automation_jobs_ticket_id_created_at",
                table: "automation_jobs",
                columns: new[] { "ticket_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_automation_logs_job_id_step_number",
                table: "automation_logs",
                columns: new[] { "job_id", "step_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_automation_logs_screenshot_id",
                table: "automation_logs",
                column: "screenshot_id");

            migrationBuilder.CreateIndex(
                name: "ix_automation_screenshots_job_id_created_at",
                table: "automation_screenshots",
                columns: new[] { "job_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_created_at",
                table: "idempotency_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_received_at",
                table: "inbox_messages",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_interventions_company_id_status_created_at",
                table: "interventions",
                columns: new[] { "company_id", "status", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_interventions_expires_at",
                table: "interventions",
                column: "expires_at",
                filter: "status = 'open'");

            migrationBuilder.CreateIndex(
                name: "ix_interventions_image_id",
                table: "interventions",
                column: "image_id");

            migrationBuilder.CreateIndex(
                name: "ix_interventions_job_id",
                table: "interventions",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_interventions_page_id",
                table: "interventions",
                column: "page_id");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_not_before",
                table: "outbox_messages",
                column: "not_before");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_company_id",
                table: "tickets",
                column: "company_id");

            migrationBuilder.AddOutboxTrigger();
            migrationBuilder.Sql("""
                CREATE FUNCTION job_events_notify() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_notify(''job_events'', NEW.job_id::text); RETURN NULL; END';
                CREATE TRIGGER job_events_notify AFTER INSERT ON job_events FOR EACH ROW EXECUTE FUNCTION job_events_notify();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropOutboxTrigger();
            migrationBuilder.Sql("""
                DROP TRIGGER IF EXISTS job_events_notify ON job_events;
                DROP FUNCTION IF EXISTS job_events_notify();
                """);

            migrationBuilder.DropTable(
                name: "automation_files");

            migrationBuilder.DropTable(
                name: "automation_logs");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "inbox_messages");

            migrationBuilder.DropTable(
                name: "interventions");

            migrationBuilder.DropTable(
                name: "job_events");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "portals");

            migrationBuilder.DropTable(
                name: "tenant_limits");

            migrationBuilder.DropTable(
                name: "workers");

            migrationBuilder.DropTable(
                name: "automation_screenshots");

            migrationBuilder.DropTable(
                name: "automation_jobs");

            migrationBuilder.DropTable(
                name: "tickets");

            migrationBuilder.DropSequence(
                name: "automation_job_ids");
        }
    }
}
