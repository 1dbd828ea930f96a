using SkiaSharp;

namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>How good a photograph is.</summary>
internal enum Grade
{
    /// <summary>Flat, lit evenly, sharp: a scan or a careful photograph.</summary>
    Clean,

    /// <summary>Held in a hand or on a table: tilted, a shadow, a fold, some blur.</summary>
    Everyday,

    /// <summary>Crumpled, faded, curled, in bad light, sent through a messenger.</summary>
    Bad,
}

/// <summary>Photographs a piece of paper, badly where asked.</summary>
internal static class Camera
{
    private static readonly SKColor[] Tables = [new(120, 105, 90), new(70, 70, 75), new(190, 180, 165), new(60, 80, 110), new(225, 225, 222), new(35, 30, 28)];

    public static byte[] Photograph(Slip slip, Grade grade, Random random)
    {
        double Between(double clean, double everyday, double bad) => (grade, random.NextDouble()) switch
        {
            (Grade.Clean, var x) => clean * x,
            (Grade.Everyday, var x) => clean + ((everyday - clean) * x),
            (_, var x) => everyday + ((bad - everyday) * x),
        };
        using var paper = Printer.Print(slip, random, ink: Between(.1, .45, .68), wear: Between(0, .35, 1));
        using var curled = Curled(paper, (float)Between(0, 10, 26), random);
        using var photo = Laid(curled, random, tilt: Between(1.5, 6, 12), lean: Between(.01, .06, .13));
        Shade(photo, random, Between(.06, .4, .62), folds: grade == Grade.Clean ? 0 : random.Next(grade == Grade.Bad ? 4 : 2));
        using var blurred = Blurred(photo, (float)Between(.2, 1.0, 1.4), grade == Grade.Bad && random.Next(4) == 0 ? 1f : 0);
        Grain(blurred, random, Between(3, 9, 20));
        var longSide = grade switch { Grade.Clean => random.Next(1600, 2300), Grade.Everyday => random.Next(1250, 2000), _ => random.Next(1200, 1800) };
        using var sized = Sized(blurred, longSide);
        using var data = SKImage.FromBitmap(sized).Encode(SKEncodedImageFormat.Jpeg, grade switch { Grade.Clean => random.Next(85, 96), Grade.Everyday => random.Next(62, 86), _ => random.Next(38, 68) });
        return data.ToArray();
    }

    /// <summary>Paper off the roll is bent: its rows become arcs.</summary>
    private static SKBitmap Curled(SKBitmap paper, float height, Random random)
    {
        const int strip = 4;
        var phase = random.NextDouble() * Math.PI;
        var curled = new SKBitmap(new SKImageInfo(paper.Width, paper.Height + (int)(2 * height) + 2, SKColorType.Bgra8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(curled);
        using var image = SKImage.FromBitmap(paper);
        for (var x = 0; x < paper.Width; x += strip)
        {
            var y = height + (height * (float)Math.Sin(phase + (Math.PI * x / paper.Width)));
            canvas.DrawImage(image, new SKRect(x, 0, x + strip, paper.Height), new SKRect(x, y, x + strip, y + paper.Height), new SKSamplingOptions(SKFilterMode.Linear));
        }

        return curled;
    }

    private static SKBitmap Laid(SKBitmap paper, Random random, double tilt, double lean)
    {
        var border = 30 + random.Next(120);
        var (width, height) = (paper.Width + (2 * border) + (int)(paper.Height * .1), paper.Height + (2 * border) + (int)(paper.Width * .12));
        var photo = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(photo);
        canvas.Clear(Tables[random.Next(Tables.Length)]);
        var matrix = SKMatrix.CreateTranslation(-paper.Width / 2f, -paper.Height / 2f)
            .PostConcat(SKMatrix.CreateRotationDegrees((float)((random.Next(2) == 0 ? -1 : 1) * tilt)))
            .PostConcat(new SKMatrix(1, 0, 0, 0, 1, 0, (float)((random.NextDouble() - .5) * lean / width), (float)((random.NextDouble() - .5) * 2 * lean / height), 1))
            .PostConcat(SKMatrix.CreateScale(.94f, .94f)).PostConcat(SKMatrix.CreateTranslation(width / 2f, height / 2f));
        canvas.SetMatrix(matrix);
        using var image = SKImage.FromBitmap(paper);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return photo;
    }

    private static void Shade(SKBitmap photo, Random random, double depth, int folds)
    {
        using var canvas = new SKCanvas(photo);
        var (w, h) = (photo.Width, photo.Height);
        var dark = new SKColor(0, 0, 0, (byte)(depth * 255));
        var angle = random.NextDouble() * 2 * Math.PI;
        var reach = new SKPoint((float)(Math.Cos(angle) * w), (float)(Math.Sin(angle) * h));
        using (var light = new SKPaint { Shader = SKShader.CreateLinearGradient(new SKPoint((w - reach.X) / 2, (h - reach.Y) / 2), new SKPoint((w + reach.X) / 2, (h + reach.Y) / 2), [SKColors.Transparent, dark], SKShaderTileMode.Clamp) })
        {
            canvas.DrawRect(0, 0, w, h, light);
        }

        if (depth > .15 && random.Next(2) == 0)
        {
            // A hand or a telephone between lamp and paper.
            using var shadow = new SKPaint { Color = dark, MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 12 + random.Next(40)) };
            canvas.DrawOval(random.Next(w), random.Next(h), w * (.2f + (float)(random.NextDouble() * .3)), h * (.15f + (float)(random.NextDouble() * .3)), shadow);
        }

        for (var i = 0; i < folds; i++)
        {
            using var crease = new SKPaint { Color = new SKColor(0, 0, 0, (byte)(40 + random.Next(70))), StrokeWidth = 2 + random.Next(5), MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 2.5f) };
            var (y, x) = (random.Next(h), random.Next(w));
            canvas.DrawLine(random.Next(2) == 0 ? new SKPoint(0, y) : new SKPoint(x, 0), random.Next(2) == 0 ? new SKPoint(w, y + random.Next(-60, 60)) : new SKPoint(x + random.Next(-60, 60), h), crease);
        }
    }

    private static SKBitmap Blurred(SKBitmap photo, float blur, float shake)
    {
        var blurred = new SKBitmap(photo.Info);
        using var canvas = new SKCanvas(blurred);
        using var image = SKImage.FromBitmap(photo);
        using var paint = new SKPaint { ImageFilter = SKImageFilter.CreateBlur(blur + shake, blur, SKShaderTileMode.Clamp) };
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear), paint);
        return blurred;
    }

    private static unsafe void Grain(SKBitmap photo, Random random, double strength)
    {
        var span = new Span<byte>((void*)photo.GetPixels(), photo.ByteCount);
        var state = (uint)random.Next() | 1;
        for (var i = 0; i < span.Length; i += 4)
        {
            // xorshift32; the sum of two is near enough to a bell.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            var noise = (int)((((state & 0xFF) + ((state >> 8) & 0xFF)) / 255.0 - 1) * strength * 1.7);
            for (var channel = i; channel < i + 3; channel++)
            {
                span[channel] = (byte)Math.Clamp(span[channel] + noise, 0, 255);
            }
        }
    }

    private static SKBitmap Sized(SKBitmap photo, int longSide)
    {
        var scale = (float)longSide / Math.Max(photo.Width, photo.Height);
        return photo.Resize(new SKImageInfo((int)(photo.Width * scale), (int)(photo.Height * scale)), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
    }
}
