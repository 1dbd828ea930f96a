using System.Text.Json.Nodes;
using Invoicing.Tickets.Db;
using Invoicing.Tickets.Reading;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets;

/// <summary>
/// Puts the real merchants of Knowledge/merchants.json among the shared ones when the service starts, where <c>Merchants:Catalogue</c> is true.
/// One that is already there under its name stays as operators left it; one that nobody has touched follows the data of this release.
/// </summary>
public sealed class MerchantCatalogue(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider time) : IHostedService
{
    private const long Turn = 7_004_021_001;

    public async Task StartAsync(CancellationToken ct)
    {
        if (!configuration.GetValue<bool>("Merchants:Catalogue"))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two programs that start at once load one after the other, and the second finds all of it there.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", ct);
        var there = (await db.Merchants.AsNoTracking().Where(m => m.CompanyId == null).ToListAsync(ct)).ToLookup(m => m.Nombre, StringComparer.OrdinalIgnoreCase);
        foreach (var now in KnownMerchants.All.Where(entry => !entry.IsPlatform).Select(entry => Of(entry, time.GetUtcNow())))
        {
            if (!there.Contains(now.Nombre))
            {
                db.Add(now);
            }
            else if (there[now.Nombre].FirstOrDefault(m => m.Known().BuiltIn && m.UpdatedAt == m.CreatedAt) is { } old && !Same(old, now))
            {
                await db.Merchants.Where(m => m.Id == old.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Metadata, now.Metadata), ct);
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    private static bool Same(Merchant a, Merchant b) => JsonNode.DeepEquals(JsonNode.Parse(a.Metadata!), JsonNode.Parse(b.Metadata!));

    private static Merchant Of(FieldEntry entry, DateTimeOffset now)
    {
        var metadata = JsonNode.Parse(entry.Json.GetRawText())!.AsObject();
        metadata.Remove("name");
        metadata.Remove("kind");
        metadata["source"] = "catalogue";
        return new Merchant { CompanyId = null, Nombre = entry.Name, MetodoFacturacion = InvoicingMethod.portal, Metadata = metadata.ToJsonString(), CreatedAt = now, UpdatedAt = now };
    }
}
