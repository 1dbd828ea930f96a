namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>
/// Six more trades after the rules had been mended on <see cref="FreshLayouts"/>, written without sight of the rules and kept before the
/// first of them was read.
/// </summary>
internal static class NewestLayouts
{
    public static IReadOnlyList<Func<Random, PrintedTicket>> All { get; } = [ShoeShop, ClinicLab, PhoneShop, GasRoute, AirportTaxi, Courier];

    private static PrintedTicket ShoeShop(Random random)
    {
        var p = new Purchase(random);
        var (ticket, store, till, code) = (p.Number(6), p.Number(3), p.Number(2), p.Code(14));
        var slip = new Slip(p.Of(40, 42)).Banner(p, p.Of("ZAPATERIAS EL BUEN PASO", "Calzado Andarín", "TRES PASOS")).Row(p.Of("Tienda: ", "Suc.: ", "TIENDA ") + store, p.Of("Caja: ", "CAJA ", "Cja: ") + till)
            .Row(p.Of("Ticket: ", "TICKET No: ", "Ticket de venta: ") + ticket, p.Of("Vendedor: ", "Atendió: ") + p.Digits(4)).When(p, "Fecha: ", "FECHA ", "Fecha/Hora: ").Rule()
            .Lines(p, "BOTIN PIEL NEGRO 26", "TENIS ESCOLAR BLANCO 23.5", "SANDALIA DAMA 24", "CALCETA 3 PZ", "GRASA PARA CALZADO").Sums(p, true, "TOTAL:", "TOTAL A PAGAR:", "Total $").Left($"Pares/piezas: {p.Items.Sum(item => item.Count)}");
        var label = p.Of("Código para facturar:", "CODIGO DE FACTURACION:", "Clave para facturar:");
        slip = p.Chance(.4) ? slip.Left(label).Center(code) : slip.Left($"{label} {code}");
        slip.Center("Facture su compra en").Center("www.elbuenpaso.com.mx/factura").Center("Cambios dentro de los 30 días con ticket");
        return new(nameof(ShoeShop), slip, p, new Dictionary<string, string> { ["ticket|folio"] = ticket, ["sucursal"] = store, ["caja|terminal"] = till, ["codigo_facturacion|web_id|referencia"] = code }, true, true);
    }

    private static PrintedTicket ClinicLab(Random random)
    {
        var p = new Purchase(random);
        var (order, folio) = (p.Number(p.Of(8, 10)), p.Of("LAB", "B", "SM") + p.Of("", "-") + p.Number(6));
        var slip = new Slip(p.Of(42, 46)).Banner(p, p.Of("LABORATORIOS SAN MIGUEL", "Análisis Clínicos Vida")).Center("RECIBO DE PAGO").Left(p.Of("Orden: ", "No. de orden: ", "ORDEN DE TRABAJO: ") + order)
            .Left(p.Of("Paciente: ", "PACIENTE ") + p.Of("MARIA LOPEZ HERNANDEZ", "JOSE A. RAMIREZ", "SOFIA TREJO")).Row($"Edad: {p.Random.Next(20, 80)} años", "Sexo: " + p.Of("F", "M")).When(p, "Fecha de registro: ", "Fecha: ", "FECHA Y HORA: ").Rule()
            .Lines(p, "BIOMETRIA HEMATICA", "QUIMICA SANGUINEA 6", "GENERAL DE ORINA", "PERFIL TIROIDEO", "PERFIL DE LIPIDOS").Sums(p, true, "TOTAL:", "Total a pagar:", "IMPORTE TOTAL:").Row("Saldo", "$0.00")
            .Left("Entrega de resultados: " + p.Stamp(p.When.AddDays(p.Random.Next(1, 4)))).Left(p.Of("Folio para facturación: ", "FOLIO: ", "Folio de recibo: ") + folio)
            .Center("Solicite su factura el mismo mes en").Center("facturacion.labsanmiguel.mx");
        return new(nameof(ClinicLab), slip, p, new Dictionary<string, string> { ["orden|ticket|referencia"] = order, ["folio|codigo_facturacion"] = folio }, true, true);
    }

    private static PrintedTicket PhoneShop(Random random)
    {
        var p = new Purchase(random);
        var (transaction, operation, branch) = (p.Digits(16), p.Number(7), p.Number(5));
        var slip = new Slip(p.Of(36, 40)).Banner(p, p.Of("MUNDO CEL", "TELEFONIA DEL CENTRO")).Left(p.Of("Punto de venta: ", "PDV: ", "Sucursal: ") + branch).When(p, "Fecha de operación: ", "FECHA: ", "Fecha ").Left(p.Of("Operación: ", "No. Operación: ", "OPERACION ") + operation).Rule('=');
        slip = slip.Lines(p, "FUNDA SILICON", "MICA TEMPLADA", "CARGADOR TIPO C 20W", "CHIP PREPAGO", "AUDIFONOS BT").Left("Línea: " + p.Digits(10)).Left("IMEI: 35" + p.Digits(13)).Sums(p, p.Chance(.5), "TOTAL PAGADO:", "TOTAL:", "Monto total:");
        slip.Left(p.Of("ID de transacción:", "Id transacción", "ID TRANSACCION:")).Left(p.Chance(.5) ? Layouts.Blocks(transaction, 4) : transaction).Bar(transaction).Left("Factura electrónica en mundocel.com.mx hasta el último día del mes. *111").Center("Garantía 90 días");
        return new(nameof(PhoneShop), slip, p, new Dictionary<string, string> { ["transaccion|id_transaccion|id|folio"] = transaction, ["operacion|folio|ticket"] = operation, ["punto_de_venta|sucursal"] = branch }, false, true);
    }

    private static PrintedTicket GasRoute(Random random)
    {
        var p = new Purchase(random);
        var (note, web, unit) = (p.Number(p.Of(6, 8)), p.Code(8), p.Number(4));
        var litres = Math.Round(20 + ((decimal)random.NextDouble() * 180), 2);
        var price = Math.Round(9 + ((decimal)random.NextDouble() * 3), 2);
        p.Total = Math.Round(litres * price, 2);
        p.Subtotal = Math.Round(p.Total / (1 + p.Rate), 2);
        var slip = new Slip(p.Of(32, 36)).Banner(p, p.Of("GAS DEL VALLE", "Tu Gas Express")).Left($"Permiso CRE: LP/{p.Digits(5)}/DIST/PLA/20{p.Of("16", "18")}").Row(p.Of("Unidad: ", "Autotanque: ", "ECO. ") + unit, "Ruta " + p.Digits(2))
            .Left(p.Of("Nota de servicio: ", "NOTA No. ", "Folio nota: ") + note).When(p, "Fecha: ", "FECHA SERVICIO: ", "").Left("Cliente: " + p.Of("PUBLICO EN GENERAL", "CONTADO")).Row("Lect. inicial", "0.00").Row("Lect. final", $"{litres:0.00}").Row("Litros GAS LP", $"{litres:0.00}").Row("Precio/litro", $"{price:0.00}")
            .Sums(p, true, "TOTAL", "Total:", "IMPORTE TOTAL").Left(p.Of("WEB ID: ", "Clave web: ", "ID web: ") + web).Qr($"https://gasdelvalle.mx/facturar?n={note}&id={web}").Center("Factura en línea: gasdelvalle.mx").Center("Fugas 24 hrs: 800 " + p.Digits(7));
        return new(nameof(GasRoute), slip, p, new Dictionary<string, string> { ["nota|folio|ticket"] = note, ["web_id|codigo_facturacion|folio"] = web }, true, true);
    }

    private static PrintedTicket AirportTaxi(Random random)
    {
        var p = new Purchase(random);
        var (ticket, counter, code) = (p.Of("A", "T", "B") + p.Number(7), p.Number(2), p.Code(10));
        p.Total = Math.Round(p.Random.Next(180, 900) * 1m, 0);
        p.Subtotal = Math.Round(p.Total / (1 + p.Rate), 2);
        var slip = new Slip(p.Of(30, 34)).Banner(p, p.Of("TAXI SEGURO", "SITIO AEROPUERTO")).Center(p.Of("BOLETO DE SERVICIO", "TRANSPORTACION TERRESTRE")).Row(p.Of("BOLETO: ", "Boleto No. ", "FOLIO: ") + ticket, "").Row(p.Of("Módulo: ", "Taquilla: ", "CAJA: ") + counter, p.Of("SEDAN", "VAN"))
            .Left("Destino: " + p.Of("COL. ROMA NORTE", "CENTRO HISTORICO", "ZONA HOTELERA")).Row("Zona", p.Random.Next(1, 12).ToString(System.Globalization.CultureInfo.InvariantCulture)).When(p, "Expedido: ", "FECHA ", "Fecha y hora: ").Row("Pasajeros", "1 a 4").Rule('*')
            .Sums(p, p.Chance(.6), "TOTAL", "TARIFA TOTAL", "Total:").Left(p.Of("Código: ", "Código de factura: ", "CODIGO FACTURACION ") + code).Left("Para factura ingrese a www.taxiseguro.com.mx dentro de las 72 horas").Center("Válido 24 horas. No reembolsable");
        return new(nameof(AirportTaxi), slip, p, new Dictionary<string, string> { ["boleto|folio|ticket"] = ticket, ["caja|modulo|taquilla|terminal"] = counter, ["codigo_facturacion|codigo|web_id"] = code }, false, true);
    }

    private static PrintedTicket Courier(Random random)
    {
        var p = new Purchase(random);
        var (folio, guide, office) = (p.Of("F", "P", "QRO") + p.Of("-", "") + p.Number(7), p.Digits(p.Of(12, 22)), p.Of("MEX", "GDL", "QRO") + p.Digits(2));
        var slip = new Slip(p.Of(40, 44)).Banner(p, p.Of("ENVIOS DEL BAJIO", "PAQUETEXPRESO")).Row(p.Of("Oficina: ", "Sucursal: ", "OFICINA ") + office, "Ejecutivo: " + p.Of("KARLA", "0231")).When(p, "Fecha de emisión: ", "FECHA: ", "Fecha de envío: ").Left(p.Of("Folio: ", "No. de folio: ", "FOLIO TICKET: ") + folio)
            .Left(p.Of("Guía: ", "No. de guía: ", "NUM. GUIA ") + guide).Bar(guide).Left("Remitente: " + p.Of("LUIS SOTO", "ANA PEREZ M.")).Left("Destinatario: TALLERES UNIDOS, CP " + p.Digits(5)).Left($"Peso: {p.Random.Next(1, 30)}.{p.Digits(1)} KG  Contenido: {p.Of("ROPA", "DOCUMENTOS")}").Left("Entrega estimada: " + p.Stamp(p.When.AddDays(2))).Rule()
            .Lines(p, "ENVIO TERRESTRE", "SEGURO", "CAJA CHICA", "RECOLECCION").Sums(p, true, "Total:", "TOTAL M.N.:", "TOTAL A PAGAR").Center("Genere su factura en").Center("envios-bajio.com/facturacion").Left("con folio, sucursal y monto. Consulte aviso de privacidad.");
        return new(nameof(Courier), slip, p, new Dictionary<string, string> { ["folio|ticket"] = folio, ["guia|no_guia|referencia|folio"] = guide, ["sucursal|oficina"] = office }, true, true);
    }
}
