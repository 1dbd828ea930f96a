using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>What is typed, ticked and asked on a page, and what the portal says of it.</summary>
public sealed class TypingTests
{
    [Test]
    public void The_first_empty_box_is_typed_into()
    {
        var page = Pages.Page([Pages.Text("Folio", order: 1), Pages.Text("Total", order: 2)], [Pages.Button("Continuar")]);

        var move = Pages.Decide(page);

        Assert.That(move, Is.InstanceOf<Move.Fill>());
        Assert.That(((Move.Fill)move).Value, Is.EqualTo("1234567"));
    }

    [Test]
    public void A_rule_that_stood_there_before_the_ticket_was_typed_is_no_answer_to_it()
    {
        var page = Pages.Page([Pages.Text("Folio", order: 1)], [], "Solo se pueden facturar compras del mes actual");
        var history = new History();
        for (var i = 0; i < 12 && Pages.Decide(page, history: history) is { } move and not Move.Stop; i++)
        {
            history.Did(move, page, true, Pages.Now);
            page = move is Move.Fill fill ? page with { Fields = [fill.Field with { Value = fill.Value }] } : page;
        }

        Assert.That((Pages.Decide(page, history: history) as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.NoReconocido));
    }

    [Test]
    public void Stale_receptor_data_is_overwritten_before_anything_is_pressed()
    {
        var fields = Pages.Receptor();
        fields[2] = fields[2] with { Value = "99999" };

        var move = Pages.Decide(Pages.Page(fields, [Pages.Button("Generar factura")]));

        Assert.That(move, Is.InstanceOf<Move.Fill>());
        Assert.That(((Move.Fill)move).Value, Is.EqualTo("42501"));
    }

    [Test]
    public void A_captcha_is_asked_after_the_other_boxes_are_typed()
    {
        var page = Pages.Page([Pages.Text("Código de la imagen", order: 1), Pages.Text("Folio", "1234567", 2)], [Pages.Button("Validar ticket")]) with { Pictures = [new Picture("0:50", 0, "/captcha.png", true)] };

        var move = Pages.Decide(page);

        Assert.That((move as Move.AskPerson)?.Kind, Is.EqualTo("captcha"));
    }

    [Test]
    public void A_missing_ticket_value_is_asked_not_guessed()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1), Pages.Text("Web ID", order: 2)], [Pages.Button("Continuar")]);

        var move = Pages.Decide(page);

        Assert.That((move as Move.AskPerson)?.Datum, Is.EqualTo("web_id"));
    }

    [Test]
    public void Another_reading_of_the_folio_is_tried_when_the_portal_does_not_know_it()
    {
        var goal = Pages.Goal(new() { ["folio"] = "12O4567" }, alternatives: new() { ["folio"] = ["1204567"] });
        var page = Pages.Page([Pages.Text("Folio", "12O4567", 1)], [Pages.Button("Buscar")]);
        var history = new History();
        history.Did(new Move.Press(page.Controls[0], "advance", false, ""), page, true, Pages.Now);

        var move = Pages.Decide(page with { Notices = [new Notice("El folio no existe", "error")] }, goal, history);

        Assert.That((move as Move.Fill)?.Value, Is.EqualTo("1204567"));
    }

    [Test]
    public void The_same_words_mean_not_yet_for_a_ticket_of_today()
    {
        var outcomes = new[] { "2026-11-24", "2026-11-01" }.Select(day =>
        {
            var page = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Validar Ticket")]);
            var history = new History();
            history.Did(new Move.Press(page.Controls[0], "advance", false, ""), page, true, Pages.Now);
            return Pages.Decide(page with { Notices = [new Notice("La validación del ticket no tuvo éxito", "error")] }, Pages.Goal(new() { ["folio"] = "1234567", ["fecha"] = day }), history);
        }).Select(m => (m as Move.Stop)?.Outcome.Word);

        Assert.That(outcomes, Is.EqualTo(new[] { Outcome.AunNo, Outcome.NoEncontrado }));
    }

    [Test]
    public void Terms_are_ticked_and_traps_stay_empty()
    {
        Field Box(string label, int order) => new($"0:{order}", label, FieldKind.Checkbox, label, Order: order);
        var page = Pages.Page([.. Pages.Receptor(), Box("Soy una persona políticamente expuesta", 300), Box("Acepto los términos y condiciones", 301)], [Pages.Button("Facturar")]);

        var move = Pages.Decide(page, history: Pages.Typed(page));

        Assert.That((move as Move.Tick)?.Field.Label, Does.StartWith("Acepto"));
    }

    [Test]
    public void Adding_is_not_repeated_once_the_ticket_is_in_the_list()
    {
        var form = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Agregar ticket", 2)]);
        var history = new History();
        history.Did(new Move.Fill(form.Fields[0], "folio", "1234567", false, false, ""), Pages.Page(), true, Pages.Now);
        history.Did(new Move.Press(form.Controls[0], "advance", false, ""), form, true, Pages.Now);
        var listed = Pages.Page([Pages.Text("Folio", "", 1), .. Pages.Receptor()], [form.Controls[0], Pages.Button("Facturar")]) with { Lines = ["1234567 $250.00"] };
        history.Did(new Move.Fill(listed.Fields[1], "rfc", JobsStandIn.Company.Rfc, false, false, ""), listed, true, Pages.Now);

        Assert.That((Pages.Decide(listed, history: history) as Move.Press)?.Control.Text, Is.EqualTo("Facturar"));
    }

    [Test]
    public void A_wrong_code_before_any_ticket_was_typed_is_the_captcha_s()
    {
        var box = Pages.Text("", "", 5, max: 5);
        var page = Pages.Page([box], [Pages.Button("Verificar", 6)]) with { Pictures = [new Picture("0:4", 4, "/reto", true)] };
        var history = new History();
        history.Did(new Move.Fill(box, "captcha", "AB12C", true, false, ""), page, true, Pages.Now);
        history.Did(new Move.Press(page.Controls[0], "advance", false, ""), page, true, Pages.Now);

        var move = Pages.Decide(page with { Notices = [new Notice("Código incorrecto, intente de nuevo", "error")] }, history: history);

        Assert.That((move as Move.Stop)?.Outcome.Word, Is.Not.EqualTo(Outcome.NoEncontrado));
    }

    [Test]
    public void What_labels_a_box_is_no_answer()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Continuar")]);
        var history = new History();
        history.Did(new Move.Press(page.Controls[0], "advance", false, ""), page, true, Pages.Now);
        var asked = page with { Fields = [new Field("0:2", "c", FieldKind.Checkbox, "Sé que la factura ya fue generada", Order: 2)], Lines = ["Sé que la factura ya fue generada"] };

        Assert.That(history.Fresh(asked), Is.Empty);
    }

    [Test]
    public void A_dialog_that_asks_to_check_the_data_is_no_answer()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura")]);
        var history = Pages.Typed(page);
        history.Did(new Move.Press(page.Controls[0], "emit", true, ""), page, true, Pages.Now);
        var asked = page with
        {
            Lines = ["Revisa que tus datos sean correctos"], Dialogs = [new Dialog(0, "¿Generar factura? Revisa que tus datos sean correctos Sí Cancelar")],
            Controls = [Pages.Button("Sí", 901) with { Dialog = 0 }, Pages.Button("Cancelar", 902) with { Dialog = 0 }],
        };

        Assert.That((Pages.Decide(asked, history: history) as Move.Press)?.Control.Text, Is.EqualTo("Sí"));
    }

    [Test]
    public void A_customer_whom_the_portal_does_not_know_yet_is_typed_in_and_not_refused()
    {
        var page = Pages.Page([Pages.Text("RFC", JobsStandIn.Company.Rfc, 1), Pages.Text("Razón social", order: 3)], [Pages.Button("Buscar", 2)]);
        var history = Pages.Typed(Pages.Page([page.Fields[0]]));
        history.Did(new Move.Press(page.Controls[0], "advance", false, ""), page, true, Pages.Now);

        Assert.That(Pages.Decide(page with { Notices = [new Notice("RFC no registrado", "error")] }, history: history), Is.InstanceOf<Move.Fill>());
    }
}
