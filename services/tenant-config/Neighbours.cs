namespace Invoicing.Tenants;

/// <summary>The services that keep something of a tenant beside this one.</summary>
public sealed class Neighbours(IHttpClientFactory clients)
{
    public const string Client = "neighbour";

    /// <summary>Each one's part of a tenant's export, see <see cref="TenantArchive"/>; to be read to its end before the next is asked for.</summary>
    /// <exception cref="HttpRequestException">One does not answer.</exception>
    public async IAsyncEnumerable<Stream> ExportsAsync(string companyId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var service in (string[])["tickets", "jobs", "billing-metrics"])
        {
            using var http = clients.CreateClient(Client);
            await using var part = await http.GetStreamAsync(new Uri($"http://{service}/internal/tenants/{Uri.EscapeDataString(companyId)}/export"), ct);
            yield return part;
        }
    }
}
