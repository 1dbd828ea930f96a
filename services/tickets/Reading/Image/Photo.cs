using SkiaSharp;

namespace Invoicing.Tickets.Reading;

/// <summary>Decoded pixels, upright as the camera meant them (EXIF), BGRA, long side at most <see cref="MaxLongSide"/>.</summary>
public sealed class Photo : IDisposable
{
    /// <summary>More pixels than this add time and no accuracy.</summary>
    public const int MaxLongSide = 4000;

    private readonly SKBitmap pixels;

    private Photo(SKBitmap pixels)
    {
        pixels.SetImmutable();
        this.pixels = pixels;
        Image = SKImage.FromBitmap(pixels);
    }

    public int Width => pixels.Width;

    public int Height => pixels.Height;

    public SKImage Image { get; }

    /// <summary>Decodes an image that may be hostile: a refused or broken one comes back as a Spanish reason, never as an exception.</summary>
    public static (Photo? Photo, string? Reason) Open(ReadOnlyMemory<byte> bytes)
    {
        if (ImageHeader.WhyNot(bytes.Span) is { } refused)
        {
            return (null, refused);
        }

        using var data = SKData.CreateCopy(bytes.Span);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return (null, Damaged);
        }

        if ((ImageHeader.WhyNot(codec.Info.Size) ?? ImageHeader.TooLarge(codec, bytes.Span)) is { } tooBig)
        {
            return (null, tooBig);
        }

        return Decode(codec, DecodePlan.Of(codec, bytes.Span)!.Info);
    }

    /// <summary>Pixels that are here already; they are the photo's from now on.</summary>
    internal static Photo Of(SKBitmap pixels) => new(pixels);

    /// <summary>A copy turned clockwise by 90, 180 or 270 degrees.</summary>
    public Photo Turned(int degrees)
    {
        var sideways = degrees % 180 != 0;
        return Draw(sideways ? Height : Width, sideways ? Width : Height, canvas =>
        {
            canvas.Translate(sideways ? Height / 2f : Width / 2f, sideways ? Width / 2f : Height / 2f);
            canvas.RotateDegrees(degrees);
            canvas.DrawImage(Image, -Width / 2f, -Height / 2f, new SKSamplingOptions(SKFilterMode.Nearest));
        });
    }

    /// <summary>A copy with a long side of at most so many pixels.</summary>
    public Photo Within(int longSide)
    {
        var scale = Math.Min(1f, (float)longSide / Math.Max(Width, Height));
        var (width, height) = ((int)(Width * scale), (int)(Height * scale));
        return Draw(width, height, canvas => canvas.DrawImage(Image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)));
    }

    public byte[] Jpeg()
    {
        using var jpeg = Image.Encode(SKEncodedImageFormat.Jpeg, 85);
        return jpeg.ToArray();
    }

    /// <summary>A piece of it as JPEG, with some paper round it.</summary>
    public byte[] Cut(PrintPlace place)
    {
        using var turned = place.Turn == 0 ? null : Turned(place.Turn);
        var whole = (turned ?? this).Image;
        var margin = Math.Max(8, place.Height * whole.Height * .6);
        var piece = SKRectI.Intersect(
            SKRectI.Create((int)((place.X * whole.Width) - margin), (int)((place.Y * whole.Height) - margin), (int)((place.Width * whole.Width) + (2 * margin)), (int)((place.Height * whole.Height) + (2 * margin))),
            SKRectI.Create(whole.Width, whole.Height));
        using var cut = whole.Subset(piece);
        using var jpeg = cut.Encode(SKEncodedImageFormat.Jpeg, 85);
        return jpeg.ToArray();
    }

    /// <summary>A picture of another size: BGRA pixels, row by row.</summary>
    public byte[] Resized(int width, int height)
    {
        using var target = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(target))
        {
            canvas.DrawImage(Image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        return target.Bytes;
    }

    internal GrayImage Gray()
    {
        var bgra = pixels.GetPixelSpan();
        var gray = new byte[Width * Height];
        for (var i = 0; i < gray.Length; i++)
        {
            // Weights of blue, green and red in 256ths (ITU-R BT.601).
            gray[i] = (byte)(((29 * bgra[4 * i]) + (150 * bgra[(4 * i) + 1]) + (77 * bgra[(4 * i) + 2])) >> 8);
        }

        return new GrayImage(gray, Width, Height);
    }

    public void Dispose()
    {
        Image.Dispose();
        pixels.Dispose();
    }

    private const string Damaged = "La imagen está dañada o incompleta. Envíe de nuevo la fotografía del ticket.";

    private static (Photo?, string?) Decode(SKCodec codec, SKImageInfo plan)
    {
        using var decoded = new SKBitmap(plan);
        return codec.GetPixels(decoded.Info, decoded.GetPixels()) == SKCodecResult.Success ? (Upright(decoded, codec.EncodedOrigin), null) : (null, Damaged);
    }

    private static Photo Upright(SKBitmap decoded, SKEncodedOrigin origin)
    {
        var scale = Math.Min(1f, (float)MaxLongSide / Math.Max(decoded.Width, decoded.Height));
        var (w, h) = ((int)(decoded.Width * scale), (int)(decoded.Height * scale));
        var sideways = origin >= SKEncodedOrigin.LeftTop;
        decoded.SetImmutable();
        using var source = SKImage.FromBitmap(decoded);
        return Draw(sideways ? h : w, sideways ? w : h, canvas =>
        {
            canvas.SetMatrix(Turn(origin, w, h));
            canvas.DrawImage(source, new SKRect(0, 0, w, h), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        });
    }

    /// <summary>How the stored pixels must be laid to look as photographed (EXIF 2.3, orientation tag).</summary>
    private static SKMatrix Turn(SKEncodedOrigin origin, int w, int h) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static Photo Draw(int width, int height, Action<SKCanvas> paint)
    {
        var target = new SKBitmap(new SKImageInfo(Math.Max(1, width), Math.Max(1, height), SKColorType.Bgra8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(target))
        {
            // Transparent areas of a screenshot are paper, not ink.
            canvas.Clear(SKColors.White);
            paint(canvas);
        }

        return new Photo(target);
    }
}
