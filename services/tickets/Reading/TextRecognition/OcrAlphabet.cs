namespace Invoicing.Tickets.Reading;

/// <summary>
/// Turns the recogniser's scores into text: greedy CTC over blank + keys + space, restricted to the characters of Mexican tickets,
/// so that a smudge never becomes one of the 6,500 Chinese characters of the model.
/// </summary>
internal sealed class OcrAlphabet
{
    private const int Blank = 0;
    private const string Accented = "áéíóúüñÁÉÍÓÚÜÑ°¿¡€";

    private const float NearlyRead = .04f;
    private const float NearlyInserted = .15f;
    private const int MaxDoubts = 8;

    /// <summary>Less likely characters of a step are not kept.</summary>
    private const float Kept = .004f;

    /// <summary>Steps at which surely nothing begins are kept as one.</summary>
    private const float SurelyBlank = .998f;

    private readonly int[] classes;
    private readonly char[] letters;

    public OcrAlphabet(IReadOnlyList<string> keys)
    {
        ClassCount = keys.Count + 2;
        var allowed = keys
            .Select((key, index) => (Class: index + 1, Key: key))
            .Where(entry => entry.Key.Length == 1 && (entry.Key[0] is > ' ' and <= '~' || Accented.Contains(entry.Key[0], StringComparison.Ordinal)))
            .Append((Class: ClassCount - 1, Key: " "))
            .ToList();
        classes = [Blank, .. allowed.Select(entry => entry.Class)];
        letters = ['\0', .. allowed.Select(entry => entry.Key[0])];
    }

    public int ClassCount { get; }

    /// <summary>
    /// Text and mean score of its characters, ("", 0) when nothing was recognised; the same text with one character that was nearly read,
    /// likeliest first; the step at which each character was read; and what was likely at each step.
    /// </summary>
    public (string Text, float Confidence, IReadOnlyList<string> Doubts, IReadOnlyList<int> Steps, Trace Trace) Decode(ReadOnlySpan<float> scores)
    {
        var (text, doubts, steps) = (new System.Text.StringBuilder(), new List<Doubt>(), new List<int>());
        var (likely, places) = (new List<TraceStep>(), new List<int>());
        var (sum, last) = (0f, 0);
        for (var at = 0; at + ClassCount <= scores.Length; at += ClassCount)
        {
            var step = scores.Slice(at, ClassCount);
            var best = Best(step);
            if (step[classes[Blank]] < SurelyBlank || likely is [] or [.., { Blank: < SurelyBlank }])
            {
                likely.Add(LikelyOf(step));
            }

            if (best != 0 && best != last)
            {
                text.Append(letters[best]);
                places.Add(likely.Count - 1);
                steps.Add(at / ClassCount);
                sum += step[classes[best]];
            }

            var second = Best(step, besides: best, least: best == 0 ? NearlyInserted : NearlyRead);
            if (second != 0 && second != last)
            {
                doubts.Add(new Doubt(best == 0 ? text.Length : text.Length - 1, letters[second], Instead: best != 0, step[classes[second]]));
            }

            last = best;
        }

        var trace = new Trace(text.ToString(), places, likely);
        return text.Length == 0 ? ("", 0, [], [], trace) : (text.ToString(), sum / text.Length, Told(text.ToString(), doubts), steps, trace);
    }

    private TraceStep LikelyOf(ReadOnlySpan<float> step)
    {
        var (characters, scores) = (new System.Text.StringBuilder(), new List<float>());
        for (var i = 1; i < classes.Length; i++)
        {
            if (step[classes[i]] >= Kept)
            {
                characters.Append(letters[i]);
                scores.Add(step[classes[i]]);
            }
        }

        return new TraceStep(step[classes[Blank]], characters.ToString(), scores);
    }

    private static List<string> Told(string text, List<Doubt> doubts) =>
        [.. doubts.OrderByDescending(doubt => doubt.Score).Select(doubt => string.Concat(text.AsSpan(0, doubt.At), doubt.Letter.ToString(), text.AsSpan(doubt.At + (doubt.Instead ? 1 : 0)))).Distinct().Where(other => other != text).Take(MaxDoubts)];

    /// <summary>The likeliest character, or 0 (blank) when none but those passed over reaches the least score.</summary>
    private int Best(ReadOnlySpan<float> step, int besides = -1, float least = -1)
    {
        var best = Blank;
        var score = besides >= 0 ? least : step[classes[Blank]];
        for (var i = 1; i < classes.Length; i++)
        {
            if (i != besides && step[classes[i]] > score)
            {
                (best, score) = (i, step[classes[i]]);
            }
        }

        return best;
    }

    /// <param name="At">In the text that was read.</param>
    /// <param name="Instead">Of the character there; else before it.</param>
    private readonly record struct Doubt(int At, char Letter, bool Instead, float Score);
}
