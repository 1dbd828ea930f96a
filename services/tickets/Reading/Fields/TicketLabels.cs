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
    public static IReadOnlyList<TicketLabel> All { get; } =
    [
        .. Of(FieldNames.Folio, ValueShape.Number, 1, "FOLIO FACTURACION", "FOLIO DE FACTURACION", "FOLIO PARA FACTURAR", "FOLIO PARA FACTURACION", "FOLIO FACTURA"),
        .. Of(FieldNames.Folio, ValueShape.Number, 2, "FOLIO DE VENTA", "FOLIO VENTA", "FOL VTA", "FOL VENTA", "FOLIO NO", "FOLIO NUM", "NO DE FOLIO", "NO FOLIO", "NUMERO DE FOLIO", "NUM FOLIO", "FOLIO TICKET", "FOLIO DEL TICKET", "FOLIO"),
        .. Of(FieldNames.Ticket, ValueShape.Number, 3, "NUMERO DE TICKET", "NUM DE TICKET", "NO DE TICKET", "NO TICKET", "NUM TICKET", "TICKET NO", "TICKET NUM", "TICKET #", "TICKET", "NO DE NOTA DE VENTA", "TKT #", "TKT"),
        .. Of("despacho", ValueShape.Number, 4, "NO DESPACHO", "NUMERO DE DESPACHO", "DESPACHO"),
        .. Of("transaccion", ValueShape.Number, 5, "NO DE TRANSACCION", "NUMERO DE TRANSACCION", "NO TRANSACCION", "TRANSACCION", "TRANS #", "NO TRANS"),
        .. Of("nota", ValueShape.Number, 5, "NOTA DE VENTA", "NO NOTA", "NO DE NOTA", "NUMERO DE NOTA", "NOTA NO"),
        .. Of("orden", ValueShape.Number, 6, "NUMERO DE ORDEN", "NO DE ORDEN", "NO ORDEN", "ORDEN NO", "ORDEN #", "ORDEN"),
        .. Of("referencia", ValueShape.Code, 5, "REFERENCIA DE FACTURACION", "REFERENCIA FACTURACION", "REFERENCIA PARA FACTURAR"),
        .. Of("referencia", ValueShape.Code, 7, "NUMERO DE REFERENCIA", "NO DE REFERENCIA", "REFERENCIA"),
        .. Of("consecutivo", ValueShape.Number, 7, "CONSECUTIVO"),
        .. Of(FieldNames.WebId, ValueShape.Code, 1, "WEB ID", "ID WEB", "FOLIO WEB", "CODIGO WEB", "CLAVE WEB", "FOLIOWEB"),
        .. Of(FieldNames.IdVenta, ValueShape.Code, 1, "ID DE VENTA", "ID VENTA", "ID DE LA VENTA"),
        .. Of(FieldNames.IdVenta, ValueShape.Code, 2, "ID"),
        .. Of(FieldNames.CodigoFacturacion, ValueShape.Code, 1, "CODIGO DE FACTURACION", "CODIGO FACTURACION", "CODIGO PARA FACTURAR", "CODIGO PARA FACTURACION", "CODIGO DE FACTURA", "CLAVE DE FACTURACION", "CLAVE PARA FACTURAR", "TOKEN DE FACTURACION", "CODIGO UNICO", "NUMERO DE FACTURACION", "NO DE FACTURACION"),
        .. Of(FieldNames.CodigoFacturacion, ValueShape.Code, 2, "COD FACTURACION", "CODIGO", "TOKEN"),
        .. Of("itu", ValueShape.Code, 1, "ITU"),
        .. Of("idw", ValueShape.Code, 1, "IDW"),
        .. Of("idtran", ValueShape.Code, 1, "IDTRAN", "ID TRAN"),
        .. Of("tc", ValueShape.Number, 1, "TC#", "TC #"),
        .. Of("tr", ValueShape.Number, 1, "TR#", "TR #"),
        .. Of("op", ValueShape.Number, 1, "OP#", "OP #"),
        .. Of(FieldNames.Caja, ValueShape.Number, 1, "NUMERO DE CAJA", "NO DE CAJA", "NO CAJA", "CAJA NO", "CAJA #", "CAJA"),
        .. Of(FieldNames.Caja, ValueShape.Number, 2, "TE#", "TE #", "TERMINAL", "TERM", "REGISTRADORA", "REG #", "REG", "PUNTO DE VENTA", "CARRIL", "MAQUINA"),
        .. Of(FieldNames.Sucursal, ValueShape.Place, 1, "NUMERO DE SUCURSAL", "NO DE SUCURSAL", "NO SUCURSAL", "SUCURSAL NO", "SUCURSAL", "NUMERO DE TIENDA", "NO DE TIENDA", "NO TIENDA", "TIENDA NO", "TIENDA #", "TIENDA", "TDA#", "TDA", "ST#", "ST #"),
        .. Of(FieldNames.Sucursal, ValueShape.Place, 2, "SUC", "RESTAURANTE NO", "RESTAURANTE #", "CASETA", "PLAZA DE COBRO", "COMPLEJO"),
        .. Of(FieldNames.Estacion, ValueShape.Place, 1, "NUMERO DE ESTACION", "NO DE ESTACION", "NO ESTACION", "ESTACION NO", "ESTACION DE SERVICIO NO", "ESTACION DE SERVICIO", "ESTACION"),
        .. Of("mesa", ValueShape.Number, 1, "MESA"),
        .. Of("asiento", ValueShape.Number, 1, "NO DE ASIENTO", "NUM ASIENTO", "ASIENTO"),
        .. Of("", ValueShape.Fence, 0,
            "FOLIO FISCAL", "FOLIO SAT", "FOLIO INTERNO", "FOLIO AUTORIZACION", "CODIGO POSTAL", "CODIGO DE BARRAS", "CODIGO DE AUTORIZACION", "CODIGO DE CLIENTE", "ID CLIENTE", "ID CAJERO",
            "CODIGO DE PRODUCTO", "CODIGO DESCRIPCION", "NUMERO DE AUTORIZACION", "NO AUTORIZACION", "AUTORIZACION", "AFILIACION", "CAJERO", "CAJERA", "FECHA", "HORA", "TOTAL", "SUBTOTAL", "CLIENTE", "NO CLIENTE",
            "MESERO", "SOCIO", "TURNO", "BOMBA", "TELEFONO", "ATENDIO", "VENDEDOR", "LE ATENDIO", "RFC", "TICKET PROMEDIO", "PERMISO", "ID TERMINAL", "MERCHANT ID", "FOLIO DE CANCELACION"),
    ];

    private static IEnumerable<TicketLabel> Of(string key, ValueShape shape, int rank, params string[] phrases) =>
        phrases.Select(phrase => new TicketLabel(phrase, key, shape, rank));
}
