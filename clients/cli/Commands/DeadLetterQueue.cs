using System.CommandLine;

namespace Invoicing.Cli.Commands;

/// <summary>invoicing dlq: messages that no consumer could take; replay or discard them by id. For platform administrators.</summary>
internal static class DeadLetterQueue
{
    public static Command Command()
    {
        var status = new Option<string?>("--status") { Description = "Estado: dead, replayed, discarded." };
        var queue = new Option<string?>("--queue") { Description = "Solo los de una cola." };
        var command = new Command("dlq", "Mensajes que nadie pudo atender.") { status, queue };
        command.SetAction(async (parsed, ct) =>
        {
            using var api = Connection.Open(parsed);
            var letters = await api.DeadLetters.ListAsync(parsed.GetValue(status), parsed.GetValue(queue), ct: ct).Take(200).ToListAsync(ct);
            if (Connection.Json(parsed))
            {
                letters.ForEach(Output.Line);
                return;
            }

            Output.Table(
                ["Mensaje", "Cola", "Tipo", "Motivo", "Intentos", "Último", "Estado"],
                letters.Select(IReadOnlyList<string?> (l) => [l.Id, l.Queue, l.MessageType, l.Reason, $"{l.Attempts}", Output.Moment(l.LastAt), l.Status]));
        });
        var ids = new Argument<string[]>("id") { Description = "Mensajes.", Arity = ArgumentArity.OneOrMore };
        var replay = new Command("replay", "Entregarlos otra vez.") { ids };
        replay.SetAction(async (parsed, ct) =>
        {
            using var api = Connection.Open(parsed);
            foreach (var id in parsed.GetValue(ids)!)
            {
                Output.Line(await api.DeadLetters.ReplayAsync(id, ct));
            }
        });
        var discard = new Command("discard", "Descartarlos.") { ids };
        discard.SetAction(async (parsed, ct) =>
        {
            using var api = Connection.Open(parsed);
            foreach (var id in parsed.GetValue(ids)!)
            {
                await api.DeadLetters.DiscardAsync(id, ct);
            }
        });
        command.Subcommands.Add(replay);
        command.Subcommands.Add(discard);
        return command;
    }
}
