using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Engine;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation;

/// <summary>Says each move with its picture, numbered in order.</summary>
public sealed class StepLog(RunAttempt command, PortalSession session, Announcer announcer, Artefacts artefacts, Discretion discretion, TimeProvider time)
{
    private int number;

    public long StoredBytes { get; private set; }

    /// <summary>Several fields typed together are as many steps with one picture.</summary>
    /// <param name="reasoning">The model's, where it chose the move.</param>
    public async Task RecordAsync(Move move, string url, Done done, TimeSpan took, string? reasoning = null)
    {
        var picture = move is Move.Wait ? null : await PictureAsync();
        IReadOnlyList<Move> parts = move is Move.FillForm form ? form.Parts : [move];
        foreach (var part in parts)
        {
            await SayAsync(ActionOf(part), StatusOf(part), part.Why, url, done.Ok, done.Trouble, SelectorOf(part), (int)took.TotalMilliseconds / parts.Count, picture, reasoning);
        }
    }

    public async Task RecordAsync(string action, string status, string description, string url, bool ok, string? trouble) =>
        await SayAsync(action, status, description, url, ok, trouble, null, 0, await PictureAsync());

    private async Task<StoredFile?> PictureAsync()
    {
        if (await session.PictureAsync(discretion.Secrets) is not { } jpeg)
        {
            return null;
        }

        StoredBytes += jpeg.Length;
        return await artefacts.PutAsync(command.CompanyId, $"paso-{number + 1}.jpg", "image/jpeg", jpeg, CancellationToken.None);
    }

    private async Task SayAsync(string action, string status, string description, string url, bool ok, string? trouble, string? selector, int took, StoredFile? picture, string? reasoning = null) =>
        await announcer.SayAsync(new StepRecorded(
            command.JobId, command.Attempt, command.CompanyId, ++number, status, action, discretion.Hide(description), discretion.Hide(WithoutQuery(url)), discretion.Hide(selector), ok ? "ok" : "failed", took, picture,
            discretion.Hide(trouble), discretion.Hide(reasoning),
            time.GetUtcNow()));

    public static string StatusOf(Move move) => move switch
    {
        Move.Fill { Canonical: "captcha" } => "resolviendo_captcha",
        Move.Fill or Move.Choose or Move.Tick => "llenando_formulario",
        Move.CollectFiles or Move.Consult or Move.Press { Emits: true } or Move.Stop => "descarga_pendiente",
        _ => "navegando",
    };

    private static string ActionOf(Move move) => move switch
    {
        Move.Fill { Canonical: "captcha" } => "captcha",
        Move.Fill or Move.Choose or Move.Tick => "fill",
        Move.Press or Move.Reveal => "press",
        Move.CollectFiles => "download",
        Move.Consult => "consult",
        Move.Navigate => "navigate",
        Move.AskPerson => "ask",
        Move.Wait => "wait",
        _ => "stop",
    };

    private static string? SelectorOf(Move move) => move switch
    {
        Move.Fill f => f.Field.Caption,
        Move.Choose c => c.Field.Caption,
        Move.Tick t => t.Field.Caption,
        Move.Press p => p.Control.Caption,
        _ => null,
    };

    // A form sent by GET has the receptor's data in its address.
    private static string WithoutQuery(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Path) : url;
}
