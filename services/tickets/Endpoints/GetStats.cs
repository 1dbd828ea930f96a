using System.Globalization;
using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/stats: a tenant's numbers, counted and measured (v1).</summary>
public static class GetStats
{
    public sealed record Share(string Label, int Value, string Color);

    public sealed record Recent(long Id, string? Merchant, Estado Status, DateTimeOffset Created, Tipo Type);

    public sealed record Named(string Name, int Count);

    public sealed record Trends(int Daily, int Weekly, int Monthly);

    public sealed record Numbers(
        int TotalTickets, int AutoInvoiced, string SuccessRate, string? AvgProcessingTime, IReadOnlyList<Share> StatusDistribution,
        IReadOnlyList<Recent> RecentTickets, IReadOnlyList<Named> TopMerchants, Trends Trends, DateTimeOffset LastUpdated);

    public sealed record Raw(IReadOnlyDictionary<string, int> ByStatus, double? AvgProcessingTimeMs);

    public sealed record Response(bool Success, Numbers Stats, Raw RawData, int TotalTickets, IReadOnlyDictionary<string, int> ByStatus, string CompanyId);

    public static async Task<Response> Handle(string? company_id, Caller caller, TicketsDb db, TimeProvider time, CancellationToken ct)
    {
        var company = caller.TenantFor(company_id);
        var (mine, now) = (db.Tickets.AsNoTracking().Where(t => t.CompanyId == company), time.GetUtcNow());
        var counted = await mine.GroupBy(t => t.Estado).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var by = Enum.GetValues<Estado>().ToDictionary(e => e, e => counted.GetValueOrDefault(e));
        var average = await mine.Where(t => t.Estado == Estado.completado).AverageAsync(t => (double?)t.ProcessingTimeMs, ct);
        var recent = await mine.OrderByDescending(t => t.CreatedAt).Take(10).Select(t => new Recent(t.Id, t.MerchantName, t.Estado, t.CreatedAt, t.Tipo)).ToListAsync(ct);
        var top = await mine.Where(t => t.MerchantName != null).GroupBy(t => t.MerchantName!).Select(g => new { g.Key, Count = g.Count() })
            .OrderByDescending(g => g.Count).Take(5).ToListAsync(ct);
        var (total, done, failed) = (by.Values.Sum(), by[Estado.completado], by[Estado.fallido]);
        var words = by.ToDictionary(b => b.Key.ToString(), b => b.Value);
        var numbers = new Numbers(
            total, done, Rate(done, done + failed), average is { } ms ? string.Create(CultureInfo.InvariantCulture, $"{ms / 1000:0.#}s") : null,
            [new("Pendiente", by[Estado.pendiente], "#fbbf24"), new("Procesando", by[Estado.procesando], "#3b82f6"), new("Completado", done, "#10b981"), new("Error", failed, "#ef4444")],
            recent, [.. top.Select(t => new Named(t.Key, t.Count))], await TrendsAsync(mine, now, ct), now);
        return new Response(true, numbers, new Raw(words, average), total, words, company);
    }

    /// <summary>Of the tickets that ended.</summary>
    private static string Rate(int done, int ended) => string.Create(CultureInfo.InvariantCulture, $"{(ended == 0 ? 0 : 100.0 * done / ended):0.0}%");

    private static async Task<Trends> TrendsAsync(IQueryable<Ticket> mine, DateTimeOffset now, CancellationToken ct)
    {
        Task<int> Since(int days) => mine.CountAsync(t => t.CreatedAt > now.AddDays(-days), ct);
        return new Trends(await Since(1), await Since(7), await Since(30));
    }
}
