using Invoicing.Messages;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What an attempt wants typed: the ticket's values, the receptor's, and what people answered.</summary>
/// <param name="Answers">By canonical field or by the portal's own label; they win over what was read.</param>
/// <param name="Password">Null where there is none, or where it must not be typed.</param>
/// <param name="Stranger">host[:port] of a page at which the account's password is typed only after a person agreed; null when it is none.</param>
/// <param name="Labels">How the merchant's portal calls ticket data, by canonical field, as the merchant's metadata say.</param>
public sealed record Goal(
    IReadOnlyDictionary<string, string> Ticket, IReadOnlyDictionary<string, IReadOnlyList<string>> Alternatives, FiscalProfileFacts Receptor,
    string? MerchantName, string? MerchantRfc, bool ConsultOnly, IReadOnlyDictionary<string, string> Answers, string StartUrl,
    string? Username = null, string? Password = null, string? Stranger = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? Labels = null)
{
    public bool IsPerson => Receptor.Rfc.Length == 13;

    /// <summary>Null when it is not known.</summary>
    public string? ValueOf(string canonical)
    {
        if (Answers.TryGetValue(canonical, out var answer) && answer.Length > 0)
        {
            return answer;
        }

        return OfReceptor(canonical) ?? OfTicket(canonical) ?? canonical switch
        {
            "comercio" => MerchantName,
            "rfc_emisor" => MerchantRfc,
            "dia" => PurchasedOn?.Day.ToString("00", System.Globalization.CultureInfo.InvariantCulture),
            "mes" => PurchasedOn?.Month.ToString("00", System.Globalization.CultureInfo.InvariantCulture),
            "anio" => PurchasedOn?.Year.ToString(System.Globalization.CultureInfo.InvariantCulture),
            // What a printed ticket comes from.
            "tipo_compra" => "Tienda",
            "tipo_persona" => IsPerson ? "Física" : "Moral",
            "pais" => "México",
            "nacionalidad" => "Nacional",
            "moneda" => "MXN",
            _ => null,
        };
    }

    /// <summary>The day printed on the ticket, null when it was not read.</summary>
    public DateOnly? PurchasedOn => DateOnly.TryParseExact(Ticket.GetValueOrDefault("fecha"), "yyyy-MM-dd", out var day) ? day : null;

    public decimal? Total => Values.Amount(Ticket.GetValueOrDefault("total"));

    private string? OfReceptor(string canonical) => canonical switch
    {
        "rfc" => Receptor.Rfc,
        "homoclave" => Receptor.Rfc[^3..],
        "razon_social" => Receptor.Nombre,
        "nombres" or "apellido_paterno" or "apellido_materno" or "apellidos" => IsPerson ? PersonName.Of(Receptor.Nombre, Receptor.Rfc)?.Part(canonical) : null,
        "codigo_postal" => Receptor.CodigoPostal,
        "regimen_fiscal" => Receptor.RegimenFiscal,
        "uso_cfdi" => Receptor.UsoCfdi,
        "correo" or "correo_confirmacion" => Receptor.Correo,
        "metodo_pago" => "PUE",
        "usuario" => Username,
        "contrasena" => Password,
        _ => null,
    };

    private string? OfTicket(string canonical) =>
        Ticket.TryGetValue(canonical, out var exact) && exact.Length > 0 ? exact
            : Vocabulary.Find(canonical)?.From?.Select(name => Answers.GetValueOrDefault(name) ?? Ticket.GetValueOrDefault(name)).FirstOrDefault(v => !string.IsNullOrEmpty(v));
}
