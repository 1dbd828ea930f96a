using System.Text.Json.Nodes;
using Invoicing.TestSupport;
using Invoicing.Tickets.Consumers;
using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Invoicing.Tickets.Tests;

public sealed class ServiceTests
{
    [TestCase("v1", "/invoicing/tickets/{id}")]
    [TestCase("v2", "/invoicing/v2/tickets/{id}")]
    public async Task Each_version_is_documented(string version, string path)
    {
        using var http = App.Service.AsAnonymous();

        var document = await http.GetJsonAsync($"/openapi/{version}.json");

        var paths = document["paths"]!.AsObject().Select(p => p.Key).ToList();
        Assert.That(paths, Does.Contain(path));
        Assert.That(paths.All(p => p.StartsWith("/invoicing/v2/", StringComparison.Ordinal)), Is.EqualTo(version == "v2"));
    }

    [Test]
    public async Task The_schema_goes_up_down_and_up_again()
    {
        await using var source = new NpgsqlDataSourceBuilder(await Servers.NewDatabaseAsync()).Build();
        var options = new DbContextOptionsBuilder<TicketsDb>();
        options.UseServiceDatabase(source);
        await using var db = new TicketsDb(options.Options);
        var migrator = db.GetService<IMigrator>();

        await migrator.MigrateAsync();
        await migrator.MigrateAsync("0");
        Assert.That(await db.Database.SqlQuery<string>($"SELECT table_name::text AS \"Value\" FROM information_schema.tables WHERE table_schema = 'public'").ToListAsync(), Is.EqualTo(new[] { "schema_versions" }));
        await migrator.MigrateAsync();

        Assert.That(await db.Tickets.CountAsync(), Is.Zero);
        Assert.That(db.Database.HasPendingModelChanges(), Is.False);
    }

    [Test]
    public void Each_role_hears_its_own_messages()
    {
        var (reader, api) = (new ServiceRole(true, false), new ServiceRole(false, true));

        Assert.That((reader.Hears(typeof(ReadTicket)), reader.Hears(typeof(RecordProgress))), Is.EqualTo((true, false)));
        Assert.That((api.Hears(typeof(ReadTicket)), api.Hears(typeof(RecordProgress))), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Health_reads_a_printed_row_with_the_models()
    {
        using var http = App.Service.AsAnonymous();

        await Eventually.TrueAsync(async () => (string?)(await http.GetJsonAsync("/health"))["checks"]!["reading"]!["status"] == "healthy", "the row to be read");
    }

    [Test]
    public async Task A_reader_without_models_is_not_healthy()
    {
        var empty = Directory.CreateTempSubdirectory("invoicing-no-models-");
        await using var reader = await TestService<Ticket>.StartAsync("tickets", "tickets", new() { ["Role"] = "reader", ["Reading:Models"] = empty.FullName });
        using var http = reader.AsAnonymous();

        using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative));

        var health = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That(((int)answer.StatusCode, (string?)health["status"], (string?)health["checks"]!["reading"]!["status"]), Is.EqualTo((503, "down", "unhealthy")));
        empty.Delete();
    }

    [Test]
    public async Task What_is_gone_names_its_replacement()
    {
        using var http = App.Service.As(App.NewTenant());

        var gone = await http.PostAsync("/invoicing/tickets/1/create-expense", null);

        Assert.That((int)gone.StatusCode, Is.EqualTo(410));
        Assert.That((string?)JsonNode.Parse(await gone.Content.ReadAsStringAsync())!["detail"], Does.Contain("/invoicing/v2/tickets"));
    }

    [TestCase("/invoicing/tickets/99999999")]
    [TestCase("/invoicing/merchants/99999999")]
    [TestCase("/invoicing/v2/tickets/99999999")]
    [TestCase("/invoicing/attachments/99999999/download")]
    public async Task Unknown_ids_are_not_found(string path)
    {
        using var http = App.Service.As(App.NewTenant());

        Assert.That((int)(await http.GetAsync(path)).StatusCode, Is.EqualTo(404));
    }
}
