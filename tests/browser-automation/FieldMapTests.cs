using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

public sealed class FieldMapTests
{
    [TestCase("R.F.C.:", "rfc")]
    [TestCase("Registro Federal de Contribuyentes", "rfc")]
    [TestCase("Nombre o Razón Social", "razon_social")]
    [TestCase("Nombre (sin régimen societario)", "razon_social")]
    [TestCase("Nombre(s)", "nombres")]
    [TestCase("Apellido paterno", "apellido_paterno")]
    [TestCase("C.P.", "codigo_postal")]
    [TestCase("Código Postal", "codigo_postal")]
    [TestCase("Correo electrónico", "correo")]
    [TestCase("Confirmar correo electrónico", "correo_confirmacion")]
    [TestCase("Fol_Vta", "folio")]
    [TestCase("Despacho", "folio")]
    [TestCase("No. de ticket", "ticket")]
    [TestCase("Código de facturación", "codigo_facturacion")]
    [TestCase("Web ID", "web_id")]
    [TestCase("ID", "id_venta")]
    [TestCase("TC#", "tc")]
    [TestCase("TR#:", "tr")]
    [TestCase("Transacción (TR)", "tr")]
    [TestCase("Domicilio del comprador (CP)", "codigo_postal")]
    [TestCase("Fecha de compra *", "fecha")]
    [TestCase("Importe total", "total")]
    [TestCase("Monto", "total")]
    [TestCase("Escriba el código de la imagen", "captcha")]
    [TestCase("Tu color favorito", null)]
    public void A_label_names_a_datum(string label, string? canonical)
    {
        var mapped = FieldMap.Of([Pages.Text(label)], Pages.Goal())[0];

        Assert.That(mapped.Canonical, Is.EqualTo(canonical));
    }

    [TestCase("Núm. de comanda", "1234567")]
    [TestCase("No. de remisión", "1234567")]
    [TestCase("Número de recibo", "1234567")]
    [TestCase("No. Comprobante", "1234567")]
    [TestCase("Número de cuenta o mesa", "1234567")]
    [TestCase("Número de boleto", "1234567")]
    [TestCase("Folio impreso en su ticket", "1234567")]
    [TestCase("Número de operación", "1234567")]
    [TestCase("No. de movimiento", "1234567")]
    [TestCase("Número de pedido", "1234567")]
    [TestCase("Clave de facturación", "1234567")]
    [TestCase("Código del recibo", "1234567")]
    [TestCase("Identificador de compra", "1234567")]
    [TestCase("Folio POS", "1234567")]
    [TestCase("Nro. Factura simplificada", "1234567")]
    [TestCase("Fecha del recibo", "20/11/2026")]
    [TestCase("Día de consumo", "20/11/2026")]
    [TestCase("Fecha y día de la operación", "20/11/2026")]
    [TestCase("Total con propina no incluida", "250.00")]
    [TestCase("Valor de la compra", "250.00")]
    [TestCase("Cantidad total", "250.00")]
    [TestCase("Pago total", "250.00")]
    [TestCase("Total de tu cuenta", "250.00")]
    [TestCase("Monto de la venta (con centavos)", "250.00")]
    [TestCase("Importe en pesos", "250.00")]
    [TestCase("Tu RFC", "EKU9003173C9")]
    [TestCase("RFC del receptor", "EKU9003173C9")]
    [TestCase("RFC a facturar", "EKU9003173C9")]
    [TestCase("Clave del RFC", "EKU9003173C9")]
    [TestCase("Nombre del cliente", "ESCUELA KEMPER URGATE")]
    [TestCase("Nombre completo o empresa", "ESCUELA KEMPER URGATE")]
    [TestCase("Denominación social", "ESCUELA KEMPER URGATE")]
    [TestCase("Nombre del contribuyente", "ESCUELA KEMPER URGATE")]
    [TestCase("Razón social del receptor", "ESCUELA KEMPER URGATE")]
    [TestCase("Facturar a nombre de", "ESCUELA KEMPER URGATE")]
    [TestCase("CP Receptor", "42501")]
    [TestCase("Código postal de la constancia", "42501")]
    [TestCase("Domicilio fiscal receptor", "42501")]
    [TestCase("CP del SAT", "42501")]
    [TestCase("Zip", "42501")]
    [TestCase("Enviar factura a", "facturas@acme.example")]
    [TestCase("Email de contacto", "facturas@acme.example")]
    [TestCase("Correo para envío", "facturas@acme.example")]
    [TestCase("Repetir correo", "facturas@acme.example")]
    [TestCase("Verifica tu e-mail", "facturas@acme.example")]
    [TestCase("¿A qué correo la enviamos?", "facturas@acme.example")]
    public void What_another_portal_would_call_it_is_the_same_datum(string label, string value)
    {
        var map = Scope.Of(Pages.Page([Pages.Text(label, order: 1)]), Pages.Goal(), new History()).Map;

        Assert.That(map.Select(m => m.Wanted), Is.EqualTo(new[] { value }));
    }

    [TestCase("ctl00_ContentPlaceHolder1_txtMemRFC", "rfc")]
    [TestCase("form:folio", "folio")]
    [TestCase("txtCP", "codigo_postal")]
    [TestCase("usoCfdi", "uso_cfdi")]
    [TestCase("emailInput", "correo")]
    public void Without_a_label_the_name_tells(string name, string canonical)
    {
        var mapped = FieldMap.Of([Pages.Text("", name: name)], Pages.Goal())[0];

        Assert.That(mapped.Canonical, Is.EqualTo(canonical));
    }

    [Test]
    public void A_merchant_s_own_label_names_a_datum_of_the_ticket_and_never_the_receptor()
    {
        var goal = Pages.Goal(new() { ["folio"] = "4471" }) with
        {
            Labels = new Dictionary<string, IReadOnlyList<string>> { ["folio"] = ["Santo y seña"], ["rfc"] = ["Color favorito"], ["total"] = ["RFC"] },
        };

        var map = FieldMap.Of([Pages.Text("Santo y Seña: *", order: 1), Pages.Text("Color favorito", order: 2), Pages.Text("RFC", order: 3)], goal);

        Assert.That(map.Select(m => m.Canonical), Is.EqualTo(new[] { "folio", null, "rfc" }));
        Assert.That(map[0].Wanted, Is.EqualTo("4471"));
        Assert.That(FieldMap.Of([Pages.Text("Santo y Seña: *")], goal with { Labels = null })[0].Canonical, Is.Null, "it is known from nowhere else");
    }

    [Test]
    public void A_subtotal_is_not_the_total()
    {
        var mapped = FieldMap.Of([Pages.Text("Subtotal")], Pages.Goal(new() { ["total"] = "10.00" }))[0];

        Assert.That(mapped.Wanted, Is.Null);
    }

    [Test]
    public void One_ticket_value_is_not_typed_into_two_boxes()
    {
        var map = FieldMap.Of([Pages.Text("Folio", order: 1), Pages.Text("No. de ticket", order: 2)], Pages.Goal());

        Assert.That(map.Count(m => m.Wanted == "1234567"), Is.EqualTo(1));
        Assert.That(map.Single(m => m.Wanted is not null).Canonical, Is.EqualTo("folio"));
    }

    [Test]
    public void An_RFC_with_its_homoclave_apart_is_split()
    {
        var map = FieldMap.Of([Pages.Text("RFC", order: 1, max: 10), Pages.Text("Homoclave", order: 2, max: 3)], Pages.Goal());

        Assert.That(map.Select(m => m.Wanted), Is.EqualTo(new[] { "EKU900317", "3C9" }));
    }

    [Test]
    public void A_code_printed_in_blocks_goes_into_its_boxes()
    {
        var goal = Pages.Goal(new() { ["codigo_facturacion"] = "ABCD-EFGH-1234" });

        var map = FieldMap.Of([Pages.Text("Código de facturación", order: 1, max: 4), Pages.Text("", order: 2, max: 4), Pages.Text("", order: 3, max: 4)], goal);

        Assert.That(map.Select(m => m.Wanted), Is.EqualTo(new[] { "ABCD", "EFGH", "1234" }));
    }

    [Test]
    public void A_value_given_under_the_portals_own_label_is_used()
    {
        var map = FieldMap.Of([Pages.Text("Número de cubierta")], Pages.Goal(new() { ["numero de cubierta"] = "55" }));

        Assert.That(map[0].Wanted, Is.EqualTo("55"));
    }

    [Test]
    public void A_learned_field_wins_over_its_label()
    {
        var field = Pages.Text("Campo 7", name: "c7");

        var map = FieldMap.Of([field], Pages.Goal(), new Dictionary<string, string> { [Recipe.FieldKey(field)] = "folio" });

        Assert.That(map[0].Wanted, Is.EqualTo("1234567"));
    }

    [TestCase("dd/mm/aaaa", "text", "20/11/2026")]
    [TestCase("AAAA-MM-DD", "text", "2026-11-20")]
    [TestCase("", "date", "2026-11-20")]
    [TestCase("", "text", "20/11/2026")]
    public void A_date_is_written_as_the_box_shows(string placeholder, string type, string written)
    {
        var map = FieldMap.Of([Pages.Text("Fecha", placeholder: placeholder, type: type)], Pages.Goal());

        Assert.That(map[0].Wanted, Is.EqualTo(written));
    }

    [TestCase("XOCHILT CASAS CHAVEZ", "CACX7605101P8", "XOCHILT", "CASAS", "CHAVEZ")]
    [TestCase("MARIA DEL CARMEN DE LA CRUZ RUIZ", "CURC800101AB1", "MARIA DEL CARMEN", "DE LA CRUZ", "RUIZ")]
    public void A_persons_name_is_split_where_the_RFC_agrees(string nombre, string rfc, string nombres, string paterno, string materno)
    {
        Assert.That(PersonName.Of(nombre, rfc), Is.EqualTo(new PersonName(nombres, paterno, materno)));
    }
}
