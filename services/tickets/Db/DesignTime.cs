using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Invoicing.Tickets.Db;

/// <summary>For <c>dotnet ef</c>, which has no settings of the service.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<TicketsDb>
{
    public TicketsDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<TicketsDb>();
        options.UseServiceDatabase(new NpgsqlDataSourceBuilder("Host=localhost;Database=tickets").Build());
        return new TicketsDb(options.Options);
    }
}
