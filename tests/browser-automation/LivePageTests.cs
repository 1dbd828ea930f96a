using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>A person at the page that waits: sees it, uses it, and is held to the rules of emission.</summary>
[TestFixture, NonParallelizable]
public sealed class LivePageTests
{
    private WorkerBench worker;

    [OneTimeSetUp]
    public async Task Open() => worker = await WorkerBench.StartAsync();

    [OneTimeTearDown]
    public async Task Close() => await worker.DisposeAsync();

    [Test]
    public async Task A_person_presses_the_button_himself_on_record_and_a_second_time_it_is_refused()
    {
        await using var portal = await Stage.OpenAsync(app =>
        {
            app.MapGet("/", () => Stage.Html(Form));
            app.MapPost("/emitir", () => Stage.Html("<div class=exito>Su factura fue generada y se enviará a su correo electrónico.</div>"));
        });
        var refusals = new List<Refusal?>();
        worker.Person = async asked =>
        {
            var page = worker.Pages.Find(asked.InterventionId, asked.CompanyId)!;
            if (refusals.Count > 0)
            {
                // The portal keeps silent about the files: the ticket is typed again to hear whether it is invoiced.
                refusals.Add(await page.DoAsync(Click(120, 610), default));
                return new AnswerIntervention(asked.InterventionId, asked.JobId, asked.Attempt, "reject", null);
            }

            await page.DoAsync(Click(120, 510), default);
            await page.DoAsync(Text("xk7p-canario"), default);
            Assert.That(portal.Asked, Has.None.StartsWith("POST"));
            Assert.That(worker.Jobs.Emissions, Has.None.StartsWith($"{asked.JobId}/"), "typing is no emission");
            refusals.Add(await page.DoAsync(Click(120, 610), default));
            return Approve(asked);
        };
        var attempt = Attempt(portal);

        var end = await worker.RunAsync(attempt);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusals.Select(r => r?.Code), Is.EqualTo(new[] { null, "emission_refused" }), worker.Story(attempt.JobId));
            Assert.That(portal.Asked.Count(a => a.StartsWith("POST /emitir", StringComparison.Ordinal)), Is.EqualTo(1), worker.Story(attempt.JobId));
            Assert.That(portal.Asked.Last(a => a.StartsWith("POST", StringComparison.Ordinal)), Does.Contain("xk7p-canario").And.Contain(JobsStandIn.Company.Rfc));
            Assert.That(worker.Jobs.Emissions.Where(e => e.StartsWith($"{attempt.JobId}/", StringComparison.Ordinal)), Has.Exactly(1).Items);
            Assert.That(end.Emitted, Is.True);
            Assert.That(worker.Story(attempt.JobId), Does.Contain("Una persona (ana) hizo clic en «Generar factura»").And.Contain("••• (12 caracteres)").And.Not.Contain("xk7p-canario"));
        }
    }

    [Test]
    public async Task A_password_typed_by_hand_is_in_no_picture_and_in_no_word_and_the_page_closes_with_the_answer()
    {
        const string password = "Cl4v3-d3-4na";
        await using var portal = await Stage.OpenAsync(app => app.MapGet("/{page?}", () => Stage.Html(
            "<iframe src=/marco style='border:0;width:600px;height:300px;position:absolute;left:0;top:0' id=m srcdoc=\"<style>*{caret-color:transparent;transition:none}</style><form><label>Usuario <input name=usuario style='position:absolute;left:200px;top:20px;width:200px'></label><label>Contraseña <input name=clave type=password style='position:absolute;left:200px;top:80px;width:200px'></label><button style='position:absolute;top:140px'>Iniciar sesión</button></form>\"></iframe>")));
        var tags = new List<string>();
        LivePage page = null!;
        string? id = null;
        worker.Person = async asked =>
        {
            (id, page) = (asked.InterventionId, worker.Pages.Find(asked.InterventionId, asked.CompanyId)!);
            await SeeAsync();
            await page.DoAsync(Click(300, 30), default);
            await page.DoAsync(Text("ana"), default);
            await SeeAsync();
            await page.DoAsync(Click(300, 90), default);
            await page.DoAsync(Text(password[..1]), default);
            await SeeAsync();
            await page.DoAsync(Text(password[1..]), default);
            await SeeAsync();
            Assert.That(worker.Pages.Find(asked.InterventionId, "otra"), Is.Null);
            return new AnswerIntervention(asked.InterventionId, asked.JobId, asked.Attempt, "reject", null);
        };
        var attempt = Attempt(portal);

        await worker.RunAsync(attempt);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(worker.Said<InterventionAsked>(attempt.JobId).Single().Kind, Is.EqualTo("login"));
            Assert.That(tags[1], Is.Not.EqualTo(tags[0]), "what is no secret is seen");
            Assert.That(tags[3], Is.EqualTo(tags[2]), "eleven more characters change no pixel");
            Assert.That(worker.Story(attempt.JobId), Does.Contain("•••").And.Not.Contain(password[1..]));
            Assert.That(worker.Pages.Find(id!, "acme"), Is.Null);
            Assert.That(await page.PictureAsync(default), Is.Null);
            Assert.That((await page.DoAsync(Click(1, 1), default))?.Code, Is.EqualTo("live_over"));
        }

        async Task SeeAsync()
        {
            await Task.Delay(600);
            tags.Add((await page.PictureAsync(default))!.Value.Tag);
        }
    }

    [Test]
    public async Task A_widget_captcha_is_solved_by_hand_and_the_same_page_goes_on()
    {
        await using var portal = await Stage.OpenAsync(app =>
        {
            app.MapGet("/", () => Stage.Html(Form.Replace("<label style='position:absolute;left:20px;top:500px'>Código captcha <input name=captcha></label>", "<div class=g-recaptcha style='position:absolute;left:20px;top:500px;width:200px;height:30px' onclick=\"this.textContent='ok'; document.querySelector('[name=hecho]').value = 1\">No soy un robot</div><input type=hidden name=hecho>", StringComparison.Ordinal)));
            app.MapPost("/emitir", async (HttpRequest request) => Stage.Html((await request.ReadFormAsync())["hecho"] == "1" ? "<div class=exito>Su factura fue generada y se enviará a su correo electrónico.</div>" : "<p class=error>Captcha incorrecto</p>"));
        });
        worker.Person = async asked =>
        {
            await worker.Pages.Find(asked.InterventionId, asked.CompanyId)!.DoAsync(Click(60, 510), default);
            return Approve(asked);
        };
        var attempt = Attempt(portal);

        var end = await worker.RunAsync(attempt);

        Assert.That((end.Outcome, end.Usage.CaptchasSolved), Is.EqualTo((Outcome.EmitidaPendiente, 1)), worker.Story(attempt.JobId));
        Assert.That(portal.Asked.Count(a => a.StartsWith("POST /emitir", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private static string Form { get; } = "<form action=/emitir method=post>" + string.Concat(
        new[] { ("Folio", "folio"), ("Total", "total"), ("RFC", "rfc"), ("Razón social", "nombre"), ("Código postal", "cp"), ("Correo electrónico", "correo") }
            .Select((f, i) => $"<label style='position:absolute;left:20px;top:{20 + i * 50}px'>{f.Item1} <input name={f.Item2}></label>"))
        + "<label style='position:absolute;left:20px;top:340px'>Régimen fiscal <select name=regimen><option>Seleccione<option>601 General de Ley Personas Morales</select></label>"
        + "<label style='position:absolute;left:20px;top:390px'>Uso de CFDI <select name=uso><option>Seleccione<option>G03 Gastos en general</select></label>"
        + "<label style='position:absolute;left:20px;top:500px'>Código captcha <input name=captcha></label>"
        + "<button style='position:absolute;left:20px;top:590px;width:200px;height:40px'>Generar factura</button></form>";

    private static RunAttempt Attempt(Stage portal) => WorkerBench.Attempt([portal.Address], new Dictionary<string, string> { ["folio"] = "4471982", ["total"] = "250.00" });

    private static PersonInput Click(int x, int y) => new(PersonInput.Click, x, y, null, null, null, "ana");

    private static PersonInput Text(string text) => new(PersonInput.Text, null, null, text, null, null, "ana");

    private static AnswerIntervention Approve(InterventionAsked asked) => new(asked.InterventionId, asked.JobId, asked.Attempt, "approve", null);
}
