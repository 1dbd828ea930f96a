using Invoicing;
using Invoicing.Jobs.Db;
using Invoicing.LegacyImport;
using Invoicing.Tickets.Db;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

// LegacyImport FILE.db [SOURCE]: the databases are ConnectionStrings__tickets and ConnectionStrings__jobs, migrated already.
if (args is not ([_] or [_, _]))
{
    Console.Error.WriteLine("LegacyImport FILE.db [SOURCE]   SOURCE names the installation (the file's name if left out); the same name again imports nothing twice");
    return 2;
}

try
{
    using var legacy = new LegacyFile(args[0]);
    await using var ticketsSource = NpgsqlDataSource.Create(Setting("ConnectionStrings__tickets"));
    await using var jobsSource = NpgsqlDataSource.Create(Setting("ConnectionStrings__jobs"));
    await using var tickets = new TicketsDb((DbContextOptions<TicketsDb>)new DbContextOptionsBuilder<TicketsDb>().UseServiceDatabase(ticketsSource).Options);
    await using var jobs = new JobsDb((DbContextOptions<JobsDb>)new DbContextOptionsBuilder<JobsDb>().UseServiceDatabase(jobsSource).Options);
    var report = new Report();
    await new Importer(tickets, jobs, legacy, args.ElementAtOrDefault(1) ?? Path.GetFileName(args[0]), report).RunAsync(CancellationToken.None);
    report.Print(Console.Out);
    return 0;
}
catch (Exception e) when (e is SqliteException or NpgsqlException or InvalidOperationException)
{
    Console.Error.WriteLine($"{e.Message}. What was imported stays; repeat the command to go on.");
    return 1;
}

static string Setting(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");
