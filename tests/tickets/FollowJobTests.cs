using Invoicing.Messages;

namespace Invoicing.Tickets.Tests;

public sealed class FollowJobTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly JobUsage Usage = new(0, 0, 0, 0, 0, 0, null, 0, 1);

    private static async Task<(HttpClient, TicketSubmitted)> TicketAsync()
    {
        var http = App.Service.As(App.NewTenant());
        var id = await http.SubmitTextAsync("FOLIO: 5\nTOTAL: $20.00");
        await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);
        return (http, await App.Bus.WaitForAsync<TicketSubmitted>(m => m.TicketId == id));
    }

    private static JobProgressed Progress(TicketSubmitted t, string status, string estado, long sequence) =>
        new(t.JobId!.Value, t.TicketId, t.CompanyId, status, estado, null, null, 1, 40, sequence, At.AddSeconds(sequence));

    private static JobClosed Closed(TicketSubmitted t, string status, string estado, string outcome, string detail, long sequence) =>
        new(t.JobId!.Value, t.TicketId, t.CompanyId, status, estado, outcome, detail, null, null, Usage, At, At.AddSeconds(sequence), sequence);

    [TestCase("en_cola", "pendiente", "pendiente")]
    [TestCase("navegando", "en_progreso", "procesando")]
    [TestCase("requiere_intervencion", "pausado", "procesando")]
    public async Task The_ticket_shows_what_its_job_does(string status, string jobEstado, string estado)
    {
        var (http, t) = await TicketAsync();

        await App.Bus.SayAsync(Progress(t, status, jobEstado, 1) with { Priority = "alta" });

        var ticket = await http.UntilAsync(t.TicketId, x => (int)x["retry_count"]! == 1);
        Assert.That(((string?)ticket["automation_status"], (string?)ticket["estado"], (string?)ticket["priority"]), Is.EqualTo((status, estado, "alta")));
    }

    [Test]
    public async Task Older_words_of_a_job_change_nothing()
    {
        var (http, t) = await TicketAsync();
        await App.Bus.SayAsync(Progress(t, "navegando", "en_progreso", 5));
        await http.UntilAsync(t.TicketId, x => (string?)x["automation_status"] == "navegando");

        await App.Bus.SayAsync(Progress(t, "en_cola", "pendiente", 4));
        await App.Bus.SayAsync(Progress(t, "llenando_formulario", "en_progreso", 6));

        await http.UntilAsync(t.TicketId, x => (string?)x["automation_status"] == "llenando_formulario");
    }

    [Test]
    public async Task The_end_of_the_job_is_the_end_of_the_ticket_with_its_reason_and_price()
    {
        var (http, t) = await TicketAsync();

        await App.Bus.SayAsync(Closed(t, "fallido", "fallido", "fuera_de_plazo", "El portal ya no factura este ticket.", 3));
        await App.Bus.SayAsync(new JobPriced(t.JobId!.Value, t.CompanyId, new Dictionary<string, decimal> { ["total"] = 0.0125m }, At));

        var ticket = await http.UntilAsync(t.TicketId, x => (string?)x["estado"] == "fallido" && x["cost_breakdown"] is not null);
        Assert.That(((string?)ticket["outcome"], (string?)ticket["error_explanation"], (string?)ticket["invoice_failure_reason"]),
            Is.EqualTo(("fuera_de_plazo", "El portal ya no factura este ticket.", "El portal ya no factura este ticket.")));
        Assert.That(((decimal)ticket["cost_breakdown"]!["total"]!, (int)ticket["processing_time_ms"]!), Is.EqualTo((0.0125m, 3000)));
        var changed = await App.Bus.WaitForAsync<TicketChanged>(m => m.TicketId == t.TicketId && m.Estado == "fallido");
        Assert.That(changed.Reason, Is.EqualTo("El portal ya no factura este ticket."));
    }

    [Test]
    public async Task A_job_that_says_completed_without_a_CFDI_completes_nothing()
    {
        var (http, t) = await TicketAsync();

        await App.Bus.SayAsync(Closed(t, "completado", "completado", "entregada", "", 3));

        var ticket = await http.UntilAsync(t.TicketId, x => (string?)x["outcome"] == "entregada");
        Assert.That((string?)ticket["estado"], Is.EqualTo("procesando"));
    }

    [Test]
    public async Task A_job_run_again_opens_the_ticket_again()
    {
        var (http, t) = await TicketAsync();
        await App.Bus.SayAsync(Closed(t, "fallido", "fallido", "portal_caido", "El portal no responde.", 3));
        await http.UntilAsync(t.TicketId, x => (string?)x["estado"] == "fallido");

        await App.Bus.SayAsync(Progress(t, "en_cola", "pendiente", 4));

        await http.UntilAsync(t.TicketId, x => (string?)x["estado"] == "pendiente");
    }

    [Test]
    public async Task A_message_heard_twice_counts_once()
    {
        var (http, t) = await TicketAsync();
        var id = Guid.NewGuid();
        var end = Closed(t, "fallido", "fallido", "portal_caido", "El portal no responde.", 3);

        await App.Bus.SayAsync(end, id);
        await http.UntilAsync(t.TicketId, x => (string?)x["estado"] == "fallido");
        await App.Bus.SayAsync(Progress(t, "en_cola", "pendiente", 4));
        await http.UntilAsync(t.TicketId, x => (string?)x["estado"] == "pendiente");
        await App.Bus.SayAsync(end, id);
        await App.Bus.SayAsync(Progress(t, "navegando", "en_progreso", 5));
        await http.UntilAsync(t.TicketId, x => (string?)x["estado"] == "procesando");

        Assert.That(App.Bus.Heard<TicketChanged>().Count(m => m.TicketId == t.TicketId && m.Estado == "fallido"), Is.EqualTo(1));
    }
}
