using Invoicing.Fiscal;

namespace Invoicing.Tickets.Reading.Tests;

/// <summary>Rows as the recogniser returns them from bad print.</summary>
public sealed class BadPrintTests
{
    [TestCase("F0110: 318534", "folio", "318534")]
    [TestCase("Fo1i0:291930  MESA:11", "folio", "291930")]
    [TestCase("CODIG0:L3FAYUJJC3", "codigo_facturacion", "L3FAYUJJC3")]
    [TestCase("ST#92920P#90652098TE#87 TR# 97467", "sucursal", "9292")]
    [TestCase("ST#92920P#90652098TE#87 TR# 97467", "tr", "97467")]
    [TestCase("TC#35459462 5675 11460788", "tc", "35459462567511460788")]
    [TestCase("WEBID  U192XDHM", "web_id", "U192XDHM")]
    [TestCase("FOL_VTA:O761702", "folio", "0761702")]
    [TestCase("FOPMA DE PAGO:TAPJETA DE DEBITO", "forma_pago", "28")]
    [TestCase("TOTAL  5, 780.20", "total", "5780.20")]
    [TestCase("TOTAL  $1,O45.9b", "total", null)]
    [TestCase("TOTALDE CONSUMO  2,442.68", "total", "2442.68")]
    [TestCase("06/N0V/2025 17:10  CAJA 011", "fecha", "2025-11-06")]
    [TestCase("FECHA:84/JUL/2826  HORA:04:20:02", "fecha", "2026-07-04")]
    [TestCase("FEC16/12/2225H14:", "fecha", "2025-12-16")]
    [TestCase("09/10202411:40", "fecha", "2024-10-09")]
    [TestCase("CALLE5DEMAY033COL.0BRERA", "fecha", null)]
    [TestCase("CAJA:10  TICIET: 802666", "ticket", "802666")]
    [TestCase("WEB ID: CVD9Pxc6", "web_id", "CVD9PXC6")]
    [TestCase("Referencia de facturaci6n:516529422074", "referencia", "516529422074")]
    [TestCase("C digo de facturaci n: 2UTWUZUNDH22", "codigo_facturacion", "2UTWUZUNDH22")]
    [TestCase("Codigo de facturaci6n:", "codigo_facturacion", null)]
    [TestCase("No.Sucursal:0004  Ticket:00060151", "sucursal", "0004")]
    [TestCase("NO. ESTACION: 66266", "estacion", "66266")]
    [TestCase("Jue 300ct2025-02:06PM", "fecha", "2025-10-30")]
    [TestCase("TOTAL N.N.  NXN1,483.82", "total", "1483.82")]
    [TestCase("NETO A PAGAR  #991.06", "total", "991.06")]
    [TestCase("TOTAC  $1,726.12", "total", "1726.12")]
    [TestCase("IDTRAN: 551433374047.3116-8115.6745", "idtran", "551433374047311681156745")]
    [TestCase("ITU:/YCWGT4J2VMZL4USJA6E9B9679", "itu", "YCWGT4J2VMZL4USJA6E9B9679")]
    [TestCase("FOLI0: B647672", "folio", "B647672")]
    [TestCase("Folio de recibo:SM-512464", "folio", "SM-512464")]
    [TestCase("ORDENDETRABAJ0:00528202", "orden", "00528202")]
    [TestCase("No.0peraci n: 1557323", "operacion", "1557323")]
    [TestCase("Fecha de operaci6n:02/09/24 19:13:00", "operacion", null)]
    [TestCase("Clave para facturar: MWRHUJRHiJFK2K", "codigo_facturacion", "MWRHUJRH1JFK2K")]
    [TestCase("Sucursal: 0o096", "sucursal", "00096")]
    [TestCase("OFICINA MEx96  Ejecutivo:KARLA", "sucursal", "MEX96")]
    public void Labels_are_found_through_look_alikes(string row, string key, string? value) =>
        Assert.That(Read(row).GetValueOrDefault(key)?.Value, Is.EqualTo(value));

    [TestCase("https://elfaro.mx/f/K7Q2M9XA41", "K7Q2M9XA41")]
    [TestCase("https://elfaro.mx/facturar#/ticket/K7Q2M9XA41", "K7Q2M9XA41")]
    [TestCase("https://autofactura.mx/elfaro?tk=K7Q2M9XA41&suc=012", "K7Q2M9XA41")]
    [TestCase("https://elfaro.mx/encuesta?c=K7Q2M9XA41", null)]
    [TestCase("https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=0f4e7a2e-2c2b-4d7e-9a52-5d1b0f3c9a11&re=AAA010101AAA", null)]
    [TestCase("https://elfaro.mx/catalogo/otono", null)]
    public void A_code_that_only_the_QR_carries_is_taken_from_it(string url, string? code)
    {
        var (rows, codes) = ((TextRow[])[new TextRow("Escanea y factura", .97)], (ReadCode[])[new ReadCode("QR", url)]);

        Assert.That(FieldExtractor.Extract(rows, codes, UrlExtractor.Extract(rows, codes), certain: false).Fields.GetValueOrDefault("codigo_facturacion")?.Value, Is.EqualTo(code));
    }

    [TestCase("RFC:CC08605231N4", "CCO8605231N4")]
    [TestCase("RFCNWM9709244W4", "NWM9709244W4")]
    [TestCase("R.F.C.HDM001O17AS1", "HDM001017AS1")]
    [TestCase("RFC:TSO991022P86", null)]
    [TestCase("AL&0503103T6", "AL&0503103T6")]
    public void An_RFC_is_put_right_by_position(string row, string? rfc)
    {
        var field = Read(row).GetValueOrDefault("rfc_emisor");
        var readings = field is null ? [] : field.Alternatives.Prepend(field.Value).ToList();

        // TSO991022P86 has two neighbours with a valid check digit: both must be on offer, none may be sure.
        Assert.That(readings, rfc is null ? Does.Contain("TSO991022PB6") : Does.Contain(rfc));
        Assert.That(field?.Value, rfc is null ? Is.Not.Null : Is.EqualTo(rfc));
        Assert.That(rfc is null ? field!.Confidence < .95 : field!.Confidence > .95);
    }

    [Test]
    public void A_code_of_letters_and_digits_offers_its_other_readings()
    {
        var field = Read("WEB ID: HDLYTYQONK1U")["web_id"];

        Assert.That(field.Value, Is.EqualTo("HDLYTYQONK1U"));
        Assert.That(field.Alternatives, Does.Contain("HDLYTYQ0NK1U"));
    }

    [Test]
    public void A_total_one_digit_off_offers_the_sum_and_is_not_sure()
    {
        var field = Read("SUBTOTAL 718.47", "IVA 75.43", "TOTAL A PAGAR $733.90")["total"];

        Assert.That(field.Alternatives.Append(field.Value), Does.Contain("793.90"));
        Assert.That(field.Confidence, Is.LessThan(.95));
    }

    [TestCase("210.22", "LAERI  210.22", "161.22", "29.00", "181.22", "$210.22", "J0AL:")]
    [TestCase("839.91", "Importe  $776.77", "SUBTOTAL  $776.77", "I.V.A.  $63.14", "T0T  839.91")]
    [TestCase("1805.63", "Total a pagar $ $1,805", "(MIL OCHOCIENTOS CINCO PESOS", "63/100 M.N.)")]
    [TestCase("2863.81", "(DOS MILOCHOCIENTOS SESENTATRES", "PESOS 81/100 M.N.)")]
    [TestCase("1793.63", "Sa-TOTAL  $1546.23", "TOTAL  $1,793.63")]
    public void A_total_is_found_though_its_row_is_bad(string total, params string[] rows) =>
        Assert.That(Read(rows)["total"].Value, Is.EqualTo(total));

    [Test]
    public void A_total_that_its_words_contradict_is_not_sure()
    {
        var field = Read("TOTAL $561.56", "(QUINIENTOS UN PESOS 56/100 M.N.)")["total"];

        Assert.That(field.Alternatives.Append(field.Value), Does.Contain("501.56"));
        Assert.That(field.Confidence, Is.LessThan(.9));
    }

    [TestCase("Reg.Fed.Contrib.SJLR140423L34", "SJLR140423L34")]
    [TestCase("RFC emis0r: HJA0205196K5", "HJA0205196K5")]
    public void An_RFC_is_found_behind_its_other_labels(string row, string rfc) => Assert.That(Read(row)["rfc_emisor"].Value, Is.EqualTo(rfc));

    [TestCase("R.F.C.AKD080706LNA", "AKO080706LNA")]
    [TestCase("R.F.C. IYN898402T49", "IYN890402T49")]
    [TestCase("RFCZKB920204AG", "ZKB920204AG0")]
    public void An_RFC_that_its_check_digit_refuses_is_told_with_what_it_may_be(string row, string rfc)
    {
        var field = Read(row)["rfc_emisor"];

        Assert.That(field.Alternatives.Append(field.Value), Does.Contain(rfc));
        Assert.That(field.Confidence, Is.LessThan(.9));
    }

    [Test]
    public void An_RFC_of_a_badly_read_row_is_doubtful_for_the_letter_that_its_check_digit_does_not_see()
    {
        double Sure(double row) => FieldExtractor.Extract([new TextRow("RFC:UZHS981017UD1", row)], [], [], certain: false).Fields["rfc_emisor"].Confidence;

        Assert.That((Rfc.Inspect("UZMS981017UD1").CheckDigitValid, Sure(.97) > .95, Sure(.8) < .9), Is.EqualTo((true, true, true)));
    }

    [TestCase("R.P.PR961004ZEA")]
    [TestCase("RC.W81202011X7")]
    public void An_RFC_that_may_begin_with_its_label_is_doubtful(string row) => Assert.That(Read("GAS Y MAS", row)["rfc_emisor"].Confidence, Is.LessThan(.9));

    [Test]
    public void A_number_that_the_paper_s_edge_put_in_the_next_row_is_found() =>
        Assert.That(Read("ST#7299 OP#59785190TE#28 TR#", "11930")["tr"].Value, Is.EqualTo("11930"));

    [TestCase("2UTWUZUNDH22C0VNXHUK", "Codigo de facturacion:", "2UTWU ZUNDH", "22C0V NXHUK", "facturacion.nuevosiglo.com")]
    [TestCase("AQUM0VJ30AD34KFDZPNJ", "Codigo de facturacion:", "AQUM0VJ30A", "D34KF DZPNJ", "Fecha limite")]
    [TestCase("C7BKWTBR2EQW13LVRXUV", "CODIGO DE FACTURACION: C7BKW TBR2E", "QW13L VRXUV")]
    [TestCase("C7BKWTBR2EQW13LVRXUV", "CODIGO DE FACTURACION", "C7BKW TBR2E QW13L VRXUV", "C7BKWTBR2EQW13LVRXUV", "TIENDA 12")]
    public void A_code_in_blocks_is_read_over_its_rows(string code, params string[] rows) => Assert.That(Read(rows)["codigo_facturacion"].Value, Is.EqualTo(code));

    [Test]
    public void A_product_of_a_label_s_name_is_no_label() =>
        Assert.That(Read("Terminal 731", "PAN DE CAJA", "188.363PZA 565.08")["caja"].Value, Is.EqualTo("731"));

    [Test]
    public void A_series_read_as_a_digit_is_told_as_a_letter_too()
    {
        var field = Read("FOLIO: 8-28372")["folio"];

        Assert.That(field.Alternatives, Does.Contain("B-28372"));
        Assert.That(field.Confidence, Is.LessThan(.9));
    }

    [Test]
    public void A_code_puts_right_what_the_print_says()
    {
        var codes = new[] { new ReadCode("QR", "https://facturacion.gaslp.mx?d=37723802&w=U192XDHM&t=1045.96") };
        var fields = Read(codes, "DESPACHO  37725802", "WEBID  U192XDHM", "TOTAL  $1,045.98");

        Assert.Multiple(() =>
        {
            Assert.That(fields["folio"].Value, Is.EqualTo("37723802"));
            Assert.That(fields["folio"].Confidence, Is.GreaterThan(.98));
            Assert.That(fields["web_id"].Confidence, Is.GreaterThan(.98));
            Assert.That(fields["total"].Value, Is.EqualTo("1045.96"));
        });
    }

    [Test]
    public void The_days_of_a_window_are_put_right() =>
        Assert.That(FieldExtractor.Extract([new TextRow("VIGENCIA:6O DIAS NATURALES", .97)], [], [], certain: false).Window?.Days, Is.EqualTo(60));

    private static IReadOnlyDictionary<string, ReadField> Read(params string[] rows) => Read([], rows);

    private static IReadOnlyDictionary<string, ReadField> Read(ReadCode[] codes, params string[] rows) =>
        FieldExtractor.Extract([.. rows.Select(row => new TextRow(row, .97))], codes, [], certain: false).Fields;
}
