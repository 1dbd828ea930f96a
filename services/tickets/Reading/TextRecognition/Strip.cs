namespace Invoicing.Tickets.Reading;

/// <summary>A piece of print laid level, and where its characters stand.</summary>
internal sealed class Strip
{
    private const int Height = LineRecogniser.LineHeight;

    /// <summary>Narrower characters have no shape left.</summary>
    private const float LeastPitch = 6;

    private readonly float[] dark;
    private readonly int width;
    private readonly float[] letters;
    private readonly float pitch;

    private Strip(float[] dark, int width, float[] letters, float pitch)
    {
        this.dark = dark;
        this.width = width;
        this.letters = letters;
        this.pitch = pitch;
    }

    /// <summary>Null for a piece that is too short to tell how wide its characters are.</summary>
    public static Strip? Of(Photo photo, TextPiece piece)
    {
        if (piece.Letters.Count < 3)
        {
            return null;
        }

        var width = Math.Max(8, (int)(Height * piece.Box.Width / MathF.Max(piece.Box.Height, 1)));
        var letters = piece.Letters.Select(u => ((u / piece.Box.Width) + .5f) * width).ToArray();
        var gaps = letters.Zip(letters.Skip(1), (a, b) => b - a).Order().ToList();
        var pitch = gaps[gaps.Count / 2];
        return pitch < LeastPitch || width > LineRecogniser.MaxWidth ? null : new Strip(Darkness(LineRecogniser.Cut(photo, piece.Box, width)), width, letters, pitch);
    }

    public Glyph? GlyphOf(int at) => Glyph.Of(dark, width, Height, letters[at], pitch);

    /// <summary>From the piece's paper (0) to its ink (1).</summary>
    private static float[] Darkness(byte[] bgra)
    {
        var green = new float[bgra.Length / 4];
        for (var i = 0; i < green.Length; i++)
        {
            green[i] = bgra[(4 * i) + 1];
        }

        var sorted = green.Order().ToArray();
        var (ink, paper) = (sorted[sorted.Length / 20], sorted[sorted.Length * 3 / 4]);
        return Array.ConvertAll(green, value => Math.Clamp((paper - value) / MathF.Max(16, paper - ink), 0, 1));
    }
}
