using System.CommandLine;
using Invoicing.Client;

namespace Invoicing.Cli.Commands;

/// <summary>invoicing jobs: the latest jobs; with cancel, pause, resume, retry and numbers: steer them.</summary>
internal static class JobList
{
    public static Command Command()
    {
        var status = new Option<string?>("--status") { Description = "Estados separados por comas: en_cola,requiere_intervencion…" };
        var batch = new Option<string?>("--batch") { Description = "Solo los de un lote." };
        var limit = new Option<int>("--limit") { Description = "Cuántos como máximo.", DefaultValueFactory = _ => 20 };
        var command = new Command("jobs", "Ver y gobernar trabajos.") { status, batch, limit };
        command.SetAction(async (parsed, ct) =>
        {
            using var api = Connection.Open(parsed);
            var most = Math.Max(1, parsed.GetValue(limit));
            var jobs = await api.Jobs.ListAsync(parsed.GetValue(status), parsed.GetValue(batch), pageSize: Math.Min(most, 200), ct: ct).Take(most).ToListAsync(ct);
            Show(jobs, Connection.Json(parsed));
        });
        Steering(command, "cancel", "Cancelar.", (api, id, ct) => api.Jobs.CancelAsync(id, ct));
        Steering(command, "pause", "Pausar.", (api, id, ct) => api.Jobs.PauseAsync(id, ct));
        Steering(command, "resume", "Reanudar.", (api, id, ct) => api.Jobs.ResumeAsync(id, ct));
        Steering(command, "retry", "Intentar otra vez.", (api, id, ct) => api.Jobs.RetryAsync(id, ct));
        return command;
    }

    private static void Show(List<Job> jobs, bool json)
    {
        if (json)
        {
            jobs.ForEach(Output.Line);
            return;
        }

        Output.Table(
            ["Trabajo", "Ticket", "Comercio", "Estado", "%", "Resultado", "Creado"],
            jobs.Select(IReadOnlyList<string?> (j) => [$"{j.Id}", $"{j.TicketId}", j.MerchantName, j.Status, $"{j.ProgressPercentage}", j.OutcomeDetail ?? j.Outcome, Output.Moment(j.CreatedAt)]));
    }

    private static void Steering(Command parent, string verb, string description, Func<InvoicingClient, long, CancellationToken, Task<JobCommand>> act)
    {
        var ids = new Argument<long[]>("job") { Description = "Números de trabajos.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(verb, description) { ids };
        command.SetAction(async (parsed, ct) =>
        {
            using var api = Connection.Open(parsed);
            foreach (var id in parsed.GetValue(ids)!)
            {
                var told = await act(api, id, ct);
                if (Connection.Json(parsed))
                {
                    Output.Line(told);
                }
                else
                {
                    Console.Out.WriteLine($"trabajo {told.JobId}: {told.Status}");
                }
            }
        });
        parent.Subcommands.Add(command);
    }
}
