namespace Invoicing.Tickets.Reading;

/// <summary>Rows, codes and addresses of a ticket to its canonical fields. A pure function: the same ticket gives the same fields.</summary>
public static class FieldExtractor
{
    /// <param name="certain">True for typed text and for the text of a PDF, whose characters need no repair.</param>
    /// <returns>Only what the ticket says; nothing absent is filled in.</returns>
    public static (IReadOnlyDictionary<string, ReadField> Fields, InvoicingWindow? Window) Extract(
        IReadOnlyList<TextRow> rows, IReadOnlyList<ReadCode> codes, IReadOnlyList<ReadUrl> urls, bool certain)
    {
        var paper = new TicketPaper(rows, certain);
        var fields = new FieldBag();
        IssuerRfc.Read(paper, fields);
        MerchantName.Read(paper, fields);
        Dates.Read(paper, fields);
        Totals.Read(paper, fields);
        Payment.Read(paper, fields);
        Identifiers.Read(paper, fields);
        CodeEvidence.Apply(codes, urls, fields);
        if (urls.FirstOrDefault(url => url.IsPortal) is { } portal)
        {
            fields.Set(FieldNames.UrlFacturacion, portal.Url, portal.Confidence);
        }

        var read = certain ? fields.Fields : fields.Fields.ToDictionary(field => field.Key, field => Calibration.Of(field.Key, field.Value));
        return (read, Windows.In(paper));
    }
}
