using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Engine;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation;

/// <summary>Asks a person while the page stays open; the slot is free meanwhile, as long as not too many pages wait.</summary>
public sealed class Question(RunAttempt command, HeldAttempt held, Attempts attempts, PortalSession session, Announcer announcer, Artefacts artefacts, Discretion discretion, LivePages pages, LivePage live, TimeProvider time)
{
    /// <summary>Null when nobody answered in time.</summary>
    /// <exception cref="OperationCanceledException">The attempt was stopped meanwhile.</exception>
    public async Task<PersonAnswer?> AskAsync(Move.AskPerson ask, byte[]? image)
    {
        var id = Guid.CreateVersion7().ToString("N");
        var limit = TimeSpan.FromSeconds(command.InterventionTimeoutSeconds);
        var now = time.GetUtcNow();
        held.Expect(id);
        var picture = image is null ? null : await artefacts.PutAsync(command.CompanyId, "captcha.png", "image/png", image, held.Stopped);
        var page = await session.PictureAsync(discretion.Secrets) is { } jpeg ? await artefacts.PutAsync(command.CompanyId, "pagina.jpg", "image/jpeg", jpeg, held.Stopped) : null;
        held.Waiting = attempts.MayWait;
        await using var shown = pages.Show(id, live);
        try
        {
            await announcer.SayAsync(
                new InterventionAsked(id, command.JobId, command.Attempt, command.CompanyId, ask.Kind, discretion.Hide(ask.Prompt), ask.Kind == "dato" ? ask.Datum : null, picture, page, ask.Options, now, now + limit), held.Stopped);
            return await held.AwaitAnswerAsync(id, limit);
        }
        finally
        {
            held.Waiting = false;
        }
    }
}
