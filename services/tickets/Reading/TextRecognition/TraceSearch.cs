namespace Invoicing.Tickets.Reading;

/// <summary>The strings of a grammar that a trace says most likely: a prefix beam search over what the recogniser held likely.</summary>
internal static class TraceSearch
{
    private const int Width = 48;

    /// <summary>A character that is none of the likely ones of its step.</summary>
    private const double Unlikely = .004;

    /// <summary>A character of the same shape as a likely one.</summary>
    private const double Alike = .3;

    /// <summary>A string whose print seems to go on is seldom whole.</summary>
    private const double Cut = .05;

    /// <summary>So much less likely than what was said is followed no further.</summary>
    private const double Hopeless = 1e-8;

    private static readonly Dictionary<char, string> Shapes = new()
    {
        ['0'] = "OQDU", ['O'] = "0QD", ['Q'] = "O0", ['D'] = "O0", ['1'] = "IL|!T", ['I'] = "1L|!", ['L'] = "1I", ['2'] = "Z", ['Z'] = "2", ['5'] = "S", ['S'] = "5", ['6'] = "G", ['G'] = "6", ['8'] = "B", ['B'] = "8", ['4'] = "A", ['A'] = "4",
    };

    /// <param name="from">Step at which the string may begin.</param>
    /// <param name="next">The characters that may follow a beginning; none behind a whole string.</param>
    /// <returns>Whole strings, each with how much less likely it is than what the recogniser said (1 the same).</returns>
    public static Dictionary<string, double> In(Trace trace, int from, Func<string, string> next)
    {
        var whole = new Dictionary<string, double>(StringComparer.Ordinal);
        var beam = new Dictionary<string, Odds>(StringComparer.Ordinal) { [""] = new Odds(1, 0) };
        for (var at = from; at < trace.Steps.Count && beam.Count > 0; at++)
        {
            beam = Step(beam, trace.Steps[at], next);
            foreach (var (text, odds) in beam.Where(one => one.Key.Length > 0 && next(one.Key).Length == 0).ToList())
            {
                whole[text] = Math.Max(whole.GetValueOrDefault(text), odds.Both * (trace.GoesOn(at) ? Cut : 1));
            }
        }

        return whole;
    }

    private static Dictionary<string, Odds> Step(Dictionary<string, Odds> beam, TraceStep step, Func<string, string> next)
    {
        var longer = new Dictionary<string, Odds>(StringComparer.Ordinal);
        void Add(string text, double blank, double letter) => longer[text] = longer.GetValueOrDefault(text) is var odds ? new Odds(odds.Blank + blank, odds.Letter + letter) : default;
        foreach (var (text, odds) in beam)
        {
            Add(text, odds.Both * step.Blank / step.Most, text.Length == 0 ? 0 : odds.Letter * Likely(step, text[^1]));
            foreach (var c in next(text))
            {
                // The same character twice needs a blank between.
                Add(text + c, 0, (text.Length > 0 && text[^1] == c ? odds.Blank : odds.Both) * Likely(step, c));
            }
        }

        return longer.Where(one => one.Value.Both > Hopeless).OrderByDescending(one => one.Value.Both).Take(Width).ToDictionary(StringComparer.Ordinal);
    }

    private static double Likely(TraceStep step, char c)
    {
        var score = Unlikely * (1 - step.Blank);
        var alike = Shapes.GetValueOrDefault(c, "");
        for (var i = 0; i < step.Letters.Length; i++)
        {
            var seen = char.ToUpperInvariant(step.Letters[i]);
            score += seen == c ? step.Scores[i] : alike.Contains(seen, StringComparison.Ordinal) ? step.Scores[i] * Alike : 0;
        }

        return score / step.Most;
    }

    /// <summary>Of a beginning whose last step was no character, and of one whose last step was its last character.</summary>
    private readonly record struct Odds(double Blank, double Letter)
    {
        public double Both => Blank + Letter;
    }
}
