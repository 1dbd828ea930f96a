using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Engine;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation;

/// <summary>Says each move with its picture, numbered in order.</summary>
public sealed class StepLog(RunAttempt command, PortalSession session, Announcer announcer, Artefacts artefacts, Discretion discretion, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private int number;
    private Task taken = Task.CompletedTask;
    private Task said = Task.CompletedTask;

    public long StoredBytes { get; private set; }

    /// <summary>Done when the picture is taken: only then may the page be touched again. Storing and saying go on behind, in order.</summary>
    public Task TakenAsync() => said.IsFaulted ? said : taken;

    /// <summary>All that was recorded is said, or could not be in time.</summary>
    public async Task EndAsync() => await said.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Done when it is said. Several fields typed together are as many steps with one picture.</summary>
    /// <param name="reasoning">The model's, where it chose the move.</param>
    public Task RecordAsync(Move move, string url, Done done, TimeSpan took, string? reasoning = null)
    {
        IReadOnlyList<Move> parts = move is Move.FillForm form ? form.Parts : [move];
        return InOrderAsync(move is Move.Wait ? Task.FromResult<byte[]?>(null) : session.PictureAsync(discretion.Secrets), async picture =>
        {
            foreach (var part in parts)
            {
                await SayAsync(ActionOf(part), StatusOf(part), part.Why, url, done.Ok, done.Trouble, SelectorOf(part), (int)took.TotalMilliseconds / parts.Count, picture, reasoning);
            }
        });
    }

    /// <inheritdoc cref="RecordAsync(Move, string, Done, TimeSpan, string?)" path="/summary"/>
    public Task RecordAsync(string action, string status, string description, string url, bool ok, string? trouble) =>
        InOrderAsync(session.PictureAsync(discretion.Secrets), picture => SayAsync(action, status, description, url, ok, trouble, null, 0, picture));

    private Task InOrderAsync(Task<byte[]?> picture, Func<StoredFile?, Task> say)
    {
        taken = picture;
        return said = AfterAsync(said);

        async Task AfterAsync(Task before)
        {
            await before;
            await say(await StoredAsync(await picture));
        }
    }

    private async Task<StoredFile?> StoredAsync(byte[]? jpeg)
    {
        if (jpeg is null || !artefacts.HasRoom(command.CompanyId, command.StorageQuotaMb ?? int.MaxValue, jpeg.Length))
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
