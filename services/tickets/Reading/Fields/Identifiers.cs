namespace Invoicing.Tickets.Reading;

/// <summary>Folio, Web ID, store, till and whatever else portals ask to find a sale by.</summary>
internal static partial class Identifiers
{
    /// <summary>What stands for the folio where none is printed under that name, best first. Banks print an operation too.</summary>
    private static readonly string[] FolioNames = [FieldNames.Ticket, "despacho", "transaccion", "nota", "boleto", "referencia", "orden", "cuenta", "recibo", "pago", "consecutivo", "operacion", "guia"];

    /// <summary>Of what only the bank's slip says.</summary>
    private const double Bank = .5;

    public static void Read(TicketPaper paper, FieldBag fields)
    {
        // The bank's terminal and reference are no till's; they are taken only where nothing else is.
        var bank = BankSlip.RowsOf(paper);
        var labelled = LabelledValues.In(paper);
        labelled.AddRange(labelled.Exists(value => InvoicingCode.IsOne(value.Label) && !bank.Contains(value.Row)) ? [] : InvoicingCode.In(paper, labelled));
        labelled.AddRange(labelled.Exists(value => (value.Label.Key == FieldNames.Folio || FolioNames.Contains(value.Label.Key)) && !bank.Contains(value.Row)) ? [] : UnlistedFolio.In(paper));
        foreach (var group in labelled.GroupBy(value => value.Label.Key))
        {
            var ofTheTill = group.Where(value => !bank.Contains(value.Row)).ToList();
            Set(paper, fields, ofTheTill.Count > 0 ? ofTheTill : [.. group.Select(value => value with { Confidence = Math.Min(value.Confidence, Bank) })]);
        }

        if (fields[FieldNames.Folio] is null && FolioNames.FirstOrDefault(name => fields[name] is not null) is { } name)
        {
            fields.Set(FieldNames.Folio, fields[name]!.Value, fields[name]!.Confidence, fields[name]!.Alternatives);
        }

        SetTc(paper, fields);
        // Some tills print no more than "ID=": portals call it either way.
        if (fields[FieldNames.IdVenta] is { } id)
        {
            fields.SetIfAbsent(FieldNames.WebId, id.Value, id.Confidence, id.Alternatives);
        }
    }

    /// <summary>The recogniser loses the # of TC#; twenty digits behind the letters are no other thing.</summary>
    private static void SetTc(TicketPaper paper, FieldBag fields)
    {
        for (var row = 0; row < paper.Rows.Count; row++)
        {
            if (Tc().Match(paper.Plain[row]) is { Success: true } match)
            {
                fields.SetIfAbsent("tc", string.Concat(match.Groups["code"].Value.Where(char.IsAsciiDigit)), paper.Confidence(row, .9));
            }
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"(?<![A-Z])TC[#N4A ]{0,2}(?<code>(?:\d ?){20,21})(?!\d)")]
    private static partial System.Text.RegularExpressions.Regex Tc();

    private static void Set(TicketPaper paper, FieldBag fields, List<LabelledValue> values)
    {
        var (place, key) = (values[0].Label.Shape == ValueShape.Place, values[0].Label.Key);
        // A store's number says more than its name, whichever label it stands behind.
        var ordered = values.OrderBy(value => place && value.Value == value.Name).ThenBy(value => value.Label.Rank).ToList();
        var best = ordered[0];
        var rivals = place ? [] : ordered.Where(other => other.Label.Rank == best.Label.Rank && other.Value != best.Value).Select(other => other.Value).Distinct().ToList();
        var lookAlikes = paper.Certain || best.Value == best.Name ? [] : LookAlikes.Alternatives(best.Value);
        var doubt = rivals.Count > 0 ? .6 : lookAlikes.Count > 0 && !best.Value.Any(char.IsLetter) ? .85 : 1;
        fields.Set(key, best.Value, Math.Min(best.Confidence, doubt), [.. rivals, .. lookAlikes]);
        if (place && ordered.Select(value => value.Name).FirstOrDefault(name => name is not null) is { } named)
        {
            fields.Set(key + "_nombre", named, Math.Min(best.Confidence, .8));
        }
    }
}
