namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>
/// Four more trades after the rules had been mended on <see cref="NewestLayouts"/>, chosen for where a slip says the code that its portal asks
/// for: dashed beneath its label, in a QR code alone, behind a sentence, in a box of data. Written without sight of the rules and kept before the first was read.
/// </summary>
internal static class LatestLayouts
{
    public static IReadOnlyList<Func<Random, PrintedTicket>> All { get; } = [Veterinary, TyreShop, Bookshop, SeafoodHouse];

    private static PrintedTicket Veterinary(Random random)
    {
        var p = new Purchase(random);
        var (taxes, receipt, code) = (p.Chance(.6), p.Number(p.Of(5, 7)), string.Join('-', Enumerable.Range(0, 3).Select(_ => p.Code(4))));
        var slip = new Slip(p.Of(38, 42)).Seller(p, p.Of("HUELLITAS", "PET SALUD", "Hospital Veterinario del Sur")).Pair(p.Of("Recibo No. ", "RECIBO: ", "Comprobante #") + receipt, "Exp. " + p.Digits(5)).Dated(p)
            .Left("Mascota: " + p.Of("FIRULAIS (canino)", "MICHI (felino)", "Luna 4.5 kg")).Left($"MVZ {p.Of("L. ORTEGA", "C. DIAZ")} Céd. Prof. {p.Digits(7)}").Charged(p, "CONSULTA GENERAL", "VACUNA SEXTUPLE", "DESPARASITANTE 10KG", "CROQUETA ADULTO 2KG", "BAÑO Y CORTE")
            .Due(p, taxes, "TOTAL", "Total a pagar", "TOTAL NETO").Left("Próxima cita: " + p.OnDay(p.When.AddDays(p.Random.Next(15, 60))));
        slip = p.Random.Next(3) switch
        {
            0 => slip.Left(p.Of("Autofactura:", "Clave de autofactura:", "Autofacturación:")).Center(code, 1.2f, bold: true),
            1 => slip.Center("¿Necesitas factura? Entra a").Center("huellitas.autofactura.mx").Center(p.Of("y captura la clave", "con el código")).Center(code),
            _ => slip.Left(p.Of("CVE. FACT. ", "Cód. Fact.: ", "Llave: ") + code).Left("Factura: huellitas.autofactura.mx"),
        };
        slip.Center("Gracias por confiar en nosotros");
        return new(nameof(Veterinary), slip, p, new Dictionary<string, string> { ["recibo|folio|ticket|comprobante"] = receipt, ["codigo_facturacion|autofactura|clave|llave|web_id|codigo|referencia"] = code }, taxes, true);
    }

    private static PrintedTicket TyreShop(Random random)
    {
        var p = new Purchase(random);
        var (order, control, branch) = (p.Of("", "OS-", "S") + p.Number(6), p.Digits(15), p.Number(3));
        var slip = new Slip(p.Of(40, 44)).Seller(p, p.Of("LLANTAS DEL CAMINO", "MULTISERVICIO JR", "Frenos y Llantas 57")).Pair(p.Of("Suc. ", "SUCURSAL: ", "Taller ") + branch, p.Of("Asesor: M. RIOS", "Téc. 14")).Left(p.Of("Orden de servicio: ", "O.S. ", "ORDEN No. ") + order).Dated(p)
            .Left($"Vehículo: {p.Of("NISSAN VERSA 2019", "CHEVY 2008")} Placas {p.Of("ABC", "YRT")}-{p.Digits(3)}-{p.Of("A", "D")}").Left($"Km: {p.Digits(6)}  Serie llanta DOT {p.Code(4)}{p.Digits(4)}").Charged(p, "LLANTA 185/65 R15", "ALINEACION", "BALANCEO RIN 15", "VALVULA", "ROTACION")
            .Due(p, true, "Total", "TOTAL $", "IMPORTE A PAGAR").Left("Garantía: 6 meses o 10,000 km");
        var label = p.Of("Número de control", "No. Control Facturación", "Folio para factura");
        slip = p.Random.Next(3) switch
        {
            0 => slip.Left($"{label}: {Layouts.Blocks(control, 5)}"),
            1 => slip.Rule('*').Center("DATOS PARA FACTURAR").Pair(label, control).Pair("Importe", p.Sum(p.Total)).Rule('*'),
            _ => slip.Left(label + ":").Left(Layouts.Blocks(control, 3)),
        };
        slip.Left("Solicite su factura en llantasdelcamino.com/cfdi hasta el " + p.OnDay(p.When.AddDays(15))).Bar(control);
        return new(nameof(TyreShop), slip, p, new Dictionary<string, string> { ["orden|orden_servicio|folio|ticket|referencia"] = order, ["codigo_facturacion|control|numero_control|folio|referencia|web_id"] = control, ["sucursal|taller"] = branch }, true, true);
    }

    private static PrintedTicket Bookshop(Random random)
    {
        var p = new Purchase(random);
        var (taxes, ticket, till, store, code) = (p.Chance(.4), p.Of("T", "", "N-") + p.Number(6), p.Number(2), p.Number(3), p.Code(p.Of(10, 16)));
        var slip = new Slip(p.Of(36, 40)).Seller(p, p.Of("LIBRERIA EL FARO", "Letras & Café", "LA PAGINA")).Left($"{p.Of("Tienda:", "Suc:", "SUC")} {store}  {p.Of("Caja:", "Cja", "CAJA")} {till}  {p.Of("Tkt:", "Ticket:", "No.")} {ticket}").Left("Le atendió: " + p.Of("Ximena", "RAUL", "0087")).Dated(p)
            .Charged(p, "PEDRO PARAMO", "ATLAS UNIVERSAL", "CUADERNO A5", "978" + p.Digits(10), "SEPARADOR").Due(p, taxes, "TOTAL:", "Total MXN", "Total compra").Left($"Artículos: {p.Items.Sum(item => item.Count)}  Ahorro: $0.00  Club: {p.Digits(8)}")
            .Center(p.Of("Escanea y factura", "FACTURA AQUI", "Escanee el código para obtener su CFDI"))
            .Qr(p.Of($"https://factura.elfaro.mx/cfdi?codigo={code}", $"https://elfaro.mx/f/{code}", $"https://autofactura.mx/elfaro?tk={code}&suc={store}", $"https://elfaro.mx/facturar#/ticket/{code}"))
            .Center("Vigencia: 5 días naturales").Left("Libros no causan IVA. Cambios en 15 días.");
        return new(nameof(Bookshop), slip, p, new Dictionary<string, string> { ["ticket|folio"] = ticket, ["caja|terminal"] = till, ["sucursal|tienda"] = store, ["codigo_facturacion|codigo|web_id|id|referencia|token"] = code }, taxes, true);
    }

    private static PrintedTicket SeafoodHouse(Random random)
    {
        var p = new Purchase(random);
        var (check, code) = (p.Number(p.Of(4, 6)), p.Of(p.Code(8), p.Code(3) + p.Digits(6), p.Digits(10)));
        var slip = new Slip(p.Of(34, 38)).Seller(p, p.Of("MARISCOS EL PUERTO", "LA PESCA", "Ostionería Sinaloa")).Pair(p.Of("CUENTA: ", "Cuenta No. ", "CHEQUE ") + check, "Mesa " + p.Random.Next(1, 40)).Pair("Mesero: " + p.Of("BETO", "07 LUPITA"), $"Pers. {p.Random.Next(1, 9)}").Dated(p)
            .Charged(p, "CEVICHE TOSTADA", "CAMARON MOMIA", "MICHELADA", "AGUACHILE VERDE", "PESCADO ZARANDEADO", "LIMONADA JARRA").Due(p, true, "TOTAL", "Total consumo", "TOTAL CUENTA")
            .Left("Propina sugerida (no incluida):").Pair("10%", p.Sum(Math.Round(p.Total * .10m, 2))).Pair("15%", p.Sum(Math.Round(p.Total * .15m, 2))).Rule('~');
        slip = p.Random.Next(4) switch
        {
            0 => slip.Left("Para facturar entre a lapesca.com.mx/factura con la clave " + code),
            1 => slip.Center("TU CODIGO").Center(code, 1.6f, bold: true).Center("factúralo en lapesca.com.mx/factura"),
            2 => slip.Pair(p.Of("PIN factura", "Id. factura", "Código único"), code).Center("lapesca.com.mx/factura"),
            _ => slip.Left("Factura en línea").Left("Sitio: lapesca.com.mx/factura").Left("Clave: " + code).Left("Fecha límite: " + p.OnDay(p.When.AddDays(7))),
        };
        slip.Center(p.Of("Síguenos @mariscoselpuerto", "WiFi: puerto2024 Clave: " + p.Code(8), "Quejas " + p.Digits(10)));
        return new(nameof(SeafoodHouse), slip, p, new Dictionary<string, string> { ["cuenta|cheque|folio|ticket"] = check, ["codigo_facturacion|clave|codigo|pin|id|web_id|folio|referencia"] = code }, true, true);
    }
}
