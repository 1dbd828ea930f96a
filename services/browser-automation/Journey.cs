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
    private const string Supervised = "primera_emision";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(8);
    private readonly RecipeBook recipes = new(command, jobs);
    private readonly Discretion discretion = new();
    private History history = new();
    private readonly Dictionary<string, string> answers = new(command.Answers);
    private readonly FileIntake intake = new(command, artefacts, time);
    private readonly Clock clock = new(TimeSpan.FromSeconds(command.TimeoutSeconds), held, time);
    private StepLog? steps;
    private PortalSession? session;
    private FiscalProfileFacts? receptor;
    private PortalAccount? account;
    private bool signedIn;
    private string? finalUrl;
    private Task recording = Task.CompletedTask;
    private int captchas;

    /// <summary>Recorded with jobs in this attempt.</summary>
    public bool Emitted { get; private set; }

    /// <exception cref="OperationCanceledException">The attempt was stopped: <see cref="HeldAttempt.Reason"/> says why.</exception>
    public async Task<Outcome> RunAsync()
    {
        receptor = await tenants.FiscalProfileAsync(command.CompanyId, command.FiscalProfileId, held.Stopped);
        if (receptor is null)
        {
            return new Outcome(Outcome.RequiereHumano, "Faltan los datos fiscales de la empresa: capture un perfil fiscal para poder facturar.", "fiscal_profile");
        }

        account = command.Merchant is { } merchant && await tenants.CredentialsAsync(command.CompanyId, merchant.Id, held.Stopped) is { } credentials ? PortalAccount.Of(command.CompanyId, merchant.Id, credentials) : null;
        discretion.Learn(account?.Password ?? "");
        var earlier = account is null ? null : signIns.Take(account);
        signedIn = earlier is not null;
        session = await PortalSession.OpenAsync(chromium, earlier);
        await using var closeOnStop = held.Stopped.Register(() => _ = session.DisposeAsync().AsTask());
        session.OnDialog = DecideDialogAsync;
        steps = new StepLog(command, session, announcer, artefacts, discretion, time);
        history = Begin(null);
        clock.Start();
        var outcome = await OverAddressesAsync();
        await KeepSignInAsync(outcome);
        return outcome;
    }

    public AttemptFinished Finished(Outcome outcome) => new(
        command.JobId, command.Attempt, command.CompanyId, outcome.Word, discretion.Hide(outcome.Detail), outcome.Field, discretion.Hide(finalUrl), outcome.ErrorType, outcome.RetryAt,
        history.EverTyped || intake.Files.Count > 0 ? receptor?.Rfc : null, Emitted && MayHaveIssued(outcome), intake.Files, new AttemptUsage(clock.Elapsed.TotalSeconds, session?.Activity.PageLoads ?? 0, captchas, firstReading.Count, advisor.InputTokens, advisor.OutputTokens, advisor.Used, intake.StoredBytes + (steps?.StoredBytes ?? 0), firstReading.Locally), time.GetUtcNow());

    private bool MayHaveIssued(Outcome outcome) =>
        history.EmitPressed || (history.SaidInvoicedToPress && outcome.Word is not (Outcome.Recuperada or Outcome.OtroRfc));

    public async ValueTask DisposeAsync()
    {
        clock.Dispose();
        if (session is not null)
        {
            await session.DisposeAsync();
        }
    }

    /// <summary>What jobs should know of the portal's recipe; null when no portal was reached.</summary>
    public (string Host, RecipeUse Use)? Learned(Outcome outcome) => receptor is null ? null : recipes.Use(
        outcome.Word is Outcome.Entregada || (outcome.Word == Outcome.EmitidaPendiente && Emitted), history, Privates(), clock.Elapsed.TotalSeconds, session?.Activity.PageLoads ?? 0);

    // Where nothing made sense the session may be the reason: the next attempt signs in anew.
    private async Task KeepSignInAsync(Outcome outcome)
    {
        if (account is not null && history.LoggedIn && outcome.Word is not (Outcome.NoReconocido or Outcome.PortalCaido) && outcome.ErrorType != "login" && await session!.StateAsync() is { } state)
        {
            signIns.Keep(account, state);
        }
    }

    // The portal is down only when every address is.
    private async Task<Outcome> OverAddressesAsync()
    {
        Outcome? down = null;
        foreach (var printed in Addresses.ToTry(command.PortalUrls))
        {
            held.Stopped.ThrowIfCancellationRequested();
            history = Begin(await recipes.OpenAsync(printed, held.Stopped));
            var url = history.Known?.Instead.GetValueOrDefault(printed) ?? printed;
            var trouble = await EnterAsync(url);
            if (trouble is not null)
            {
                recipes.WentAstray(url);
                down ??= new Outcome(Outcome.PortalCaido, "El portal no respondió.", ErrorType: "connection");
                continue;
            }

            var outcome = await FollowAsync(url);
            if (history.Known is not null && Misleads(outcome))
            {
                recipes.CloseAsMisleading();
                history = Begin(null);
                outcome = await EnterAsync(printed) is null ? await FollowAsync(printed) : outcome;
            }

            if (!IsWrongAddress(outcome) || history.FirstEmitAt is not null || history.EverTyped)
            {
                return outcome;
            }

            recipes.WentAstray(url);
            down = down is { Word: Outcome.PortalCaido, ErrorType: not "connection" } ? down : outcome;
        }

        return down ?? new Outcome(Outcome.NoReconocido, "El ticket no trae ninguna dirección de portal.", "portal_url");
    }

    private History Begin(Recipe? known)
    {
        var begun = new History { Known = known, LoggedIn = signedIn };
        if (command.ConsultOnly)
        {
            begun.BeginConsult();
            begun.Bump("was_ours");
        }

        return begun;
    }

    // Nothing was issued and the portal made no sense: perhaps it is what was learned that makes none any more.
    private bool Misleads(Outcome outcome) => history.FirstEmitAt is null && outcome.Word is Outcome.NoReconocido && !Emitted;

    // Straight to the form where it is known; through the front door when it is not there any more.
    private async Task<string?> EnterAsync(string url)
    {
        if (!command.ConsultOnly && history.Known?.EntryFor(url, GoalFor(url)) is { } entry)
        {
            if (await GoAsync(entry) is null && await HasFormAsync(url))
            {
                return null;
            }

            history.Known.Forget(url, GoalFor(url));
        }

        return await GoAsync(url);
    }

    private async Task<string?> GoAsync(string url)
    {
        var trouble = await session!.GoAsync(url);
        await steps!.RecordAsync("navigate", "navegando", $"Abrí el portal {Shown(url)}.", url, trouble is null, trouble);
        if (trouble is null)
        {
            history.Did(new Move.Navigate(url, ""), Snapshot.Empty, true, time.GetUtcNow());
        }

        return trouble;
    }

    private async Task<bool> HasFormAsync(string url)
    {
        var reader = new PageReader(session!);
        await new Hands(session!, reader).SettleAsync(Rest);
        return FieldMap.Of((await reader.ReadAsync()).Fields, GoalFor(url), history.Known?.Fields).Any(m => m.Group == "ticket");
    }

    // What leaves for a model, without what is the company's own.
    private string Hidden(string text) => discretion.Hide(Privates().Where(p => p.Length >= 4).Aggregate(text, (t, p) => t.Replace(p, "•••", StringComparison.OrdinalIgnoreCase)));

    // What must not be told to other tenants.
    private List<string> Privates() =>
        [.. command.Fields.Where(f => f.Key is not ("forma_pago" or "merchant" or "comercio" or "marca" or "rfc_emisor")).Select(f => f.Value).Concat(answers.Values).Concat(discretion.Secrets).Concat([receptor!.Rfc, receptor.Nombre, receptor.Correo, receptor.CodigoPostal])];

    // Print is misread, cut over two lines, years old: a page that is not there, or that has nothing to fill in, is no portal's last word.
    private bool IsWrongAddress(Outcome outcome) => outcome.Word == Outcome.PortalCaido
        || (history.Fills == 0 && (outcome.Word == Outcome.NoReconocido || (command.ConsultOnly && outcome.Word == Outcome.Incierto && !history.RecoverPressed)));

    private async Task<Outcome> FollowAsync(string url)
    {
        var reader = new PageReader(session!);
        var hands = new Hands(session!, reader);
        var doer = new MoveDoer(session!, reader, hands, intake, history, receptor!, time);
        await hands.SettleAsync(Rest);
        var asked = session!.Activity.Asked;
        while (true)
        {
            held.Stopped.ThrowIfCancellationRequested();
            session.Demand();
            var page = await reader.ReadAsync();
            finalUrl = page.Url;
            await doer.TakeFilesAsync();
            history.Look(page, session.Activity.Asked > asked);
            var move = Rote.Together(NextMove.Decide(page, GoalFor(url), history, time.GetUtcNow()), page, GoalFor(url), history);
            var advice = await advisor.AdviseAsync(move, page, GoalFor(page.Url), history, Hidden, held.Stopped);
            move = advice?.Move ?? move;
            asked = session.Activity.Asked;
            // The picture of the last move was taken while the page was being read.
            await recording;
            if (move is Move.Stop stop)
            {
                await steps!.RecordAsync("stop", StepLog.StatusOf(move), stop.Outcome.Detail, page.Url, true, null);
                return stop.Outcome;
            }

            if (await StepAsync(move, page, doer, advice?.Reason) is { } ended)
            {
                return ended;
            }

            recipes.Note(history, url, GoalFor(url));
        }
    }

    private async Task<Outcome?> StepAsync(Move move, Snapshot page, MoveDoer doer, string? reasoning)
    {
        using var span = Telemetry.Source.StartActivity("step");
        span?.SetTag("invoicing.move", move.GetType().Name);
        if (move is Move.AskPerson ask)
        {
            return await AskAsync(ask, page, doer);
        }

        if (move is Move.Press { Emits: true } emission && IsSupervised)
        {
            return await AskAsync(new Move.AskPerson(
                "confirmacion", Supervised, $"Es la primera factura en {Shown(page.Url)}. Revise en la imagen los datos capturados: ¿se presiona «{Filling.Short(emission.Control.Caption)}»?", null, [],
                "Se pidió a una persona confirmar la primera emisión en este portal."), page, doer);
        }

        if (move is Move.Press { Emits: true } && !await RecordEmissionAsync(page.Url))
        {
            held.Stopped.ThrowIfCancellationRequested();
            return new Outcome(Outcome.Incierto, "No se pudo registrar la emisión; no se presionó el botón.", ErrorType: "emission_not_recorded");
        }

        var start = time.GetTimestamp();
        var done = await doer.DoAsync(move, page);
        history.Did(move, page, done.Ok, time.GetUtcNow());
        if (move is not Move.Wait || history.Waits == 1)
        {
            recording = steps!.RecordAsync(move, page.Url, done, time.GetElapsedTime(start), reasoning);
        }

        return null;
    }

    private async Task<Outcome?> AskAsync(Move.AskPerson ask, Snapshot page, MoveDoer doer)
    {
        history.Bump(ask.Kind == "captcha" ? "captcha" : "asked:" + ask.Datum);
        var live = new LivePage(command.CompanyId, new RemoteHand(session!, discretion), steps!, PermitAsync, time);
        var question = new Question(command, held, attempts, session!, announcer, artefacts, discretion, pages, live, time);
        var image = ask.Picture is null ? null : await doer.PictureAsync(ask, page);
        clock.Pause();
        if (ask.Kind == "captcha" && ask.Datum != CaptchaMoves.Widget && !answers.ContainsKey(Filling.NoRobot) && await firstReading.TryAsync(Here, ask.Prompt, image, refused: !history.CaptchaAnswered, held.Stopped) is { } solved)
        {
            clock.Resume();
            await AnswerAsync(ask, solved, page, doer);
            return null;
        }

        await steps!.RecordAsync("ask", ask.Kind == "captcha" ? "resolviendo_captcha" : "requiere_intervencion", ask.Why, page.Url, true, null);
        var answer = await question.AskAsync(ask, image);
        clock.Resume();
        if (answer is not { Action: not "reject" })
        {
            return new Outcome(Outcome.RequiereHumano, answer is null ? $"Nadie respondió a tiempo: {ask.Prompt}" : $"La persona rechazó la pregunta: {ask.Prompt}", ask.Kind == "dato" ? ask.Datum : null, ErrorType: ask.Kind);
        }

        if (ask.Kind == "captcha" && answer.Value is { Length: > 0 } read)
        {
            await AnswerAsync(ask, read, page, doer);
            return null;
        }

        history.Did(ask, page, true, time.GetUtcNow());
        captchas += ask.Kind == "captcha" ? 1 : 0;
        // Without a value the page speaks for itself: the person has put there what was asked for.
        if (answer.Value is { Length: > 0 } || ask.Kind == "confirmacion")
        {
            answers[ask.Datum] = answer.Value ?? "";
        }

        history.Missing.Clear();
        return null;
    }

    // A person's hand is held to the same rules: on record before the click that emits, for our receptor alone, and never twice.
    private async Task<Refusal?> PermitAsync(Snapshot page, string? pointed, bool byEnter)
    {
        switch (TakeOver.Press(page, pointed, byEnter, GoalFor(page.Url), history))
        {
            case Move.Stop stop:
                return new Refusal("emission_refused", stop.Outcome.Detail);
            case Move.Press { Emits: true } when !await RecordEmissionAsync(page.Url):
                return new Refusal("emission_not_recorded", "No se pudo registrar la emisión; no se presionó.");
            case Move.Press press:
                history.Did(press, page, true, time.GetUtcNow());
                break;
        }

        return null;
    }

    private async Task AnswerAsync(Move.AskPerson ask, string answer, Snapshot page, MoveDoer doer)
    {
        history.Did(ask, page, true, time.GetUtcNow());
        captchas++;
        await doer.AnswerCaptchaAsync(ask, answer);
    }

    // No verified invoice is known from here, and nobody has said yes in this attempt.
    private bool IsSupervised => command.SuperviseFirst && recipes.Portal is null && !Emitted && !answers.ContainsKey(Supervised);

    private async Task<bool> RecordEmissionAsync(string url)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                var recorded = await jobs.RecordEmissionAsync(command.JobId, command.Attempt, url, receptor!.Rfc, held.Stopped);
                Emitted |= recorded;
                if (!recorded)
                {
                    held.Stop(StopReason.Stale);
                }

                return recorded;
            }
            catch (HttpRequestException) when (i < 3)
            {
                await Task.Delay(TimeSpan.FromSeconds(i), time, held.Stopped);
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    // A yes to our own emission is given only when it is on record; when the attempt may only consult, never.
    private async Task<bool> DecideDialogAsync(string type, string text)
    {
        var decision = DialogPolicy.For(type, text, history.ReceptorTyped.Contains("rfc"));
        if (decision != DialogPolicy.Answer.AcceptAsEmission)
        {
            return decision == DialogPolicy.Answer.Accept;
        }

        if (command.ConsultOnly || history.Consulting || IsSupervised || !(Emitted || await RecordEmissionAsync(finalUrl ?? "")))
        {
            return false;
        }

        history.ConfirmedEmission(time.GetUtcNow());
        return true;
    }

    private Goal GoalFor(string url) => new(
        command.Fields, command.Alternatives, receptor!, command.Merchant?.Nombre, command.Merchant?.Rfc ?? command.Fields.GetValueOrDefault("rfc_emisor"), command.ConsultOnly,
        answers, url, account?.Username, IsAtHome ? account?.Password : null, account is null || IsAtHome ? null : Here);

    private string Here => Shown(finalUrl ?? "");

    // A ticket may print any address: the password is typed where the tenant or the catalogue said that it belongs, where an invoice has been verified, or where a person agreed.
    private bool IsAtHome => account is not null && (account.Home == Here || command.Merchant?.PortalUrls?.Any(url => Shown(url) == Here) == true || recipes.Portal == Here || answers.ContainsKey(Account.Consent(Here)));

    private static string Shown(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Authority : "";
}
