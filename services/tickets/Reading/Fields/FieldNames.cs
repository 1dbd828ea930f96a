namespace Invoicing.Tickets.Reading;

/// <summary>Names of ticket values, as clients, messages and portal knowledge spell them.</summary>
public static class FieldNames
{
    public const string RfcEmisor = "rfc_emisor";
    public const string Merchant = "merchant";
    public const string Folio = "folio";
    public const string Fecha = "fecha";
    public const string Hora = "hora";
    public const string Subtotal = "subtotal";
    public const string Iva = "iva";
    public const string Total = "total";
    public const string UrlFacturacion = "url_facturacion";

    /// <summary>Key of SAT's c_FormaPago (01, 03, 04…). Absent when the ticket says "tarjeta" without saying which kind.</summary>
    public const string FormaPago = "forma_pago";

    /// <summary>The way of paying in the ticket's own words.</summary>
    public const string FormaPagoTexto = "forma_pago_texto";

    /// <summary>Number or code of the store; its name is in <see cref="SucursalNombre"/>.</summary>
    public const string Sucursal = "sucursal";

    public const string SucursalNombre = "sucursal_nombre";
    public const string Caja = "caja";
    public const string WebId = "web_id";
    public const string CodigoFacturacion = "codigo_facturacion";
    public const string Estacion = "estacion";

    /// <summary>A number called "ticket" beside another one called "folio".</summary>
    public const string Ticket = "ticket";

    public const string IdVenta = "id_venta";

    /// <summary>Text of the bar code.</summary>
    public const string CodigoBarras = "codigo_barras";
}
