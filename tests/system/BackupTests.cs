using System.Diagnostics;
using Invoicing.TestSupport;
using Npgsql;

namespace Invoicing.SystemTests;

/// <summary>./dev backup, restore and clone-staging, by the parts of theirs that move data, between two PostgreSQL servers of this test.</summary>
[NonParallelizable]
public sealed class BackupTests
{
    private const string Canary = "CANARIO";
    private static readonly string[] Databases = ["tenants", "tickets", "jobs", "billing"];

    /// <summary>What may never be seen in a copy for staging, whatever masking.tsv says.</summary>
    private static readonly string[] Personal =
    [
        "tickets.raw_data", "tickets.extracted_text", "tickets.extracted_fields", "tickets.file_name", "tickets.invoice_data", "tickets.invoice_uuid", "tickets.whatsapp_message_id",
        "cfdi_documents.emisor_rfc", "cfdi_documents.receptor_rfc", "cfdi_documents.uuid", "automation_jobs.emission_receptor", "automation_jobs.answers", "automation_jobs.final_url",
        "automation_logs.message", "automation_logs.llm_reasoning", "interventions.prompt", "webhook_deliveries.body", "fiscal_profiles.rfc", "fiscal_profiles.nombre",
        "fiscal_profiles.correo", "fiscal_profiles.codigo_postal", "audit_log.after", "api_keys.hash", "portal_credentials.sealed", "outbox_messages.body", "idempotency_keys.body",
    ];

    private readonly List<Server> servers = [];

    /// <summary>A folder as .run is, with a server on it.</summary>
    private sealed record Server(string Run, int Port, Process Process)
    {
        public NpgsqlDataSource Open(string database) => NpgsqlDataSource.Create($"Host=127.0.0.1;Port={Port};Username=postgres;Password=x;Database={database};Pooling=false");
    }

    [OneTimeTearDown]
    public void Stop()
    {
        foreach (var server in servers)
        {
            server.Process.Kill(entireProcessTree: true);
            server.Process.WaitForExit();
            Directory.Delete(server.Run, recursive: true);
        }
    }

    [Test]
    public async Task A_restored_server_holds_the_same_and_a_copy_for_staging_names_nobody()
    {
        var (old, other) = (await StartAsync(), await StartAsync());
        await ShellAsync(old, """
            create_databases
            for part in 'tickets services/tickets Tickets.dll tickets' 'jobs services/jobs Jobs.dll jobs' \
                'billing-metrics services/billing-metrics BillingMetrics.dll billing' 'tenant-config services/tenant-config TenantConfig.dll tenants'; do
                read -r service project program database <<<"$part"
                newest=$(find "$project/Db/Migrations" -name '*.cs' ! -name '*.Designer.cs' ! -name '*Snapshot.cs' -printf '%f\n' | sort | tail -n 1)
                migrate_one $service $project $program $database "${newest%.cs}"
            done
            """);
        foreach (var database in Databases)
        {
            await FillAsync(old, database);
        }

        var artefact = Path.Combine("artefacts", "acme", "a.bin");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(old.Run, artefact))!);
        await File.WriteAllBytesAsync(Path.Combine(old.Run, artefact), [1, 2, 3]);

        var archive = Path.Combine(old.Run, "whole.tar");
        await ShellAsync(old, $"pack {archive} '' no");
        await ShellAsync(other, $"unpack {archive}");
        foreach (var database in Databases)
        {
            Assert.That(await DigestAsync(other, database), Is.EqualTo(await DigestAsync(old, database)).And.Not.Empty, database);
        }

        Assert.That(await File.ReadAllBytesAsync(Path.Combine(other.Run, artefact)), Is.EqualTo(new byte[] { 1, 2, 3 }));

        var before = await DigestAsync(other, "tickets");
        await File.WriteAllBytesAsync(archive, (await File.ReadAllBytesAsync(archive)).SkipLast(20_000).ToArray());
        Assert.That(async () => await ShellAsync(other, $"unpack {archive}"), Throws.Exception, "an archive that is not whole");
        Assert.That(await DigestAsync(other, "tickets"), Is.EqualTo(before), "nothing was touched");

        var masked = Path.Combine(old.Run, "masked.tar");
        await ShellAsync(old, $"clone_masked {masked}");
        await ShellAsync(other, $"unpack {masked}");
        var survivors = new List<string>();
        foreach (var database in Databases)
        {
            survivors.AddRange(await SurvivorsAsync(other, database));
        }

        var kept = (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "deploy/local/masking.tsv"))).Where(l => l.EndsWith("\tkeep", StringComparison.Ordinal)).SelectMany(l => l.Split('\t')[2].Split(',')).ToHashSet();
        await using var jobs = other.Open("jobs");
        await using var open = jobs.CreateCommand("SELECT count(*) FROM automation_jobs WHERE phase <> 'closed'");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(survivors.Intersect(Personal), Is.Empty);
            Assert.That(survivors.Where(s => !kept.Contains(s.Split('.')[1])), Is.Empty, "kept without being told to");
            Assert.That(await open.ExecuteScalarAsync(), Is.Zero, "no copied job drives a portal");
            Assert.That(Directory.Exists(Path.Combine(other.Run, "artefacts")), Is.False);
        }
    }

    private async Task<Server> StartAsync()
    {
        var run = Directory.CreateTempSubdirectory("invoicing-backup-").FullName;
        Directory.CreateDirectory(Path.Combine(run, "keys", "passwords"));
        await File.WriteAllTextAsync(Path.Combine(run, "keys", "passwords", "postgres"), "x");
        var starting = new Server(run, Ports.Free(), null!);
        await ShellAsync(starting, "chmod 711 \"$RUN\"; postgres_init \"$RUN/postgres\" '' --no-sync");
        var process = Children.Start(
            [Path.Combine(Repository.Root, "deploy/local/run-postgres"), Path.Combine(run, "postgres"), $"{starting.Port}", "-c", "fsync=off"], new Dictionary<string, string>(), run, _ => { });
        var server = starting with { Process = process };
        servers.Add(server);
        await ShellAsync(server, "wait_for PostgreSQL 60 postgres_ready \"$POSTGRES_PORT\"");
        return server;
    }

    /// <summary>The parts of ./dev, as it loads them, pointed at this server.</summary>
    private static async Task ShellAsync(Server server, string command)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("bash", ["-c", $"""
            set -euo pipefail
            ROOT={Repository.Root}; cd "$ROOT"
            for part in settings install build keys servers processes migrate backup restore staging; do source "deploy/local/$part.sh"; done
            RUN={server.Run} POSTGRES_PORT={server.Port} CONFIGURATION={configuration}
            {command}
            """]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{command}\n{string.Join('\n', said)}");
    }

    /// <summary>Three rows in every table, every text of them telling where it stood; words that a table is held to are taken from its checks.</summary>
    private static async Task FillAsync(Server server, string database)
    {
        await using var source = server.Open(database);
        await using var fill = source.CreateCommand($$"""
            SET session_replication_role = replica;
            DO $$
            DECLARE step record;
            BEGIN
                FOR step IN
                    SELECT c.table_name, string_agg(quote_ident(column_name), ', ') AS columns, string_agg(CASE
                        WHEN checked.word IS NOT NULL THEN quote_literal(checked.word)
                        WHEN data_type IN ('json', 'jsonb') THEN format('%L::json', '{"a":"{{Canary}}"}')
                        WHEN data_type = 'ARRAY' THEN quote_literal('{{{Canary}}}')
                        WHEN data_type = 'bytea' THEN format('convert_to(%L || n, %L)', '{{Canary}}', 'UTF8')
                        WHEN data_type IN ('text', 'character varying') THEN format('%L || n', '{{Canary}} ')
                        WHEN data_type = 'boolean' THEN 'false' WHEN data_type = 'uuid' THEN 'gen_random_uuid()'
                        WHEN data_type = 'date' THEN 'current_date + n' WHEN data_type LIKE 'timestamp%' THEN 'now()' WHEN data_type = 'interval' THEN quote_literal('1 s')
                        WHEN data_type = 'smallint' THEN '1' ELSE 'n' END, ', ') AS data
                    FROM information_schema.columns c JOIN information_schema.tables USING (table_schema, table_name)
                        LEFT JOIN LATERAL (SELECT (regexp_match(pg_get_constraintdef(k.oid), '''(\w+)'''))[1] AS word FROM pg_constraint k
                            WHERE k.contype = 'c' AND k.conrelid = to_regclass(quote_ident(c.table_name)) AND k.conkey = ARRAY[c.ordinal_position::int2]
                                AND pg_get_constraintdef(k.oid) ~ '''\w+''' LIMIT 1) checked ON true
                    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND c.table_name <> 'schema_versions' AND is_generated = 'NEVER'
                    GROUP BY c.table_name
                LOOP
                    EXECUTE format('INSERT INTO %I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM generate_series(1, 3) n ON CONFLICT DO NOTHING', step.table_name, step.columns, step.data);
                END LOOP;
            END $$;
            """);
        await fill.ExecuteNonQueryAsync();
    }

    /// <summary>Rows and a checksum of every table.</summary>
    private static Task<string> DigestAsync(Server server, string database) => OfTablesAsync(
        server, database, "SELECT table_name, format('SELECT %L || count(*) || md5(coalesce(string_agg(t::text, %L ORDER BY t::text), '''')) FROM %I t', table_name || ' ', '|', table_name) FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1");

    private static async Task<string[]> SurvivorsAsync(Server server, string database) => (await OfTablesAsync(
        server, database,
        $"""
         SELECT column_name, format('SELECT CASE WHEN count(*) > 0 THEN %L ELSE '''' END FROM %I WHERE %s LIKE ''%%{Canary}%%''', table_name || '.' || column_name, table_name,
             CASE data_type WHEN 'bytea' THEN format('encode(%I, ''escape'')', column_name) ELSE format('%I::text', column_name) END)
         FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY')
         """)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <param name="queries">Gives a query a row, in the second column; each answers one text.</param>
    private static async Task<string> OfTablesAsync(Server server, string database, string queries)
    {
        await using var source = server.Open(database);
        var (asked, answers) = (new List<string>(), new List<string>());
        await using (var command = source.CreateCommand(queries))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                asked.Add(reader.GetString(1));
            }
        }

        foreach (var query in asked)
        {
            await using var command = source.CreateCommand(query);
            answers.Add((string)(await command.ExecuteScalarAsync())!);
        }

        return string.Join('\n', answers);
    }
}
