namespace Invoicing.BrowserAutomation.Engine;

/// <summary>A value that the portal asks in several boxes: an RFC with its homoclave apart, a code in blocks.</summary>
public static class FieldParts
{
    public static IReadOnlyList<Mapped> Assign(List<Mapped> mapped, Goal goal)
    {
        var result = new List<Mapped>(mapped);
        if (mapped.Exists(m => m.Canonical == "homoclave"))
        {
            result = [.. result.Select(m => m.Canonical == "rfc" && m.Field.MaxLength is null or <= 10 && m.Canonical == "rfc" ? m with { Wanted = goal.Receptor.Rfc[..^3] } : m)];
        }

        for (var i = 0; i < result.Count; i++)
        {
            Split(result, i);
            SplitTotal(result, i);
            SplitRfc(result, i, goal.Receptor.Rfc);
        }

        return result;
    }

    // Pesos in one box, cents in the next.
    private static void SplitTotal(List<Mapped> fields, int first)
    {
        if (fields[first] is { Canonical: "total", Wanted: { } amount } && first + 1 < fields.Count && fields[first + 1] is { Field: { Kind: FieldKind.Text, MaxLength: 2 } } cents && cents.Canonical is null or "total" && amount.Split('.') is [var pesos, { Length: 2 } rest])
        {
            fields[first] = fields[first] with { Wanted = pesos };
            fields[first + 1] = cents with { Canonical = "total", Wanted = rest, Rivals = [] };
        }
    }

    // Letters, date and homoclave in a box each.
    private static void SplitRfc(List<Mapped> fields, int first, string rfc)
    {
        if (fields[first] is { Canonical: "rfc", Field.MaxLength: 3 or 4 } && first + 2 < fields.Count && fields[first + 1].Field.MaxLength == 6 && fields[first + 2].Field.MaxLength == 3)
        {
            string[] parts = [rfc[..^9], rfc[^9..^3], rfc[^3..]];
            for (var i = 0; i < 3; i++)
            {
                fields[first + i] = fields[first + i] with { Canonical = i == 2 ? "homoclave" : "rfc", Wanted = parts[i], Rivals = [] };
            }
        }
    }

    // The boxes that follow a labelled one have no label of their own, and together they are as long as the code.
    private static void Split(List<Mapped> fields, int first)
    {
        var head = fields[first];
        var code = new string([.. (head.Wanted ?? "").Where(char.IsLetterOrDigit)]);
        if (head.Field.MaxLength is not { } length || length >= code.Length || head.Group != "ticket")
        {
            return;
        }

        var (last, sum) = (first, length);
        while (sum < code.Length && last + 1 < fields.Count && fields[last + 1] is { Field.MaxLength: { } more } next && (next.Canonical is null || next.Canonical == head.Canonical))
        {
            sum += more;
            last++;
        }

        if (sum != code.Length)
        {
            return;
        }

        for (int i = first, at = 0; i <= last; at += fields[i].Field.MaxLength!.Value, i++)
        {
            fields[i] = fields[i] with { Canonical = head.Canonical, Wanted = code.Substring(at, fields[i].Field.MaxLength!.Value), Rivals = [] };
        }
    }
}
