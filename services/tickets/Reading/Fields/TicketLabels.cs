namespace Invoicing.Tickets.Reading;

/// <summary>What may follow a label.</summary>
internal enum ValueShape
{
    /// <summary>Digits, perhaps with letters: a folio.</summary>
    Number,

    /// <summary>Letters and digits that mean nothing, perhaps in blocks: a Web ID.</summary>
    Code,

    /// <summary>A number or code, then a name: a store.</summary>
    Place,

    /// <summary>Nothing of interest: the label only ends the value before it.</summary>
    Fence,
}

/// <param name="Key">Canonical field.</param>
/// <param name="Rank">For several labels of one key: the lowest wins.</param>
internal sealed record TicketLabel(string Phrase, string Key, ValueShape Shape, int Rank)
{
    public string Letters { get; } = Skeleton.Of(Phrase).Letters;
}

/// <summary>Labels seen on Mexican tickets. Adding one is adding a line: longer ones win over the shorter ones inside them.</summary>
internal static class TicketLabels
{
    /// <summary>How a till says that a number is the one the portal asks for.</summary>
    private static readonly string[] ForInvoicing =
        ["FACTURACION", "DE FACTURACION", "PARA FACTURACION", "PARA FACTURAR", "FACTURA", "DE FACTURA", "PARA FACTURA", "PARA TU FACTURA", "PARA SU FACTURA", "CFDI", "PARA CFDI", "DE AUTOFACTURACION", "AUTOFACTURA"];

    public const int InvoicingReference = 5;

    public static IReadOnlyList<TicketLabel> All { get; } =
    [
        .. Of(FieldNames.Folio, ValueShape.Number, 1, Invoicing("FOLIO")),
        .. Of(FieldNames.Folio, ValueShape.Number, 2, Counted("FOLIO DE VENTA", "FOLIO VENTA", "FOLIO VTA", "FOL VTA", "FOL VENTA", "FOLIO DE COMPRA", "FOLIO TICKET", "FOLIO DEL TICKET", "FOLIO NOTA", "FOLIO DE NOTA", "FOLIO DE LA NOTA", "FOLIO DE RECIBO", "FOLIO DE SERVICIO", "FOLIO DE OPERACION", "FOLIO")),
        .. Of(FieldNames.Ticket, ValueShape.Number, 3, Counted("TICKET", "TICKET DE VENTA", "TICKET DE COMPRA", "TKT", "TCK"), ["NO DE NOTA DE VENTA"]),
        .. Of("despacho", ValueShape.Number, 4, Counted("DESPACHO")),
        .. Of("transaccion", ValueShape.Number, 5, Counted("TRANSACCION", "ID TRANSACCION", "ID DE TRANSACCION", "ID DE LA TRANSACCION"), ["TRANS #", "NO TRANS", "NO DE TRANS", "NUM TRANS", "NUM DE TRANS"]),
        .. Of("operacion", ValueShape.Number, 5, Counted("OPERACION", "ID OPERACION", "ID DE OPERACION")),
        .. Of("nota", ValueShape.Number, 5, Counted("NOTA DE VENTA", "NOTA DE REMISION", "NOTA DE SERVICIO", "NOTA DE CONSUMO", "REMISION"), ["NO NOTA", "NO DE NOTA", "NUMERO DE NOTA", "NOTA NO", "NOTA NUM", "NOTA #"]),
        .. Of("boleto", ValueShape.Number, 5, Counted("FOLIO DE BOLETO", "FOLIO DEL BOLETO", "FOLIO BOLETO", "BOLETO")),
        .. Of("orden", ValueShape.Number, 6, Counted("ORDEN", "PEDIDO", "ORDEN DE TRABAJO", "ORDEN DE SERVICIO", "ORDEN DE COMPRA")),
        .. Of("referencia", ValueShape.Code, InvoicingReference, Invoicing("REFERENCIA", "REF")),
        .. Of("referencia", ValueShape.Code, 7, Counted("REFERENCIA")),
        .. Of("localizador", ValueShape.Code, 1, Counted("LOCALIZADOR", "CLAVE DE RESERVACION", "CLAVE DE RESERVA", "CODIGO DE RESERVACION", "RESERVACION")),
        .. Of("guia", ValueShape.Number, 7, Counted("GUIA")),
        .. Of("recibo", ValueShape.Number, 6, Counted("RECIBO", "COMPROBANTE")),
        .. Of("pago", ValueShape.Number, 6, "ID DE PAGO", "ID PAGO", "NO DE PAGO", "PAGO NO", "PAGO #"),
        .. Of("cuenta", ValueShape.Number, 6, Counted("CUENTA", "CHEQUE", "CHK")),
        .. Of("consecutivo", ValueShape.Number, 7, "CONSECUTIVO"),
        .. Of(FieldNames.WebId, ValueShape.Code, 1, "WEB ID", "ID WEB", "FOLIO WEB", "FOLIO FISCAL WEB", "CODIGO WEB", "CLAVE WEB", "REFERENCIA WEB", "FOLIOWEB"),
        .. Of(FieldNames.IdVenta, ValueShape.Code, 1, "ID DE VENTA", "ID VENTA", "ID DE LA VENTA", "ID VTA"),
        .. Of(FieldNames.IdVenta, ValueShape.Code, 2, "ID"),
        .. Of(FieldNames.CodigoFacturacion, ValueShape.Code, 1, Invoicing("CODIGO", "COD", "CLAVE", "TOKEN", "LLAVE"), ["CODIGO UNICO", "NUMERO DE FACTURACION", "NO DE FACTURACION", "NUMERO PARA FACTURAR"]),
        .. Of(FieldNames.CodigoFacturacion, ValueShape.Code, 2, "CODIGO", "TOKEN"),
        .. Of("itu", ValueShape.Code, 1, "ITU"),
        .. Of("idw", ValueShape.Code, 1, "IDW"),
        .. Of("idtran", ValueShape.Code, 1, "IDTRAN", "ID TRAN"),
        .. Of("tc", ValueShape.Number, 1, "TC#", "TC #"),
        .. Of("tr", ValueShape.Number, 1, "TR#", "TR #"),
        .. Of("op", ValueShape.Number, 1, "OP#", "OP #"),
        .. Of(FieldNames.Caja, ValueShape.Number, 1, Counted("CAJA", "CJA")),
        .. Of(FieldNames.Caja, ValueShape.Number, 2, Counted("TERMINAL"), ["MODULO", "TAQUILLA", "VENTANILLA", "TE#", "TE #", "TERM", "REGISTRADORA", "REG #", "REG", "CARRIL", "MAQUINA"]),
        .. Of(FieldNames.Sucursal, ValueShape.Place, 1, Counted("SUCURSAL", "TIENDA"), ["TDA#", "TDA", "TDA NO", "ST#", "ST #"]),
        .. Of(FieldNames.Sucursal, ValueShape.Place, 2, "SUC", "CASETA", "PLAZA DE COBRO", "COMPLEJO", "OFICINA", "PUNTO DE VENTA", "PDV", "TALLER"),
        .. Of(FieldNames.Sucursal, ValueShape.Number, 2, Counted("RESTAURANTE", "REST")),
        .. Of(FieldNames.Sucursal, ValueShape.Number, 9, Counted("ESTABLECIMIENTO"), ["UNIDAD", "STORE"]),
        .. Of(FieldNames.Estacion, ValueShape.Place, 1, Counted("ESTACION", "ESTACION DE SERVICIO")),
        .. Of(FieldNames.Estacion, ValueShape.Number, 2, "EST SERV", "ES NO"),
        .. Of("mesa", ValueShape.Number, 1, "MESA"),
        .. Of("asiento", ValueShape.Number, 1, Counted("ASIENTO")),
        .. Of("", ValueShape.Fence, 0,
            "FOLIO FISCAL", "FOLIO SAT", "FOLIO INTERNO", "FOLIO AUTORIZACION", "CODIGO POSTAL", "CODIGO DE BARRAS", "CODIGO DE AUTORIZACION", "CODIGO DE CLIENTE", "ID CLIENTE", "ID CAJERO",
            "CODIGO DE PRODUCTO", "CODIGO DESCRIPCION", "NUMERO DE AUTORIZACION", "NO AUTORIZACION", "AUTORIZACION", "AFILIACION", "CAJERO", "CAJERA", "FECHA", "FECHA DE OPERACION", "TIPO DE OPERACION", "HORA", "TOTAL", "SUBTOTAL", "CLIENTE", "NO CLIENTE",
            "MESERO", "SOCIO", "TURNO", "BOMBA", "TELEFONO", "ATENDIO", "VENDEDOR", "LE ATENDIO", "RFC", "TICKET PROMEDIO", "PERMISO", "CHEQUE DE CAJA", "CUENTA CLABE", "ID TERMINAL", "MERCHANT ID", "FOLIO DE CANCELACION"),
    ];

    private static IEnumerable<TicketLabel> Of(string key, ValueShape shape, int rank, params string[] phrases) =>
        phrases.Select(phrase => new TicketLabel(phrase, key, shape, rank));

    private static IEnumerable<TicketLabel> Of(string key, ValueShape shape, int rank, IEnumerable<string> phrases, IEnumerable<string>? more = null) =>
        Of(key, shape, rank, [.. phrases, .. more ?? []]);

    /// <summary>A word as it is and in the ways of saying that its number follows.</summary>
    private static IEnumerable<string> Counted(params string[] words) =>
        words.SelectMany(word => new[] { word, $"NO {word}", $"NO DE {word}", $"NUM {word}", $"NUM DE {word}", $"NUMERO {word}", $"NUMERO DE {word}", $"{word} NO", $"{word} NUM", $"{word} #" });

    private static IEnumerable<string> Invoicing(params string[] words) => words.SelectMany(word => ForInvoicing.Select(ending => $"{word} {ending}"));
}
