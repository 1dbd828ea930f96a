namespace Invoicing.Fiscal;

/// <summary>That the invoice is the one that was asked for.</summary>
internal static class MatchChecks
{
    private static readonly TimeSpan MexicoCity = TimeSpan.FromHours(-6);

    internal static IEnumerable<CfdiCheck> Of(Cfdi cfdi, DateTimeOffset now, CfdiExpectation? expected)
    {
        yield return OfTime(cfdi, now, expected?.Compra);
        if (expected is null) yield break;
        yield return CfdiCheck.If("tipo", cfdi.TipoDeComprobante == "I", "Es un comprobante de ingreso.", "No es un comprobante de ingreso.");
        if (expected.EmisorRfc is { } emisor)
            yield return CfdiCheck.If("emisor_rfc", cfdi.Emisor.Rfc == Rfc.Normalise(emisor), "El emisor es el esperado.", "El emisor no es el del ticket.");
        foreach (var check in OfReceptor(cfdi.Receptor, expected)) yield return check;
        foreach (var check in OfTotal(cfdi, expected.Total)) yield return check;
    }

    private static IEnumerable<CfdiCheck> OfReceptor(CfdiReceptor receptor, CfdiExpectation expected)
    {
        if (expected.ReceptorRfc is { } rfc) yield return OfReceptorRfc(receptor.Rfc, Rfc.Normalise(rfc));
        if (expected.ReceptorRegimen is { } regimen)
            yield return CfdiCheck.If("receptor_regimen", receptor.RegimenFiscal == regimen, "El régimen del receptor coincide.", $"El régimen del receptor no es {Safe.Name(regimen)}.");
        if (expected.ReceptorCodigoPostal is { } postal)
            yield return CfdiCheck.If("receptor_codigo_postal", receptor.DomicilioFiscal == postal, "El código postal del receptor coincide.", $"El código postal del receptor no es {Safe.Name(postal)}.");
        if (expected.UsoCfdi is { } uso)
            yield return receptor.UsoCfdi == uso
                ? CfdiCheck.Valid("receptor_uso", "El uso del CFDI es el pedido.")
                : CfdiCheck.Warning("receptor_uso", $"El uso del CFDI no es el pedido ({Safe.Name(uso)}).");
    }

    private static CfdiCheck OfReceptorRfc(string found, string expected) => CfdiCheck.If(
        "receptor_rfc", found == expected, "El receptor es el esperado.",
        found == Rfc.Generico ? "Se facturó a público en general, no al contribuyente." : "El RFC del receptor no es el esperado.");

    private static IEnumerable<CfdiCheck> OfTotal(Cfdi cfdi, decimal? expected)
    {
        if (expected is not { } total) yield break;
        yield return CfdiCheck.If(
            "total", cfdi.Total is { } found && Cents(found) == Cents(total),
            "El total coincide al centavo.", "El total no es el esperado.");
        if (cfdi.Moneda != "MXN") yield return CfdiCheck.Warning("moneda", "El total no está en pesos.");
    }

    private static CfdiCheck OfTime(Cfdi cfdi, DateTimeOffset now, DateOnly? purchase)
    {
        const string code = "fecha";
        if (cfdi.Fecha is not { } time) return CfdiCheck.Invalid(code, "La fecha del comprobante no se entiende.");
        if (time > now.ToOffset(MexicoCity).DateTime.AddDays(1)) return CfdiCheck.Invalid(code, "La fecha del comprobante está en el futuro.");
        return CfdiCheck.If(
            code, purchase is not { } day || DateOnly.FromDateTime(time).AddDays(1) >= day,
            "La fecha es verosímil.", "El comprobante se emitió antes de la compra.");
    }

    private static decimal Cents(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
}
