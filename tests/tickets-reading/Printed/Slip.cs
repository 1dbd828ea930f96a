namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>A piece of a slip, from top to bottom.</summary>
internal abstract record SlipPart
{
    /// <param name="Scale">1 is the slip's usual size of type; a total is often 1.4 to 2 times that.</param>
    public sealed record Line(string Text, float Scale, bool Bold) : SlipPart;

    public sealed record Qr(string Text) : SlipPart;

    public sealed record Bar(string Text) : SlipPart;
}

/// <summary>The roll of paper a till prints on: so many characters wide.</summary>
internal sealed class Slip(int columns)
{
    private readonly List<SlipPart> parts = [];

    public IReadOnlyList<SlipPart> Parts => parts;

    public int Columns => columns;

    public string Text => string.Join('\n', parts.OfType<SlipPart.Line>().Select(line => line.Text));

    public Slip Left(string text, float scale = 1, bool bold = false)
    {
        foreach (var line in Wrapped(text, (int)(columns / scale)))
        {
            parts.Add(new SlipPart.Line(line, scale, bold));
        }

        return this;
    }

    public Slip Center(string text, float scale = 1, bool bold = false)
    {
        var width = (int)(columns / scale);
        foreach (var line in Wrapped(text, width))
        {
            parts.Add(new SlipPart.Line(line.PadLeft((width + line.Length) / 2), scale, bold));
        }

        return this;
    }

    /// <summary>Label at the left margin, value at the right one.</summary>
    public Slip Pair(string label, string value, float scale = 1, bool bold = false)
    {
        var gap = Math.Max(1, (int)(columns / scale) - label.Length - value.Length);
        parts.Add(new SlipPart.Line(label + new string(' ', gap) + value, scale, bold));
        return this;
    }

    public Slip Rule(char of = '-') => Left(new string(of, columns));

    public Slip Blank() => Left("");

    public Slip Qr(string text)
    {
        parts.Add(new SlipPart.Qr(text));
        return this;
    }

    public Slip Bar(string text)
    {
        parts.Add(new SlipPart.Bar(text));
        return this;
    }

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        while (text.Length > width)
        {
            var cut = text.LastIndexOf(' ', width);
            cut = cut <= 0 ? width : cut;
            yield return text[..cut];
            text = text[cut..].TrimStart();
        }

        yield return text;
    }
}
