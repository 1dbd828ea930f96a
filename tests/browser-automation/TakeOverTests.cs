using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>What a person's click amounts to, without a browser.</summary>
public sealed class TakeOverTests
{
    private static readonly Control Emit = Pages.Button("Generar factura", 200);

    [Test]
    public void A_click_that_may_issue_the_invoice_is_told_whoever_typed_the_receptor()
    {
        Assert.That(Press(Pages.Page(Pages.Receptor(), [Emit]), Emit.Handle), Is.InstanceOf<Move.Press>().With.Property("Emits").True);
        Assert.That(Press(Pages.Page(Pages.Receptor(), [Emit]), "?"), Is.InstanceOf<Move.Press>().With.Property("Emits").True, "doubt counts");
    }

    [Test]
    public void A_field_a_link_and_a_click_before_the_receptor_is_typed_emit_nothing()
    {
        var field = Pages.Text("RFC", "", 1);
        Assert.That(Press(Pages.Page([field], [Emit]), field.Handle), Is.Null);
        Assert.That(Press(Pages.Page([field], [Emit]), "?"), Is.Null);
        Assert.That(Press(Pages.Page([field], [Emit]), null), Is.Null);
        var link = Pages.Button("Aviso de privacidad", 300, "link", "/aviso");
        Assert.That(Press(Pages.Page(Pages.Receptor(), [Emit, link]), link.Handle), Is.InstanceOf<Move.Press>().With.Property("Emits").False);
    }

    [Test]
    public void With_another_receptor_on_the_page_or_an_invoice_that_may_exist_it_is_refused()
    {
        var other = Pages.Receptor();
        other[0] = other[0] with { Value = "XAXX010101000" };
        Assert.That(Press(Pages.Page(other, [Emit]), Emit.Handle), Is.InstanceOf<Move.Stop>());
        Assert.That(Press(Pages.Page(Pages.Receptor(), [Emit]), Emit.Handle, Pages.Goal(consultOnly: true)), Is.InstanceOf<Move.Stop>());
        Assert.That(Press(Pages.Page(Pages.Receptor(), [Emit]), "?", Pages.Goal(consultOnly: true)), Is.InstanceOf<Move.Stop>());
    }

    [Test]
    public void Enter_in_a_field_presses_the_button_of_its_form()
    {
        var fields = Pages.Receptor().Select(f => f with { Form = 0 }).ToArray();
        var submit = Emit with { Kind = "submit", Form = 0 };
        Assert.That(TakeOver.Press(Pages.Page(fields, [submit]), fields[0].Handle, byEnter: true, Pages.Goal(), new History()), Is.InstanceOf<Move.Press>().With.Property("Emits").True);
        Assert.That(TakeOver.Press(Pages.Page(fields, [submit]), fields[0].Handle, byEnter: false, Pages.Goal(), new History()), Is.Null);
    }

    private static Move? Press(Snapshot page, string? pointed, Goal? goal = null) => TakeOver.Press(page, pointed, false, goal ?? Pages.Goal(), new History());
}
