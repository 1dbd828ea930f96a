using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>Ways in and on that no entry of the knowledge holds as they stand.</summary>
public sealed class UnknownButtonsTests
{
    [Test]
    public void A_way_in_that_leads_nowhere_is_given_up_and_the_next_one_taken()
    {
        var start = Pages.Page([], [Pages.Button("Facturación electrónica", 1, "link", "/a"), Pages.Button("Factura tu compra aquí", 2, "link", "/b")]);
        var dead = start with { Url = "https://portal.example/a", Controls = [Pages.Button("Aviso legal", 1, "link", "/legal")], Lines = ["Conozca la facturación"] };
        var history = new History();
        var taken = new List<string>();
        Move move;
        var page = start;
        do
        {
            move = Pages.Decide(page, history: history);
            history.Did(move, page, true, Pages.Now);
            if (move is Move.Press press)
            {
                taken.Add(press.Control.Text);
            }

            page = move is Move.Press ? dead : move is Move.Navigate ? start : page;
        }
        while (taken.Count < 2 && move is not Move.Stop);

        Assert.That(taken, Is.EquivalentTo(new[] { "Facturación electrónica", "Factura tu compra aquí" }));
    }

    [Test]
    public void Beside_a_no_the_other_button_is_the_yes_and_counts_as_an_emission_where_it_may_be_one()
    {
        var page = Pages.Page(Pages.Receptor(), []);
        var history = Pages.Typed(page);
        var asked = page with
        {
            Dialogs = [new Dialog(0, "¿Los datos de su factura son estos? " + JobsStandIn.Company.Rfc)],
            Controls = [Pages.Button("Regresar", 901) with { Dialog = 0 }, Pages.Button("Procede", 902) with { Dialog = 0 }],
        };

        var move = Pages.Decide(asked, history: history) as Move.Press;

        Assert.That(move?.Control.Text, Is.EqualTo("Procede"));
        Assert.That(move!.Emits, Is.True);
    }

    [Test]
    public void A_sign_without_words_in_the_row_of_our_invoice_is_tried_once_a_bin_never()
    {
        var row = "1234567 20/11/2026 $250.00";
        var page = Pages.Page([], [new Control("0:1", "", Icon: "fa fa-trash", Name: "b", Row: row, Order: 1), new Control("0:2", "", Icon: "glyph-17", Name: "a", Row: row, Order: 2), new Control("0:3", "", Icon: "glyph-17", Name: "a", Row: "7654321 otra", Order: 3)]);
        var history = new History();
        history.BeginConsult();

        var first = Pages.Decide(page, history: history);
        history.Did(first, page, false, Pages.Now);
        var second = Pages.Decide(page, history: history);

        Assert.That((first as Move.CollectFiles)?.Controls.Select(c => c.Handle), Is.EqualTo(new[] { "0:2" }));
        Assert.That(second, Is.Not.InstanceOf<Move.CollectFiles>());
    }

    [Test]
    public void A_dialog_that_asks_whether_to_send_the_invoice_is_no_word_that_it_was_sent()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Facturar", 900)]);
        var history = Pages.Typed(page);
        history.Did(Pages.Decide(page, history: history), page, true, Pages.Now);
        var asked = page with
        {
            Dialogs = [new Dialog(0, "Su factura se enviará al correo capturado. ¿Desea continuar?")], Lines = ["Su factura se enviará al correo capturado."],
            Controls = [Pages.Button("No", 901) with { Dialog = 0 }, Pages.Button("Sí", 902) with { Dialog = 0 }],
        };

        Assert.That((Pages.Decide(asked, history: history) as Move.Press)?.Control.Text, Is.EqualTo("Sí"));
    }

    [Test]
    public void A_word_that_goes_on_or_issues_is_taken_for_issuing_once_the_whole_receptor_is_typed()
    {
        var receptor = Pages.Receptor();
        var (whole, part) = (Pages.Page(receptor, [Pages.Button("Guardar")]), Pages.Page([.. receptor.Where(f => !f.Label.StartsWith("Uso", StringComparison.Ordinal))], [Pages.Button("Guardar")]));

        Assert.That((Pages.Decide(whole, history: Pages.Typed(whole)) as Move.Press)?.Emits, Is.True);
        Assert.That((Pages.Decide(part, history: Pages.Typed(part)) as Move.Press)?.Emits, Is.False);
    }

    [Test]
    public void The_same_form_under_another_address_is_not_sent_a_second_time()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura")]);
        var history = Pages.Typed(page);
        history.Did(Pages.Decide(page, history: history), page, true, Pages.Now);
        var again = page with { Url = "https://portal.example/facturar", Notices = [new Notice("Algo que nadie conoce", "error")] };
        var moves = new List<Move>();
        for (var i = 0; i < 8; i++)
        {
            moves.Add(Pages.Decide(again, history: history));
            history.Did(moves[^1], again, true, Pages.Now);
        }

        Assert.That(moves.OfType<Move.Press>().Where(p => p.Emits), Is.Empty);
    }

    [TestCase("Ya existe una factura para este boleto. Revise el avance de su trámite", "Avance de mi trámite")]
    [TestCase("La venta ya cuenta con comprobante fiscal, puede duplicarlo", "Duplicados")]
    public void The_portal_s_own_word_for_where_the_invoice_is_leads_there(string said, string way)
    {
        var page = Pages.Page([], [Pages.Button("Facturar boleto", 1, "link", "/a"), Pages.Button("Existencias", 2), Pages.Button(way, 3, "link", "/b")]);
        var history = new History();
        history.HeardInvoiced(said);
        history.Did(new Move.Consult(""), page, true, Pages.Now);

        Assert.That((Pages.Decide(page, history: history) as Move.Press)?.Control.Text, Is.EqualTo(way));
    }

    [Test]
    public void What_a_preview_says_will_be_sent_was_not_sent_and_its_last_step_is_taken()
    {
        var form = Pages.Page(Pages.Receptor(), [Pages.Button("Aceptar y enviar")]);
        var history = Pages.Typed(form);
        history.Did(Pages.Decide(form, history: history), form, true, Pages.Now);
        var preview = Pages.Page([], [Pages.Button("Corregir", 901), Pages.Button("Timbrar", 902)]) with { Lines = [$"RFC {JobsStandIn.Company.Rfc}", "Se enviará a ana@correo.mx"] };

        var move = Pages.Decide(preview, history: history) as Move.Press;

        Assert.That((move?.Control.Text, move?.Emits), Is.EqualTo(("Timbrar", true)));
    }

    [Test]
    public void After_the_last_step_the_same_words_are_an_end()
    {
        var form = Pages.Page(Pages.Receptor(), [Pages.Button("Timbrar")]);
        var history = Pages.Typed(form);
        history.Did(Pages.Decide(form, history: history), form, true, Pages.Now);
        var result = Pages.Page([], [Pages.Button("Facturar otro ticket", 901)]) with { Lines = [$"RFC {JobsStandIn.Company.Rfc}", "Se enviará a ana@correo.mx"] };

        Assert.That((Pages.Decide(result, history: history) as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.EmitidaPendiente));
    }

    [Test]
    public void A_sign_beside_an_empty_box_is_not_pressed_where_an_answer_is_offered_in_words()
    {
        var history = Pages.Typed(Pages.Page(Pages.Receptor(), []));
        var page = Pages.Page([Pages.Text("¿Todo bien?", order: 5, placeholder: "Escribe aquí")],
            [Pages.Button("Sí, pide mi factura", 4), Pages.Button("No, empezar de nuevo", 4), Pages.Button("➤", 6) with { Title = "Enviar" }]);

        var move = Pages.Decide(page, history: history) as Move.Press;

        Assert.That((move?.Control.Text, move?.Emits), Is.EqualTo(("Sí, pide mi factura", true)));
    }

    [TestCase("250.00", "Cargo 2")]
    [TestCase("999.00", null)]
    public void Of_buttons_alike_in_a_list_of_amounts_only_the_ticket_s_own_is_pressed(string total, string? row)
    {
        Control[] charges = [.. new[] { "Cargo 1 $180.00 Facturar", "Cargo 2 $250.00 Facturar", "Cargo 3 $1,250.00 Facturar" }.Select((r, i) => Pages.Button("Facturar", 10 + i) with { Row = r })];

        var pressable = Rows.Ours(charges, Pages.Goal(new() { ["folio"] = "1234567", ["total"] = total }));

        Assert.That(pressable.Select(c => c.Row[..7]), Is.EqualTo(row is null ? [] : new[] { row }));
    }
}
