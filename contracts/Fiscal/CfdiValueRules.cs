using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Invoicing.Fiscal;

/// <summary>The form that the values of a CFDI 4.0 must have, by attribute name (the same name has the same form everywhere).</summary>
internal static partial class CfdiValueRules
{
    private static readonly FrozenDictionary<string, Func<string, bool>> Rules = new Dictionary<string, Func<string, bool>>
    {
        ["Fecha"] = value => XmlValues.ToTime(value) is not null,
        ["Rfc"] = IsRfc,
        ["RfcACuentaTerceros"] = IsRfc,
        ["NoCertificado"] = value => Digits20().IsMatch(value),
        ["LugarExpedicion"] = value => Digits5().IsMatch(value),
        ["DomicilioFiscalReceptor"] = value => Digits5().IsMatch(value),
        ["DomicilioFiscalACuentaTerceros"] = value => Digits5().IsMatch(value),
        ["Moneda"] = value => Currency().IsMatch(value),
        ["UUID"] = value => Guid.TryParseExact(value, "D", out _),
        ["SubTotal"] = IsAmount,
        ["Descuento"] = IsAmount,
        ["Total"] = IsAmount,
        ["Importe"] = IsAmount,
        ["ValorUnitario"] = IsAmount,
        ["Base"] = IsQuantity,
        ["TotalImpuestosRetenidos"] = IsAmount,
        ["TotalImpuestosTrasladados"] = IsAmount,
        ["Cantidad"] = IsQuantity,
        ["TipoCambio"] = IsQuantity,
        ["TasaOCuota"] = IsQuantity,
        ["Serie"] = UpTo(25),
        ["Folio"] = UpTo(40),
        ["CondicionesDePago"] = UpTo(1000),
        ["Nombre"] = UpTo(300),
        ["Descripcion"] = UpTo(1000),
        ["NoIdentificacion"] = UpTo(100),
        ["Unidad"] = UpTo(20),
    }.ToFrozenDictionary();

    /// <summary>No attribute may hold '|': it could move text from one field to another under the same seal.</summary>
    internal static bool Accepts(string attribute, string value) =>
        !value.Contains('|') && (!Rules.TryGetValue(attribute, out var rule) || rule(CadenaWriter.Normalise(value)));

    private static bool IsRfc(string value) => Grammar().IsMatch(value) && Fiscal.Rfc.Inspect(value).FormatValid;

    private static bool IsAmount(string value) => Amount().IsMatch(value);

    private static bool IsQuantity(string value) => XmlValues.ToAmount(value) is >= 0;

    private static Func<string, bool> UpTo(int length) => value => value.Length >= 1 && value.Length <= length;

    // Inspecting normalises case; a document must already carry capitals.
    [GeneratedRegex(@"\A[A-ZÑ&0-9]{12,13}\z")]
    private static partial Regex Grammar();

    [GeneratedRegex(@"\A[0-9]{20}\z")]
    private static partial Regex Digits20();

    [GeneratedRegex(@"\A[0-9]{5}\z")]
    private static partial Regex Digits5();

    [GeneratedRegex(@"\A[A-Z]{3}\z")]
    private static partial Regex Currency();

    [GeneratedRegex(@"\A[0-9]{1,18}(\.[0-9]{1,6})?\z")]
    private static partial Regex Amount();
}
