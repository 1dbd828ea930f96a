namespace Invoicing.Tickets.Reading;

/// <summary>What the recogniser held likely at each step of a piece of print, from left to right: more than the text that it says in the end.</summary>
/// <param name="Text">What it said.</param>
/// <param name="At">For each character of the text the step at which it was read.</param>
public sealed record Trace(string Text, IReadOnlyList<int> At, IReadOnlyList<TraceStep> Steps)
{
    /// <summary>The step from which a character of the text may have been read.</summary>
    internal int From(int character) => character == 0 ? 0 : At[character - 1] + 1;

    /// <summary>Whether the text goes on behind a step without a blank or a point between.</summary>
    internal bool GoesOn(int step)
    {
        for (var i = 0; i < At.Count; i++)
        {
            if (At[i] > step)
            {
                return char.IsLetterOrDigit(Text[i]);
            }
        }

        return false;
    }
}

/// <param name="Blank">How likely no character begins here.</param>
/// <param name="Letters">The likeliest characters.</param>
/// <param name="Scores">How likely each of them is.</param>
public sealed record TraceStep(float Blank, string Letters, IReadOnlyList<float> Scores)
{
    internal float Most => Math.Max(Blank, Scores.Count == 0 ? 0 : Scores.Max());
}
