using System.CommandLine;

namespace Invoicing.Cli.Commands;

/// <summary>invoicing watch JOB: the job's events live, to its end. Exit code 0 when it ended as completado.</summary>
internal static class Watch
{
    public static Command Command()
    {
        var job = new Argument<long>("job") { Description = "Número del trabajo." };
        var after = new Option<long>("--after") { Description = "Solo los eventos posteriores a este número." };
        var command = new Command("watch", "Seguir un trabajo en vivo hasta su fin.") { job, after };
        command.SetAction(async (parsed, ct) =>
        {
            using var api = Connection.Open(parsed);
            var json = Connection.Json(parsed);
            var status = "";
            await Progress.ShowAsync(json, async board =>
            {
                var row = board.Add($"trabajo {parsed.GetValue(job)}");
                await foreach (var seen in api.Jobs.FollowAsync(parsed.GetValue(job), parsed.GetValue(after), ct))
                {
                    status = seen.Job.Status;
                    row.Show(seen.Job);
                    if (json)
                    {
                        Output.Line(seen);
                    }
                }

                // A job that was over before has no events left to follow.
                var ended = await api.Jobs.GetAsync(parsed.GetValue(job), ct);
                status = ended.Status;
                row.End(status == "completado", $"{status}. {ended.OutcomeDetail}");
            });
            return status == "completado" ? 0 : 1;
        });
        return command;
    }
}
