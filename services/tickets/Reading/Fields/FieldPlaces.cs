namespace Invoicing.Tickets.Reading;

/// <summary>The rows that fields were read from, found again by their values: what a person looks at who is asked about one.</summary>
internal static class FieldPlaces
{
    public static Dictionary<string, PrintPlace> Of(IReadOnlyList<TextRow> rows, IReadOnlyDictionary<string, ReadField> fields)
    {
        var bare = rows.Select(row => Bare(row.Text)).ToList();
        var places = new Dictionary<string, PrintPlace>();
        foreach (var (name, field) in fields)
        {
            var shapes = (name == FieldNames.Fecha ? DateShapes(field.Value) : [field.Value]).Select(Bare).Where(shape => shape.Length >= 2).ToList();
            // A total is printed again where it was paid: the first row that says it is the one.
            var at = bare.FindIndex(row => shapes.Exists(shape => row.Contains(shape, StringComparison.Ordinal)));
            if (at >= 0 && rows[at].Place is { } place)
            {
                places[name] = place;
            }
        }

        return places;
    }

    /// <summary>Letters and digits as the skeleton folds them: blanks, points and look-alikes make no difference.</summary>
    private static string Bare(string text) => Skeleton.Of(text).Letters;

    internal static string[] DateShapes(string iso) => iso.Split('-') is [var year, var month, var day]
        ? [$"{day}/{month}/{year}", $"{day}/{month}/{year[2..]}", $"{year}{month}{day}", $"{day}/{Dates.MonthName(month)}", $"{day.TrimStart('0')}/{Dates.MonthName(month)}", $"{day} DE {Dates.MonthName(month)}", $"{day.TrimStart('0')} DE {Dates.MonthName(month)}"]
        : [];
}
