using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>Boxes, lists and choices told by their shape, their neighbours or by elimination.</summary>
public sealed class UnknownFormsTests
{
    private static readonly Dictionary<string, string> LongCode = new() { ["tc"] = "012345678901234567890", ["total"] = "250.00", ["fecha"] = "2026-11-20" };

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

        var move = Pages.Decide(Pages.Page([box], [Pages.Button("Buscar")]), Pages.Goal(LongCode)) as Move.Fill;

        Assert.That(move?.Value, Is.EqualTo(LongCode["tc"]));
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

        Assert.That(Pages.Decide(Pages.Page([Pages.Text("Folio", "1234567", 1), terms], [Pages.Button("Continuar")])), Is.InstanceOf<Move.Reveal>());
    }

    [Test]
    public void A_datum_that_is_not_marked_as_needed_is_asked_only_once_the_portal_misses_it()
    {
        var fields = new[] { Pages.Text("Folio", "1234567", 1), Pages.Text("Caja", order: 2) };
        var page = Pages.Page(fields, [Pages.Button("Continuar")]);
        var history = new History();

        var first = Pages.Decide(page, history: history);
        history.Did(first, page, true, Pages.Now);
        var second = Pages.Decide(Pages.Page(fields, [Pages.Button("Continuar")], "No se encontró el ticket"), history: history);

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

        var shut = Pages.Decide(page, history: history);
        var foldable = Pages.Decide(page with { Controls = [Pages.Button("Editar", 800), .. page.Controls] }, history: history);

        Assert.That((shut as Move.Stop)?.Outcome.ErrorType, Is.EqualTo("account_data"));
        Assert.That((foldable as Move.Press)?.Purpose, Is.EqualTo("unfold"));
    }

    [Test]
    public void A_code_asked_right_after_a_picture_is_the_picture_s()
    {
        var page = Pages.Page([Pages.Text("No. Ticket", "12345678901234567", 1), Pages.Text("Código", order: 6, max: 5)], [Pages.Button("Siguiente")]) with { Pictures = [new Picture("0:5", 5, "/captcha.ashx", true)] };

        var move = Pages.Decide(page, Pages.Goal(new() { ["ticket"] = "12345678901234567", ["codigo_facturacion"] = "ABC123" })) as Move.AskPerson;

        Assert.That(move?.Kind, Is.EqualTo("captcha"));
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

        var move = Pages.Decide(Pages.Page([Pages.Text("RFC", JobsStandIn.Company.Rfc, 1), .. radios], [Pages.Button("Continuar")])) as Move.Tick;

        Assert.That(move?.Field.Row, Does.StartWith("601"));
    }

    [Test]
    public void The_last_box_of_the_ticket_and_of_the_receptor_takes_the_last_datum()
    {
        Field[] boxes = [Pages.Text("Folio", order: 1), Pages.Text("Fecha", order: 2), Pages.Text("Lo que nos dejó", order: 3), Pages.Text("RFC", order: 4), Pages.Text("Así aparece ante Hacienda", order: 5), Pages.Text("C.P.", order: 6), Pages.Text("Correo", order: 7)];

        var whole = Scope.Of(Pages.Page(boxes), Pages.Goal(), new History()).Map;
        var open = Scope.Of(Pages.Page([.. boxes, Pages.Text("Así le dicen", order: 8)]), Pages.Goal(), new History()).Map;

        Assert.That((whole[2].Canonical, whole[4].Canonical), Is.EqualTo(("total", "razon_social")));
        Assert.That((open[2].Canonical, open[4].Canonical), Is.EqualTo(("total", (string?)null)), "two boxes are nobody's guess");
    }

    [TestCase("Referido por un socio")]
    [TestCase("Cupón")]
    public void The_last_box_is_left_empty_where_it_asks_for_something_else(string label)
    {
        var map = Scope.Of(Pages.Page([Pages.Text("Folio", order: 1), Pages.Text("Fecha", order: 2), Pages.Text(label, order: 3)]), Pages.Goal(), new History()).Map;

        Assert.That(map[2].Wanted, Is.Null);
    }

    [Test]
    public void A_group_is_unfolded_only_where_it_holds_what_is_wanted()
    {
        Control[] groups = [Pages.Button("Grupo A", 11) with { Folded = "605 Sueldos y Salarios e Ingresos Asimilados a Salarios" }, Pages.Button("Grupo B", 12) with { Folded = "601 General de Ley Personas Morales\n603 Personas Morales con Fines no Lucrativos" }];

        var move = Pages.Decide(Pages.Page([Pages.Text("RFC", JobsStandIn.Company.Rfc, 1)], [.. groups, Pages.Button("Generar factura")])) as Move.Press;

        Assert.That((move?.Control.Text, move?.Purpose), Is.EqualTo(("Grupo B", "unfold")));
    }

    [TestCase("Para confirmar escriba la palabra ACEPTO", "ACEPTO")]
    [TestCase("ESCRIBA LA PALABRA DE LA IMAGEN", null)]
    public void The_word_that_a_box_asks_for_is_typed(string label, string? word) => Assert.That(FieldMap.Of([Pages.Text(label)], Pages.Goal())[0].Wanted, Is.EqualTo(word));

    [TestCase("Leí las bases", true)]
    [TestCase("Quiero recibir promociones", false)]
    public void The_one_box_without_which_no_button_wakes_is_ticked(string label, bool ticks)
    {
        var box = new Field("0:2", "c", FieldKind.Checkbox, label, Order: 2);
        var page = Pages.Page([Pages.Text("Folio", "1234567", 1), box], [Pages.Button("Continuar", disabled: true)]);
        var history = new History();
        var moves = new List<Move>();
        while (moves.Count < 6 && moves.LastOrDefault() is not (Move.Tick or Move.Stop))
        {
            moves.Add(Pages.Decide(page, history: history));
            history.Did(moves[^1], page, true, Pages.Now);
        }

        Assert.That(moves[^1] is Move.Tick, Is.EqualTo(ticks));
    }
}
