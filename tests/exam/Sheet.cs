using System.Globalization;

namespace Invoicing.Exam;

/// <summary>One ticket, marked.</summary>
/// <param name="WrongEmissions">More than one invoice, or one with another receptor, use or payment form, or one where there should be none.</param>
public sealed record Mark(
    string Portal, int Pass, int Number, Kind Kind, string Outcome, string Detail, bool Right, int WrongEmissions, bool Xml, bool XmlDue, int Interventions, int Attempts, double Seconds,
    int PageLoads, string Story);

/// <summary>The table of section 4A.</summary>
public static class Sheet
{
    public static void Print(IReadOnlyList<Mark> marks)
    {
        Console.WriteLine();
        Console.WriteLine("portal        pass  tickets  right        wrong emissions  XML verified  asked/ticket  median s  loads/ticket");
        foreach (var group in marks.GroupBy(m => (m.Portal, m.Pass)).OrderBy(g => g.Key.Pass))
        {
            Line(group.Key.Portal, group.Key.Pass.ToString(CultureInfo.InvariantCulture), [.. group]);
        }

        foreach (var pass in marks.GroupBy(m => m.Pass))
        {
            Line("all", pass.Key.ToString(CultureInfo.InvariantCulture), [.. pass]);
        }
    }

    /// <param name="whole">With every move, even when it went well.</param>
    public static void Tell(Mark mark, bool whole)
    {
        Console.WriteLine(FormattableString.Invariant($"{(mark.Right && mark.WrongEmissions == 0 ? "  " : "! ")}{mark.Portal} {mark.Pass}.{mark.Number} {mark.Kind}: {mark.Outcome} ({mark.Seconds:0.0} s, {mark.Attempts} attempt(s)) {mark.Detail}"));
        if (whole || !mark.Right || mark.WrongEmissions > 0)
        {
            Console.WriteLine(string.Join('\n', mark.Story.Split('\n').Select(l => "      " + l)));
        }
    }

    private static void Line(string portal, string pass, List<Mark> marks)
    {
        var right = marks.Count(m => m.Right);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{portal,-13} {pass,4}  {marks.Count,7}  {right,3} {100.0 * right / marks.Count,6:0.0} %  {marks.Sum(m => m.WrongEmissions),15}  {marks.Count(m => m.Xml),5} of {marks.Count(m => m.XmlDue),3}  {marks.Average(m => m.Interventions),12:0.00}  {Median(marks.Select(m => m.Seconds)),8:0.0}  {marks.Average(m => m.PageLoads),12:0.0}"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is { Count: > 0 } v ? v[v.Count / 2] : 0;
}
