using System.CommandLine;

namespace Invoicing.Cli.Commands;

/// <summary>invoicing usage: jobs and cost a day, in Mexico City's days.</summary>
internal static class UsageReport
{
    public static Command Command()
    {
        var from = new Option<DateOnly?>("--from") { Description = "Desde este día (AAAA-MM-DD)." };
        var to = new Option<DateOnly?>("--to") { Description = "Hasta este día, incluido." };
        var command = new Command("usage", "Consumo y costo por día.") { from, to };
        command.SetAction(async (parsed, ct) =>
        {
            using var api = Connection.Open(parsed);
            var usage = await api.Billing.UsageAsync(parsed.GetValue(from), parsed.GetValue(to), ct);
            if (Connection.Json(parsed))
            {
                Output.Line(usage);
                return;
            }

            Output.Table(
                ["Día", "Trabajos", "Con CFDI", "Sin CFDI", "Captchas", "Costo"],
                usage.Lines.Select(IReadOnlyList<string?> (l) => [$"{l.Date:yyyy-MM-dd}", $"{l.Jobs}", $"{l.Successful}", $"{l.Failed}", $"{l.CaptchasSolved}", Output.Cost(l.CostBreakdown?.GetValueOrDefault("total"))]));
            Console.Out.WriteLine($"Total: {Output.Cost(usage.TotalCost)}");
        });
        return command;
    }
}
