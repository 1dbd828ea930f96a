using System.Globalization;

namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>Four trades that are read once, after the rules were mended on <see cref="LatestLayouts"/>: what mending on some slips is worth on others.</summary>
internal static class UnseenLayouts
{
    public static IReadOnlyList<Func<Random, PrintedTicket>> All { get; } = [DryCleaner, Gym, WaterPark, IceCream];

    private static PrintedTicket DryCleaner(Random random)
    {
        var p = new Purchase(random);
        var (note, series, number, branch) = (p.Number(6), p.Of("TK", "B", "ZAP"), p.Number(7), p.Number(2));
        var slip = new Slip(p.Of(36, 40)).Banner(p, p.Of("TINTORERIA EL CISNE", "LAVASECO EXPRESS")).Left($"{p.Of("Sucursal No. ", "SUC ", "Establecimiento: ")}{branch}").Pair(p.Of("Nota: ", "NOTA NUM. ", "Nota #") + note, "Prendas: " + p.Random.Next(1, 9)).Dated(p)
            .Left("ENTREGA: " + p.Stamp(p.When.AddDays(2)) + " DESPUES DE 17:00").Left("Cliente: " + p.Of("SRA. MARTINEZ", "J. LUNA") + " Tel " + p.Digits(10)).Lines(p, "TRAJE 2 PZAS", "VESTIDO NOCHE", "PLANCHADO CAMISA", "EDREDON KING", "PANTALON").Sums(p, true, "TOTAL", "Total nota", "TOTAL A PAGAR:");
        slip = p.Random.Next(3) switch
        {
            0 => slip.Left($"Para su factura: Serie {series} Folio {number}"),
            1 => slip.Pair("SERIE", series).Pair("FOLIO", number),
            _ => slip.Left($"Ticket facturable: {series}-{number}"),
        };
        slip.Center("elcisne.com.mx/facturas").Center("No nos hacemos responsables después de 30 días");
        return new(nameof(DryCleaner), slip, p, new Dictionary<string, string> { ["nota|ticket|folio"] = note, ["sucursal|establecimiento"] = branch, ["folio|ticket|codigo_facturacion|referencia"] = slip.Text.Contains("facturable", StringComparison.Ordinal) ? $"{series}-{number}" : number }, true, true);
    }

    private static PrintedTicket Gym(Random random)
    {
        var p = new Purchase(random);
        var (payment, code, club) = (p.Number(9), p.Of(p.Code(4) + p.Digits(6), p.Digits(18), p.Code(12)), p.Of("CLB", "MX") + p.Digits(3));
        p.Total = p.Of(499m, 649m, 899m, 1249.50m);
        p.Subtotal = Math.Round(p.Total / (1 + p.Rate), 2);
        var slip = new Slip(p.Of(38, 42)).Seller(p, p.Of("FUERZA GYM", "CLUB ACTIVO 24")).Center("COMPROBANTE DE PAGO").Left(p.Of("Club: ", "Unidad: ", "SUCURSAL ") + club).Left(p.Of("Id de pago: ", "PAGO No. ", "Recibo: ") + payment).Left($"Socio: {p.Digits(6)} {p.Of("ANDREA GIL", "OMAR PAZ")}").Dated(p)
            .Left("Periodo: " + p.OnDay(p.When) + " al " + p.OnDay(p.When.AddMonths(1))).Rule().Pair("MENSUALIDAD PLAN " + p.Of("BLACK", "BASICO"), p.Sum(p.Total)).Rule().Due(p, true, "TOTAL", "Total pagado:", "Importe pagado");
        slip = p.Random.Next(3) switch
        {
            0 => slip.Center("Código para generar tu CFDI").Center(p.Chance(.5) ? Layouts.Blocks(code, 6) : code),
            1 => slip.Center("Genera tu CFDI").Qr($"https://fuerzagym.mx/cfdi?folio={payment}&clave={code}"),
            _ => slip.Left("Genera tu factura en fuerzagym.mx con el código").Left($"{code} antes de fin de mes."),
        };
        slip.Left("Próximo cargo: " + p.OnDay(p.When.AddMonths(1))).Center("Sin reembolsos.");
        return new(nameof(Gym), slip, p, new Dictionary<string, string> { ["pago|id_pago|recibo|folio|ticket|referencia|id"] = payment, ["codigo_facturacion|clave|codigo|web_id|folio|referencia"] = code, ["sucursal|club|unidad"] = club }, true, true);
    }

    private static PrintedTicket WaterPark(Random random)
    {
        var p = new Purchase(random);
        var (order, pin, window) = ($"{p.Of("WEB", "TAQ", "PV")}-{p.When:yyMMdd}-{p.Number(5)}", p.Digits(6), p.Number(2));
        var visit = p.When.AddDays(p.Random.Next(0, 9));
        var slip = new Slip(p.Of(34, 40)).Masthead(p, p.Of("PARQUE ACUATICO LAS OLAS", "MUSEO DEL TIEMPO")).Row(p.Of("Taquilla ", "Punto de venta: ", "Caja ") + window, p.Of("Oper. ", "Cajero ") + p.Digits(3)).Left(p.Of("Orden: ", "No. de orden ", "Pedido: ") + order).Left(p.Of("Fecha compra: ", "Vendido: ", "Fecha ") + p.Moment(p.When)).Left("Fecha de visita: " + p.Day(visit)).Basket(p).Rule()
            .Row(p.Of("TOTAL", "Total de la compra", "TOTAL PAGADO"), p.Pesos(p.Total), p.Of(1f, 1.3f), bold: true).Settled(p);
        slip = p.Random.Next(3) switch
        {
            0 => slip.Left($"NIP de facturación: {pin}"),
            1 => slip.Row("PIN PARA FACTURA", pin),
            _ => slip.Left("Factura en lasolas.mx/f con tu número de orden y NIP").Center(pin, 1.5f, bold: true),
        };
        slip.Center("Presente este boleto en el acceso").Bar(p.Digits(12));
        return new(nameof(WaterPark), slip, p, new Dictionary<string, string> { ["orden|pedido|folio|ticket|referencia"] = order, ["nip|pin|codigo_facturacion|clave|web_id"] = pin, ["caja|taquilla|punto_de_venta|terminal|sucursal"] = window }, false, true);
    }

    private static PrintedTicket IceCream(Random random)
    {
        var p = new Purchase(random);
        var (check, store, code) = (p.Number(4), p.Number(5), p.Of(p.Digits(20), p.Code(16)));
        var when = p.When.ToString("ddMMM", CultureInfo.InvariantCulture) + "'" + p.When.ToString("yy HH:mm", CultureInfo.InvariantCulture);
        var slip = new Slip(p.Of(30, 36)).Head(p, p.Of("NIEVES LA POLAR", "HELADOS CIELO")).Left($"{p.Of("Tienda ", "Unidad ", "Store: ")}{store}").Left($"{p.Digits(3)} {p.Of("JAZMIN", "ERIC")}").Rule();
        slip = p.Chance(.4) ? slip.Pair("CHK " + check, "GST " + p.Random.Next(1, 5)).Center(when) : slip.Pair(p.Of("Chk: ", "Cheque ", "Cuenta ") + check, p.Of("Para llevar", "Comedor")).Dated(p);
        slip.Rule().Goods(p).Money(p, p.Of("TOTAL", "Total a Pagar", "Pago Total"), taxes: true);
        slip = p.Random.Next(3) switch
        {
            0 => slip.Left("Folio de facturación").Left(Layouts.Blocks(code, 4)),
            1 => slip.Center("* " + code + " *").Center("Con este folio factura en").Center("facturahelados.mx"),
            _ => slip.Left("Facturación: " + code),
        };
        slip.Center("Califica tu visita en opinahelados.mx").Left("Código encuesta: " + p.Digits(12));
        return new(nameof(IceCream), slip, p, new Dictionary<string, string> { ["cuenta|cheque|chk|folio|ticket"] = check, ["sucursal|tienda|unidad"] = store, ["codigo_facturacion|folio|facturacion|referencia|web_id"] = code }, true, true);
    }
}
