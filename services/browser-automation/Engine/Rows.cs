using System.Text.RegularExpressions;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Buttons alike, one a row of amounts ("Facturar" beside each charge): only the one in the row of our ticket may be pressed.</summary>
public static partial class Rows
{
    /// <returns>Without the buttons of rows that are not the ticket's; without all of them where no row, or more than one, is.</returns>
    public static IReadOnlyList<Control> Ours(IReadOnlyList<Control> controls, Goal goal)
    {
        var alike = controls.Where(c => c.Row.Length > c.Text.Length + 3 && Amount().IsMatch(c.Row)).GroupBy(c => Words.Normalise(c.Caption)).Where(g => g.Select(c => c.Row).Distinct().Count() > 1).ToList();
        var others = alike.SelectMany(g => Others([.. g], goal)).ToHashSet();
        return others.Count == 0 ? controls : [.. controls.Where(c => !others.Contains(c))];
    }

    private static List<Control> Others(List<Control> group, Goal goal)
    {
        var rows = group.ConvertAll(c => c.Row).Distinct().ToList();
        var ours = rows.Where(r => Names(r, goal)).ToList() is [_, ..] named ? named : rows.Where(r => goal.Total is { } total && Amount().Matches(r).Any(m => Values.Amount(m.Value) == total)).ToList();
        return [.. group.Where(c => ours.Count != 1 || c.Row != ours[0])];
    }

    // A code of the ticket, or the receptor's RFC where its taxpayers are listed.
    private static bool Names(string row, Goal goal)
    {
        var words = row.Split(' ').Select(Words.Code).ToHashSet();
        return words.Contains(goal.Receptor.Rfc) || goal.Ticket.Where(t => t.Key is not ("fecha" or "hora" or "total" or "subtotal" or "sucursal")).Select(t => Words.Code(t.Value)).Any(c => c.Length >= 5 && words.Contains(c));
    }

    [GeneratedRegex(@"\d[\d,]*\.\d{2}(?!\d)")]
    private static partial Regex Amount();
}
