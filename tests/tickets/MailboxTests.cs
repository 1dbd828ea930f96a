using Invoicing.Messages;
using Invoicing.TestSupport;
using MimeKit;

namespace Invoicing.Tickets.Tests;

/// <summary>A tenant's mailbox, on an IMAP server of the test's own.</summary>
public sealed class MailboxTests
{
    [Test]
    public async Task Invoices_in_the_mailbox_find_their_tickets_once_and_are_marked_after_that()
    {
        await using var imap = new ImapStandIn();
        var (http, tenant) = Tenant();
        var (first, second) = (await SubmitAsync(http, "410.10"), await SubmitAsync(http, "520.20"));
        imap.Deliver(await MailAsync(("viejo.xml", TestInvoice.Make(520.20m).Xml)), seen: true);
        imap.Deliver(await MailAsync(("a.xml", TestInvoice.Make(410.10m).Xml)));
        imap.Deliver("Subject: boletín\r\n\r\n50 % de descuento"u8.ToArray());
        App.Neighbours.HasMailbox(tenant, imap);
        await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == first);
        await Eventually.TrueAsync(() => Task.FromResult(imap.Seen.Values.All(seen => seen)), "all is marked");

        // From now on a mail counts also when somebody has opened it first.
        imap.Deliver(await MailAsync(("b.xml", TestInvoice.Make(520.20m).Xml)), seen: true);
        await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fetched(imap, 1), Is.Zero, "what had been read before the first look is old");
            Assert.That((Fetched(imap, 2), Fetched(imap, 3), Fetched(imap, 4)), Is.EqualTo((1, 1, 1)));
            Assert.That(App.Bus.Heard<CfdiAccepted>().Count(m => m.TicketId == first || m.TicketId == second), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_cut_after_the_commit_and_mails_numbered_anew_bring_no_invoice_twice()
    {
        await using var imap = new ImapStandIn { BreaksBeforeMarking = true };
        var (http, tenant) = Tenant();
        var (first, second) = (await SubmitAsync(http, "611.11"), await SubmitAsync(http, "722.22"));
        imap.Deliver(await MailAsync(("a.xml", TestInvoice.Make(611.11m).Xml)));
        App.Neighbours.HasMailbox(tenant, imap);
        await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == first);
        imap.Deliver(await MailAsync(("b.xml", TestInvoice.Make(722.22m).Xml)));
        await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == second);
        Assert.That((Fetched(imap, 1), imap.Seen[1]), Is.EqualTo((1, false)), "taken once, though never marked");

        imap.BreaksBeforeMarking = false;
        imap.NumberAnew();
        await Eventually.TrueAsync(() => Task.FromResult(imap.Seen.Values.All(seen => seen)), "read again under their new numbers");
        Assert.That(App.Bus.Heard<CfdiAccepted>().Count(m => m.TicketId == first || m.TicketId == second), Is.EqualTo(2));
    }

    [Test]
    public async Task A_mail_of_monstrous_size_is_passed_over_and_holds_nobody_up()
    {
        await using var imap = new ImapStandIn();
        var (http, tenant) = Tenant();
        var id = await SubmitAsync(http, "833.33");
        imap.Claims[imap.Deliver("Subject: enorme\r\n\r\nx"u8.ToArray())] = 3L << 30;
        imap.Deliver(await MailAsync(("a.xml", TestInvoice.Make(833.33m).Xml)));
        App.Neighbours.HasMailbox(tenant, imap);

        await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == id);

        Assert.That(imap.Heard.Count(l => l.Contains("UID FETCH 1 (BODY", StringComparison.OrdinalIgnoreCase)), Is.Zero);
    }

    [Test]
    public async Task What_the_server_says_of_a_wrong_password_goes_nowhere()
    {
        await using var imap = new ImapStandIn();
        var (http, tenant) = Tenant();
        App.Neighbours.HasMailbox(tenant, imap, password: "S3CR3T-canary");
        await Eventually.TrueAsync(async () => (await http.GetJsonAsync("/invoicing/v2/inbox"))["trouble"] is not null, "the mailbox's trouble");
        Assert.That((string?)(await http.GetJsonAsync("/invoicing/v2/inbox"))["trouble"], Is.EqualTo("El servidor de correo no aceptó el usuario y la contraseña."));
        Assert.That(App.Logs.All, Has.Some.Contains("AuthenticationException"));
        Assert.That(App.Logs.All, Has.None.Contains("S3CR3T-canary"));
    }

    [Test]
    public async Task A_server_that_the_installation_s_own_authority_vouches_for_is_read_over_TLS()
    {
        await using var imap = new ImapStandIn(host => App.Authority.For(host));
        var (http, tenant) = Tenant();
        var id = await SubmitAsync(http, "944.44");
        imap.Deliver(await MailAsync(("a.xml", TestInvoice.Make(944.44m).Xml)));
        App.Neighbours.HasMailbox(tenant, imap);

        await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == id);

        Assert.That(imap.Heard.Any(l => l.EndsWith(" STARTTLS", StringComparison.Ordinal)), Is.True);
    }

    [TestCase("unknown authority")]
    [TestCase("another name")]
    [TestCase("expired")]
    public async Task A_server_with_a_bad_certificate_is_told_no_password(string flaw)
    {
        using var stranger = new TestAuthority();
        await using var imap = new ImapStandIn(host => flaw switch
        {
            "unknown authority" => stranger.For(host),
            "another name" => App.Authority.For("correo.otra.example"),
            _ => App.Authority.For(host, TimeProvider.System.GetUtcNow().AddDays(-1)),
        });
        var (http, tenant) = Tenant();
        App.Neighbours.HasMailbox(tenant, imap);

        await Eventually.TrueAsync(async () => (await http.GetJsonAsync("/invoicing/v2/inbox"))["trouble"] is not null, "the mailbox's trouble");

        Assert.That((string?)(await http.GetJsonAsync("/invoicing/v2/inbox"))["trouble"], Is.EqualTo("El certificado del servidor de correo no es válido."));
        Assert.That(imap.Heard.Any(l => l.EndsWith(" STARTTLS", StringComparison.Ordinal)), Is.True);
        Assert.That(imap.Heard.Where(l => l.Contains("AUTHENTICATE", StringComparison.OrdinalIgnoreCase) || l.Contains("LOGIN", StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    private static (HttpClient Http, string Tenant) Tenant()
    {
        var tenant = App.NewTenant();
        App.Neighbours.HasReceptor(tenant, TestInvoice.Receptor);
        return (App.Service.As(tenant), tenant);
    }

    private static int Fetched(ImapStandIn imap, uint uid) => imap.Heard.Count(l => l.Contains($"UID FETCH {uid} (BODY", StringComparison.OrdinalIgnoreCase));

    private static async Task<long> SubmitAsync(HttpClient http, string total)
    {
        var ticket = await http.PostOkAsync("/invoicing/v2/tickets", new { raw_data = $"FOLIO: 5\nFECHA: 10/03/2026\nTOTAL: ${total}", tipo = "texto" });
        var id = (long)ticket["id"]!;
        await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);
        return id;
    }

    private static async Task<byte[]> MailAsync(params (string Name, byte[] Bytes)[] files)
    {
        var body = new BodyBuilder { TextBody = "Adjuntamos su factura" };
        Array.ForEach(files, f => body.Attachments.Add(f.Name, f.Bytes));
        using var message = new MimeMessage([new MailboxAddress("", "a@tienda.mx")], [new MailboxAddress("", "b@empresa.mx")], "Su factura", body.ToMessageBody());
        using var raw = new MemoryStream();
        await message.WriteToAsync(raw);
        return raw.ToArray();
    }
}
