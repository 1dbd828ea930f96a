using Invoicing.Client;

namespace Invoicing.Cli;

internal static class Invoices
{
    /// <summary>The ticket once the job's end has reached it, and the paths of its files: none unless it ended with a verified CFDI.</summary>
    public static async Task<(Ticket Ticket, IReadOnlyList<string> Files)> SaveAsync(InvoicingClient api, long ticketId, DirectoryInfo folder, CancellationToken ct)
    {
        var ticket = await EndedAsync(api, ticketId, ct);
        if (ticket.Invoice is not { } invoice)
        {
            return (ticket, []);
        }

        folder.Create();
        var files = new List<string>();
        foreach (var (url, kind) in ((string?, string)[])[(invoice.XmlUrl, "xml"), (invoice.PdfUrl, "pdf")])
        {
            if (url is not null)
            {
                // The UUID has been checked by the service; as a file's name it is checked here.
                var path = Path.Combine(folder.FullName, $"{Guid.Parse(invoice.Uuid):D}.{kind}");
                await File.WriteAllBytesAsync(path, await api.Tickets.DownloadAsync(url, ct), ct);
                files.Add(path);
            }
        }

        return (ticket, files);
    }

    private static async Task<Ticket> EndedAsync(InvoicingClient api, long id, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            // The ticket hears of its job's end a moment after the job's own clients.
            var ticket = await api.Tickets.GetAsync(id, ct);
            if (ticket.Estado is "completado" or "fallido" || tries == 20)
            {
                return ticket;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), ct);
        }
    }
}
