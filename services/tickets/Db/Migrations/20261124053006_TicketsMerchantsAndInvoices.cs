using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Invoicing.Tickets.Db.Migrations
{
    /// <inheritdoc />
    public partial class TicketsMerchantsAndInvoices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "job_numbers",
                startValue: 2L,
                incrementBy: 2);

            migrationBuilder.CreateSequence(
                name: "ticket_numbers");

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    owner = table.Column<string>(type: "text", nullable: false),
                    route = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_keys", x => new { x.owner, x.route, x.key });
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
                name: "merchants",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<string>(type: "text", nullable: true),
                    nombre = table.Column<string>(type: "text", nullable: false),
                    metodo_facturacion = table.Column<string>(type: "text", nullable: false),
                    metadata = table.Column<string>(type: "jsonb", nullable: true),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merchants", x => x.id);
                    table.CheckConstraint("ck_merchants_metodo", "metodo_facturacion IN ('portal','email','api')");
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
                name: "pac_certificates",
                columns: table => new
                {
                    serial = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    not_after = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    der = table.Column<byte[]>(type: "bytea", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pac_certificates", x => x.serial);
                });

            migrationBuilder.CreateTable(
                name: "tickets",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "nextval('ticket_numbers')"),
                    company_id = table.Column<string>(type: "text", nullable: false, defaultValue: "default"),
                    user_id = table.Column<int>(type: "integer", nullable: true),
                    tipo = table.Column<string>(type: "text", nullable: false),
                    raw_data = table.Column<string>(type: "text", nullable: false),
                    image_key = table.Column<string>(type: "text", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    file_name = table.Column<string>(type: "text", nullable: true),
                    stored_bytes = table.Column<long>(type: "bigint", nullable: false),
                    whatsapp_message_id = table.Column<string>(type: "text", nullable: true),
                    submit_options = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    estado = table.Column<string>(type: "text", nullable: false, defaultValue: "pendiente"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    invoice_status = table.Column<string>(type: "text", nullable: false, defaultValue: "pendiente"),
                    invoice_uuid = table.Column<string>(type: "text", nullable: true),
                    invoice_pdf_path = table.Column<string>(type: "text", nullable: true),
                    invoice_xml_path = table.Column<string>(type: "text", nullable: true),
                    invoice_failure_reason = table.Column<string>(type: "text", nullable: true),
                    invoice_data = table.Column<string>(type: "jsonb", nullable: true),
                    job_id = table.Column<long>(type: "bigint", nullable: true),
                    automation_status = table.Column<string>(type: "text", nullable: false, defaultValue: "pendiente"),
                    job_estado = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    outcome_detail = table.Column<string>(type: "text", nullable: true),
                    priority = table.Column<string>(type: "text", nullable: false, defaultValue: "normal"),
                    retry_count = table.Column<int>(type: "integer", nullable: false),
                    progress = table.Column<int>(type: "integer", nullable: false),
                    job_sequence = table.Column<long>(type: "bigint", nullable: false),
                    job_changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    processing_time_ms = table.Column<int>(type: "integer", nullable: true),
                    cost_breakdown = table.Column<string>(type: "jsonb", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    merchant_id = table.Column<long>(type: "bigint", nullable: true),
                    merchant_name = table.Column<string>(type: "text", nullable: true),
                    category = table.Column<string>(type: "text", nullable: true),
                    confidence = table.Column<double>(type: "double precision", nullable: true),
                    extracted_text = table.Column<string>(type: "text", nullable: true),
                    llm_analysis = table.Column<string>(type: "jsonb", nullable: true),
                    extracted_fields = table.Column<string>(type: "jsonb", nullable: false),
                    field_confidence = table.Column<string>(type: "jsonb", nullable: false),
                    field_alternatives = table.Column<string>(type: "jsonb", nullable: false),
                    read_urls = table.Column<string>(type: "jsonb", nullable: false),
                    read_codes = table.Column<string>(type: "jsonb", nullable: false),
                    printed_window = table.Column<string>(type: "jsonb", nullable: true),
                    corrections = table.Column<string>(type: "jsonb", nullable: false),
                    total = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    deadline_available_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deadline_closes_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deadline_source = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tickets", x => x.id);
                    table.CheckConstraint("ck_tickets_estado", "estado IN ('pendiente','procesando','completado','fallido')");
                    table.CheckConstraint("ck_tickets_priority", "priority IN ('baja','normal','alta','urgente')");
                    table.CheckConstraint("ck_tickets_tipo", "tipo IN ('imagen','pdf','texto','voz')");
                });

            migrationBuilder.CreateTable(
                name: "cfdi_documents",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    ticket_id = table.Column<long>(type: "bigint", nullable: false),
                    uuid = table.Column<string>(type: "text", nullable: false),
                    emisor_rfc = table.Column<string>(type: "text", nullable: false),
                    receptor_rfc = table.Column<string>(type: "text", nullable: false),
                    total = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    fecha = table.Column<DateTime>(type: "timestamp without time zone", nullable: false),
                    xml_key = table.Column<string>(type: "text", nullable: false),
                    pdf_key = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    checks = table.Column<string>(type: "jsonb", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cfdi_documents", x => x.id);
                    table.ForeignKey(
                        name: "fk_cfdi_documents_tickets_ticket_id",
                        column: x => x.ticket_id,
                        principalTable: "tickets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "invoice_attachments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<string>(type: "text", nullable: false),
                    ticket_id = table.Column<long>(type: "bigint", nullable: false),
                    file_type = table.Column<string>(type: "text", nullable: false),
                    artefact_key = table.Column<string>(type: "text", nullable: false),
                    file_size = table.Column<long>(type: "bigint", nullable: false),
                    is_valid = table.Column<bool>(type: "boolean", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    uuid = table.Column<string>(type: "text", nullable: true),
                    validation_details = table.Column<string>(type: "jsonb", nullable: false),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invoice_attachments", x => x.id);
                    table.ForeignKey(
                        name: "fk_invoice_attachments_tickets_ticket_id",
                        column: x => x.ticket_id,
                        principalTable: "tickets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_cfdi_documents_ticket_id",
                table: "cfdi_documents",
                column: "ticket_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_cfdi_documents_company_uuid",
                table: "cfdi_documents",
                columns: new[] { "company_id", "uuid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_created_at",
                table: "idempotency_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_received_at",
                table: "inbox_messages",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_invoice_attachments_ticket_id",
                table: "invoice_attachments",
                column: "ticket_id");

            migrationBuilder.CreateIndex(
                name: "ix_merchants_company_id_nombre",
                table: "merchants",
                columns: new[] { "company_id", "nombre" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_not_before",
                table: "outbox_messages",
                column: "not_before");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_company_id_created_at_id",
                table: "tickets",
                columns: new[] { "company_id", "created_at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_tickets_company_id_estado",
                table: "tickets",
                columns: new[] { "company_id", "estado" });

            migrationBuilder.CreateIndex(
                name: "ix_tickets_job_id",
                table: "tickets",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_waiting_total",
                table: "tickets",
                columns: new[] { "company_id", "total" },
                filter: "invoice_uuid IS NULL");

            migrationBuilder.CreateIndex(
                name: "ux_tickets_whatsapp_message",
                table: "tickets",
                columns: new[] { "company_id", "whatsapp_message_id" },
                unique: true);

            migrationBuilder.AddOutboxTrigger();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropOutboxTrigger();

            migrationBuilder.DropTable(
                name: "cfdi_documents");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "inbox_messages");

            migrationBuilder.DropTable(
                name: "invoice_attachments");

            migrationBuilder.DropTable(
                name: "merchants");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "pac_certificates");

            migrationBuilder.DropTable(
                name: "tickets");

            migrationBuilder.DropSequence(
                name: "job_numbers");

            migrationBuilder.DropSequence(
                name: "ticket_numbers");
        }
    }
}
