namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>
/// Slips in the manner of Mexican tills: each its own order, wording, width and identifiers. The rules of the reader were written with
/// <see cref="Known"/> in view; <see cref="HeldOut"/> were not looked at while writing them and give the final figure.
/// </summary>
internal static class Layouts
{
    public static IReadOnlyList<Func<Random, PrintedTicket>> Known { get; } =
    [
        Convenience, Supermarket, Club, HomeStore, Coffee, Pharmacy, Restaurant, FuelWebId, FuelBlocks, OfficeStore, Toll, Bus, DepartmentStore, FastFood, HardwareStore, Hotel,
    ];

    public static IReadOnlyList<Func<Random, PrintedTicket>> HeldOut { get; } = [Stationery, Taqueria, Parking, FuelReference, Cinema, Bakery, AutoParts];

    private static PrintedTicket Convenience(Random random)
    {
        var p = new Purchase(random);
        var (folio, id, taxes) = (p.Digits(7), p.Code(12), p.Chance(.6));
        var slip = new Slip(p.Of(38, 40, 42)).Head(p, p.Of("CONVENI 24", "TIENDAS LA ESQUINA", "EXPRESS 365"))
            .Left($"TIENDA: {p.Code(5)} {p.Of("EL MIRADOR", "CENTRO", "LOMAS")}")
            .Pair("FECHA: " + p.Date(), "HORA: " + p.Time()).Pair("CAJA: " + p.Random.Next(1, 9), "CAJERO: " + p.Digits(4)).Rule()
            .Goods(p).Rule().Money(p, p.Of("TOTAL M.N.", "TOTAL", "TOTAL A PAGAR"), taxes)
            .Left(p.Of("FOL_VTA: ", "FOLIO DE VENTA: ", "FOLIO VENTA ") + folio).Left(p.Of("ID=", "ID: ", "ID DE VENTA: ") + id)
            .Center(p.Of("FACTURA EN: www.conveni24.com.mx/facturacion", "FACTURE EN www.laesquina.mx/factura")).Center("VIGENCIA: FIN DE MES DE SU COMPRA").Thanks(p);
        return new(nameof(Convenience), slip, p, new Dictionary<string, string> { ["folio"] = folio, ["id_venta"] = id }, taxes, true);
    }

    private static PrintedTicket Supermarket(Random random)
    {
        var p = new Purchase(random);
        var (tc, tr, taxes) = (p.Digits(20), p.Digits(5), p.Chance(.5));
        var slip = new Slip(p.Of(42, 48)).Head(p, p.Of("MercaNorte", "SUPER DEL VALLE"))
            .Left($"ST# {p.Digits(4)} OP# {p.Digits(8)} TE# {p.Digits(2)} TR# {tr}").Goods(p).Money(p, p.Of("TOTAL", "TOTAL   $"), taxes)
            .Pair("ARTICULOS VENDIDOS", $"{p.Items.Sum(item => item.Count)}").Center("TC# " + Blocks(tc, 4)).Bar(tc)
            .Survey(p, "www.mercaopina.com.mx").Center("FACTURA EN").Center("facturacion.mercanorte.com.mx").Center($"{p.Date()}   {p.Time()}").Thanks(p);
        return new(nameof(Supermarket), slip, p, new Dictionary<string, string> { ["tc"] = tc, ["tr"] = tr }, taxes, true);
    }

    private static PrintedTicket Club(Random random)
    {
        var p = new Purchase(random);
        var ticket = p.Digits(p.Random.Next(18, 23));
        var slip = new Slip(40).Head(p, "CLUB PRECIO MAYOR").Left("SOCIO " + p.Digits(11)).Goods(p).Money(p, p.Of("**** TOTAL", "TOTAL"), true)
            .Left($"{p.Date()} {p.Time()}").Left(p.Of("NO. DE TICKET: ", "TICKET: ", "NUMERO DE TICKET ") + ticket).Bar(ticket)
            .Center("PARA FACTURAR VISITE").Center("www3.clubmayor.com.mx/facturacion").Thanks(p);
        return new(nameof(Club), slip, p, new Dictionary<string, string> { ["folio"] = ticket }, true, true);
    }

    private static PrintedTicket HomeStore(Random random)
    {
        var p = new Purchase(random);
        var ticket = p.Digits(p.Random.Next(18, 24));
        var slip = new Slip(p.Of(40, 44)).Head(p, p.Of("CASA Y OBRA", "EL CONSTRUCTOR")).Pair("SUC: " + p.Digits(4), "CAJA " + p.Digits(2)).Pair(p.Date(), p.Time()).Rule('=').Goods(p).Rule('=')
            .Money(p, p.Of("TOTAL", "TOTAL MXN", "IMPORTE TOTAL"), true).Bar(ticket).Left(p.Of("CODIGO DE FACTURACION:", "No. de Ticket:", "CODIGO PARA FACTURAR:")).Left(Blocks(ticket, 4))
            .Center("Factura en facturacion.casayobra.com.mx").Center("Tiene 60 dias para facturar su compra");
        return new(nameof(HomeStore), slip, p, new Dictionary<string, string> { ["codigo_facturacion|folio"] = ticket }, true, true);
    }

    private static PrintedTicket Coffee(Random random)
    {
        var p = new Purchase(random);
        var (ticket, store) = (p.Digits(9), p.Digits(5));
        var slip = new Slip(p.Of(32, 36)).Head(p, p.Of("CAFE ALAMEDA", "GRUPO MESA")).Left(p.Of("Tienda: ", "TIENDA ", "Tienda No. ") + store).Left(p.Of("Ticket: ", "TICKET ", "Ticket No. ") + ticket)
            .Left($"Fecha: {p.Date()} {p.Time()}").Goods(p).Money(p, p.Of("Total", "TOTAL", "Total a pagar"), true).Left("Facturacion: cafealameda.interfactura.mx").Left("Disponible 30 min despues de su consumo").Thanks(p);
        return new(nameof(Coffee), slip, p, new Dictionary<string, string> { ["folio"] = ticket, ["sucursal"] = store }, true, true);
    }

    private static PrintedTicket Pharmacy(Random random)
    {
        var p = new Purchase(random);
        var (a, b, c, till, ticket) = (p.Digits(6), p.Digits(6), p.Digits(1), p.Digits(2), p.Digits(6));
        var slip = new Slip(p.Of(38, 42)).Head(p, p.Of("FARMACIAS DEL PARQUE", "FARMACIA SAN JORGE")).Pair("CAJA: " + till, "TICKET: " + ticket).Left($"FECHA {p.Date()} HORA {p.Time()}").Goods(p)
            .Money(p, "TOTAL", p.Chance(.5)).Left(p.Of("FOLIO FACTURA: ", "FOLIO PARA FACTURAR: ", "FOLIO FACTURACION: ") + $"{a}-{b}-{c}").Center("movil.farmaciasdelparque.com/facturacion").Center("PLAZO DE 72 HORAS PARA FACTURAR").Thanks(p);
        return new(nameof(Pharmacy), slip, p, new Dictionary<string, string> { ["folio"] = $"{a}-{b}-{c}", ["caja"] = till, ["ticket"] = ticket }, false, true);
    }

    private static PrintedTicket Restaurant(Random random)
    {
        var p = new Purchase(random);
        var (folio, code) = (p.Digits(p.Random.Next(5, 7)), p.Code(10));
        var slip = new Slip(p.Of(32, 38, 40)).Head(p, p.Of("FONDA LUPITA", "LA TERRAZA GRILL", "MARISCOS EL CAPITAN")).Pair("MESA: " + p.Random.Next(1, 40), "MESERO: " + p.Of("JUAN", "ANA", "LUIS"))
            .Left(p.Of("FOLIO: ", "FOLIO NO. ", "NO. DE FOLIO: ") + folio).Left(p.Of("FECHA: ", "Fecha: ") + $"{p.Date()} {p.Time()}").Goods(p).Money(p, p.Of("TOTAL", "TOTAL:", "Total $"), p.Chance(.6))
            .Left("PROPINA SUGERIDA 10% $" + p.Money(Math.Round(p.Total / 10, 2))).Left(p.Of("CODIGO UNICO: ", "CODIGO DE FACTURACION: ", "CODIGO: ") + code)
            .Center("FACTURE EN www.mefacturo.mx/" + p.Of("lupita", "terraza")).Qr($"https://www.mefacturo.mx/lupita?c={code}").Center("DENTRO DE LOS SIGUIENTES 7 DIAS");
        return new(nameof(Restaurant), slip, p, new Dictionary<string, string> { ["folio"] = folio, ["codigo_facturacion"] = code }, false, true);
    }

    private static PrintedTicket FuelWebId(Random random)
    {
        var p = new Purchase(random);
        var (folio, web, station) = (p.Digits(p.Random.Next(6, 10)), p.Code(8), p.Digits(5));
        var litres = 10 + (decimal)random.NextDouble() * 40;
        var slip = new Slip(p.Of(36, 40)).Head(p, p.Of("GASOLINERA EL MEZQUITE", "SERVICIO LA LOMA")).Left(p.Of("ESTACION: ", "ESTACION DE SERVICIO NO. ", "No. Estacion: ") + station)
            .Left($"FECHA: {p.Date()} {p.Time()}").Pair(p.Of("DESPACHO:", "FOLIO:", "No. DESPACHO"), folio).Pair(p.Of("WEB ID:", "WebID:", "Web ID"), web).Pair("BOMBA: " + p.Random.Next(1, 12), "TURNO: 2")
            .Pair("PRODUCTO", p.Of("MAGNA", "PREMIUM", "DIESEL")).Pair("CANTIDAD (LTS)", $"{litres:0.000}").Pair("PRECIO/LT", "$" + p.Money(Math.Round(p.Total / litres, 2)))
            .Money(p, p.Of("TOTAL", "IMPORTE TOTAL", "TOTAL $"), true).Center("FACTURE EN LINEA:").Center("facturacion.elmezquite.mx").Center("TIENE 72 HRS PARA FACTURAR");
        return new(nameof(FuelWebId), slip, p, new Dictionary<string, string> { ["folio"] = folio, ["web_id"] = web, ["estacion"] = station }, true, true);
    }

    private static PrintedTicket FuelBlocks(Random random)
    {
        var p = new Purchase(random);
        var (id, folio) = (p.Digits(24), p.Digits(7));
        var slip = new Slip(p.Of(38, 42)).Head(p, p.Of("COMBUSTIBLES DEL NORTE", "GAS Y MAS")).Left("FECHA " + p.Date()).Left("HORA " + p.Time()).Left(p.Of("TICKET: ", "FOLIO: ", "TRANSACCION: ") + folio)
            .Pair($"{p.Digits(2)}.{p.Digits(3)} L MAGNA", "$" + p.Money(p.Total)).Money(p, p.Of("TOTAL", "TOTAL PAGADO"), true).Left("IDTRAN:").Left(string.Join('.', Enumerable.Range(0, 6).Select(i => id.Substring(4 * i, 4))))
            .Center("Su factura en www.controlfacturas.mx").Thanks(p);
        return new(nameof(FuelBlocks), slip, p, new Dictionary<string, string> { ["folio"] = folio, ["idtran"] = id }, true, true);
    }

    private static PrintedTicket OfficeStore(Random random)
    {
        var p = new Purchase(random);
        var itu = p.Code(p.Random.Next(18, 28));
        var slip = new Slip(p.Of(42, 46)).Head(p, p.Of("OFICINA TOTAL", "PAPEL Y MAS")).Pair("SUCURSAL: " + p.Digits(3), "CAJA: " + p.Digits(2)).Left($"{p.Date()}  {p.Time()}").Goods(p).Money(p, p.Of("TOTAL:", "TOTAL"), true)
            .Left("ITU: " + itu).Left("Genere su factura en facturacion.oficinatotal.com.mx").Left("Espere 24 horas. Vigencia hasta el ultimo dia del mes siguiente");
        return new(nameof(OfficeStore), slip, p, new Dictionary<string, string> { ["itu"] = itu }, true, true);
    }

    private static PrintedTicket Toll(Random random)
    {
        var p = new Purchase(random);
        var code = p.Digits(18);
        var slip = new Slip(p.Of(30, 34)).Center("AUTOPISTAS DEL ALTIPLANO", 1.2f).Center("RFC: " + p.Rfc).Left(p.Of("CASETA: ", "PLAZA DE COBRO: ") + p.Digits(3) + " " + p.Of("PALMILLAS", "TEPOTZOTLAN")).Left("CARRIL: " + p.Digits(2))
            .Left($"FECHA: {p.Date()}").Left("HORA: " + p.Time()).Left("CLASE: AUTOS").Pair(p.Of("IMPORTE:", "TARIFA TOTAL", "TOTAL PAGADO:"), "$" + p.Money(p.Total), 1.3f).Left("CODIGO DE FACTURACION:").Left(Blocks(code, 4))
            .Center("facturacionaltiplano.com.mx").Center("IVA INCLUIDO");
        return new(nameof(Toll), slip, p, new Dictionary<string, string> { ["codigo_facturacion"] = code }, false, true);
    }

    private static PrintedTicket Bus(Random random)
    {
        var p = new Purchase(random);
        var (folio, seat) = (p.Digits(12), $"{p.Random.Next(1, 45)}");
        var slip = new Slip(p.Of(36, 40)).Head(p, p.Of("AUTOBUSES DEL SUR", "LINEA DORADA")).Left($"ORIGEN: MEXICO TAPO  DESTINO: {p.Of("PUEBLA", "OAXACA")}").Left("NUM. FOLIO: " + folio).Left("NO. DE ASIENTO: " + seat)
            .Left($"FECHA DE COMPRA: {p.Date()}").Left($"SALIDA {p.Time()}").Money(p, p.Of("TOTAL", "IMPORTE TOTAL", "TOTAL PAGADO"), p.Chance(.4)).Left("Factura: factura.autobusesdelsur.com.mx").Thanks(p);
        return new(nameof(Bus), slip, p, new Dictionary<string, string> { ["folio"] = folio, ["asiento"] = seat }, false, true);
    }

    private static PrintedTicket DepartmentStore(Random random)
    {
        var p = new Purchase(random);
        var code = p.Code(20);
        var slip = new Slip(p.Of(40, 44)).Head(p, p.Of("CASA LIEBANA", "ALMACENES PARIS")).Pair("TDA: " + p.Digits(4), "TERM: " + p.Digits(3)).Pair("FECHA " + p.Date(), p.Time()).Goods(p).Money(p, p.Of("TOTAL", "TOTAL DE LA COMPRA"), p.Chance(.5))
            .Center("CODIGO PARA FACTURACION").Center(code).Bar(code).Survey(p, "www.liebanaescucha.com").Center("Facture en www.casaliebana.com.mx/factura").Center("dentro del mismo mes de compra");
        return new(nameof(DepartmentStore), slip, p, new Dictionary<string, string> { ["codigo_facturacion"] = code }, false, true);
    }

    private static PrintedTicket FastFood(Random random)
    {
        var p = new Purchase(random);
        var (store, ticket, reg) = (p.Digits(4), p.Digits(p.Random.Next(4, 8)), p.Digits(2));
        var slip = new Slip(p.Of(36, 40)).Head(p, p.Of("HAMBURGUESAS REX", "POLLO DORADO")).Left("RESTAURANTE # " + store).Pair("REG " + reg, "TICKET # " + ticket).Left($"{p.Date()} {p.Time()}").Goods(p)
            .Money(p, p.Of("TOTAL", "TOTAL PARA LLEVAR", "TOTAL VENTA"), true).Survey(p, "www.rexopinion.com").Left("FACTURA ELECTRONICA:").Left("www.facturacionrex.com.mx");
        return new(nameof(FastFood), slip, p, new Dictionary<string, string> { ["folio"] = ticket, ["sucursal"] = store, ["caja"] = reg }, true, true);
    }

    private static PrintedTicket HardwareStore(Random random)
    {
        var p = new Purchase(random);
        var note = p.Of("A", "B", "V") + "-" + p.Digits(5);
        var slip = new Slip(p.Of(32, 40)).Head(p, p.Of("FERRETERIA EL TORNILLO", "MATERIALES DIAZ")).Center("NOTA DE VENTA").Left(p.Of("No. de nota: ", "NOTA NO. ", "FOLIO: ") + note).Left($"Fecha: {p.Date()}").Left("Cliente: PUBLICO EN GENERAL").Left("RFC: XAXX010101000").Goods(p)
            .Money(p, p.Of("TOTAL", "TOTAL A PAGAR:", "TOTAL NETO"), true).Left("Solicite su factura en www.facturamos.com.mx").Thanks(p);
        return new(nameof(HardwareStore), slip, p, new Dictionary<string, string> { ["folio"] = note }, true, true);
    }

    private static PrintedTicket Hotel(Random random)
    {
        var p = new Purchase(random);
        var reference = p.Digits(p.Random.Next(8, 14));
        var slip = new Slip(p.Of(40, 46)).Head(p, p.Of("HOTEL CASA REAL", "POSADA DEL SOL")).Left("HABITACION " + p.Digits(3)).Left(p.Of("REFERENCIA: ", "REFERENCIA DE FACTURACION: ", "No. de referencia: ") + reference).Left("Fecha de emision " + p.Date()).Left("Hora: " + p.Time()).Goods(p)
            .Money(p, p.Of("TOTAL", "IMPORTE TOTAL", "Gran total"), true).Left("Facturacion en linea: https://facturacion.casareal.mx:8443/portal").Thanks(p);
        return new(nameof(Hotel), slip, p, new Dictionary<string, string> { ["folio|referencia"] = reference }, true, true);
    }

    private static PrintedTicket Stationery(Random random)
    {
        var p = new Purchase(random);
        var (ticket, branch) = (p.Digits(8), p.Digits(3));
        var slip = new Slip(p.Of(36, 42)).Head(p, "PAPELERIA EL LAPIZ").Pair("Suc. " + branch, "Atendio: MARTHA").Pair("Num. de ticket", ticket).Pair("Fecha y hora", $"{p.Date()} {p.Time()}").Rule('.').Goods(p).Rule('.').Money(p, p.Of("Total a pagar", "Importe a pagar", "TOTAL"), p.Chance(.7))
            .Left("Obten tu CFDI en ellapiz.com.mx/cfdi con tu numero de ticket").Thanks(p);
        return new(nameof(Stationery), slip, p, new Dictionary<string, string> { ["folio"] = ticket, ["sucursal"] = branch }, false, true);
    }

    private static PrintedTicket Taqueria(Random random)
    {
        var p = new Purchase(random);
        var order = p.Digits(p.Random.Next(3, 6));
        var slip = new Slip(32).Head(p, "TAQUERIA EL PASTOR FELIZ", "R.F.C ").Left("ORDEN: " + order).Left($"{p.Date()}  {p.Time()}").Goods(p).Rule('=').Money(p, p.Of("TOTAL", "TOTAL DE CUENTA", "T O T A L"), false).Center("Para factura: facturacion@pastorfeliz.mx").Center("o en pastorfeliz.mx/facturas");
        return new(nameof(Taqueria), slip, p, new Dictionary<string, string> { ["folio"] = order }, false, true);
    }

    private static PrintedTicket Parking(Random random)
    {
        var p = new Purchase(random);
        var folio = p.Digits(10);
        var slip = new Slip(p.Of(30, 36)).Center("ESTACIONAMIENTO PLAZA MAYOR", 1.2f).Center(p.Issuer).Center("R.F.C. " + p.Rfc).Left($"ENTRADA: {p.When.AddHours(-2):dd/MM/yyyy HH:mm}").Left($"FECHA DE PAGO: {p.When:dd/MM/yyyy HH:mm}").Left("FOLIO DE PAGO: " + folio)
            .Money(p, p.Of("MONTO PAGADO", "TOTAL PAGADO", "TOTAL"), p.Chance(.5), paid: false).Qr("https://facturas.plazamayor.mx/f?folio=" + folio).Center("ESCANEE PARA FACTURAR");
        return new(nameof(Parking), slip, p, new Dictionary<string, string> { ["folio"] = folio }, false, true);
    }

    private static PrintedTicket FuelReference(Random random)
    {
        var p = new Purchase(random);
        var (reference, folio) = (p.Digits(16), p.Digits(7));
        var slip = new Slip(p.Of(38, 42)).Head(p, "ENERGIA DEL DESIERTO").Left($"Estacion {p.Digits(5)}").Pair("Folio", folio).Pair("Referencia", reference).Pair("Fecha", p.Date()).Pair("Hora", p.Time()).Pair("Premium  " + p.Digits(2) + "." + p.Digits(3) + " lts", "$" + p.Money(p.Total))
            .Money(p, p.Of("Total", "Total a pagar"), true).Center("Facturacion: app.energiadesierto.net").Center("Dentro del mes de consumo y hasta 2 dias del mes siguiente");
        return new(nameof(FuelReference), slip, p, new Dictionary<string, string> { ["folio"] = folio, ["referencia"] = reference }, true, true);
    }

    private static PrintedTicket Cinema(Random random)
    {
        var p = new Purchase(random);
        var transaction = p.Digits(p.Random.Next(7, 11));
        var slip = new Slip(p.Of(36, 40)).Head(p, "CINES DEL CENTRO").Left("COMPLEJO " + p.Digits(3) + " PLAZA NORTE").Left("SALA 7  ASIENTO F12").Pair("NO. DE TRANSACCION", transaction).Pair(p.Date(), p.Time()).Goods(p).Money(p, "TOTAL", true).Survey(p, "www.cinesopina.mx").Left("Factura tu compra en cinesdelcentro.mx/facturacion");
        return new(nameof(Cinema), slip, p, new Dictionary<string, string> { ["folio"] = transaction }, true, true);
    }

    private static PrintedTicket Bakery(Random random)
    {
        var p = new Purchase(random);
        var (web, folio) = (p.Code(8), p.Digits(6));
        var slip = new Slip(p.Of(34, 40)).Head(p, "PANADERIA LA ESPIGA").Left($"Ticket {folio}  Caja {p.Digits(1)}").Left($"{p.Date()} {p.Time()}").Goods(p).Money(p, p.Of("TOTAL", "Total:", "TOTAL M.N."), p.Chance(.5)).Left("Clave web: " + web).Left("www.laespiga.com.mx/facturacion/").Left("cliente/nueva");
        return new(nameof(Bakery), slip, p, new Dictionary<string, string> { ["folio"] = folio, ["web_id"] = web }, false, true);
    }

    private static PrintedTicket AutoParts(Random random)
    {
        var p = new Purchase(random);
        var (invoice, store) = (p.Digits(12), p.Digits(4));
        var slip = new Slip(p.Of(40, 44)).Head(p, "REFACCIONES DEL CAMINO").Pair("TIENDA #" + store, "REG#" + p.Digits(1)).Left("Fecha de compra: " + p.Date() + " " + p.Time()).Goods(p).Money(p, p.Of("TOTAL", "TOTAL MN"), true).Left("TRANS # " + invoice).Bar(invoice).Center("refaccionescamino.origon.cloud/factura");
        return new(nameof(AutoParts), slip, p, new Dictionary<string, string> { ["folio"] = invoice, ["sucursal"] = store }, true, true);
    }

    public static string Blocks(string code, int size) => string.Join(' ', code.Chunk(size).Select(block => new string(block)));
}
