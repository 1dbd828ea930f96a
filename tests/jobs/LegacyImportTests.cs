using Invoicing.Jobs.Db;
using Invoicing.LegacyImport;
using Invoicing.TestSupport;
using Invoicing.Tickets.Db;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Invoicing.Jobs.Tests;

/// <summary>A file as the replaced system left it: old and new columns, good rows and bad ones.</summary>
public sealed class LegacyImportTests
{
    private const string Old = """
        CREATE TABLE merchants (id INTEGER PRIMARY KEY AUTOINCREMENT, nombre TEXT NOT NULL, metodo_facturacion TEXT NOT NULL, metadata TEXT, is_active INTEGER NOT NULL DEFAULT 1, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
        CREATE TABLE tickets (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER, raw_data TEXT NOT NULL, tipo TEXT NOT NULL, estado TEXT NOT NULL DEFAULT 'pendiente', whatsapp_message_id TEXT,
            merchant_id INTEGER, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, company_id TEXT NOT NULL DEFAULT 'default', original_image TEXT, extracted_text TEXT, invoice_uuid TEXT);
        CREATE TABLE invoicing_jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, ticket_id INTEGER NOT NULL, merchant_id INTEGER, estado TEXT NOT NULL DEFAULT 'pendiente', resultado TEXT, error_message TEXT,
            retry_count INTEGER NOT NULL DEFAULT 0, completed_at TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, company_id TEXT NOT NULL DEFAULT 'default');
        CREATE TABLE automation_jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, ticket_id INTEGER NOT NULL, estado TEXT NOT NULL, priority INTEGER DEFAULT 5, config TEXT, session_id TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, company_id TEXT NOT NULL);
        INSERT INTO merchants VALUES (1, 'OXXO', 'portal', '{"rfc":"CCO8605231N4"}', 1, '2024-09-01T10:00:00', '2024-09-01T10:00:00'), (2, 'Fax S.A.', 'fax', NULL, 1, '2024-09-01', '2024-09-01');
        INSERT INTO tickets VALUES
            (1, 9, 'OXXO TOTAL 10.00', 'texto', 'pendiente', NULL, 1, '2024-09-02 10:00:00', '2024-09-02 10:00:00', 'acme', NULL, NULL, NULL),
            (2, NULL, '/9j/4AAQ', 'imagen', 'completado', 'wamid.1', 1, '2024-09-03T10:00:00', '2024-09-03T11:00:00', 'acme', '/9j/4AAQ', 'TOTAL 20.00', 'A2B1C3D4-0000-4000-8000-000000000001'),
            (3, NULL, 'TOTAL 30.00', 'texto', 'completado', NULL, 1, '2024-09-04T10:00:00', '2024-09-04T10:00:00', 'default', NULL, NULL, NULL),
            (4, NULL, 'TOTAL 40.00', 'texto', 'volando', NULL, 1, '2024-09-04T10:00:00', '2024-09-04T10:00:00', 'default', NULL, NULL, NULL),
            (5, NULL, 'TOTAL 50.00', 'texto', 'pendiente', NULL, 1, 'ayer', 'ayer', 'default', NULL, NULL, NULL);
        INSERT INTO invoicing_jobs VALUES
            (1, 1, 1, 'procesando', NULL, NULL, 1, NULL, '2024-09-02T10:00:01', '2024-09-02T10:00:02', 'acme'),
            (2, 2, 1, 'completado', '{}', NULL, 0, '2024-09-03T11:00:00', '2024-09-03T10:00:00', '2024-09-03T11:00:00', 'acme'),
            (3, 3, 1, 'error', NULL, 'portal caído', 3, NULL, '2024-09-04T10:00:00', '2024-09-04T10:05:00', 'default'),
            (4, 99, 1, 'pendiente', NULL, NULL, 0, NULL, '2024-09-04T10:00:00', '2024-09-04T10:05:00', 'default');
        INSERT INTO automation_jobs VALUES (1, 1, 'pausado', 1, '{"a":1}', 's', '2024-09-02T10:00:01', '2024-09-02T10:00:02', 'acme');
        """;

    private readonly string path = Path.Combine(Path.GetTempPath(), $"legacy-{Guid.NewGuid():N}.db");
    private NpgsqlDataSource tickets = null!;
    private NpgsqlDataSource jobs = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        await using (var file = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            await file.OpenAsync();
            await using var fill = new SqliteCommand(Old, file);
            await fill.ExecuteNonQueryAsync();
        }

        (tickets, jobs) = (NpgsqlDataSource.Create(await Servers.NewDatabaseAsync()), NpgsqlDataSource.Create(await Servers.NewDatabaseAsync()));
        await using var ticketsDb = Tickets();
        await using var jobsDb = Jobs();
        await ticketsDb.Database.MigrateAsync();
        await jobsDb.Database.MigrateAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        File.Delete(path);
        await tickets.DisposeAsync();
        await jobs.DisposeAsync();
    }

    [Test]
    public async Task What_can_be_taken_is_taken_once_and_the_rest_is_told()
    {
        var first = await RunAsync();
        var again = await RunAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Taken, first.Known, again.Taken, again.Known), Is.EqualTo((8, 0, 0, 8)));
            Assert.That(first.Left, Has.One.Contains("merchants 2: metodo_facturacion desconocido"));
            Assert.That(first.Left, Has.One.Contains("tickets 2: el archivo original no se copió"));
            Assert.That(first.Left, Has.One.Contains("tickets 2: estaba completado con el CFDI A2B1C3D4-0000-4000-8000-000000000001"));
            Assert.That(first.Left, Has.One.Contains("tickets 3: estaba completado sin UUID"));
            Assert.That(first.Left, Has.One.Contains("tickets 4: estado desconocido: volando"));
            Assert.That(first.Left, Has.One.Contains("tickets 5: created_at no es una fecha"));
            Assert.That(first.Left, Has.One.Contains("invoicing_jobs 4: su ticket 99 no se importó"));
            Assert.That(await ReadAsync(tickets, "SELECT string_agg(company_id || ' ' || estado || ' ' || invoice_status || ' ' || raw_data, '|' ORDER BY id) FROM tickets"),
                Is.EqualTo("acme pendiente pendiente OXXO TOTAL 10.00|acme fallido fallida TOTAL 20.00|default fallido fallida TOTAL 30.00"));
            Assert.That(await ReadAsync(tickets, "SELECT invoice_failure_reason FROM tickets WHERE raw_data = 'TOTAL 20.00'"), Does.Contain("A2B1C3D4-0000-4000-8000-000000000001"));
            Assert.That(await ReadAsync(tickets, "SELECT string_agg(nombre || ' ' || (metadata->>'rfc'), '|') FROM merchants WHERE nombre = 'OXXO'"), Is.EqualTo("OXXO CCO8605231N4"));
            Assert.That(await ReadAsync(jobs, "SELECT string_agg(company_id || ' ' || phase || ' ' || estado || ' ' || priority || ' ' || retry_count, '|' ORDER BY id) FROM automation_jobs"),
                Is.EqualTo("acme manual pendiente normal 0|acme closed fallido normal 0|default closed fallido normal 3|acme manual pendiente urgente 0"));
            Assert.That(await ReadAsync(jobs, "SELECT count(*)::text FROM automation_jobs j JOIN tickets t ON t.id = j.ticket_id WHERE t.company_id = j.company_id"), Is.EqualTo("4"));
        }
    }

    private async Task<Report> RunAsync()
    {
        using var legacy = new LegacyFile(path);
        await using var ticketsDb = Tickets();
        await using var jobsDb = Jobs();
        var report = new Report();
        await new Importer(ticketsDb, jobsDb, legacy, "prueba", report).RunAsync(CancellationToken.None);
        report.Print(TestContext.Out);
        return report;
    }

    private TicketsDb Tickets() => new((DbContextOptions<TicketsDb>)new DbContextOptionsBuilder<TicketsDb>().UseServiceDatabase(tickets).Options);

    private JobsDb Jobs() => new((DbContextOptions<JobsDb>)new DbContextOptionsBuilder<JobsDb>().UseServiceDatabase(jobs).Options);

    private static async Task<string?> ReadAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }
}
