namespace Invoicing.OcrBench;

/// <summary>Tables of what was read, in Markdown.</summary>
internal static class Report
{
    private static readonly string[] Groups = ["total", "fecha", "rfc_emisor", "folio / web id"];

    public static void Print(IReadOnlyList<Outcome> outcomes)
    {
        foreach (var set in outcomes.GroupBy(outcome => outcome.Set))
        {
            Console.WriteLine($"\n### {set.Key}\n\n| engine | grade | images | {string.Join(" | ", Groups)} | all four | s median | s p95 |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            foreach (var row in set.GroupBy(outcome => (outcome.Engine, outcome.Grade)).OrderBy(row => row.Key.Engine).ThenBy(row => row.Min(outcome => Array.IndexOf(["Clean", "Everyday", "Bad"], outcome.Grade))))
            {
                var seconds = row.Select(outcome => outcome.Seconds).Order().ToList();
                Console.WriteLine($"| {row.Key.Engine} | {row.Key.Grade} | {row.Count()} | {string.Join(" | ", Groups.Select(group => Share(row, group)))} | {Whole(row) * 100.0 / row.Count():0.0} % | {seconds[seconds.Count / 2]:0.00} | {seconds[(int)(seconds.Count * .95)]:0.00} |");
            }
        }

        var (ours, theirs) = (outcomes.Where(o => o.Engine == "ours").ToList(), outcomes.Where(o => o.Engine == "tesseract").ToList());
        if (theirs.Count > 0)
        {
            Console.WriteLine($"\nratio  tickets with all four right: ours {Whole(ours)} of {ours.Count}, Tesseract {Whole(theirs)} of {theirs.Count}");
            Console.WriteLine($"ratio  seconds a ticket, median: ours {Middle(ours) / Middle(theirs):0.00} × Tesseract");
        }

        Curve(ours);
        Console.WriteLine($"\nPeak memory of the reader's process: {outcomes.Max(outcome => outcome.PeakBytes) / 1_000_000} MB");
    }

    private static int Whole(IEnumerable<Outcome> row) => row.Count(outcome => outcome.Fields.Where(field => GroupOf(field.Key) is not null).All(field => field.Right));

    private static double Middle(List<Outcome> row) => row.Select(outcome => outcome.Seconds).Order().ElementAt(row.Count / 2);

    /// <summary>Every miss with what was said instead.</summary>
    public static void Misses(IEnumerable<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            foreach (var field in outcome.Fields.Where(field => !field.Right))
            {
                Console.WriteLine($"{outcome.Sample}: {field.Key} is {field.Expected}, read {field.Value ?? "nothing"} ({field.Confidence:0.000}){(field.Alternatives.Contains(field.Expected) ? " alternative right" : "")}");
            }
        }
    }

    private static void Curve(IEnumerable<Outcome> outcomes)
    {
        var read = outcomes.SelectMany(outcome => outcome.Fields).Where(field => field.Value is not null && GroupOf(field.Key) is not null).ToList();
        Console.WriteLine("\n| confidence said | fields | right |\n| --- | --- | --- |");
        foreach (var (from, to) in new[] { (0, .3), (.3, .5), (.5, .7), (.7, .8), (.8, .9), (.9, .95), (.95, .98), (.98, 1.01) })
        {
            var bin = read.Where(field => field.Confidence >= from && field.Confidence < to).ToList();
            Console.WriteLine($"| {from:0.00} to {Math.Min(to, 1):0.00} | {bin.Count} | {(bin.Count == 0 ? "" : $"{bin.Count(field => field.Right) * 100.0 / bin.Count:0.0} %")} |");
        }

        var sure = read.Where(field => field.Confidence > .9).ToList();
        Console.WriteLine($"\nAbove 0.9: {sure.Count} fields, {sure.Count(field => !field.Right)} wrong; fields not read at all are in the tables above as misses.");
    }

    private static string Share(IEnumerable<Outcome> row, string group)
    {
        var fields = row.SelectMany(outcome => outcome.Fields).Where(field => GroupOf(field.Key) == group).ToList();
        return fields.Count == 0 ? "" : $"{fields.Count(field => field.Right) * 100.0 / fields.Count:0.0} % of {fields.Count}";
    }

    private static string? GroupOf(string key) => key switch
    {
        "total" or "fecha" or "rfc_emisor" => key,
        "subtotal" or "iva" or "hora" => null,
        _ => "folio / web id",
    };
}
