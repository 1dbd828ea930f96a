using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

using Messages = Invoicing.BrowserAutomation.Engine.Messages;

/// <summary>Words, shapes and ways in that no entry of the knowledge holds as they stand.</summary>
public sealed class UnknownPortalTests
{
    private static readonly Dictionary<string, string> LongCode = new() { ["tc"] = "012345678901234567890", ["total"] = "250.00", ["fecha"] = "2026-11-20" };

    [TestCase("Elabora tu CFDI", "emit")]
    [TestCase("Expedir mi comprobante", "emit")]
    [TestCase("Tramita aquí tu factura", "maybe_emit")]
    [TestCase("Localizar mi consumo", "advance")]
    [TestCase("Comprueba tu boleto", "advance")]
    [TestCase("Seguir al paso de pago", "advance")]
    [TestCase("Tus facturas anteriores", "recover")]
    [TestCase("Mis últimas facturas (24 h)", "recover")]
    [TestCase("Anular comprobante", "decoy")]
    [TestCase("Usar otro RFC", "new_receptor")]
    public void A_caption_is_read_by_its_verb_and_what_it_acts_on(string caption, string role)
    {
        Assert.That(Buttons.Score(Pages.Button(caption), role), Is.GreaterThan(0.6));
    }

    [TestCase("Ingresa el Nº de tu ticket", "ticket")]
    [TestCase("Núm. de Transacc.", "transaccion")]
    [TestCase("Ref. de fact.", "referencia")]
    [TestCase("Cve. Suc.", "sucursal")]
    [TestCase("Por favor captura el folio de tu consumo", "folio")]
    [TestCase("Selecciona la fecha de tu compra", "fecha")]
    [TestCase("RFC emisor", "rfc_emisor")]
    public void Abbreviations_and_courtesies_do_not_hide_what_is_asked(string label, string canonical)
    {
        Assert.That(FieldMap.Of([Pages.Text(label)], Pages.Goal())[0].Canonical, Is.EqualTo(canonical));
    }

    [Test]
    public void A_box_as_long_as_one_code_takes_it_whatever_it_is_called()
    {
        var ticket = new Dictionary<string, string>(LongCode) { ["tr"] = "04512" };
        var map = Leftovers.Assign(FieldMap.Of([Pages.Text("Cifra A", order: 1, max: 21), Pages.Text("Cifra B", order: 2, max: 5)], Pages.Goal(ticket)), Pages.Goal(ticket), new History());

        Assert.That(map.Select(m => m.Wanted), Is.EqualTo(new[] { "012345678901234567890", "04512" }));
    }

    [Test]
    public void One_box_and_one_code_left_belong_together_two_of_each_are_nobody_s_guess()
    {
        var one = Pages.Goal(LongCode);
        var two = Pages.Goal(new(LongCode) { ["web_id"] = "A1B2C3D4" });

        Assert.That(Leftovers.Assign(FieldMap.Of([Pages.Text("Cifra mágica", order: 1)], one), one, new History())[0].Wanted, Is.EqualTo(LongCode["tc"]));
        Assert.That(Leftovers.Assign(FieldMap.Of([Pages.Text("Cifra A", order: 1), Pages.Text("Cifra B", order: 2)], two), two, new History()).Select(m => m.Wanted), Is.All.Null);
    }

    [TestCase("Cupón de descuento")]
    [TestCase("Comentarios (opcional)")]
    public void What_is_left_is_not_typed_into_a_box_that_asks_for_something_else(string label)
    {
        var goal = Pages.Goal(LongCode);

        Assert.That(Leftovers.Assign(FieldMap.Of([Pages.Text(label, order: 1)], goal), goal, new History())[0].Wanted, Is.Null);
    }

    [Test]
    public void A_code_asked_in_a_box_that_hides_it_is_no_sign_in()
    {
        var box = Pages.Text("Cifra del recibo", order: 1, type: "password") with { Kind = FieldKind.Password };

        var move = Decide(Pages.Page([box], [Pages.Button("Buscar")]), Pages.Goal(LongCode)) as Move.Fill;

        Assert.That(move?.Value, Is.EqualTo(LongCode["tc"]));
    }

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
            move = Decide(page, history: history);
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

        var move = Decide(asked, history: history) as Move.Press;

        Assert.That(move?.Control.Text, Is.EqualTo("Procede"));
        Assert.That(move!.Emits, Is.True);
    }

    [Test]
    public void An_RFC_in_three_boxes_and_a_date_in_three_lists_are_taken_apart()
    {
        var goal = Pages.Goal();
        var rfc = goal.Receptor.Rfc;

        Assert.That(
            FieldMap.Of([Pages.Text("RFC", order: 1, max: 4), Pages.Text("", name: "r2", order: 2, max: 6), Pages.Text("", name: "r3", order: 3, max: 3)], goal).Select(m => m.Wanted), Is.EqualTo(new[] { rfc[..^9], rfc[^9..^3], rfc[^3..] }));
        Assert.That(FieldMap.Of([Pages.Select("Día", ["1", "20"], 1), Pages.Select("Mes", ["Octubre", "Noviembre"], 2), Pages.Select("Año", ["2025", "2026"], 3)], goal).Select(m => OptionMatch.Pick(m.Canonical!, m.Wanted!, m.Field.Choices)?.Text),
            Is.EqualTo(new[] { "20", "Noviembre", "2026" }));
    }

    [Test]
    public void Where_the_first_list_asks_which_company_the_ticket_s_own_is_chosen()
    {
        var goal = Pages.Goal() with { MerchantName = "Cafés del Risco" };
        var list = Pages.Select("Empresa", ["Seleccione", "ABARROTES LA LOMA SA DE CV", "CAFES DEL RISCO DE MEXICO SA DE CV", "TINTORERIAS DEL RISCO SA DE CV"], 1, "Seleccione");

        var mapped = FieldMap.Of([list], goal)[0];

        Assert.That(mapped.Canonical, Is.EqualTo("comercio"));
        Assert.That(OptionMatch.Pick("comercio", mapped.Wanted!, list.Choices)?.Text, Does.StartWith("CAFES DEL RISCO"));
    }

    [Test]
    public void Terms_that_open_only_when_read_are_read()
    {
        var terms = Pages.Text("Acepto los términos y condiciones", order: 2, disabled: true) with { Kind = FieldKind.Checkbox };

        Assert.That(Decide(Pages.Page([Pages.Text("Folio", "1234567", 1), terms], [Pages.Button("Continuar")])), Is.InstanceOf<Move.Reveal>());
    }

    [Test]
    public void A_datum_that_is_not_marked_as_needed_is_asked_only_once_the_portal_misses_it()
    {
        var fields = new[] { Pages.Text("Folio", "1234567", 1), Pages.Text("Caja", order: 2) };
        var page = Pages.Page(fields, [Pages.Button("Continuar")]);
        var history = new History();

        var first = Decide(page, history: history);
        history.Did(first, page, true, Pages.Now);
        var second = Decide(Pages.Page(fields, [Pages.Button("Continuar")], "No se encontró el ticket"), history: history);

        Assert.That(first, Is.InstanceOf<Move.Press>());
        Assert.That((second as Move.AskPerson)?.Datum, Is.EqualTo("caja"));
    }

    [Test]
    public void Separators_of_the_example_are_typed_where_the_box_counts_them()
    {
        var box = Pages.Text("Folio", placeholder: "0000-0000-0000-0", max: 16);

        Assert.That(Values.For("folio", "1234567891011", box), Is.EqualTo("1234-5678-9101-1"));
        Assert.That(Values.For("codigo_facturacion", "aB3d-Ef6h", Pages.Text("IDW", max: 8)), Is.EqualTo("aB3dEf6h"));
    }

    [Test]
    public void Data_on_file_are_unfolded_before_the_press_that_emits_and_what_cannot_be_changed_is_a_person_s_matter()
    {
        var rfc = Pages.Text("RFC", JobsStandIn.Company.Rfc, 1);
        var history = new History();
        history.Did(new Move.Fill(rfc, "rfc", rfc.Value, false, false, ""), Snapshot.Empty, true, Pages.Now);
        var page = Pages.Page([Pages.Text("Correo", JobsStandIn.Company.Correo, 2)], [Pages.Button("Enviar factura")]) with { Folded = [Pages.Text("Código Postal", "99999", 3)] };

        var shut = Decide(page, history: history);
        var foldable = Decide(page with { Controls = [Pages.Button("Editar", 800), .. page.Controls] }, history: history);

        Assert.That((shut as Move.Stop)?.Outcome.ErrorType, Is.EqualTo("account_data"));
        Assert.That((foldable as Move.Press)?.Purpose, Is.EqualTo("unfold"));
    }

    [Test]
    public void A_code_asked_right_after_a_picture_is_the_picture_s()
    {
        var page = Pages.Page([Pages.Text("No. Ticket", "12345678901234567", 1), Pages.Text("Código", order: 6, max: 5)], [Pages.Button("Siguiente")]) with { Pictures = [new Picture("0:5", 5, "/captcha.ashx", true)] };

        var move = Decide(page, Pages.Goal(new() { ["ticket"] = "12345678901234567", ["codigo_facturacion"] = "ABC123" })) as Move.AskPerson;

        Assert.That(move?.Kind, Is.EqualTo("captcha"));
    }

    [Test]
    public void A_sign_without_words_in_the_row_of_our_invoice_is_tried_once_a_bin_never()
    {
        var row = "1234567 20/11/2026 $250.00";
        var page = Pages.Page([], [new Control("0:1", "", Icon: "fa fa-trash", Name: "b", Row: row, Order: 1), new Control("0:2", "", Icon: "glyph-17", Name: "a", Row: row, Order: 2), new Control("0:3", "", Icon: "glyph-17", Name: "a", Row: "7654321 otra", Order: 3)]);
        var history = new History();
        history.BeginConsult();

        var first = Decide(page, history: history);
        history.Did(first, page, false, Pages.Now);
        var second = Decide(page, history: history);

        Assert.That((first as Move.CollectFiles)?.Controls.Select(c => c.Handle), Is.EqualTo(new[] { "0:2" }));
        Assert.That(second, Is.Not.InstanceOf<Move.CollectFiles>());
    }

    [Test]
    public void A_dialog_that_asks_whether_to_send_the_invoice_is_no_word_that_it_was_sent()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Facturar", 900)]);
        var history = Pages.Typed(page);
        history.Did(Decide(page, history: history), page, true, Pages.Now);
        var asked = page with
        {
            Dialogs = [new Dialog(0, "Su factura se enviará al correo capturado. ¿Desea continuar?")], Lines = ["Su factura se enviará al correo capturado."],
            Controls = [Pages.Button("No", 901) with { Dialog = 0 }, Pages.Button("Sí", 902) with { Dialog = 0 }],
        };

        Assert.That((Decide(asked, history: history) as Move.Press)?.Control.Text, Is.EqualTo("Sí"));
    }

    [Test]
    public void A_word_that_goes_on_or_issues_is_taken_for_issuing_once_the_whole_receptor_is_typed()
    {
        var receptor = Pages.Receptor();
        var (whole, part) = (Pages.Page(receptor, [Pages.Button("Guardar")]), Pages.Page([.. receptor.Where(f => !f.Label.StartsWith("Uso", StringComparison.Ordinal))], [Pages.Button("Guardar")]));

        Assert.That((Decide(whole, history: Pages.Typed(whole)) as Move.Press)?.Emits, Is.True);
        Assert.That((Decide(part, history: Pages.Typed(part)) as Move.Press)?.Emits, Is.False);
    }

    [Test]
    public void The_same_form_under_another_address_is_not_sent_a_second_time()
    {
        var page = Pages.Page(Pages.Receptor(), [Pages.Button("Generar factura")]);
        var history = Pages.Typed(page);
        history.Did(Decide(page, history: history), page, true, Pages.Now);
        var again = page with { Url = "https://portal.example/facturar", Notices = [new Notice("Algo que nadie conoce", "error")] };
        var moves = new List<Move>();
        for (var i = 0; i < 8; i++)
        {
            moves.Add(Decide(again, history: history));
            history.Did(moves[^1], again, true, Pages.Now);
        }

        Assert.That(moves.OfType<Move.Press>().Where(p => p.Emits), Is.Empty);
    }

    [TestCase("El ticket aún no puede ser facturado, intente en 30 minutos", "aun_no")]
    [TestCase("No fue posible timbrar su factura. CFDI40148 - El campo DomicilioFiscalReceptor del receptor, debe pertenecer al nombre", "receptor")]
    [TestCase("El ticket no está facturado", "no_facturado")]
    [TestCase("El folio ya se facturó", "ya_facturado")]
    [TestCase("La nota fue facturada, pero no con ese RFC", "otro_rfc")]
    [TestCase("El folio corresponde a un mes cerrado", "fuera_de_plazo")]
    [TestCase("¿Los datos capturados son correctos? No será posible corregirlos.", null)]
    [TestCase("Si tu ticket ya fue facturado, consulta tu factura", null)]
    public void What_is_said_in_other_words_is_understood(string text, string? meaning)
    {
        Assert.That(Messages.Of(text, standsOut: true)?.Class, Is.EqualTo(meaning));
    }

    [TestCase("Ya existe una factura para este boleto. Revise el avance de su trámite", "Avance de mi trámite")]
    [TestCase("La venta ya cuenta con comprobante fiscal, puede duplicarlo", "Duplicados")]
    public void The_portal_s_own_word_for_where_the_invoice_is_leads_there(string said, string way)
    {
        var page = Pages.Page([], [Pages.Button("Facturar boleto", 1, "link", "/a"), Pages.Button("Existencias", 2), Pages.Button(way, 3, "link", "/b")]);
        var history = new History();
        history.HeardInvoiced(said);
        history.Did(new Move.Consult(""), page, true, Pages.Now);

        Assert.That((Decide(page, history: history) as Move.Press)?.Control.Text, Is.EqualTo(way));
    }

    [TestCase("Adelante", true)]
    [TestCase("Clave ADEL-9XFH", false)]
    public void Part_of_a_code_inside_another_word_is_no_list_of_tickets(string line, bool types)
    {
        var box = Pages.Text("Código", order: 1, max: 4);
        var page = Pages.Page([box, Pages.Text("", order: 2, max: 4)], [Pages.Button("Agregar", 3), Pages.Button("Siguiente", 4)]) with { Lines = [line.Replace('-', ' ')] };
        var (history, goal) = (new History(), Pages.Goal(new() { ["codigo_facturacion"] = "ADEL9XFH" }));
        foreach (var part in FieldMap.Of(page.Fields, goal))
        {
            history.Did(new Move.Fill(part.Field, part.Canonical!, part.Wanted!, false, false, ""), page, true, Pages.Now);
        }

        history.Did(new Move.Press(page.Controls[0], "advance", false, ""), page, true, Pages.Now);

        Assert.That(NextMove.Decide(page, goal, history, Pages.Now) is Move.Fill, Is.EqualTo(types));
    }

    [Test]
    public void The_one_list_nobody_knows_beside_the_ticket_is_for_the_shop_no_field_asks_for()
    {
        var goal = Pages.Goal(new() { ["folio"] = "1234567", ["sucursal"] = "Atasta" });
        Field[] boxes = [Pages.Select("¿Con quién viniste?", ["Elige", "Atasta", "Gaviotas"], 1), Pages.Text("Folio", order: 2)];

        var ours = Scope.Of(Pages.Page(boxes), goal, new History()).Map[0];
        var other = Scope.Of(Pages.Page([Pages.Select("¿Con quién viniste?", ["Elige", "Solo", "Acompañado"], 1), boxes[1]]), goal, new History()).Map[0];

        Assert.That((ours.Canonical, ours.Wanted, other.Wanted), Is.EqualTo(("sucursal", "Atasta", (string?)null)));
    }

    [Test]
    public void What_costs_money_is_not_agreed_to()
    {
        var box = Pages.Text("Acepto apoyar con $10.00", order: 2) with { Kind = FieldKind.Checkbox };

        Assert.That(Choices.Wanted(box, Pages.Goal(), consult: false), Is.Null);
    }

    [Test]
    public void A_field_s_own_label_goes_before_the_heading_over_it()
    {
        var day = Pages.Text("Día", order: 1) with { Kind = FieldKind.Combo, Near = "Fecha de compra" };

        Assert.That(FieldMap.Of([day], Pages.Goal())[0].Canonical, Is.EqualTo("dia"));
    }

    [Test]
    public void A_catalogue_drawn_as_radios_is_chosen_from_like_a_list()
    {
        Field[] radios = [.. new[] { "601 General de Ley Personas Morales", "603 Personas Morales con Fines no Lucrativos", "612 Personas Físicas con Actividades Empresariales y Profesionales" }
            .Select((row, i) => Pages.Text("", name: "r", order: i + 10) with { Kind = FieldKind.Radio, Name = "r", Row = row })];

        var move = Decide(Pages.Page([Pages.Text("RFC", JobsStandIn.Company.Rfc, 1), .. radios], [Pages.Button("Continuar")])) as Move.Tick;

        Assert.That(move?.Field.Row, Does.StartWith("601"));
    }

    [Test]
    public void What_a_preview_says_will_be_sent_was_not_sent_and_its_last_step_is_taken()
    {
        var form = Pages.Page(Pages.Receptor(), [Pages.Button("Aceptar y enviar")]);
        var history = Pages.Typed(form);
        history.Did(Decide(form, history: history), form, true, Pages.Now);
        var preview = Pages.Page([], [Pages.Button("Corregir", 901), Pages.Button("Timbrar", 902)]) with { Lines = [$"RFC {JobsStandIn.Company.Rfc}", "Se enviará a ana@correo.mx"] };

        var move = Decide(preview, history: history) as Move.Press;

        Assert.That((move?.Control.Text, move?.Emits), Is.EqualTo(("Timbrar", true)));
    }

    [Test]
    public void After_the_last_step_the_same_words_are_an_end()
    {
        var form = Pages.Page(Pages.Receptor(), [Pages.Button("Timbrar")]);
        var history = Pages.Typed(form);
        history.Did(Decide(form, history: history), form, true, Pages.Now);
        var result = Pages.Page([], [Pages.Button("Facturar otro ticket", 901)]) with { Lines = [$"RFC {JobsStandIn.Company.Rfc}", "Se enviará a ana@correo.mx"] };

        Assert.That((Decide(result, history: history) as Move.Stop)?.Outcome.Word, Is.EqualTo(Outcome.EmitidaPendiente));
    }

    [Test]
    public void A_sign_beside_an_empty_box_is_not_pressed_where_an_answer_is_offered_in_words()
    {
        var history = Pages.Typed(Pages.Page(Pages.Receptor(), []));
        var page = Pages.Page([Pages.Text("¿Todo bien?", order: 5, placeholder: "Escribe aquí")],
            [Pages.Button("Sí, pide mi factura", 4), Pages.Button("No, empezar de nuevo", 4), Pages.Button("➤", 6) with { Title = "Enviar" }]);

        var move = Decide(page, history: history) as Move.Press;

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

    private static Move Decide(Snapshot page, Goal? goal = null, History? history = null) => NextMove.Decide(page, goal ?? Pages.Goal(), history ?? new History(), Pages.Now);
}
