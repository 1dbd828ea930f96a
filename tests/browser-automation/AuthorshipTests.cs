using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>Delivered by us or there before: what the portal said, when, and the stamp of the CFDI.</summary>
public sealed class AuthorshipTests
{
    private static readonly Snapshot Form = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura")]);

    [Test]
    public void Invoiced_before_anything_was_pressed_is_a_recovery()
    {
        var history = new History();
        history.HeardInvoiced("El ticket ya fue facturado");
        history.BeginConsult();

        Assert.That(End(history, Pages.Now), Is.EqualTo(Outcome.Recuperada));
    }

    [Test]
    public void An_answer_lost_after_our_press_and_found_by_consulting_is_ours()
    {
        var history = Pressed();
        history.BeginConsult();

        Assert.That(End(history, Pages.Now), Is.EqualTo(Outcome.Entregada));
    }

    [TestCase(-5)]
    [TestCase(-6)]
    [TestCase(-8)]
    public void Already_invoiced_as_the_answer_to_our_press_is_ours_when_stamped_since(int zone)
    {
        var history = Pressed();
        history.HeardInvoiced("El ticket ya fue facturado");
        history.BeginConsult();

        Assert.That(End(history, Pages.Now.AddSeconds(1), zone), Is.EqualTo(Outcome.Entregada));
    }

    [TestCase(-5)]
    [TestCase(-6)]
    [TestCase(-8)]
    public void Already_invoiced_as_the_answer_to_our_press_is_a_recovery_when_stamped_earlier(int zone)
    {
        var history = Pressed();
        history.HeardInvoiced("El ticket ya fue facturado");
        history.BeginConsult();

        Assert.That(End(history, Pages.Now.AddSeconds(-20), zone), Is.EqualTo(Outcome.Recuperada));
    }

    [Test]
    public void What_a_later_attempt_that_may_only_consult_finds_is_ours()
    {
        var history = new History();
        history.BeginConsult();
        history.Bump("was_ours");
        history.HeardInvoiced("El ticket ya fue facturado");

        Assert.That(End(history, Pages.Now.AddHours(-3)), Is.EqualTo(Outcome.Entregada));
    }

    private static History Pressed()
    {
        var history = Pages.Typed(Form);
        history.Did(new Move.Press(Form.Controls[0], "emit", true, ""), Form, true, Pages.Now);
        return history;
    }

    private static string? End(History history, DateTimeOffset stamped, int zone = -6)
    {
        history.Files.Xml = history.Files.Pdf = true;
        history.Files.StampedAt = stamped.ToOffset(TimeSpan.FromHours(zone)).DateTime;
        history.Files.ArrivedAt = Pages.Now.AddSeconds(15);
        return (NextMove.Decide(Form, Pages.Goal(), history, Pages.Now.AddSeconds(15)) as Move.Stop)?.Outcome.Word;
    }
}
