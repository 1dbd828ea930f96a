using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>What an address is for, by its own words, by the rows around it, and by the hosts known from the field.</summary>
internal static partial class UrlClassifier
{
    public static ReadUrl? Printed(PrintedUrl seen)
    {
        if (Normalised(seen.Text) is not { } uri)
        {
            return null;
        }

        var (row, before) = (Skeleton.Plain(seen.Row), Skeleton.Plain(seen.Before));
        var context = $"{seen.Before} {seen.Row}".Trim();
        if (Refused(uri, row, before) is { } other)
        {
            return Of(uri, .3, other, context, "classification");
        }

        return (InvoiceWords().IsMatch(row), InvoiceWords().IsMatch(before), InvoiceHost().IsMatch(uri.AbsoluteUri), KnownHosts.Knows(uri.Host)) switch
        {
            (_, _, _, true) => Of(uri, .95, "facturacion", context, seen.Joined ? "multiline_reconstruction" : "classification"),
            (true, _, _, _) or (_, true, true, _) when !seen.Joined => Of(uri, .95, "facturacion", context, "context_pattern"),
            (_, true, _, _) or (true, _, _, _) when seen.Joined => Of(uri, .9, "facturacion", context, "multiline_reconstruction"),
            (_, true, _, _) => Of(uri, .9, "facturacion", context, "context_pattern"),
            (_, _, true, _) => Of(uri, .85, "facturacion", context, seen.Joined ? "multiline_reconstruction" : "facturacion_pattern"),
            _ => Of(uri, .3, "generic_web", context, "classification"),
        };
    }

    /// <summary>A QR says nothing of its purpose: its own words, the printed addresses, and at last the ticket as a whole do.</summary>
    public static ReadUrl? Coded(string text, IReadOnlyList<TextRow> rows, IReadOnlyList<ReadUrl> printed)
    {
        if (Normalised(text) is not { } uri)
        {
            return null;
        }

        if (Refused(uri, "", "") is { } other)
        {
            return Of(uri, .95, other, "QR", "qr_code");
        }

        var same = printed.FirstOrDefault(url => new Uri(url.Url).Authority == uri.Authority);
        if (InvoiceHost().IsMatch(uri.AbsoluteUri) || KnownHosts.Knows(uri.Host) || same is { IsPortal: true })
        {
            return Of(uri, .97, "facturacion", "QR", "qr_code");
        }

        var all = Skeleton.Plain(string.Join(' ', rows.Select(row => row.Text)));
        var forInvoices = same is null && InvoiceWords().IsMatch(all) && !SurveyWords().IsMatch(all) && !printed.Any(url => url.IsPortal);
        return forInvoices ? Of(uri, .75, "facturacion", "QR", "qr_code") : Of(uri, .6, "unknown", "QR", "qr_code");
    }

    private static ReadUrl Of(Uri uri, double confidence, string type, string context, string method) =>
        new(uri.AbsoluteUri, confidence, type, context.Length > 200 ? context[^200..] : context, KnownHosts.BrandOf(uri.Host), method);

    private static string? Refused(Uri uri, string row, string before)
    {
        if (uri.Host.EndsWith("sat.gob.mx", StringComparison.Ordinal))
        {
            return uri.Host.StartsWith("verificacfdi", StringComparison.Ordinal) ? "cfdi" : "generic_web";
        }

        if (Social().IsMatch(uri.Host) || SurveyHost().IsMatch(uri.AbsoluteUri))
        {
            return "generic_web";
        }

        // The nearest words decide: "encuesta" in the row itself, or before it when nothing nearer speaks of invoices.
        var survey = SurveyWords().IsMatch(row) || (SurveyWords().IsMatch(before) && !LastIsInvoice(before) && !InvoiceWords().IsMatch(row));
        return survey && !InvoiceHost().IsMatch(uri.AbsoluteUri) ? "generic_web" : null;
    }

    private static bool LastIsInvoice(string text) =>
        InvoiceWords().Matches(text).LastOrDefault() is { } invoice && invoice.Index > (SurveyWords().Matches(text).LastOrDefault()?.Index ?? -1);

    private static Uri? Normalised(string text)
    {
        var fixedScheme = Scheme().Replace(text.Trim(), match => match.Value.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? "https://" : "http://");
        var absolute = fixedScheme.Contains("://", StringComparison.Ordinal) ? fixedScheme : "https://" + fixedScheme;
        return absolute.Length <= 500 && Uri.TryCreate(absolute, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 ? uri : null;
    }

    [GeneratedRegex(@"\Ahttps?:/{1,2}(?!/)", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"FACTU[RP]|CFDI|COMP[RP]OBANTE FISCAL|AUTOFACTU")]
    private static partial Regex InvoiceWords();

    [GeneratedRegex(@"factur|cfdi|invoice|autofac|facpos|e-?fac", RegexOptions.IgnoreCase)]
    private static partial Regex InvoiceHost();

    [GeneratedRegex(@"ENCUESTA|OPINION|OPINA|CUENTANOS|EVALUA|GANA |SORTEO|PARTICIPA|COMENTARIOS|SATISFACCION|QUEJAS|SUGERENCIAS|PROMOCION|DESCARGA (?:LA|NUESTRA) APP|SIGUENOS|AVISO DE PRIVACIDAD")]
    private static partial Regex SurveyWords();

    [GeneratedRegex(@"encuesta|survey|opinion|opina|feedback|cuentanos|satisfaccion|medallia|qualtrics|surveymonkey|privacidad", RegexOptions.IgnoreCase)]
    private static partial Regex SurveyHost();

    [GeneratedRegex(@"(?:^|\.)(?:facebook|instagram|twitter|x|youtube|tiktok|whatsapp|wa|linktr|linkedin)\.(?:com|me|ee)$", RegexOptions.IgnoreCase)]
    private static partial Regex Social();
}
