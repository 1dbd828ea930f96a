using Invoicing.Jobs;
using Invoicing.Jobs.Db;
using Invoicing.Tickets;
using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Invoicing.LegacyImport;

/// <summary>
/// Merchants, tickets and jobs of the replaced system, each row in a commit of its own that also notes where it came from (table
/// <c>legacy_imports</c> of each database): an interrupted import goes on when it is repeated, and nothing comes twice. Nothing that was
/// unfinished starts by itself: it waits for a person; nothing comes as <c>completado</c>, for no CFDI was verified here.
/// </summary>
/// <param name="file">Names the installation the file is of: the same name again is the same rows.</param>
public sealed class Importer(TicketsDb tickets, JobsDb jobs, LegacyFile legacy, string file, Report report)
{
    private const string Table = """
        CREATE TABLE IF NOT EXISTS legacy_imports (
            source text NOT NULL, kind text NOT NULL, legacy_id bigint NOT NULL, id bigint NOT NULL, PRIMARY KEY (source, kind, legacy_id))
        """;

    public async Task RunAsync(CancellationToken ct)
    {
        await tickets.Database.ExecuteSqlRawAsync(Table, ct);
        await jobs.Database.ExecuteSqlRawAsync(Table, ct);
        await EachAsync(tickets, "merchants", MerchantAsync, ct);
        await EachAsync(tickets, "tickets", TicketAsync, ct);
        await EachAsync(jobs, "invoicing_jobs", JobAsync, ct);
        await EachAsync(jobs, "automation_jobs", JobAsync, ct);
    }

    private async Task EachAsync(DbContext db, string table, Func<LegacyRow, CancellationToken, Task<long>> take, CancellationToken ct)
    {
        foreach (var row in legacy.Rows(table))
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            try
            {
                if (await FindAsync(db, table, row.Id, ct) is not null)
                {
                    report.Know(table);
                    continue;
                }

                var id = await take(row, ct);
                await db.Database.ExecuteSqlAsync($"INSERT INTO legacy_imports (source, kind, legacy_id, id) VALUES ({file}, {table}, {row.Id}, {id})", ct);
                await transaction.CommitAsync(ct);
                report.Take(table);
            }
            catch (Exception e) when (e is LegacyException or DbUpdateException or PostgresException { IsTransient: false })
            {
                report.Leave(table, row.Text("id") ?? "?", (e.InnerException ?? e).Message);
            }
        }
    }

    private async Task<long> MerchantAsync(LegacyRow row, CancellationToken ct)
    {
        var merchant = Merchant.New(null, row.Needed("nombre"), Word<InvoicingMethod>(row, "metodo_facturacion"), row.JsonObject("metadata"), row.Time("created_at"));
        merchant.Change(null, null, null, row.Number("is_active") != 0, row.Time("updated_at"));
        tickets.Add(merchant);
        await tickets.SaveChangesAsync(ct);
        return merchant.Id;
    }

    /// <summary>
    /// What the old system called done comes as failed, with the UUID it named in the reason: attaching the XML (upload-invoice) completes it.
    /// </summary>
    private async Task<long> TicketAsync(LegacyRow row, CancellationToken ct)
    {
        var (tipo, old) = (Word<Tipo>(row, "tipo"), Word<Tickets.Estado>(row, "estado"));
        var (raw, uuid) = (row.Needed("raw_data"), row.Text("invoice_uuid"));
        if (tipo == Tipo.texto && raw.Length > 100_000)
        {
            throw new LegacyException("raw_data no es un texto de ticket");
        }

        var id = (await tickets.DrawNumbersAsync(1, ct))[0].Ticket;
        var ticket = new Ticket
        {
            Id = id, CompanyId = row.Text("company_id") ?? "default", UserId = (int?)row.Number("user_id"), Tipo = tipo,
            RawData = tipo == Tipo.texto ? raw : row.Text("extracted_text") ?? "", WhatsappMessageId = row.Text("whatsapp_message_id"),
            Options = new SubmitOptions { AutoProcess = false }, CreatedAt = row.Time("created_at"),
        };
        tickets.Add(ticket);
        await tickets.SaveChangesAsync(ct);
        var (estado, failure) = old switch
        {
            Tickets.Estado.completado when uuid is null => ("fallido", "El sistema anterior lo dio por completado sin CFDI."),
            Tickets.Estado.completado => ("fallido", $"El sistema anterior obtuvo el CFDI {uuid}; aquí no se ha verificado su XML. Adjúntelo para completar el ticket."),
            Tickets.Estado.procesando => ("pendiente", null),
            Tickets.Estado.fallido => ("fallido", row.Text("invoice_failure_reason")),
            _ => (old.ToString(), (string?)null),
        };
        await tickets.Database.ExecuteSqlAsync(
            $"""
             UPDATE tickets SET estado = {estado}, automation_status = {estado}, invoice_failure_reason = {failure},
                invoice_status = {(estado == "fallido" ? "fallida" : "pendiente")}, updated_at = {row.Time("updated_at")} WHERE id = {id}
             """, ct);
        Tell(row, tipo, old, uuid);
        return id;
    }

    private void Tell(LegacyRow row, Tipo tipo, Tickets.Estado old, string? uuid)
    {
        if (old == Tickets.Estado.completado)
        {
            report.Leave("tickets", $"{row.Id}", uuid is null ? "estaba completado sin UUID; se importó como fallido" : $"estaba completado con el CFDI {uuid}; se importó como fallido hasta que se adjunte su XML");
        }

        if (tipo != Tipo.texto || row.Text("original_image") is not null)
        {
            report.Leave("tickets", $"{row.Id}", "el archivo original no se copió");
        }

        if (row.Text("invoice_xml_path") is not null || row.Text("invoice_pdf_path") is not null)
        {
            report.Leave("tickets", $"{row.Id}", "los archivos de su factura no se copiaron");
        }
    }

    private async Task<long> JobAsync(LegacyRow row, CancellationToken ct)
    {
        var estado = EstadoOf(row.Needed("estado"));
        var company = row.Text("company_id") ?? "default";
        var legacyTicket = row.Number("ticket_id") ?? throw new LegacyException("ticket_id falta");
        var ticket = await FindAsync(tickets, "tickets", legacyTicket, ct) ?? throw new LegacyException($"su ticket {legacyTicket} no se importó");
        var merchant = row.Number("merchant_id") is { } m ? await FindAsync(tickets, "merchants", m, ct) : null;
        var (created, updated) = (row.Time("created_at"), row.Time("updated_at"));
        await jobs.Database.ExecuteSqlAsync($"INSERT INTO tickets (id, company_id, created_at) VALUES ({ticket}, {company}, {created}) ON CONFLICT DO NOTHING", ct);
        var id = (await jobs.NextJobIdsAsync(1, ct))[0];
        jobs.Add(AutomationJob.Open(new JobOrder(id, ticket, company)
        {
            Priority = PriorityOf(row.Text("priority")), MaxRetries = (int)Math.Clamp(row.Number("max_retries") ?? 3, 0, 10), MerchantId = merchant,
            Config = row.JsonObject("config") ?? "{}", Legacy = true,
        }, created));
        await jobs.SaveChangesAsync(ct);
        if (estado is Jobs.Estado.fallido or Jobs.Estado.cancelado)
        {
            var ended = row.Text("completed_at") is null ? updated : row.Time("completed_at");
            var detail = row.Text("error_message") ?? (row.Text("estado") == "completado" ? "El sistema anterior lo dio por completado; aquí no se ha verificado ningún CFDI." : "Importado del sistema anterior.");
            await jobs.Database.ExecuteSqlAsync(
                $"""
                 UPDATE automation_jobs SET phase = 'closed', told = true, estado = {estado.ToString()}, automation_status = {estado.ToString()}, completed_at = {ended},
                    updated_at = {updated}, retry_count = {(int)Math.Max(0, row.Number("retry_count") ?? 0)}, outcome_detail = {detail}
                 WHERE id = {id}
                 """, ct);
        }

        return id;
    }

    private async Task<long?> FindAsync(DbContext db, string kind, long id, CancellationToken ct) =>
        (await db.Database.SqlQuery<long?>($"SELECT id AS \"Value\" FROM legacy_imports WHERE source = {file} AND kind = {kind} AND legacy_id = {id}").ToListAsync(ct)).FirstOrDefault();

    /// <summary>Words of both tables; what had not ended waits, what was completed has no verified CFDI here.</summary>
    private static Jobs.Estado EstadoOf(string word) => word switch
    {
        "completado" or "fallido" or "error" => Jobs.Estado.fallido,
        "cancelado" => Jobs.Estado.cancelado,
        "pendiente" or "procesando" or "en_progreso" or "pausado" or "requiere_foto" or "requiere_intervencion" => Jobs.Estado.pendiente,
        _ => throw new LegacyException($"estado desconocido: {word}"),
    };

    /// <summary>1 (first) to 10 in the old table, or a word.</summary>
    private static Jobs.Priority PriorityOf(string? value) => value switch
    {
        "baja" or "normal" or "alta" or "urgente" => Enum.Parse<Jobs.Priority>(value),
        "1" or "2" => Jobs.Priority.urgente,
        "3" or "4" => Jobs.Priority.alta,
        "8" or "9" or "10" => Jobs.Priority.baja,
        _ => Jobs.Priority.normal,
    };

    private static T Word<T>(LegacyRow row, string column) where T : struct, Enum =>
        Enum.TryParse<T>(row.Needed(column), out var word) && Enum.IsDefined(word) ? word : throw new LegacyException($"{column} desconocido: {row.Text(column)}");
}
