using System.Net;
using System.Text.RegularExpressions;
using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql;

namespace Invoicing.Jobs.Tests;

/// <summary>While a release rolls out, or back, binaries meet a schema one step behind or ahead of their own: expand first, contract a release later.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed partial class MixedVersionTests
{
    [Test]
    public async Task The_service_runs_on_the_schema_one_step_back()
    {
        await using var app = await JobsApp.StartAsync();
        await using var source = NpgsqlDataSource.Create(app.Service.Database);
        await using var db = Context(source);
        db.MigrateTo(db.Database.GetMigrations().SkipLast(1).Last());
        await app.Worker.OfferAsync(2);
        var (_, invoiced) = await app.SubmitAsync("acme");
        await app.Worker.AcceptAsync(await app.Worker.DeliverAsync(invoiced));
        await app.WhenAsync(invoiced, "completado");
        var (_, refused) = await app.SubmitAsync("acme");
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(refused), Outcomes.FueraDePlazo);
        await app.WhenAsync(refused, "fallido");
        using var client = app.Service.AsPlatformAdmin();
        var answers = new List<(string Path, HttpStatusCode Status)>();
        foreach (var path in (string[])["jobs", "interventions", "health", "webhooks/deliveries", "admin/overview", "admin/dead-letters", "admin/circuit-breakers", "admin/portals"])
        {
            using var answer = await client.GetAsync($"/invoicing/v2/{path}");
            answers.Add((path, answer.StatusCode));
        }

        Assert.That(answers.Where(a => a.Status is not (HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable)), Is.Empty);
        Assert.That(answers.Where(a => a.Status == HttpStatusCode.OK).Select(a => a.Path), Is.SupersetOf(new[] { "jobs", "interventions", "admin/overview", "admin/dead-letters" }));
    }

    /// <summary>What only adds is not seen by a binary that does not know of it.</summary>
    [Test]
    public async Task Migrations_after_010_only_add()
    {
        await using var source = NpgsqlDataSource.Create("Host=nowhere");
        await using var db = Context(source);
        var assembly = db.GetService<IMigrationsAssembly>();
        var later = assembly.Migrations.Where(m => string.CompareOrdinal(Number().Match(m.Key).Value, "010") > 0).ToList();
        var offending = later.SelectMany(m => Offending(assembly.CreateMigration(m.Value, db.Database.ProviderName!)).Select(o => $"{m.Key}: {o}"));
        Assert.That(later, Is.Not.Empty);
        Assert.That(offending, Is.Empty);
    }

    [Test]
    public void The_check_finds_what_takes_away()
    {
        var taking = new MigrationOperation[]
        {
            new DropColumnOperation { Table = "t", Name = "c" }, new RenameColumnOperation { Table = "t", Name = "c", NewName = "d" }, new DropTableOperation { Name = "t" },
            new AddColumnOperation { Table = "t", Name = "c", IsNullable = false }, new DropIndexOperation { Table = "t", Name = "i" },
            new SqlOperation { Sql = "CREATE TABLE x (); ALTER TABLE t DROP COLUMN c;" },
        };
        Assert.That(taking.Where(o => !Adds(o, taking)), Is.EquivalentTo(taking));
    }

    private static IEnumerable<string> Offending(Migration migration) =>
        migration.UpOperations.Where(o => !Adds(o, migration.UpOperations)).Select(o => $"{o.GetType().Name} {(o as SqlOperation)?.Sql}");

    private static bool Adds(MigrationOperation operation, IReadOnlyList<MigrationOperation> together) => operation switch
    {
        CreateTableOperation or CreateIndexOperation or CreateSequenceOperation => true,
        AddColumnOperation column => column.IsNullable || column.DefaultValue is not null || column.DefaultValueSql is not null,
        // An index made anew under its name.
        DropIndexOperation dropped => together.OfType<CreateIndexOperation>().Any(c => c.Name == dropped.Name && c.Table == dropped.Table && !c.IsUnique),
        // Counts for the role that only newer binaries take.
        SqlOperation sql when sql.Sql.Contains(TenantWall.Role, StringComparison.Ordinal) => true,
        // Triggers only tell; whoever waits for them looks now and then.
        SqlOperation sql => sql.Sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).All(s => Harmless().IsMatch(s)),
        _ => false,
    };

    private static JobsDb Context(NpgsqlDataSource source) => new((DbContextOptions<JobsDb>)new DbContextOptionsBuilder<JobsDb>().UseServiceDatabase(source).Options);

    [GeneratedRegex("^(CREATE (INDEX|TABLE|SEQUENCE)|DROP (TRIGGER|FUNCTION) IF EXISTS) ")]
    private static partial Regex Harmless();

    [GeneratedRegex(@"(?<=_)\d{3}(?=_)")]
    private static partial Regex Number();
}
