namespace Invoicing.LegacyImport;

/// <summary>What became of every row.</summary>
public sealed class Report
{
    private readonly SortedDictionary<string, int> taken = [];
    private readonly SortedDictionary<string, int> known = [];
    private readonly List<string> left = [];

    public int Taken => taken.Values.Sum();

    public int Known => known.Values.Sum();

    /// <summary>"table id: reason", rows that were not taken and parts of rows that were left out.</summary>
    public IReadOnlyList<string> Left => left;

    public void Take(string table) => taken[table] = taken.GetValueOrDefault(table) + 1;

    /// <summary>An earlier run took it.</summary>
    public void Know(string table) => known[table] = known.GetValueOrDefault(table) + 1;

    public void Leave(string table, string id, string reason) => left.Add($"{table} {id}: {reason}");

    public void Print(TextWriter to)
    {
        foreach (var table in taken.Keys.Union(known.Keys).Order())
        {
            to.WriteLine($"{table}: {taken.GetValueOrDefault(table)} importados, {known.GetValueOrDefault(table)} ya estaban");
        }

        to.WriteLine(left.Count == 0 ? "No quedó nada fuera." : $"Quedó fuera ({left.Count}):");
        left.ForEach(l => to.WriteLine($"  {l}"));
    }
}
