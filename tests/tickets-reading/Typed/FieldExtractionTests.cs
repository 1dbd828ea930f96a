namespace Invoicing.Tickets.Reading.Tests;

public sealed class FieldExtractionTests
{
    [Test]
    public void Mejor_Futuro_prints_its_folio_total_date_two_portals_a_window_and_a_wait()
    {
        var reading = ReceiptReader.ReadText(Tickets.MejorFuturo);

        Assert.Multiple(() =>
        {
            Assert.That(Value(reading, "rfc_emisor"), Is.EqualTo("MFU761216I40"));
            Assert.That(Value(reading, "folio"), Is.EqualTo("318534"));
            Assert.That(Value(reading, "total"), Is.EqualTo("359.00"));
            Assert.That(Value(reading, "fecha"), Is.EqualTo("2025-08-18"));
            Assert.That(reading.Urls.Where(url => url.IsPortal).Select(url => new Uri(url.Url).Host), Is.EqualTo(new[] { "facturacion.inforest.com.mx", "facturacion.infocaja.com.mx" }));
            Assert.That(reading.Window?.Hours, Is.EqualTo(72));
            Assert.That(reading.Window?.WaitMinutes, Is.EqualTo(60));
            Assert.That(reading.Window?.SameMonth, Is.False);
        });
    }

    [TestCase(nameof(Tickets.Convenience), "folio=0761702 id_venta=GXRMVWBLR2VX web_id=GXRMVWBLR2VX sucursal=50FJA caja=1 fecha=2025-07-02 hora=08:03:41 total=112.00 forma_pago=01 url_facturacion=https://www.oxxo.com/facturacion")]
    [TestCase(nameof(Tickets.Supermarket), "tc=17821944517929290652 tr=88028 op=53886271 caja=88 sucursal=6206 total=93.00 forma_pago_texto=TARJETA|BANCARIA url_facturacion=https://facturacion.walmartmexico.com.mx/")]
    [TestCase(nameof(Tickets.Fuel), "folio=37723802 despacho=37723802 web_id=U192XDHM estacion=01282 total=1045.96 subtotal=904.86 iva=141.10 forma_pago=28 hora=21:06:24")]
    [TestCase(nameof(Tickets.Restaurant), "folio=81729 codigo_facturacion=L3FAYUJJC3 rfc_emisor=AL&0503103T6 fecha=2025-05-01 hora=12:06 total=745.00 mesa=23")]
    [TestCase(nameof(Tickets.DepartmentStore), "codigo_facturacion=A1B2C3D4E5F6G7H8J9K0 sucursal=0123 caja=045 transaccion=009912 fecha=2025-11-17 total=1299.00 forma_pago=04 url_facturacion=https://facturacionclientes.liverpool.com.mx/generarFactura")]
    [TestCase(nameof(Tickets.Toll), "codigo_facturacion=9F3K22LM8QPT01XZ7C caja=07 total=187.00 fecha=2026-02-05 url_facturacion=http://www.altiplano.mx:8080/facturacionrapida")]
    [TestCase(nameof(Tickets.Pharmacy), "folio=6N4W-24262486 sucursal=2195 fecha=2026-07-14 hora=15:15 total=191.90 iva=12.20")]
    [TestCase(nameof(Tickets.WithCustomer), "rfc_emisor=CACX7605101P8 nota=5521 folio=5521 fecha=2025-11-25 subtotal=100.00 iva=16.00 total=116.00 forma_pago=01")]
    [TestCase(nameof(Tickets.LocalFuel), "rfc_emisor=IVD920810GU2 folio=4471902 web_id=O8K2QZ0P estacion=E10512 fecha=2026-11-24 hora=04:58 total=446.31 iva=61.56 forma_pago=01")]
    [TestCase(nameof(Tickets.Coffee), "folio=006148619 ticket=006148619 sucursal=09576 sucursal_nombre=ANTARA caja=2 hora=19:40 total=218.00 forma_pago=28")]
    [TestCase(nameof(Tickets.OfficeStore), "itu=7H2KQ90ZL4MM81XA sucursal=0231 caja=3 folio=88213 subtotal=862.07 iva=137.93 total=1000.00 forma_pago=04 fecha=2026-01-12 url_facturacion=https://www.oficina.com.mx/factura")]
    [TestCase(nameof(Tickets.LongTicketNumber), "folio=12345678901234567890123456789012345 total=45.50 forma_pago=01 url_facturacion=https://facturacion.sietesoles.com.mx:8443/KPortalExterno/")]
    [TestCase(nameof(Tickets.Columns), "folio=000451 caja=02 mesa=14 fecha=2026-03-03 hora=20:15 total=540.00 forma_pago=03")]
    public void A_ticket_gives_what_it_prints(string ticket, string expected)
    {
        var reading = ReceiptReader.ReadText(Text(ticket));

        Assert.Multiple(() =>
        {
            foreach (var pair in expected.Split(' ').Select(pair => pair.Split('=', 2)))
            {
                Assert.That(Value(reading, pair[0]), Is.EqualTo(pair[1].Replace('|', ' ')), pair[0]);
            }
        });
    }

    [TestCase("folio", "0123456789", "FOLIO DE PAGO: 0123456789")]
    [TestCase("folio", "373778045", "Folio Vta.  373778045")]
    [TestCase("ticket", "00091082", "SUC.0067  TCK 00091082")]
    [TestCase("transaccion", "0044648", "Núm. de transacción: 0044648")]
    [TestCase("boleto", "901440340467", "No. de boleto: 901440340467")]
    [TestCase("folio", "44007773", "Folio nota: 44007773")]
    [TestCase("nota", "93117864", "Nota de servicio: 93117864")]
    [TestCase("transaccion", "5989428966987907", "Id transacción", "5989428966987907")]
    [TestCase("sucursal", "00096", "Punto de venta: 00096")]
    [TestCase("sucursal", null, "con folio, sucursal y monto. Consulte aviso")]
    [TestCase("caja", "09", "TIENDA 763  Cja: 09")]
    [TestCase("guia", "112791176035", "No. de guía: 112791176035")]
    [TestCase("localizador", "IHDAZN", "Clave de reservación: IHDAZN")]
    [TestCase("web_id", "ODP5W0CN49OL", "FOLIO FISCAL WEB:", "ODP5W0CN49OL")]
    [TestCase("web_id", null, "FOLIO FISCAL:", "ODP5W0CN49OL")]
    [TestCase("fecha", "2026-04-16", "Comprado: Abr 16, 2026")]
    [TestCase("fecha", "2026-03-27", "27-03-26 12:30:00", "Factura en factura.mx antes", "del Abr 16, 2026", "Cambios hasta el", "11/08/2026")]
    [TestCase("total", "824.06", "TOTAL M.N.  MXN824.06")]
    [TestCase("total", "99.68", "Importe 85.93", "IVA 13.75", "Total c/IVA *99.68")]
    [TestCase("total", null, "TOTAL IVA 13.75")]
    [TestCase("codigo_facturacion", "7K2P-9QXM-31BD", "¿Necesitas factura? Entra a", "veterinaria.mx", "y captura la clave", "7K2P-9QXM-31BD")]
    [TestCase("codigo_facturacion", "ABX482913", "Para facturar entre a lapesca.com.mx/factura con la", "clave ABX482913")]
    [TestCase("codigo_facturacion", "482913075512", "Su factura en www.taller.mx", "482913075512")]
    [TestCase("codigo_facturacion", null, "Su factura en www.taller.mx", "Internet del local, clave 7HQ2KX9A")]
    [TestCase("codigo_facturacion", null, "Aclaraciones de su factura", "Tel. 5512345678")]
    [TestCase("codigo_facturacion", null, "TOTAL 116.00", "Factura antes del", "12-DIC-2025")]
    [TestCase("folio", "004512", "Vale No. 004512", "12/11/2025 10:00")]
    [TestCase("folio", "B-4512", "Exp: 00981", "Hoja: B-4512", "12/11/2025 10:00")]
    [TestCase("folio", null, "AV HIDALGO NO. 1204", "12/11/2025 10:00")]
    [TestCase("folio", "009745", "Suc:548 Caja:63 No.009745")]
    [TestCase("caja", "63", "Suc:548 Caja:63No.009745")]
    [TestCase("ticket", "N-000173", "Ticket:N-000173")]
    [TestCase("orden", "WEB-260527-00110", "Pedido: WEB-260527-00110")]
    [TestCase("codigo_facturacion", "38521175747831877325", "Facturación: 38521175747831877325")]
    [TestCase("codigo_facturacion", "Y4QN947654", "con el código", "Y4QN947654antes de fin de mes.")]
    [TestCase("codigo_facturacion", null, "Club:", "35662148", "Escanea y factura")]
    [TestCase("fecha", "2025-05-23", "CHK 6475  GST4", "23May'25 12:03")]
    [TestCase("fecha", "2025-08-19", "19Aug'25 16:39")]
    [TestCase("fecha", "2025-09-06", "2025/09/06 13:56h", "Fecha de visita: 14/09/2025")]
    public void Tills_say_it_in_many_ways(string key, string? value, params string[] rows) =>
        Assert.That(ReceiptReader.ReadText(string.Join('\n', rows)).Fields.GetValueOrDefault(key)?.Value, Is.EqualTo(value));

    [Test]
    public void The_bank_s_slip_with_cash_on_it_is_not_the_sale()
    {
        var fields = ReceiptReader.ReadText("SU TOTAL $1,146.86\nRETIRO EFECTIVO $200.00\nGETNET\nCOMERCIO 3604255 TERM 43016913\nAID A0000000031010\nTOTAL M.N. $1,346.86\nAUTORIZACION 763959").Fields;

        Assert.That(fields["total"].Value, Is.EqualTo("1146.86"));
    }

    [Test]
    public void A_code_is_read_whole_whatever_letters_it_happens_to_hold([Values("ID DE VENTA", "WEB ID", "CODIGO DE FACTURACION")] string label)
    {
        const string letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
        var random = new Random(20261124);
        var codes = Enumerable.Range(0, 1000).Select(_ => new string(random.GetItems<char>(letters, 11))).Append("49CKF01KL74").ToList();

        var wrong = codes.Where(code => !ReceiptReader.ReadText($"TIENDA\n{label}: {code}\nTOTAL $87.50").Fields.Any(f => f.Value.Value == code)).ToList();

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Both_addresses_of_a_ticket_are_kept_in_its_order() =>
        Assert.That(ReceiptReader.ReadText(Tickets.LocalFuel).Urls.Where(url => url.IsPortal).Select(url => new Uri(url.Url).Port), Is.EqualTo(new[] { 8203, 8204 }));

    [Test]
    public void A_card_without_its_kind_gives_no_form_of_payment() =>
        Assert.That(ReceiptReader.ReadText(Tickets.Supermarket).Fields, Does.Not.ContainKey("forma_pago"));

    [Test]
    public void What_is_not_printed_is_absent()
    {
        var fields = ReceiptReader.ReadText(Tickets.NoTotal).Fields;

        Assert.That(fields.Keys, Is.Not.SupersetOf(new[] { "total" }).And.Not.SupersetOf(new[] { "fecha" }).And.Not.SupersetOf(new[] { "iva" }));
        Assert.That(fields["subtotal"].Value, Is.EqualTo("100.00"));
    }

    [Test]
    public void Text_that_is_no_ticket_gives_no_fields_of_a_purchase()
    {
        var fields = ReceiptReader.ReadText("Buenos días, ¿me ayudan con mi factura por favor? Gracias").Fields;

        Assert.That(fields.Keys, Is.SubsetOf(new[] { "merchant" }));
    }

    [Test]
    public void A_total_proven_by_subtotal_and_tax_is_sure_and_one_that_contradicts_them_is_not()
    {
        var proven = ReceiptReader.ReadText("SUBTOTAL 100.00\nIVA 16.00\nTOTAL 116.00").Fields["total"];
        var contradicted = ReceiptReader.ReadText("SUBTOTAL 100.00\nIVA 16.00\nTOTAL 161.00").Fields["total"];

        Assert.That(proven.Confidence, Is.GreaterThanOrEqualTo(.99));
        Assert.That(contradicted.Confidence, Is.LessThan(.95));
        Assert.That(contradicted.Value, Is.EqualTo("161.00"));
    }

    [TestCase("IDTRAN:\n8115.9502.1202.1944.6435.5632", "idtran", "811595021202194464355632")]
    [TestCase("IDTRAN: 8115. 9502. 1202. 1944", "idtran", "8115950212021944")]
    [TestCase("TC# 1782 1944 5179 2929 0652", "tc", "17821944517929290652")]
    [TestCase("FOLIO: 856180Caja6", "folio", "856180")]
    public void A_number_is_read_whole_and_without_its_neighbour(string line, string field, string value) =>
        Assert.That(Value(ReceiptReader.ReadText($"GAS Y MAS\nFECHA 25/12/2024\nTOTAL 116.00\n{line}\n"), field), Is.EqualTo(value));

    [TestCase("TOTAL: 1,234.56", "1234.56")]
    [TestCase("TARIFATOTAL  $261.00", "261.00")]
    [TestCase("MONTOPAGADO  $ 1,931.85", "1931.85")]
    [TestCase("SUBTOTAL: $100\nTOTAL: $116", "116.00")]
    [TestCase("TOTAL ARTICULOS 12\nTOTAL A PAGAR 80.00", "80.00")]
    [TestCase("TOTAL IVA 16.00\nTOTAL 116.00", "116.00")]
    [TestCase("Total\n$ 58.90", "58.90")]
    [TestCase("TOTAL $45.00 IVA INCLUIDO", "45.00")]
    [TestCase("SUBTOTAL $50.00  TOTAL $58.00", "58.00")]
    public void The_total_is_never_another_amount(string text, string total) =>
        Assert.That(Value(ReceiptReader.ReadText(text), "total"), Is.EqualTo(total));

    [TestCase("FECHA 25/12/2024", "2024-12-25")]
    [TestCase("Fecha:14-Ju1-26 18:44:30", "2026-07-14")]
    [TestCase("Fecha y hora  20-0ct-2402:04AM", "2024-10-20")]
    [TestCase("03/04/2025 10:00", "2025-04-03")]
    [TestCase("FECHA:08/07/202607:29", "2026-07-08")]
    [TestCase("07/01/2511:25 a. m.", "2025-01-07")]
    [TestCase("2025-11-25T10:00:00", "2025-11-25")]
    [TestCase("25/NOV/2025", "2025-11-25")]
    [TestCase("VIGENCIA 31/12/2026\nFECHA 01/12/2026", "2026-12-01")]
    [TestCase("08/25/2025 09:15", "2025-08-25")]
    public void A_date_is_day_first_and_the_purchases(string text, string date) =>
        Assert.That(Value(ReceiptReader.ReadText(text), "fecha"), Is.EqualTo(date));

    [TestCase("31/02/2025")]
    [TestCase("TEL 55/12/3456")]
    [TestCase("PERMISO PL/4509/EXP/ES/2015")]
    public void What_only_looks_like_a_date_is_none(string text) =>
        Assert.That(ReceiptReader.ReadText(text).Fields, Does.Not.ContainKey("fecha"));

    internal static string? Value(TicketReading reading, string key) => reading.Fields.GetValueOrDefault(key)?.Value;

    private static string Text(string name) => (string)typeof(Tickets).GetField(name)!.GetRawConstantValue()!;
}
