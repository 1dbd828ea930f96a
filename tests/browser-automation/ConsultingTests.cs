using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>What happens once an invoice may exist: it is looked for, never asked for again.</summary>
public sealed class ConsultingTests
{
    [Test]
    public void A_search_that_comes_with_a_box_for_the_whole_site_is_made_all_the_same()
    {
        var page = Pages.Page(
            [Pages.Text("", order: 1, placeholder: "Buscar productos", type: "search") with { Form = 0 }, Pages.Text("Folio", "1234567", 2) with { Form = 1 }, Pages.Text("RFC", JobsStandIn.Company.Rfc, 3) with { Form = 1 }],
            [Pages.Button("Reenviar", 4) with { Form = 1 }]);
        var history = new History();
        history.Did(new Move.Consult(""), page, true, Pages.Now);
        history.Did(new Move.Press(Pages.Button("Reenvío de factura"), "recover", false, ""), page, true, Pages.Now);

        Assert.That((Pages.Decide(page, history: history) as Move.Press)?.Purpose, Is.EqualTo("search"));
    }

    [Test]
    public void An_old_invoice_is_looked_for_on_every_page_of_the_list_once()
    {
        var history = new History();
        history.BeginConsult();
        var list = Pages.Page([], [Pages.Button("Mis Facturas", 1), Pages.Button("1", 901, "link"), Pages.Button("2", 902, "link"), Pages.Button("3", 903, "link")]);
        var pressed = new List<string>();
        for (var i = 0; i < 20 && Pages.Decide(list, history: history) is var move and not Move.Stop; i++)
        {
            pressed.AddRange(move is Move.Press press ? [press.Control.Text] : []);
            history.Did(move, list, true, Pages.Now);
        }

        Assert.That(pressed.Where(p => p.Length == 1), Is.EqualTo(new[] { "2", "3" }));
    }

    [Test]
    public void What_may_only_consult_never_presses_what_emits()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura")]);
        var history = Pages.Typed(page);
        history.BeginConsult();
        history.Reentering = true;

        var move = Pages.Decide(page, Pages.Goal(consultOnly: true), history);

        Assert.That((move as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.Incierto));
    }

    [Test]
    public void A_lost_answer_after_the_emission_is_consulted_not_repeated()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura")]);
        var history = Pages.Typed(page);
        history.Did(new Move.Press(page.Controls[0], "emit", true, ""), page, true, Pages.Now);

        var move = Pages.Decide(Snapshot.Empty with { Url = "chrome-error://chromewebdata/", NetworkError = "net::ERR_CONNECTION_RESET" }, history: history);

        Assert.That(move, Is.InstanceOf<Move.Consult>());
    }

    [Test]
    public void Silence_after_the_emission_ends_in_a_consultation()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura")]);
        var history = Pages.Typed(page);
        history.Did(new Move.Press(page.Controls[0], "emit", true, ""), page, true, Pages.Now);

        var moves = new List<Move>();
        for (var i = 0; i < 12 && moves.LastOrDefault() is not Move.Consult; i++)
        {
            moves.Add(Pages.Decide(page, history: history));
            history.Did(moves[^1], page, true, Pages.Now);
        }

        Assert.That(moves[^1], Is.InstanceOf<Move.Consult>());
        Assert.That(moves.OfType<Move.Press>(), Is.Empty);
    }

    [Test]
    public void A_portal_known_to_stay_silent_is_consulted_sooner_and_its_press_is_not_repeated()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura")]);
        var (unknown, taught) = Waits(new History());

        var (known, _) = Waits(new History { Known = new Recipe().Healed(taught, [], []) });

        Assert.That(known, Is.GreaterThan(0).And.LessThan(unknown));

        (int, Recipe) Waits(History history)
        {
            Pages.Typed(page, history).Did(new Move.Press(page.Controls[0], "emit", true, ""), page, true, Pages.Now);
            var moves = new List<Move>();
            while (moves.LastOrDefault() is null or Move.Wait)
            {
                moves.Add(Pages.Decide(page, history: history));
                history.Did(moves[^1], page, true, Pages.Now);
            }

            Assert.That(moves[^1], Is.InstanceOf<Move.Consult>());
            return (moves.Count - 1, history.Learned);
        }
    }

    [Test]
    public void A_form_that_empties_itself_without_a_word_took_the_invoice()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1), .. Pages.Receptor()], [Pages.Button("Facturar")]);
        var history = Pages.Typed(page);
        history.Did(new Move.Press(page.Controls[0], "emit", true, ""), page, true, Pages.Now);
        var empty = Pages.Page([Pages.Text("Folio", "", 1)], page.Controls);
        for (var i = 0; i < 30 && !history.Consulting; i++)
        {
            history.Did(Pages.Decide(empty, history: history), empty, true, Pages.Now);
        }

        Assert.That((history.SaidSuccess, Endings.Unresolved(history).Outcome.Word), Is.EqualTo((true, Outcome.EmitidaPendiente)));
    }

    [Test]
    public void The_way_to_recover_is_taken_again_after_the_portal_was_entered_anew()
    {
        var page = Pages.Page([], [Pages.Button("Consultar factura", 1, "link", "/consulta")]);
        var history = new History();
        history.BeginConsult();
        history.Bump("was_ours");
        history.Did(Pages.Decide(page, history: history), page, true, Pages.Now);
        history.Did(new Move.Fill(Pages.Text("Folio"), "folio", "1234567", false, false, ""), page, true, Pages.Now);
        history.Did(new Move.Navigate("https://portal.example/", ""), page, true, Pages.Now);

        Assert.That((Pages.Decide(page with { Lines = ["Bienvenido"] }, history: history) as Move.Press)?.Purpose, Is.EqualTo("recover"));
    }

    [Test]
    public void The_button_of_a_search_for_files_is_pressed_once_the_search_is_filled_in()
    {
        var history = new History();
        history.BeginConsult();
        var page = Pages.Page([Pages.Text("RFC", order: 1), Pages.Text("Folio", order: 2)], [Pages.Button("Obtener archivos", 3)]);
        history.Did(new Move.Press(Pages.Button("Reimprimir"), "recover", false, ""), page, true, Pages.Now);

        Assert.That(Pages.Decide(page, history: history), Is.InstanceOf<Move.Fill>());
    }

    [Test]
    public void A_search_in_a_dialog_is_made_by_its_only_button_in_whatever_words()
    {
        var history = new History();
        history.BeginConsult();
        var page = Pages.Page([Pages.Text("RFC", JobsStandIn.Company.Rfc, 1) with { Dialog = 0 }, Pages.Text("Folio", "1234567", 2) with { Dialog = 0 }], [Pages.Button("Vámonos", 3) with { Dialog = 0 }]) with { Dialogs = [new Dialog(0, "Su factura")] };
        history.Did(new Move.Press(Pages.Button("Reimprimir"), "recover", false, ""), page, true, Pages.Now);

        Assert.That((Pages.Decide(page, history: history) as Move.Press)?.Purpose, Is.EqualTo("search"));
    }

    [Test]
    public void Files_are_not_reached_for_under_a_dialog_that_asks_whether_to_emit()
    {
        var page = Pages.Page([], [Pages.Button("Descargar factura", 1), Pages.Button("Sí, generar", 901) with { Dialog = 0 }, Pages.Button("Cancelar", 902) with { Dialog = 0 }]) with { Dialogs = [new Dialog(0, "¿Generar factura?")] };
        var history = Pages.Typed(Pages.Page(Pages.Receptor()));
        history.Did(new Move.Press(Pages.Button("Generar factura"), "emit", true, ""), Pages.Page(Pages.Receptor()), true, Pages.Now);

        Assert.That((Pages.Decide(page, history: history) as Move.Press)?.Control.Text, Is.EqualTo("Sí, generar"));
    }

    [Test]
    public void A_guess_at_what_the_portal_says_undoes_no_emission()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura")]);
        var history = Pages.Typed(page);
        history.Did(new Move.Press(page.Controls[0], "emit", true, ""), page, true, Pages.Now);

        _ = Pages.Decide(page with { Notices = [new Notice("Ningún consumo concuerda con lo que escribió", "error")] }, history: history);

        Assert.That(history.EmitPressed, Is.True);
    }
}
