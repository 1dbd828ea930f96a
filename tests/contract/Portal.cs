using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Invoicing.Contract.Tests;

/// <summary>What a simulated portal sold and invoiced: a ticket and its stamped CFDI, made out to the tenant's taxpayer.</summary>
internal static class Portal
{
    public static async Task<(JsonObject Sold, byte[] Xml)> InvoicedTicketAsync()
    {
        var rfc = (string)(await App.TaxpayerAsync())["rfc"]!;
        var portals = App.Local.Portals;
        using var sale = await portals.PostAsJsonAsync("/_control/tickets", new { portal = "simple" });
        var sold = (await sale.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
        using var invoiced = await portals.PostAsJsonAsync($"/_control/tickets/{sold["id"]}/invoice", new { rfc });
        var emission = (await invoiced.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
        return (sold, await portals.GetByteArrayAsync(new Uri($"/_truth/emissions/{emission["uuid"]}/xml", UriKind.Relative)));
    }
}
