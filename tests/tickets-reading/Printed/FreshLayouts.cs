namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>
/// Slips by another hand than <see cref="Layouts"/>, written without sight of the reader's rules and kept before the first of them was
/// read: what the reader does with a till it has not met.
/// </summary>
internal static class FreshLayouts
{
    public static IReadOnlyList<Func<Random, PrintedTicket>> All { get; } = [CornerShop, ChainPharmacy, Ironmonger, Hypermarket, PetrolStation, Burger, Coach, DepartmentNote];

    private static PrintedTicket CornerShop(Random random)
    {
        var p = new Purchase(random);
        var (folio, id) = (p.Number(9), p.Code(12));
        var slip = new Slip(p.Of(34, 38)).Masthead(p, p.Of("YA! MERO", "TIENDAS 3 HERMANOS", "La Vuelta")).Row("Tda " + p.Code(5), "Pos " + p.Digits(2)).Left("Vend. " + p.Of("GUADALUPE R.", "J. PEREZ"))
            .Left(p.Moment(p.When)).Rule().Basket(p).Rule().Row(p.Of("T O T A L", "TOTAL M.N.", "Total MXN"), p.Pesos(p.Total), p.Of(1f, 1.5f), bold: true).Settled(p)
            .Row("Puntos acumulados", p.Digits(3)).Row(p.Of("Folio:", "No. Ticket:", "Folio Vta."), folio).Row(p.Of("ID de venta:", "ID VENTA:", "Id. Venta"), id).Bar(p.Digits(18))
            .Left("Factura en https://factura.yamero.mx antes del " + p.Day(p.When.AddDays(20))).Center("Quejas: 800 " + p.Digits(7));
        return new(nameof(CornerShop), slip, p, new Dictionary<string, string> { ["folio|ticket"] = folio, ["id_venta|id|codigo_facturacion|web_id"] = id }, false, true);
    }

    private static PrintedTicket ChainPharmacy(Random random)
    {
        var p = new Purchase(random);
        var (reference, ticket, branch) = (p.Digits(12), p.Number(8), p.Number(4));
        var saved = Math.Round(p.Total * .12m, 2);
        var slip = new Slip(p.Of(40, 44)).Masthead(p, p.Of("FARMACIAS SALUD AL DIA", "BOTICA DEL CARMEN")).Row(p.Of("Sucursal: ", "SUC. ", "No. Sucursal: ") + branch, p.Of("Ticket: ", "No. Ticket: ", "TCK ") + ticket)
            .Left("F. venta: " + p.Moment(p.When)).Left("Impreso: " + p.Moment(p.When.AddDays(p.Random.Next(3)))).Basket(p).Left($"  LOTE {p.Code(6)} CAD {p.When.AddMonths(20):MM/yy}").Rule('.')
            .Row("Total antes de descuento", p.Pesos(p.Total + saved)).Row("Usted ahorró", p.Pesos(saved)).Row(p.Of("NETO A PAGAR", "TOTAL A PAGAR", "Importe total"), p.Pesos(p.Total), p.Of(1f, 1.3f), bold: true).Settled(p)
            .Row("SALDO MONEDERO", p.Pesos(p.Random.Next(10, 300))).Left(p.Of("Referencia de facturación: ", "REFERENCIA FACTURA: ", "Referencia: ") + reference).Bar(reference)
            .Center("Facture en 72 hrs: factura.saludaldia.com.mx").Center("En antibióticos no hay devoluciones");
        return new(nameof(ChainPharmacy), slip, p, new Dictionary<string, string> { ["referencia|folio|codigo_facturacion"] = reference, ["folio|ticket"] = ticket, ["sucursal"] = branch }, false, true);
    }

    private static PrintedTicket Ironmonger(Random random)
    {
        var p = new Purchase(random);
        var (ticket, web) = (p.Of("A", "F", "MX") + p.Number(7), p.Code(12));
        var customer = p.Of("Cliente: MOSTRADOR  RFC: XAXX010101000", "VENTA AL PUBLICO XAXX010101000", "R.F.C. cliente: XAXX010101000");
        var slip = new Slip(p.Of(40, 46)).Row(p.Of("TICKET: ", "Ticket No. ", "REMISION ") + ticket, p.Chance(.5) ? "COPIA CLIENTE" : "");
        slip = p.Chance(.3) ? slip.Left(customer).Masthead(p, "TLAPALERIA LA LLAVE") : slip.Masthead(p, p.Of("TORNILLOS Y MAS", "FERREMATERIALES GLZ")).Left(customer);
        slip.Left(p.Of("Fecha de venta: ", "Fecha: ", "EXPEDIDO EL ") + p.Day(p.When)).Left("Hora " + p.Hour(p.When)).Basket(p).Rule('=').Row("Importe", p.Pesos(p.Subtotal)).Row("Descuento", "0.00").Row(p.Of("Sub-total", "SUBTOTAL"), p.Pesos(p.Subtotal))
            .Row(p.Of($"I.V.A. {p.Rate:0.00%}", $"IVA ({p.Rate * 100:0}%)"), p.Pesos(p.Iva)).Row(p.Of("Importe total", "TOTAL M.N.", "Total c/IVA"), p.Pesos(p.Total), bold: true).Settled(p);
        var label = p.Of("FOLIO FISCAL WEB:", "Folio fiscal web", "CLAVE WEB:");
        slip = p.Chance(.5) ? slip.Left(label).Left(web) : slip.Left($"{label} {web}");
        slip.Center("factura24hrs.com.mx/lallave").Center("Cambios con ticket hasta el " + p.Day(p.When.AddDays(15)));
        return new(nameof(Ironmonger), slip, p, new Dictionary<string, string> { ["folio|ticket"] = ticket, ["web_id|folio_fiscal_web|codigo_facturacion|folio"] = web }, true, true);
    }

    private static PrintedTicket Hypermarket(Random random)
    {
        var p = new Purchase(random);
        var (tc, tr) = (p.Digits(21), p.Number(5));
        var (card, cash) = (p.Chance(.5), p.Chance(.5) ? 200m : 0m);
        var slip = new Slip(p.Of(40, 42)).Center(p.Of("BODEGON", "SUPER AHORRO"), 2f, bold: true).Center($"{p.Issuer} {p.Of("RFC ", "R.F.C. ", "")}{p.Rfc}").Center(p.Street).Center(p.Town)
            .Left($"TDA#{p.Number(4)} OP#{p.Number(8)} TE# {p.Number(3)} TR# {tr}").Basket(p);
        if (card)
        {
            slip.Row(p.Of("TOTAL", "SU TOTAL"), p.Pesos(p.Total)).Row("RETIRO EFECTIVO", p.Pesos(cash)).BankSlip(p, cash);
        }
        else
        {
            slip.Row(p.Of("TOTAL", "TOTAL VENTA"), p.Pesos(p.Total)).Row("EFECTIVO", p.Pesos(p.Total + 50)).Row("CAMBIO", p.Pesos(50));
        }

        slip.Left($"IVA   BASE {p.Subtotal:0.00}  IMPTO {p.Iva:0.00}").Center($"# ARTICULOS VENDIDOS {p.Items.Sum(item => item.Count)}");
        slip = p.Chance(.6) ? slip.TwoRows("TC#", tc, 4) : slip.Left("TC# " + Layouts.Blocks(tc, 5));
        slip.Bar(tc).Center(p.Moment(p.When)).Center("Ganaste 2 boletos! Entra a").Center("www.bodegonteescucha.mx").Left($"Clave encuesta {p.Digits(4)}-{p.Digits(4)}-{p.Digits(4)}").Center("Para facturar: facturacion.bodegon.com.mx");
        return new(nameof(Hypermarket), slip, p, new Dictionary<string, string> { ["tc"] = tc, ["tr"] = tr }, false, true);
    }

    private static PrintedTicket PetrolStation(Random random)
    {
        var p = new Purchase(random);
        var (folio, web, station) = (p.Number(p.Of(7, 9)), p.Code(p.Of(6, 8)), p.Of("E", "") + p.Digits(5));
        var litres = Math.Round(12 + ((decimal)random.NextDouble() * 45), 3);
        var price = Math.Round(22 + ((decimal)random.NextDouble() * 4), 2);
        p.Total = Math.Round(litres * price, 2);
        p.Subtotal = Math.Round(p.Total / (1 + p.Rate), 2);
        var slip = new Slip(p.Of(32, 38)).Center(p.Of("ORIGINAL", "*** COPIA ***")).Masthead(p, p.Of("COMBU-EXPRESS", "GASOLINERA LOS PINOS")).Left($"PERMISO CRE: PL/{p.Digits(4)}/EXP/ES/20{p.Of("15", "17", "19")}").Left("NO. CTE. PEMEX " + p.Number(10))
            .Row(p.Of("Estación:", "EST. SERV.", "E.S. No."), station).Left(p.Of("Fecha venta: ", "VENTA ") + p.Moment(p.When)).Left("Fecha impresión: " + p.Moment(p.When.AddMinutes(3)))
            .Row("Isla " + p.Random.Next(1, 5), "Manguera " + p.Random.Next(1, 9)).Row(p.Of("Magna 87 oct", "PREMIUM", "Diesel UBA"), $"{litres:0.000} L").Row("Precio x litro", p.Pesos(price));
        slip = p.Chance(.6) ? slip.Row("Subtotal", p.Pesos(p.Subtotal)).Row($"IVA {p.Rate:0%}", p.Pesos(p.Iva)) : slip.Row("Importe", p.Pesos(p.Total));
        slip.Row(p.Of("TOTAL", "Total M.N.", "Importe total"), p.Pesos(p.Total), p.Of(1f, 1.3f), bold: true).Settled(p).Row("Folio", folio).Row(p.Of("Web ID", "WEB ID:", "Id Web:"), web).Qr($"https://facturas.combuexpress.mx/f?e={station}&f={folio}&w={web}").Center("48 horas para facturar");
        return new(nameof(PetrolStation), slip, p, new Dictionary<string, string> { ["folio|despacho"] = folio, ["web_id"] = web, ["estacion"] = station }, false, true);
    }

    private static PrintedTicket Burger(Random random)
    {
        var p = new Purchase(random);
        var (transaction, store, terminal, token) = (p.Number(7), p.Number(4), p.Number(2), p.Code(10));
        var slip = new Slip(p.Of(30, 36)).Masthead(p, p.Of("DON POLLO", "BURGER LA 33")).Center("ORDEN " + p.Random.Next(1, 400), 2f, bold: true).Center(p.Of("PARA LLEVAR", "COMER AQUI", "AUTOSERVICIO"))
            .Left(p.Of("Restaurante: ", "Rest. ", "Tienda No. ") + store).Row(p.Of("Terminal ", "Caja: ", "Term. ") + terminal, "Cajero " + p.Digits(3)).Left(p.Of("Núm. de transacción: ", "Transacción: ", "No. de Trans. ") + transaction).Left(p.Moment(p.When)).Rule('.').Basket(p)
            .Row(p.Of("Sub Total", "Subtotal"), p.Pesos(p.Subtotal)).Row($"IVA {p.Rate:0%}", p.Pesos(p.Iva)).Row(p.Of("T O T A L", "Total a pagar", "TOTAL M.N."), p.Pesos(p.Total), p.Of(1f, 1.4f), bold: true).Settled(p)
            .Left(p.Of("Token: ", "Token de facturación: ", "Código de facturación: ") + token).Left("Obtén tu factura en donpollo.facturafacil.mx, válido solo el mes de consumo").Center("Propina no incluida");
        return new(nameof(Burger), slip, p, new Dictionary<string, string> { ["folio|transaccion|ticket"] = transaction, ["sucursal"] = store, ["caja|terminal"] = terminal, ["codigo_facturacion|token|web_id"] = token }, true, true);
    }

    private static PrintedTicket Coach(Random random)
    {
        var p = new Purchase(random);
        var (locator, folio) = (p.Code(6), p.Digits(12));
        var travel = p.When.AddDays(p.Random.Next(1, 20));
        var slip = new Slip(p.Of(36, 40)).Masthead(p, p.Of("AUTOTRANSPORTES MAR AZUL", "LINEA DEL VALLE")).Center("BOLETO DE AUTOBUS").Row("De: " + p.Of("MEXICO NTE", "CORDOBA"), "A: " + p.Of("XALAPA", "VERACRUZ")).Left("Viaje: " + p.Moment(travel)).Row("Asiento " + p.Random.Next(1, 44), "Andén " + p.Random.Next(1, 20))
            .Left(p.Of("Localizador: ", "LOCALIZADOR ", "Clave de reservación: ") + locator).Left(p.Of("Folio de boleto: ", "Folio boleto ", "No. de boleto: ") + folio).Left(p.Of("Fecha de compra: ", "Comprado: ", "EMITIDO EL ") + p.Moment(p.When))
            .Row("Tarifa", p.Pesos(p.Total + 20)).Row("Descuento promo", "-20.00").Row(p.Of("Total pagado", "Importe total", "TOTAL"), p.Pesos(p.Total), p.Of(1f, 1.2f), bold: true).Settled(p).Left("Seguro de viajero incluido. Boleto válido hasta " + p.Day(p.When.AddYears(1)))
            .Left("Facturación en línea: marazul.com.mx/factura con su localizador y folio");
        return new(nameof(Coach), slip, p, new Dictionary<string, string> { ["localizador|referencia|codigo_facturacion|reservacion|web_id"] = locator, ["folio|boleto"] = folio }, false, true);
    }

    private static PrintedTicket DepartmentNote(Random random)
    {
        var p = new Purchase(random);
        var (code, note, store, terminal) = (p.Code(20), p.Number(8), p.Number(4), p.Number(3));
        var slip = new Slip(p.Of(40, 44)).Masthead(p, p.Of("EL NUEVO SIGLO", "ALMACENES GARCIA")).Row(p.Of("Tienda ", "TDA. ") + store, p.Of("Terminal ", "Term: ") + terminal).Row(p.Of("NOTA DE VENTA", "Nota de venta:", "Nota de venta No."), note).Left("Vendedor 00" + p.Digits(5))
            .Left(p.Of("Fecha ", "Fecha de compra: ", "") + p.Moment(p.When)).Basket(p).Row("Sub-Total", p.Pesos(p.Subtotal)).Row(p.Of("IVA", $"I.V.A. {p.Rate:0%}"), p.Pesos(p.Iva)).Row(p.Of("Total M.N.", "Importe total", "TOTAL DE SU COMPRA"), p.Pesos(p.Total), bold: true);
        slip = p.Chance(.4) ? slip.Left($"Tarjeta departamental ****{p.Digits(4)}").Left($"12 meses sin intereses de ${Math.Round(p.Total / 12, 2):0.00}").Left("Su primer pago vence el " + p.Day(p.When.AddDays(32))) : slip.Settled(p);
        slip = p.Of(0, 1, 2) switch
        {
            0 => slip.TwoRows("Código de facturación:", code, 5),
            1 => slip.Left("CODIGO DE FACTURACION").Left(Layouts.Blocks(code, 5)),
            _ => slip.Left("Código de facturación: " + code),
        };
        slip.Left("Fecha límite para cambios: " + p.Day(p.When.AddDays(30))).Center("facturacion.nuevosiglo.com").Center("Conserve este comprobante");
        return new(nameof(DepartmentNote), slip, p, new Dictionary<string, string> { ["codigo_facturacion|folio"] = code, ["folio|nota|ticket"] = note, ["sucursal"] = store, ["caja|terminal"] = terminal }, true, true);
    }
}
