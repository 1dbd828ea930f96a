using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Invoicing;

/// <summary>The schema brought to a named migration, up or down; each migration is one transaction of the database.</summary>
public static class SchemaMigration
{
    /// <summary>The name that means: before the first migration.</summary>
    public const string Nothing = "0";

    /// <summary>The name that means: whatever this program has last.</summary>
    public const string Latest = "latest";

    /// <param name="name">A migration's name with or without its date, <see cref="Nothing"/> or <see cref="Latest"/>.</param>
    /// <returns>What was done, in words. A database that does not know the name is left alone.</returns>
    /// <exception cref="PostgresException">A migration failed: the schema is what it was before that one.</exception>
    public static string MigrateTo(this DbContext db, string name)
    {
        var target = name == Nothing ? Nothing : name == Latest ? db.Database.GetMigrations().Last() : db.Database.GetMigrations().LastOrDefault(m => m == name || m.EndsWith($"_{name}", StringComparison.Ordinal));
        var before = db.Database.GetAppliedMigrations().LastOrDefault() ?? Nothing;
        if (target is null)
        {
            return $"{before}: has no migration called {name}, left alone";
        }

        // EF takes whole names of dated migrations only; of the others what would stand after a date (so that none may be shorter than 16 characters).
        var ids = db.GetService<IMigrationsIdGenerator>();
        db.GetService<IMigrator>().Migrate(target == Nothing || ids.IsValidId(target) ? target : ids.GetName(target));
        return $"{before} -> {target}";
    }

    /// <summary>A program started with <c>--Migrations:To=NAME</c> does this and nothing else. Exit code 0, or 1 with the reason.</summary>
    internal static void RunAndExit<TDb>(string connection, string service, string name) where TDb : DbContext
    {
        try
        {
            using var source = NpgsqlDataSource.Create(connection);
            using var db = (TDb)Activator.CreateInstance(typeof(TDb), new DbContextOptionsBuilder<TDb>().UseServiceDatabase(source).Options)!;
            Console.WriteLine($"{service}: {db.MigrateTo(name)}");
            Environment.Exit(0);
        }
        catch (NpgsqlException e)
        {
            Console.Error.WriteLine($"{service}: {e.Message}; the schema is as it was before the failed step");
            Environment.Exit(1);
        }
    }
}
