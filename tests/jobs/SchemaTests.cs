using Npgsql;

namespace Invoicing.Jobs.Tests;

public sealed class SchemaTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task The_operators_statements_run_as_written()
    {
        await app.ExecuteAsync("ALTER TABLE automation_jobs ADD COLUMN IF NOT EXISTS priority TEXT DEFAULT 'normal'");
        await app.ExecuteAsync("SELECT * FROM automation_batches WHERE batch_id='month_end_2024_09'");
        Assert.That(await app.QueryAsync<string>("SELECT data_type FROM information_schema.columns WHERE table_name = 'automation_jobs' AND column_name = 'priority'"), Is.EqualTo("text"));
    }

    [TestCase("estado", "volando")]
    [TestCase("priority", "altisima")]
    public async Task Words_outside_the_contract_are_refused_by_the_table(string column, string word)
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.WhenAsync(job, "en_cola");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => app.ExecuteAsync($"UPDATE automation_jobs SET {column} = '{word}' WHERE id = {job}"));
        Assert.That(refused!.SqlState, Is.EqualTo(PostgresErrorCodes.CheckViolation));
    }
}
