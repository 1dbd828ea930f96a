namespace Invoicing.Bench;

/// <summary>Processor time of this process and everything it has started, the database's and the broker's included (/proc).</summary>
internal static class Processors
{
    private const double TicksPerSecond = 100;

    public static TimeSpan Used()
    {
        var all = Directory.GetDirectories("/proc").Select(d => Path.GetFileName(d)).Where(n => n.All(char.IsAsciiDigit)).Select(Read).OfType<(int Id, int Parent, double Ticks)>().ToList();
        var ours = new HashSet<int> { Environment.ProcessId };
        while (all.Where(p => ours.Contains(p.Parent)).Any(p => ours.Add(p.Id)))
        {
        }

        return TimeSpan.FromSeconds(all.Where(p => ours.Contains(p.Id)).Sum(p => p.Ticks) / TicksPerSecond);
    }

    private static (int Id, int Parent, double Ticks)? Read(string id)
    {
        try
        {
            // After the name in brackets: state, parent, …; its own and its dead children's time are the 12th to 15th.
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
            return (Number(id), Number(fields[1]), fields[11..15].Sum(f => Number(f)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
