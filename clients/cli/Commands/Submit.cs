using System.CommandLine;
using Invoicing.Client;
using Spectre.Console;

namespace Invoicing.Cli.Commands;

/// <summary>invoicing submit FILE…: each file becomes a ticket, is followed live, and its CFDI is saved. Exit code 0 only when every one ended with its verified CFDI.</summary>
internal static class Submit
{
    private const int AtOnce = 4;

    public static Command Command()
    {
        var files = new Argument<FileInfo[]>("file") { Description = "Fotografías, PDF o textos de tickets.", Arity = ArgumentArity.OneOrMore };
        files.AcceptExistingOnly();
        var priority = new Option<string?>("--priority") { Description = "baja, normal, alta o urgente." };
        priority.AcceptOnlyFromAmong("baja", "normal", "alta", "urgente");
        var merchant = new Option<string?>("--merchant") { Description = "Comercio, cuando el ticket no lo deja ver." };
        var profile = new Option<int?>("--fiscal-profile") { Description = "Perfil fiscal con el que se factura; si no, el predeterminado." };
        var folder = new Option<DirectoryInfo>("--out") { Description = "Carpeta donde se guardan XML y PDF.", DefaultValueFactory = _ => new DirectoryInfo(".") };
        var detach = new Option<bool>("--detach") { Description = "No esperar: imprime el trabajo y termina." };
        var command = new Command("submit", "Enviar tickets y guardar su CFDI.") { files, priority, merchant, profile, folder, detach };
        command.SetAction(async (parsed, ct) =>
        {
            using var api = Connection.Open(parsed);
            var options = new TicketOptions { Priority = parsed.GetValue(priority), MerchantHint = parsed.GetValue(merchant), FiscalProfileId = parsed.GetValue(profile) };
            var run = new Errand(api, options, parsed.GetValue(folder)!, parsed.GetValue(detach), Connection.Json(parsed));
            return await run.AllAsync(parsed.GetValue(files)!, ct) ? 0 : 1;
        });
        return command;
    }

    private sealed record Errand(InvoicingClient Api, TicketOptions Options, DirectoryInfo Folder, bool Detach, bool Json)
    {
        public async Task<bool> AllAsync(FileInfo[] files, CancellationToken ct)
        {
            var ended = Array.Empty<bool>();
            using var turns = new SemaphoreSlim(AtOnce);
            await Progress.ShowAsync(Json, async board => ended = await Task.WhenAll(files.Select(async file =>
            {
                await turns.WaitAsync(ct);
                try
                {
                    return await OneAsync(file, board.Add(file.Name), ct);
                }
                finally
                {
                    turns.Release();
                }
            })));
            return ended.All(well => well);
        }

        private async Task<bool> OneAsync(FileInfo file, Progress.Row row, CancellationToken ct)
        {
            Ticket ticket;
            try
            {
                ticket = await Api.Tickets.SubmitAsync(file.Name, await File.ReadAllBytesAsync(file.FullName, ct), Options, ct: ct);
            }
            catch (ApiException refused)
            {
                row.End(false, $"{file.Name}: {refused.Message}");
                return false;
            }

            if (Detach || ticket.AutomationJobId is not { } job)
            {
                row.End(true, $"{file.Name}: ticket {ticket.Id}, trabajo {ticket.AutomationJobId}");
                Tell(ticket, []);
                return true;
            }

            await foreach (var seen in Api.Jobs.FollowAsync(job, ct: ct))
            {
                row.Show(seen.Job);
            }

            return await EndAsync(ticket.Id, file, row, ct);
        }

        private async Task<bool> EndAsync(long id, FileInfo file, Progress.Row row, CancellationToken ct)
        {
            var (ticket, saved) = await Invoices.SaveAsync(Api, id, Folder, ct);
            row.End(saved.Count > 0, $"{file.Name}: {(saved.Count > 0 ? string.Join(", ", saved) : ticket.OutcomeDetail ?? ticket.AutomationStatus)}");
            Tell(ticket, saved);
            return saved.Count > 0;
        }

        private void Tell(Ticket ticket, IReadOnlyList<string> saved)
        {
            if (Json)
            {
                Output.Line(new { ticket_id = ticket.Id, job_id = ticket.AutomationJobId, ticket.AutomationStatus, ticket.Outcome, ticket.OutcomeDetail, ticket.Invoice?.Uuid, files = saved });
            }
        }
    }
}
