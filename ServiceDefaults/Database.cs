using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Invoicing;

/// <summary>One PostgreSQL database a service, migrated before anything else of the service starts.</summary>
public static class Database
{
    /// <summary>Registers <typeparamref name="TDb"/> on <c>ConnectionStrings:{name}</c> with its outbox relay, inbox and migrator.</summary>
    public static WebApplicationBuilder AddDatabase<TDb>(this WebApplicationBuilder builder, string name) where TDb : DbContext
    {
        var connection = builder.Configuration.GetConnectionString(name) ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not set");
        if (builder.Configuration["Migrations:To"] is { Length: > 0 } target)
        {
            SchemaMigration.RunAndExit<TDb>(connection, name, target);
        }

        builder.Services.AddSingleton(_ => TenantWall.Source(connection));
        builder.Services.AddDbContext<TDb>((services, options) => options.UseServiceDatabase(services.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.AddHostedService<Migrator<TDb>>();
        builder.Services.AddSingleton<OutboxHandover>();
        builder.Services.AddHostedService<OutboxRelay<TDb>>();
        builder.Services.AddHostedService<InboxPruning<TDb>>();
        builder.Services.AddHostedService<OutboxMeasures<TDb>>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        return builder;
    }

    /// <summary>The options of every context, also for design-time factories: snake_case names.</summary>
    public static DbContextOptionsBuilder UseServiceDatabase(this DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source, o => o.MigrationsHistoryTable("schema_versions")).UseSnakeCaseNamingConvention().AddInterceptors([.. AfterCommit.Interceptors, TenantWall.Interceptor]);

    /// <summary>True when a save failed because a unique index already holds the row: the index is the check.</summary>
    public static bool IsDuplicate(this DbUpdateException exception, string? constraint = null) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } pg
        && (constraint is null || pg.ConstraintName == constraint);

    /// <summary>True when the server restarts, cannot be reached or cut the session: the same again may well succeed.</summary>
    public static bool IsAway(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is NpgsqlException { IsTransient: true } and not PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the schema is a step back and has not yet (or no longer) what was asked for.</summary>
    public static bool IsBehind(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn;

    private sealed class DatabaseHealth(NpgsqlDataSource source) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
        {
            await using var command = source.CreateCommand("select 1");
            await command.ExecuteScalarAsync(ct);
            return HealthCheckResult.Healthy();
        }
    }
}

/// <summary>Brings the schema up before any other hosted service starts; waits for the server; two replicas may start together.</summary>
public sealed class Migrator<TDb>(IServiceScopeFactory scopes, ILogger<Migrator<TDb>> log) : IHostedLifecycleService where TDb : DbContext
{
    private const long OneAtATime = 20261124;

    public async Task StartingAsync(CancellationToken ct)
    {
        for (var wait = 1; ; wait = Math.Min(wait * 2, 10))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await MigrateAsync(scope.ServiceProvider.GetRequiredService<TDb>().Database, ct);
                return;
            }
            catch (Exception e) when (e is NpgsqlException { IsTransient: true } or PostgresException { SqlState: PostgresErrorCodes.DuplicateDatabase })
            {
                log.LogWarning("Database not ready ({Error}), next try in {Seconds} s", e.Message, wait);
                await Task.Delay(TimeSpan.FromSeconds(wait), ct);
            }
        }
    }

    // Entity Framework's own lock ends with each migration: of two programs that start on an old schema, both would go on to the second one.
    private static async Task MigrateAsync(DatabaseFacade database, CancellationToken ct)
    {
        try
        {
            await database.OpenConnectionAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await database.GetService<IRelationalDatabaseCreator>().CreateAsync(ct);
            await database.OpenConnectionAsync(ct);
        }

        await database.ExecuteSqlAsync($"SELECT pg_advisory_lock({OneAtATime})", ct);
        await database.MigrateAsync(ct);
        await database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({OneAtATime})", ct);
        await database.CloseConnectionAsync();
    }

    public Task StartAsync(CancellationToken ct) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken ct) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken ct) => Task.CompletedTask;
    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken ct) => Task.CompletedTask;
}
