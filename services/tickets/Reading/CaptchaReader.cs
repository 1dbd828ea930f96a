using System.Runtime.InteropServices;
using SkiaSharp;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// Reads a small picture of a few letters, as portals show them against robots. Sure only when it reads alike with its specks and without: a
/// wrong answer costs a try at the portal, a person costs a minute.
/// </summary>
public sealed class CaptchaReader(OcrModels models)
{
    private const int MaxWidth = 800;
    private const int MaxHeight = 300;
    private const float Sure = .9f;

    /// <summary>Null when it is not sure, or the bytes are no small picture.</summary>
    public string? Read(ReadOnlySpan<byte> bytes)
    {
        if (ImageHeader.WhyNot(bytes) is not null)
        {
            return null;
        }

        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is not { Info: { Width: > 20 and <= MaxWidth, Height: > 10 and <= MaxHeight } size })
        {
            return null;
        }

        using var decoded = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Bgra8888, SKAlphaType.Premul));
        return codec.GetPixels(decoded.Info, decoded.GetPixels()) == SKCodecResult.Success ? Agreed(decoded) : null;
    }

    private string? Agreed(SKBitmap picture)
    {
        using var asIs = Photo.Of(picture.Copy());
        using var clean = Photo.Of(Drawn(asIs.Gray().WithoutSpecks()));
        var (first, second) = (Text(asIs), Text(clean));
        return first == second ? first : null;
    }

    /// <summary>Null for what is no such code (four to eight letters and digits), or hardly seen.</summary>
    private string? Text(Photo photo)
    {
        var piece = LineRecogniser.Read(models, photo, new TextBox(photo.Width / 2f, photo.Height / 2f, photo.Width, photo.Height, 0));
        var code = new string([.. piece.Text.Where(char.IsAsciiLetterOrDigit)]);
        return piece.Confidence >= Sure && code.Length is >= 4 and <= 8 && piece.Text.All(c => char.IsAsciiLetterOrDigit(c) || !char.IsLetterOrDigit(c)) ? code : null;
    }

    private static SKBitmap Drawn(GrayImage gray)
    {
        var bgra = new byte[4 * gray.Pixels.Length];
        for (var i = 0; i < gray.Pixels.Length; i++)
        {
            bgra.AsSpan(4 * i, 3).Fill(gray.Pixels[i]);
            bgra[(4 * i) + 3] = 255;
        }

        var drawn = new SKBitmap(new SKImageInfo(gray.Width, gray.Height, SKColorType.Bgra8888, SKAlphaType.Premul));
        Marshal.Copy(bgra, 0, drawn.GetPixels(), bgra.Length);
        return drawn;
    }
}
