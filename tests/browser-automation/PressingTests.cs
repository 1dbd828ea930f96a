using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>Which control is pressed, and whether that may issue an invoice.</summary>
public sealed class PressingTests
{
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

        Assert.That((Pages.Decide(search, history: Pages.Typed(search)) as Move.Press)?.Control.Text, Is.EqualTo("Buscar"));
        Assert.That(Pages.Decide(issue, history: Pages.Typed(issue)), Is.InstanceOf<Move.Fill>());
    }

    [Test]
    public void Unknown_words_that_speak_of_invoicing_lead_in_and_count_as_an_emission_once_the_receptor_is_typed()
    {
        var page = Pages.Page([], [Pages.Button("Cancelar mi factura", 1), Pages.Button("¡Factúrame ya!", 2), Pages.Button("Novedades", 3)]);
        var receptor = Pages.Page(Pages.Receptor());

        var (before, after) = (Pages.Decide(page) as Move.Press, Pages.Decide(page, history: Pages.Typed(receptor)) as Move.Press);

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

        var (before, after) = (Pages.Decide(page, history: early) as Move.Press, Pages.Decide(page, history: late) as Move.Press);

        Assert.That((before?.Control.Text, before?.Emits), Is.EqualTo(("Anotar persona distinta", false)));
        Assert.That((after?.Control.Text, after?.Emits), Is.EqualTo(("Anotar persona distinta", true)));
    }

    [TestCase("Aviso de privacidad. Sus datos se usan para la emisión de su comprobante.", false)]
    [TestCase("¿Son correctos sus datos?", true)]
    public void A_notice_that_came_before_the_receptor_was_typed_emits_nothing_when_it_comes_again_unless_it_asks(string text, bool emits)
    {
        var page = Pages.Page([], [Pages.Button("Aceptar", 3) with { Dialog = 0 }]) with { Dialogs = [new Dialog(0, text)] };
        var early = new History();
        var before = Pages.Decide(page, history: early) as Move.Press;
        var late = Pages.Typed(Pages.Page(Pages.Receptor()));
        var first = Pages.Decide(page, history: late) as Move.Press;
        early.Did(before!, page, true, Pages.Now);
        var after = Pages.Decide(page, history: Pages.Typed(Pages.Page(Pages.Receptor()), early)) as Move.Press;
        Assert.That((before?.Emits, first?.Emits, after?.Emits), Is.EqualTo((false, true, emits)));
    }

    [Test]
    public void A_button_that_issues_for_a_kind_of_person_is_an_emission_and_no_choice_of_kind()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Facturar persona física", 901), Pages.Button("Facturar persona moral", 902)]);

        Assert.That(Pages.Decide(page, history: Pages.Typed(page)), Is.Not.InstanceOf<Move.Press>().Or.Property(nameof(Move.Press.Emits)).True);
    }

    [Test]
    public void With_the_receptor_typed_the_button_that_generates_emits()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura"), Pages.Button("Cancelar factura", 901), Pages.Button("Refacturar", 902)]);

        var move = Pages.Decide(page, history: Pages.Typed(page));

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
            var move = Pages.Decide(page, history: history);
            history.Did(move, page, true, Pages.Now);
            return move;
        }).ToList();

        Assert.That(moves.OfType<Move.Press>(), Is.Empty);
    }

    [Test]
    public void A_way_in_is_found_on_a_landing_page()
    {
        var page = Pages.Page([], [Pages.Button("Encuesta", 1, "link"), Pages.Button("Facturación sin registro", 2), Pages.Button("Iniciar sesión", 3)]);

        Assert.That((Pages.Decide(page) as Move.Press)?.Control.Text, Is.EqualTo("Facturación sin registro"));
    }

    [Test]
    public void The_button_beside_the_ticket_is_pressed_before_what_follows_is_typed()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1), Pages.Text("RFC", order: 10)], [Pages.Button("Buscar", 5), Pages.Button("Generar", 20)]);

        Assert.That((Pages.Decide(page) as Move.Press)?.Control.Text, Is.EqualTo("Buscar"));
    }

    [Test]
    public void Another_RFC_on_the_page_stops_the_emission()
    {
        var fields = Pages.Receptor();
        var shown = Pages.Text("RFC del receptor", "URE180429TM6", 200, disabled: true);
        var page = Pages.Page([.. fields, shown], [Pages.Button("Generar factura")]);

        var move = Pages.Decide(page, history: Pages.Typed(Pages.Page(fields)));

        Assert.That((move as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.RequiereHumano));
    }

    [Test]
    public void A_button_whose_effect_is_under_way_is_not_pressed_again_at_once()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Validar ticket")]);
        var history = new History();
        history.Did(Pages.Decide(page, history: history), page, true, Pages.Now);

        var move = Pages.Decide(page with { Notices = [new Notice("El ticket ingresado es válido", "info")], Lines = ["El ticket ingresado es válido"] }, history: history);

        Assert.That(move, Is.InstanceOf<Move.Wait>());
    }

    [Test]
    public void A_button_that_appeared_is_preferred_to_the_one_already_pressed()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Validar ticket")]);
        var history = new History();
        history.Did(Pages.Decide(page, history: history), page, true, Pages.Now);

        var move = Pages.Decide(page with { Controls = [.. page.Controls, Pages.Button("Continuar", 901)] }, history: history);

        Assert.That((move as Move.Press)?.Control.Text, Is.EqualTo("Continuar"));
    }

    [TestCase("Facturar a URE180429TM6")]
    [TestCase("Facturar aURE180429TM6")]
    [TestCase("Bienvenido")]
    public void An_account_that_does_not_show_our_RFC_invoices_nothing(string shown)
    {
        var history = SignedIn();
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Enviar")]) with { Lines = [shown] };

        var move = Pages.Decide(page, history: history);

        Assert.That((move as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.RequiereHumano));
    }

    [Test]
    public void What_closes_a_dialog_over_the_receptor_issues_nothing_and_the_way_in_is_not_taken_again_after_an_emission()
    {
        var saved = Pages.Page([], [Pages.Button("Cerrar", 3) with { Dialog = 0 }]) with { Dialogs = [new Dialog(0, "Sus datos se guardaron")] };
        var start = Pages.Page([], [Pages.Button("Pedir factura", 1)]);
        var history = new History();
        history.Did(Pages.Decide(start, history: history), start, true, Pages.Now);
        var form = Pages.Page(Pages.Receptor(), [Pages.Button("Turnar factura", 900)]);
        var close = Pages.Decide(saved, history: Pages.Typed(form, history)) as Move.Press;
        history.Did(new Move.Press(form.Controls[0], "emit", true, ""), form, true, Pages.Now);

        Assert.That((close?.Control.Text, close?.Emits), Is.EqualTo(("Cerrar", false)));
        Assert.That(Pages.Decide(start, history: history), Is.Not.InstanceOf<Move.Press>());
    }

    [Test]
    public void An_account_set_to_our_RFC_invoices()
    {
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1)], [Pages.Button("Enviar")]) with { Lines = [$"Facturar a {JobsStandIn.Company.Rfc}"] };

        Assert.That((Pages.Decide(page, history: SignedIn()) as Move.Press)?.Emits, Is.True);
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
            move = Pages.Decide(page, history: history);
            history.Did(move, page, true, Pages.Now);
        }
        while (move is not Move.Stop && ++moves < 100);

        Assert.That((move as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.NoReconocido));
        Assert.That(moves, Is.LessThan(20));
    }
}
