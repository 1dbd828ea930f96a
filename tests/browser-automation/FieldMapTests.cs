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
