using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Captcha;
using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Model;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation;

/// <summary>One attempt from the first address to its outcome: look, decide, do, record, until the engine says stop.</summary>
public sealed class Journey(
    RunAttempt command, HeldAttempt held, Chromium chromium, JobsClient jobs, TenantsClient tenants, Announcer announcer, Artefacts artefacts, Attempts attempts,
    SignIns signIns, LivePages pages, FirstReading firstReading, Advisor advisor, TimeProvider time) : IAsyncDisposable
{
    internal static readonly TimeSpan Rest = TimeSpan.FromSeconds(8);
    private readonly Discretion discretion = new();
    private readonly FileIntake intake = new(command, artefacts, time);
    private readonly Clock clock = new(TimeSpan.FromSeconds(command.TimeoutSeconds), held, time);
    private Visit? visit;
    private Emission? emission;
    private Interview? interview;
    private StepLog? steps;

    /// <summary>Recorded with jobs in this attempt.</summary>
    public bool Emitted => emission is { Recorded: true };

    /// <exception cref="OperationCanceledException">The attempt was stopped: <see cref="HeldAttempt.Reason"/> says why.</exception>
    public async Task<Outcome> RunAsync()
    {
        if (await tenants.FiscalProfileAsync(command.CompanyId, command.FiscalProfileId, held.Stopped) is not { } receptor)
        {
            return new Outcome(Outcome.RequiereHumano, "Faltan los datos fiscales de la empresa: capture un perfil fiscal para poder facturar.", "fiscal_profile");
        }

        var account = command.Merchant is { } merchant && await tenants.CredentialsAsync(command.CompanyId, merchant.Id, held.Stopped) is { } credentials ? PortalAccount.Of(command.CompanyId, merchant.Id, credentials) : null;
        discretion.Learn(account?.Password ?? "");
        var earlier = account is null ? null : signIns.Take(account);
        var session = await PortalSession.OpenAsync(chromium, earlier);
        visit = new Visit(command, receptor, account, session, new RecipeBook(command, jobs), discretion, signedIn: earlier is not null);
        await using var closeOnStop = held.Stopped.Register(() => _ = session.DisposeAsync().AsTask());
        steps = new StepLog(command, session, announcer, artefacts, discretion, time);
        emission = new Emission(visit, held, jobs, time);
        interview = new Interview(visit, emission, held, attempts, announcer, artefacts, pages, steps, firstReading, clock, time);
        session.OnDialog = emission.DecideDialogAsync;
        visit.Begin(null);
        clock.Start();
        var outcome = await new Itinerary(visit, emission, held, steps, FollowAsync, time).RunAsync();
        await KeepSignInAsync(outcome);
        return outcome;
    }

    public AttemptFinished Finished(Outcome outcome) => new(
        command.JobId, command.Attempt, command.CompanyId, outcome.Word, discretion.Hide(outcome.Detail), outcome.Field, discretion.Hide(visit?.Url), outcome.ErrorType, outcome.RetryAt,
        visit is { History.Typed.EverReceptor: true } || intake.Files.Count > 0 ? visit?.Receptor.Rfc : null, Emitted && MayHaveIssued(outcome), intake.Files, Usage(), time.GetUtcNow());

    /// <summary>What jobs should know of the portal's recipe; null when no portal was reached.</summary>
    public (string Host, RecipeUse Use)? Learned(Outcome outcome) => visit?.Recipes.Use(
        outcome.Word is Outcome.Entregada || (outcome.Word == Outcome.EmitidaPendiente && Emitted), visit.History, visit.Privates(), clock.Elapsed.TotalSeconds, visit.Session.Activity.PageLoads);

    public async ValueTask DisposeAsync()
    {
        clock.Dispose();
        await (steps?.EndAsync() ?? Task.CompletedTask);
        if (visit is not null)
        {
            await visit.Session.DisposeAsync();
        }
    }

    private AttemptUsage Usage() => new(
        clock.Elapsed.TotalSeconds, visit?.Session.Activity.PageLoads ?? 0, interview?.Captchas ?? 0, firstReading.Count, advisor.InputTokens, advisor.OutputTokens, advisor.Used,
        intake.StoredBytes + (steps?.StoredBytes ?? 0), firstReading.Locally);

    private bool MayHaveIssued(Outcome outcome) =>
        visit!.History.EmitPressed || (visit.History.SaidInvoicedToPress && outcome.Word is not (Outcome.Recuperada or Outcome.OtroRfc));

    // Where nothing made sense the session may be the reason: the next attempt signs in anew.
    private async Task KeepSignInAsync(Outcome outcome)
    {
        if (visit is { Account: { } account, History.LoggedIn: true } && outcome.Word is not (Outcome.NoReconocido or Outcome.PortalCaido) && outcome.ErrorType != "login" && await visit.Session.StateAsync() is { } state)
        {
            signIns.Keep(account, state);
        }
    }

    private async Task<Outcome> FollowAsync(string url)
    {
        var (session, history) = (visit!.Session, visit.History);
        var reader = new PageReader(session);
        var hands = new Hands(session, reader);
        var doer = new MoveDoer(session, reader, hands, intake, history, visit.Receptor, time);
        var asked = session.Activity.Asked;
        while (true)
        {
            held.Stopped.ThrowIfCancellationRequested();
            session.Demand();
            var page = await reader.ReadAsync();
            visit.Url = page.Url;
            await doer.TakeFilesAsync();
            history.Typed.Look(page, session.Activity.Asked > asked);
            var (move, reason) = await DecideAsync(page, url);
            asked = session.Activity.Asked;
            // The picture of the last move was taken while the page was being read.
            await steps!.TakenAsync();
            if (await StepAsync(move, page, doer, reason) is { } ended)
            {
                return ended;
            }

            visit.Recipes.Note(history, url, visit.GoalFor(url));
        }
    }

    private async Task<(Move Move, string? Reason)> DecideAsync(Snapshot page, string url)
    {
        using var span = Telemetry.Source.StartActivity("decide");
        var move = Rote.Together(NextMove.Decide(page, visit!.GoalFor(url), visit.History, time.GetUtcNow()), page, visit.GoalFor(url), visit.History);
        var advice = await advisor.AdviseAsync(move, page, visit.GoalFor(page.Url), visit.History, visit.Hide, held.Stopped);
        return (advice?.Move ?? move, advice?.Reason);
    }

    private async Task<Outcome?> StepAsync(Move move, Snapshot page, MoveDoer doer, string? reasoning)
    {
        if (move is Move.Stop stop)
        {
            await steps!.RecordAsync("stop", StepLog.StatusOf(move), stop.Outcome.Detail, page.Url, true, null);
            return stop.Outcome;
        }

        using var span = Telemetry.Source.StartActivity("step");
        span?.SetTag("invoicing.move", move.GetType().Name);
        switch (move)
        {
            case Move.AskPerson ask:
                return await interview!.AskAsync(ask, page, doer);
            case Move.Press { Emits: true } first when emission!.IsSupervised:
                return await interview!.AskAsync(Emission.Supervision(first, page.Url), page, doer);
            case Move.Press { Emits: true } when !await emission!.RecordAsync(page.Url):
                held.Stopped.ThrowIfCancellationRequested();
                return new Outcome(Outcome.Incierto, "No se pudo registrar la emisión; no se presionó el botón.", ErrorType: "emission_not_recorded");
        }

        await DoAsync(move, page, doer, reasoning);
        return null;
    }

    private async Task DoAsync(Move move, Snapshot page, MoveDoer doer, string? reasoning)
    {
        var start = time.GetTimestamp();
        var done = await doer.DoAsync(move, page);
        visit!.History.Did(move, page, done.Ok, time.GetUtcNow());
        if (move is not Move.Wait || visit.History.Waits == 1)
        {
            _ = steps!.RecordAsync(move, page.Url, done, time.GetElapsedTime(start), reasoning);
        }
    }
}
