namespace Invoicing.Tickets.Reading;

/// <summary>
/// Turns the recogniser's scores into text: greedy CTC over blank + keys + space, restricted to the characters of Mexican tickets,
/// so that a smudge never becomes one of the 6,500 Chinese characters of the model.
/// </summary>
internal sealed class OcrAlphabet
{
    private const int Blank = 0;
    private const string Accented = "áéíóúüñÁÉÍÓÚÜÑ°¿¡€";

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

    /// <summary>Text and mean score of its characters; ("", 0) when nothing was recognised.</summary>
    public (string Text, float Confidence) Decode(ReadOnlySpan<float> scores)
    {
        var text = new System.Text.StringBuilder();
        var (sum, last) = (0f, 0);
        for (var at = 0; at + ClassCount <= scores.Length; at += ClassCount)
        {
            var best = Best(scores.Slice(at, ClassCount));
            if (best != 0 && best != last)
            {
                text.Append(letters[best]);
                sum += scores[at + classes[best]];
            }

            last = best;
        }

        return text.Length == 0 ? ("", 0) : (text.ToString(), sum / text.Length);
    }

    private int Best(ReadOnlySpan<float> step)
    {
        var best = 0;
        for (var i = 1; i < classes.Length; i++)
        {
            if (step[classes[i]] > step[classes[best]])
            {
                best = i;
            }
        }

        return best;
    }
}
