using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Captcha;
using Invoicing.BrowserAutomation.Engine;

namespace Invoicing.BrowserAutomation;

/// <summary>What the page does not tell: a captcha is read where the tenant allows that, all else a person is asked while the page stays open.</summary>
public sealed class Interview(
    Visit visit, Emission emission, HeldAttempt held, Attempts attempts, Announcer announcer, Artefacts artefacts, LivePages pages, StepLog steps, FirstReading firstReading, Clock clock, TimeProvider time)
{
    /// <summary>Captchas answered, by whomever.</summary>
    public int Captchas { get; private set; }

    /// <summary>Null: the attempt goes on.</summary>
    public async Task<Outcome?> AskAsync(Move.AskPerson ask, Snapshot page, MoveDoer doer)
    {
        visit.History.Bump(ask.Kind == "captcha" ? "captcha" : "asked:" + ask.Datum);
        var live = new LivePage(visit.Command.CompanyId, new RemoteHand(visit.Session, visit.Discretion), steps, emission.PermitAsync, time);
        var question = new Question(visit.Command, held, attempts, visit.Session, announcer, artefacts, visit.Discretion, pages, live, time);
        var image = ask.Picture is null ? null : await doer.PictureAsync(ask, page);
        clock.Pause();
        if (await ReadAsync(ask, image) is { } solved)
        {
            clock.Resume();
            await AnswerAsync(ask, solved, page, doer);
            return null;
        }

        await steps.RecordAsync("ask", ask.Kind == "captcha" ? "resolviendo_captcha" : "requiere_intervencion", ask.Why, page.Url, true, null);
        var answer = await question.AskAsync(ask, image);
        clock.Resume();
        if (answer is not { Action: not "reject" })
        {
            return new Outcome(Outcome.RequiereHumano, answer is null ? $"Nadie respondió a tiempo: {ask.Prompt}" : $"La persona rechazó la pregunta: {ask.Prompt}", ask.Kind == "dato" ? ask.Datum : null, ErrorType: ask.Kind);
        }

        await HeedAsync(ask, answer.Value, page, doer);
        return null;
    }

    private async Task<string?> ReadAsync(Move.AskPerson ask, byte[]? image) =>
        ask.Kind == "captcha" && ask.Datum != CaptchaMoves.Widget && !visit.Answers.ContainsKey(Filling.NoRobot)
            ? await firstReading.TryAsync(visit.Here, ask.Prompt, image, refused: !visit.History.Typed.Captcha, held.Stopped)
            : null;

    private async Task HeedAsync(Move.AskPerson ask, string? value, Snapshot page, MoveDoer doer)
    {
        if (ask.Kind == "captcha" && value is { Length: > 0 })
        {
            await AnswerAsync(ask, value, page, doer);
            return;
        }

        visit.History.Did(ask, page, true, time.GetUtcNow());
        Captchas += ask.Kind == "captcha" ? 1 : 0;
        // Without a value the page speaks for itself: the person has put there what was asked for.
        if (value is { Length: > 0 } || ask.Kind == "confirmacion")
        {
            visit.Answers[ask.Datum] = value ?? "";
        }

        visit.History.Missing.Clear();
    }

    private async Task AnswerAsync(Move.AskPerson ask, string answer, Snapshot page, MoveDoer doer)
    {
        visit.History.Did(ask, page, true, time.GetUtcNow());
        Captchas++;
        await doer.AnswerCaptchaAsync(ask, answer);
    }
}
