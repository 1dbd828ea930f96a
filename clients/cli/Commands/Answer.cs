using System.CommandLine;
using Invoicing.Client;

namespace Invoicing.Cli.Commands;

/// <summary>invoicing answer: what waits for a person; with an id and a value, --approve or --reject: the answer.</summary>
internal static class Answer
{
    public static Command Command()
    {
        var id = new Argument<string?>("id") { Description = "La pregunta; sin ella se listan las abiertas.", Arity = ArgumentArity.ZeroOrOne };
        var value = new Argument<string?>("value") { Description = "La respuesta.", Arity = ArgumentArity.ZeroOrOne };
        var approve = new Option<bool>("--approve") { Description = "Confirmar." };
        var reject = new Option<bool>("--reject") { Description = "Rechazar." };
        var image = new Option<FileInfo?>("--image") { Description = "Guardar aquí la imagen de la pregunta (el captcha o el recorte) en vez de responder." };
        var command = new Command("answer", "Responder lo que espera a una persona.") { id, value, approve, reject, image };
        command.SetAction(async (parsed, ct) =>
        {
            using var api = Connection.Open(parsed);
            if (parsed.GetValue(id) is not { } asked)
            {
                await ListAsync(api, Connection.Json(parsed), ct);
                return 0;
            }

            if (parsed.GetValue(image) is { } file)
            {
                return await SaveImageAsync(api, asked, file, ct);
            }

            var answered = (parsed.GetValue(approve), parsed.GetValue(reject), parsed.GetValue(value)) switch
            {
                (true, false, null) => await api.Interventions.ApproveAsync(asked, ct),
                (false, true, null) => await api.Interventions.RejectAsync(asked, ct),
                (false, false, { } text) => await api.Interventions.AnswerAsync(asked, text, ct),
                _ => throw new FormatException("Indique una respuesta, --approve o --reject: exactamente uno de los tres."),
            };
            Show([answered], Connection.Json(parsed));
            return 0;
        });
        return command;
    }

    private static async Task ListAsync(InvoicingClient api, bool json, CancellationToken ct) => Show(await api.Interventions.ListAsync(ct: ct).ToListAsync(ct), json);

    private static async Task<int> SaveImageAsync(InvoicingClient api, string id, FileInfo file, CancellationToken ct)
    {
        var asked = await api.Interventions.GetAsync(id, ct);
        if ((asked.ImageUrl ?? asked.ScreenshotUrl) is not { } url)
        {
            Failures.Tell("La pregunta no tiene imagen.");
            return 1;
        }

        await File.WriteAllBytesAsync(file.FullName, await api.Tickets.DownloadAsync(url, ct), ct);
        Console.Out.WriteLine(file.FullName);
        return 0;
    }

    private static void Show(List<Intervention> asked, bool json)
    {
        if (json)
        {
            foreach (var one in asked)
            {
                Output.Line(one);
            }
        }
        else if (asked.Count == 0)
        {
            Console.Out.WriteLine("Nada espera a una persona.");
        }
        else
        {
            Output.Table(["Pregunta", "Trabajo", "Tipo", "Qué se pide", "Estado", "Vence"], asked.Select(IReadOnlyList<string?> (i) => [i.Id, $"{i.JobId}", i.Kind, i.Prompt, i.Status, Output.Moment(i.ExpiresAt)]));
        }
    }
}
