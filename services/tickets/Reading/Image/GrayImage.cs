namespace Invoicing.Tickets.Reading;

/// <summary>Brightness of a photo, one byte a pixel, row by row; and the variants in which hidden codes come out.</summary>
internal sealed record GrayImage(byte[] Pixels, int Width, int Height)
{
    /// <summary>Half the size, each pixel the mean of four: grain goes away.</summary>
    public GrayImage Halved()
    {
        var (w, h) = (Width / 2, Height / 2);
        var half = new byte[w * h];
        for (var y = 0; y < h; y++)
        {
            for (var x = 0; x < w; x++)
            {
                var at = (2 * y * Width) + (2 * x);
                half[(y * w) + x] = (byte)((Pixels[at] + Pixels[at + 1] + Pixels[at + Width] + Pixels[at + Width + 1] + 2) / 4);
            }
        }

        return new GrayImage(half, w, h);
    }

    /// <summary>Twice the size, interpolated: bars of a pixel's width become readable.</summary>
    public GrayImage Doubled()
    {
        var (w, h) = (2 * Width, 2 * Height);
        var twice = new byte[w * h];
        for (var y = 0; y < h; y++)
        {
            var (top, bottom) = (y / 2 * Width, Math.Min(Height - 1, (y + 1) / 2) * Width);
            for (var x = 0; x < w; x++)
            {
                var (left, right) = (x / 2, Math.Min(Width - 1, (x + 1) / 2));
                twice[(y * w) + x] = (byte)((Pixels[top + left] + Pixels[top + right] + Pixels[bottom + left] + Pixels[bottom + right] + 2) / 4);
            }
        }

        return new GrayImage(twice, w, h);
    }

    /// <summary>Unsharp mask over the mean of 5 × 5 pixels: blurred bars get their edges back.</summary>
    public GrayImage Sharpened()
    {
        var sums = new int[Pixels.Length];
        for (var at = 2; at < Pixels.Length - 2; at++)
        {
            sums[at] = Pixels[at - 2] + Pixels[at - 1] + Pixels[at] + Pixels[at + 1] + Pixels[at + 2];
        }

        var sharp = (byte[])Pixels.Clone();
        for (var at = 2 * Width; at < Pixels.Length - (2 * Width); at++)
        {
            var mean = (sums[at - (2 * Width)] + sums[at - Width] + sums[at] + sums[at + Width] + sums[at + (2 * Width)]) / 25;
            sharp[at] = (byte)Math.Clamp(((5 * Pixels[at]) - (3 * mean)) / 2, 0, 255);
        }

        return this with { Pixels = sharp };
    }

    /// <summary>Each pixel the median of its neighbourhood: specks and hairlines go away.</summary>
    public GrayImage WithoutSpecks()
    {
        var clean = new byte[Pixels.Length];
        Span<byte> around = stackalloc byte[9];
        for (var at = 0; at < Pixels.Length; at++)
        {
            var (x, y, n) = (at % Width, at / Width, 0);
            for (var dy = -1; dy <= 1; dy++)
            {
                for (var dx = -1; dx <= 1; dx++)
                {
                    around[n++] = Pixels[(Math.Clamp(y + dy, 0, Height - 1) * Width) + Math.Clamp(x + dx, 0, Width - 1)];
                }
            }

            around.Sort();
            clean[at] = around[4];
        }

        return this with { Pixels = clean };
    }
}
