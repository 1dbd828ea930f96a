namespace Invoicing.Tickets.Reading;

/// <summary>A piece of text on the photo: a rectangle by its centre, sides and slope (radians, near 0 for upright text).</summary>
/// <param name="Curve">On curled paper the text bends away from the middle: by Curve × u² at u pixels from it, downwards when positive.</param>
internal readonly record struct TextBox(float X, float Y, float Width, float Height, float Angle, float Curve = 0)
{
    public bool Tall => Height > 1.5f * Width;

    public float Left => X - (Width / 2);

    public float Right => X + (Width / 2);

    /// <summary>The same rectangle seen from a photo of another scale.</summary>
    public TextBox Scaled(float sx, float sy) => new(X * sx, Y * sy, Width * sx, Height * sy, Angle, Curve * sy / (sx * sx));

    /// <summary>Moves every side outwards.</summary>
    public TextBox Grown(float by) => this with { Width = Width + (2 * by), Height = Height + (2 * by) };

    /// <summary>The same piece with its slope read so that width runs left to right.</summary>
    public TextBox Levelled()
    {
        var (width, height, angle) = (Width, Height, Angle);
        while (angle > MathF.PI / 4)
        {
            (width, height, angle) = (height, width, angle - (MathF.PI / 2));
        }

        while (angle <= -MathF.PI / 4)
        {
            (width, height, angle) = (height, width, angle + (MathF.PI / 2));
        }

        return this with { Width = width, Height = height, Angle = angle };
    }
}

/// <summary>A recognised piece of text.</summary>
/// <param name="Others">What other looks at the same piece read; empty when one look was enough or all agreed.</param>
internal readonly record struct TextPiece(TextBox Box, string Text, float Confidence, IReadOnlyList<string> Others)
{
    /// <summary>The text with one character that was nearly read.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>What each look held likely, the first look first.</summary>
    public IReadOnlyList<Trace> Traces { get; init; } = [];

    /// <summary>Where each character of the text stands, in pixels of the photo along the piece from its middle.</summary>
    public IReadOnlyList<float> Letters { get; init; } = [];
}
