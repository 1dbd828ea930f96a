using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Engine;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation;

/// <summary>Moves of the engine → what the browser does, one after the other.</summary>
public sealed class MoveDoer(
    PortalSession session, PageReader reader, Hands hands, FileIntake intake, History history, FiscalProfileFacts receptor, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(25);
    private readonly Dictionary<string, long> pictureSeen = [];
    private readonly Collector collector = new(session, reader, hands);

    public async Task<Done> DoAsync(Move move, Snapshot page)
    {
        Notice(page);
        session.Activity.Forget();
        var since = TimeProvider.System.GetTimestamp();
        session.Inbox.Open |= move is Move.Press { Emits: true } or Move.Consult;
        var done = move switch
        {
            Move.Wait wait => await hands.PauseAsync(wait),
            Move.Navigate go => await GoAsync(go.Url),
            Move.Consult => new Done(true),
            Move.CollectFiles collect => await CollectAsync(collect, page),
            _ => await ByHandAsync(move),
        };
        if (done.Offered is { Count: > 0 } offered && move is Move.Choose choose)
        {
            history.Missing[choose.Field.Key] = offered;
        }

        if (move is not Move.Wait and not Move.Fill and not Move.Choose and not Move.FillForm and not Move.Consult)
        {
            await hands.SettleAsync(Journey.Rest, since: IsKnown(move, page) ? since : null);
        }

        return done;
    }

    // Pressed on this very page before, with an invoice as its end; where this press may issue one, the portal is given all its time.
    private bool IsKnown(Move move, Snapshot page) => move is Move.Press { Emits: false } press && history.Known is { } recipe && !history.Consulting && recipe.Knows(page, press.Control);

    public Task TakeFilesAsync() => intake.TakeAsync(session.Inbox.TakeAll(), receptor.Rfc, history.Files);

    /// <summary>The captcha as it is on show; one that has stood there for a while is changed first, for it may expire while a person looks.</summary>
    public async Task<byte[]?> PictureAsync(Move.AskPerson ask, Snapshot page)
    {
        var field = page.Fields.FirstOrDefault(f => f.Key == ask.Datum);
        var picture = ask.Picture!;
        if (field is not null && pictureSeen.TryGetValue(picture.Source, out var seen) && time.GetElapsedTime(seen) > Old && CaptchaMoves.Refresh(page, field) is { } refresh)
        {
            await hands.PressAsync(refresh);
            await hands.SettleAsync(Journey.Rest);
        }

        var element = await reader.FindAsync(picture.Handle);
        return element is null ? null : await element.ScreenshotAsync();
    }

    /// <summary>Typed into the box that asked, wherever the page has put it since.</summary>
    public async Task AnswerCaptchaAsync(Move.AskPerson ask, string answer)
    {
        var page = await reader.ReadAsync();
        if (page.Fields.FirstOrDefault(f => f.Key == ask.Datum) is not { } field)
        {
            return;
        }

        var fill = new Move.Fill(field, "captcha", answer.Trim(), true, false, "Escribí la respuesta del captcha.");
        var done = await hands.DoAsync(fill);
        history.Did(fill, page, done.Ok, time.GetUtcNow());
    }

    // A page whose script never ends answers nothing: the next look at it tells.
    private async Task<Done> ByHandAsync(Move move)
    {
        try
        {
            return await hands.DoAsync(move).WaitAsync(Longest);
        }
        catch (TimeoutException)
        {
            return new Done(false, "La página no respondió.");
        }
    }

    private async Task<Done> CollectAsync(Move.CollectFiles move, Snapshot page)
    {
        var before = session.Inbox.Count;
        await collector.CollectAsync(move, page);
        // A file that did not come is no lost answer of the page.
        session.Activity.Forget();
        return session.Inbox.Count > before ? new Done(true) : new Done(false, "El portal no entregó ningún archivo.");
    }

    private async Task<Done> GoAsync(string url)
    {
        var trouble = await session.GoAsync(url);
        return new Done(trouble is null, trouble);
    }

    private void Notice(Snapshot page)
    {
        foreach (var picture in page.Pictures)
        {
            pictureSeen.TryAdd(picture.Source, time.GetTimestamp());
        }
    }
}
