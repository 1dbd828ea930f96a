using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

public sealed class NextMoveTests
{
    [Test]
    public void The_first_empty_box_is_typed_into()
    {
        var page = Pages.Page([Pages.Text("Folio", order: 1), Pages.Text("Total", order: 2)], [Pages.Button("Continuar")]);

        var move = Decide(page);

        Assert.That(move, Is.InstanceOf<Move.Fill>());
        Assert.That(((Move.Fill)move).Value, Is.EqualTo("1234567"));
    }

    [TestCase("Consultar ticket", "advance")]
    [TestCase("Ingresar datos de facturación", "advance")]
    [TestCase("Comenzar", "enter")]
    [TestCase("Obtener CFDI", "maybe_emit")]
    [TestCase("Crear mi factura", "emit")]
    [TestCase("Generar mi CFDI", "emit")]
    [TestCase("Facturar mi consumo", "maybe_emit")]
    [TestCase("Expedir comprobante", "emit")]
    [TestCase("Autofacturar", "maybe_emit")]
    [TestCase("Timbrar ahora", "emit")]
    [TestCase("Confirmar y timbrar", "emit")]
    [TestCase("Verificar compra", "advance")]
    [TestCase("Cargar ticket", "advance")]
    [TestCase("Sí, generar", "emit")]
    [TestCase("Bajar mi factura", "download_any")]
    [TestCase("Descargar los archivos", "download_any")]
    [TestCase("Archivo XML", "download_xml")]
    [TestCase("Ver mi comprobante en PDF", "download_pdf")]
    [TestCase("Historial de facturas", "recover")]
    [TestCase("Facturas generadas", "recover")]
    [TestCase("Ya tengo mi factura", "recover")]
    [TestCase("Reimprime tu factura", "recover")]
    [TestCase("Descargar factura existente", "recover")]
    [TestCase("Consulta de CFDI", "recover")]
    [TestCase("Corregir datos", "back")]
    [TestCase("Facturar un ticket más", "anew")]
    public void A_caption_nobody_has_seen_has_its_role(string caption, string role) => Assert.That(Buttons.Score(Pages.Button(caption), role), Is.GreaterThan(0.55));

    [Test]
    public void On_the_way_through_the_receptor_a_button_that_may_issue_is_not_pressed_in_passing()
    {
        Field[] boxes = [Pages.Text("RFC", JobsStandIn.Company.Rfc, 1), Pages.Text("Correo electrónico", order: 9)];
        var (search, issue) = (Pages.Page(boxes, [Pages.Button("Buscar", 5)]), Pages.Page(boxes, [Pages.Button("Obtener factura", 5)]));

        Assert.That((Decide(search, history: Pages.Typed(search)) as Move.Press)?.Control.Text, Is.EqualTo("Buscar"));
        Assert.That(Decide(issue, history: Pages.Typed(issue)), Is.InstanceOf<Move.Fill>());
    }

    [Test]
    public void A_search_that_comes_with_a_box_for_the_whole_site_is_made_all_the_same()
    {
        var page = Pages.Page(
            [Pages.Text("", order: 1, placeholder: "Buscar productos", type: "search") with { Form = 0 }, Pages.Text("Folio", "1234567", 2) with { Form = 1 }, Pages.Text("RFC", JobsStandIn.Company.Rfc, 3) with { Form = 1 }],
            [Pages.Button("Reenviar", 4) with { Form = 1 }]);
        var history = new History();
        history.Did(new Move.Consult(""), page, true, Pages.Now);
        history.Did(new Move.Press(Pages.Button("Reenvío de factura"), "recover", false, ""), page, true, Pages.Now);

        Assert.That((Decide(page, history: history) as Move.Press)?.Purpose, Is.EqualTo("search"));
    }

    [Test]
    public void A_rule_that_stood_there_before_the_ticket_was_typed_is_no_answer_to_it()
    {
        var page = Pages.Page([Pages.Text("Folio", order: 1)], [], "Solo se pueden facturar compras del mes actual");
        var history = new History();
        for (var i = 0; i < 12 && Decide(page, history: history) is { } move and not Move.Stop; i++)
        {
            history.Did(move, page, true, Pages.Now);
            page = move is Move.Fill fill ? page with { Fields = [fill.Field with { Value = fill.Value }] } : page;
        }

        Assert.That((Decide(page, history: history) as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.NoReconocido));
    }

    [Test]
    public void Unknown_words_that_speak_of_invoicing_lead_in_and_count_as_an_emission_once_the_receptor_is_typed()
    {
        var page = Pages.Page([], [Pages.Button("Cancelar mi factura", 1), Pages.Button("¡Factúrame ya!", 2), Pages.Button("Novedades", 3)]);
        var receptor = Pages.Page(Pages.Receptor());

        var (before, after) = (Decide(page) as Move.Press, Decide(page, history: Pages.Typed(receptor)) as Move.Press);

        Assert.That((before?.Control.Text, before?.Emits), Is.EqualTo(("¡Factúrame ya!", false)));
        Assert.That((after?.Control.Text, after?.Emits), Is.EqualTo(("¡Factúrame ya!", true)));
    }

    [Test]
    public void A_dialog_s_only_way_on_is_taken_in_whatever_words_and_counts_as_an_emission_where_it_could_be_one()
    {
        var page = Pages.Page([], [Pages.Button("Anotar persona distinta", 2) with { Dialog = 0 }, Pages.Button("Regresar", 3) with { Dialog = 0 }]) with { Dialogs = [new Dialog(0, "Resultados de la consulta")] };
        var (early, late) = (new History(), Pages.Typed(Pages.Page(Pages.Receptor())));
        for (var i = 0; i < 2; i++)
        {
            early.Did(new Move.Wait(1, ""), page, true, Pages.Now);
            late.Did(new Move.Wait(1, ""), page, true, Pages.Now);
        }

        var (before, after) = (Decide(page, history: early) as Move.Press, Decide(page, history: late) as Move.Press);

        Assert.That((before?.Control.Text, before?.Emits), Is.EqualTo(("Anotar persona distinta", false)));
        Assert.That((after?.Control.Text, after?.Emits), Is.EqualTo(("Anotar persona distinta", true)));
    }

    [TestCase("Aviso de privacidad. Sus datos se usan para la emisión de su comprobante.", false)]
    [TestCase("¿Son correctos sus datos?", true)]
    public void A_notice_that_came_before_the_receptor_was_typed_emits_nothing_when_it_comes_again_unless_it_asks(string text, bool emits)
    {
        var page = Pages.Page([], [Pages.Button("Aceptar", 3) with { Dialog = 0 }]) with { Dialogs = [new Dialog(0, text)] };
        var early = new History();
        var before = Decide(page, history: early) as Move.Press;
        var late = Pages.Typed(Pages.Page(Pages.Receptor()));
        var first = Decide(page, history: late) as Move.Press;
        early.Did(before!, page, true, Pages.Now);
        var after = Decide(page, history: Pages.Typed(Pages.Page(Pages.Receptor()), early)) as Move.Press;
        Assert.That((before?.Emits, first?.Emits, after?.Emits), Is.EqualTo((false, true, emits)));
    }

    [Test]
    public void An_old_invoice_is_looked_for_on_every_page_of_the_list_once()
    {
        var history = new History();
        history.BeginConsult();
        var list = Pages.Page([], [Pages.Button("Mis Facturas", 1), Pages.Button("1", 901, "link"), Pages.Button("2", 902, "link"), Pages.Button("3", 903, "link")]);
        var pressed = new List<string>();
        for (var i = 0; i < 20 && Decide(list, history: history) is var move and not Move.Stop; i++)
        {
            pressed.AddRange(move is Move.Press press ? [press.Control.Text] : []);
            history.Did(move, list, true, Pages.Now);
        }

        Assert.That(pressed.Where(p => p.Length == 1), Is.EqualTo(new[] { "2", "3" }));
    }

    [Test]
    public void Stale_receptor_data_is_overwritten_before_anything_is_pressed()
    {
        var fields = Pages.Receptor();
        fields[2] = fields[2] with { Value = "99999" };

        var move = Decide(Pages.Page(fields, [Pages.Button("Generar factura")]));

        Assert.That(move, Is.InstanceOf<Move.Fill>());
        Assert.That(((Move.Fill)move).Value, Is.EqualTo("42501"));
    }

    [Test]
    public void With_the_receptor_typed_the_button_that_generates_emits()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura"), Pages.Button("Cancelar factura", 901), Pages.Button("Refacturar", 902)]);

        var move = Decide(page, history: Pages.Typed(page));

        Assert.That(move, Is.InstanceOf<Move.Press>());
        Assert.That(((Move.Press)move).Emits, Is.True);
        Assert.That(((Move.Press)move).Control.Text, Is.EqualTo("Generar factura"));
    }

    [TestCase("Refacturar")]
    [TestCase("Cancelar factura")]
    [TestCase("Facturar a público en general")]
    [TestCase("Encuesta de satisfacción")]
    [TestCase("Limpiar")]
    public void A_decoy_is_never_pressed(string decoy)
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button(decoy)]);
        var history = Pages.Typed(page);

        var moves = Enumerable.Range(0, 8).Select(_ =>
        {
            var move = Decide(page, history: history);
            history.Did(move, page, true, Pages.Now);
            return move;
        }).ToList();

        Assert.That(moves.OfType<Move.Press>(), Is.Empty);
    }

    [Test]
    public void A_way_in_is_found_on_a_landing_page()
    {
        var page = Pages.Page([], [Pages.Button("Encuesta", 1, "link"), Pages.Button("Facturación sin registro", 2), Pages.Button("Iniciar sesión", 3)]);

        Assert.That((Decide(page) as Move.Press)?.Control.Text, Is.EqualTo("Facturación sin registro"));
    }

    [Test]
    public void The_button_beside_the_ticket_is_pressed_before_what_follows_is_typed()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1), Pages.Text("RFC", order: 10)], [Pages.Button("Buscar", 5), Pages.Button("Generar", 20)]);

        Assert.That((Decide(page) as Move.Press)?.Control.Text, Is.EqualTo("Buscar"));
    }

    [Test]
    public void What_may_only_consult_never_presses_what_emits()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura")]);
        var history = Pages.Typed(page);
        history.BeginConsult();
        history.Reentering = true;

        var move = Decide(page, Pages.Goal(consultOnly: true), history);

        Assert.That((move as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.Incierto));
    }

    [Test]
    public void Another_RFC_on_the_page_stops_the_emission()
    {
        var fields = Pages.Receptor();
        var shown = Pages.Text("RFC del receptor", "URE180429TM6", 200, disabled: true);
        var page = Pages.Page([.. fields, shown], [Pages.Button("Generar factura")]);

        var move = Decide(page, history: Pages.Typed(Pages.Page(fields)));

        Assert.That((move as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.RequiereHumano));
    }

    [Test]
    public void A_lost_answer_after_the_emission_is_consulted_not_repeated()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura")]);
        var history = Pages.Typed(page);
        history.Did(new Move.Press(page.Controls[0], "emit", true, ""), page, true, Pages.Now);

        var move = Decide(Snapshot.Empty with { Url = "chrome-error://chromewebdata/", NetworkError = "net::ERR_CONNECTION_RESET" }, history: history);

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
            moves.Add(Decide(page, history: history));
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
                moves.Add(Decide(page, history: history));
                history.Did(moves[^1], page, true, Pages.Now);
            }

            Assert.That(moves[^1], Is.InstanceOf<Move.Consult>());
            return (moves.Count - 1, history.Learned);
        }
    }

    [Test]
    public void A_captcha_is_asked_after_the_other_boxes_are_typed()
    {
        var page = Pages.Page([Pages.Text("Código de la imagen", order: 1), Pages.Text("Folio", "1234567", 2)], [Pages.Button("Validar ticket")]) with { Pictures = [new Picture("0:50", 0, "/captcha.png", true)] };

        var move = Decide(page);

        Assert.That((move as Move.AskPerson)?.Kind, Is.EqualTo("captcha"));
    }

    [Test]
    public void A_missing_ticket_value_is_asked_not_guessed()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1), Pages.Text("Web ID", order: 2)], [Pages.Button("Continuar")]);

        var move = Decide(page);

        Assert.That((move as Move.AskPerson)?.Datum, Is.EqualTo("web_id"));
    }

    [Test]
    public void Another_reading_of_the_folio_is_tried_when_the_portal_does_not_know_it()
    {
        var goal = Pages.Goal(new() { ["folio"] = "12O4567" }, alternatives: new() { ["folio"] = ["1204567"] });
        var page = Pages.Page([Pages.Text("Folio", "12O4567", 1)], [Pages.Button("Buscar")]);
        var history = new History();
        history.Did(new Move.Press(page.Controls[0], "advance", false, ""), page, true, Pages.Now);

        var move = Decide(page with { Notices = [new Notice("El folio no existe", "error")] }, goal, history);

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
            return Decide(page with { Notices = [new Notice("La validación del ticket no tuvo éxito", "error")] }, Pages.Goal(new() { ["folio"] = "1234567", ["fecha"] = day }), history);
        }).Select(m => (m as Move.Stop)?.Outcome.Word);

        Assert.That(outcomes, Is.EqualTo(new[] { Outcome.AunNo, Outcome.NoEncontrado }));
    }

    [Test]
    public void Terms_are_ticked_and_traps_stay_empty()
    {
        Field Box(string label, int order) => new($"0:{order}", label, FieldKind.Checkbox, label, Order: order);
        var page = Pages.Page([.. Pages.Receptor(), Box("Soy una persona políticamente expuesta", 300), Box("Acepto los términos y condiciones", 301)], [Pages.Button("Facturar")]);

        var move = Decide(page, history: Pages.Typed(page));

        Assert.That((move as Move.Tick)?.Field.Label, Does.StartWith("Acepto"));
    }

    [Test]
    public void A_button_whose_effect_is_under_way_is_not_pressed_again_at_once()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Validar ticket")]);
        var history = new History();
        history.Did(Decide(page, history: history), page, true, Pages.Now);

        var move = Decide(page with { Notices = [new Notice("El ticket ingresado es válido", "info")], Lines = ["El ticket ingresado es válido"] }, history: history);

        Assert.That(move, Is.InstanceOf<Move.Wait>());
    }

    [Test]
    public void A_button_that_appeared_is_preferred_to_the_one_already_pressed()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Validar ticket")]);
        var history = new History();
        history.Did(Decide(page, history: history), page, true, Pages.Now);

        var move = Decide(page with { Controls = [.. page.Controls, Pages.Button("Continuar", 901)] }, history: history);

        Assert.That((move as Move.Press)?.Control.Text, Is.EqualTo("Continuar"));
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

        Assert.That((Decide(listed, history: history) as Move.Press)?.Control.Text, Is.EqualTo("Facturar"));
    }

    [TestCase("Facturar a URE180429TM6")]
    [TestCase("Facturar aURE180429TM6")]
    [TestCase("Bienvenido")]
    public void An_account_that_does_not_show_our_RFC_invoices_nothing(string shown)
    {
        var history = SignedIn();
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Enviar")]) with { Lines = [shown] };

        var move = Decide(page, history: history);

        Assert.That((move as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.RequiereHumano));
    }

    [Test]
    public void An_account_set_to_our_RFC_invoices()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Enviar")]) with { Lines = [$"Facturar a {JobsStandIn.Company.Rfc}"] };

        Assert.That((Decide(page, history: SignedIn()) as Move.Press)?.Emits, Is.True);
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
            history.Did(Decide(empty, history: history), empty, true, Pages.Now);
        }

        Assert.That((history.SaidSuccess, Endings.Unresolved(history).Outcome.Word), Is.EqualTo((true, Outcome.EmitidaPendiente)));
    }

    [Test]
    public void A_wrong_code_before_any_ticket_was_typed_is_the_captcha_s()
    {
        var box = Pages.Text("", "", 5, max: 5);
        var page = Pages.Page([box], [Pages.Button("Verificar", 6)]) with { Pictures = [new Picture("0:4", 4, "/reto", true)] };
        var history = new History();
        history.Did(new Move.Fill(box, "captcha", "AB12C", true, false, ""), page, true, Pages.Now);
        history.Did(new Move.Press(page.Controls[0], "advance", false, ""), page, true, Pages.Now);

        var move = Decide(page with { Notices = [new Notice("Código incorrecto, intente de nuevo", "error")] }, history: history);

        Assert.That((move as Move.Stop)?.Outcome.Word, Is.Not.EqualTo(Outcome.NoEncontrado));
    }

    [Test]
    public void The_way_to_recover_is_taken_again_after_the_portal_was_entered_anew()
    {
        var page = Pages.Page([], [Pages.Button("Consultar factura", 1, "link", "/consulta")]);
        var history = new History();
        history.BeginConsult();
        history.Bump("was_ours");
        history.Did(Decide(page, history: history), page, true, Pages.Now);
        history.Did(new Move.Fill(Pages.Text("Folio"), "folio", "1234567", false, false, ""), page, true, Pages.Now);
        history.Did(new Move.Navigate("https://portal.example/", ""), page, true, Pages.Now);

        Assert.That((Decide(page with { Lines = ["Bienvenido"] }, history: history) as Move.Press)?.Purpose, Is.EqualTo("recover"));
    }

    private static History SignedIn()
    {
        var password = Pages.Text("Contraseña", "x", 1, type: "password");
        var folio = Pages.Text("Folio", "1234567", 1);
        var history = new History();
        history.Did(new Move.Fill(password, "contrasena", "x", true, false, ""), Snapshot.Empty, true, Pages.Now);
        history.Did(new Move.Fill(folio, "folio", "1234567", false, false, ""), Snapshot.Empty, true, Pages.Now);
        return history;
    }

    [Test]
    public void Going_in_circles_ends()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Continuar")]);
        var history = new History();
        Move move;
        var moves = 0;
        do
        {
            move = Decide(page, history: history);
            history.Did(move, page, true, Pages.Now);
        }
        while (move is not Move.Stop && ++moves < 100);

        Assert.That((move as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.NoReconocido));
        Assert.That(moves, Is.LessThan(20));
    }

    private static Move Decide(Snapshot page, Goal? goal = null, History? history = null) => NextMove.Decide(page, goal ?? Pages.Goal(), history ?? new History(), Pages.Now);
}
