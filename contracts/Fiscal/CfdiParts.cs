namespace Invoicing.Fiscal;

/// <summary>Who sold. Texts are "" where the document says nothing.</summary>
public sealed record CfdiEmisor(string Rfc, string Nombre, string RegimenFiscal);

/// <summary>Who bought. Texts are "" where the document says nothing.</summary>
public sealed record CfdiReceptor(string Rfc, string Nombre, string DomicilioFiscal, string RegimenFiscal, string UsoCfdi);

/// <summary>One line of the invoice. Amounts are null where they are not numbers.</summary>
public sealed record CfdiConcepto(
    string ClaveProdServ, string ClaveUnidad, string Descripcion, decimal? Cantidad, decimal? ValorUnitario,
    decimal? Importe, decimal? Descuento, string ObjetoImp);

/// <summary>The PAC's timbre. <paramref name="FechaTimbrado"/> is local time without zone.</summary>
public sealed record CfdiTimbre(
    string Version, string Uuid, DateTime? FechaTimbrado, string RfcProvCertif, string SelloCfd, string NoCertificadoSat,
    string SelloSat);
