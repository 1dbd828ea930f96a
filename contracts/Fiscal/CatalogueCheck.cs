namespace Invoicing.Fiscal;

/// <summary>
/// Keys of SAT catalogues. Closed catalogues make a document invalid; those that SAT extends now and then only warn, for a
/// key younger than our table is no fault of the invoice.
/// </summary>
internal static class CatalogueCheck
{
    private const string Code = "catalogos";

    internal static CfdiCheck Of(Cfdi cfdi)
    {
        var wrong = Closed(cfdi).ToList();
        if (wrong.Count > 0) return CfdiCheck.Invalid(Code, $"Claves fuera de los catálogos del SAT: {string.Join(", ", wrong)}.");
        var odd = Extended(cfdi).ToList();
        return odd.Count > 0
            ? CfdiCheck.Warning(Code, $"Conviene revisar: {string.Join("; ", odd)}.")
            : CfdiCheck.Valid(Code, "Las claves están en los catálogos del SAT.");
    }

    private static IEnumerable<string> Closed(Cfdi cfdi)
    {
        if (!Catalogue.TipoDeComprobante.ContainsKey(cfdi.TipoDeComprobante)) yield return "TipoDeComprobante";
        if (!Catalogue.Exportacion.ContainsKey(cfdi.Exportacion)) yield return "Exportacion";
        if (cfdi.MetodoPago is { } method && !Catalogue.MetodoPago.ContainsKey(method)) yield return "MetodoPago";
    }

    private static IEnumerable<string> Extended(Cfdi cfdi)
    {
        if (cfdi.FormaPago is { } form && !Catalogue.FormaPago.ContainsKey(form)) yield return "forma de pago desconocida";
        if (cfdi is { MetodoPago: "PUE", FormaPago: "99" }) yield return "pago en una sola exhibición con forma de pago 99, Por definir";
        if (!RegimenFiscal.All.ContainsKey(cfdi.Emisor.RegimenFiscal)) yield return "régimen del emisor desconocido";
        var kind = Rfc.Inspect(cfdi.Receptor.Rfc).Kind;
        var regimen = RegimenFiscal.All.GetValueOrDefault(cfdi.Receptor.RegimenFiscal);
        var uso = UsoCfdi.All.GetValueOrDefault(cfdi.Receptor.UsoCfdi);
        if (regimen is null) yield return "régimen del receptor desconocido";
        if (uso is null) yield return "uso del CFDI desconocido";
        if (regimen is not null && uso is not null && kind is { } person && !uso.Fits(regimen, person))
            yield return $"el uso {uso.Key} no corresponde al régimen {regimen.Key} del receptor";
    }
}
