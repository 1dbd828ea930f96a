using Invoicing.Portals.Engine.Captcha;
using SkiaSharp;

namespace Invoicing.Portals.Control;

/// <summary>
/// GET /_truth/captcha: the answer, for whoever plays the person. By <c>?sha256=</c> of the picture, by <c>?session=</c> cookie,
/// or the portal's latest with <c>?portal=</c>; all drawn without any.
/// </summary>
public static class TellCaptcha
{
    public sealed record Response(string Portal, string Session, string Answer, string Sha256, DateTimeOffset ExpiresAt);

    public static IResult Handle(CaptchaDesk captchas, string? sha256, string? session, string? portal)
    {
        if (sha256 is null && session is null && portal is null) return Results.Ok(captchas.Drawn.Select(View));
        var found = captchas.Drawn.LastOrDefault(challenge =>
            (sha256 is null || string.Equals(challenge.Sha256, sha256, StringComparison.OrdinalIgnoreCase))
            && (session is null || challenge.Session == session)
            && (portal is null || challenge.Portal == portal));
        return found is null ? Results.NotFound() : Results.Ok(View(found));
    }

    /// <summary>POST /_truth/captcha: a picture of a captcha as it was seen on the page (a screenshot); the answer of the one it shows.</summary>
    public static async Task<IResult> Look(CaptchaDesk captchas, HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes);
        using var seen = SKBitmap.Decode(bytes.ToArray());
        if (seen is null) return Results.BadRequest(new { error = "The body is no picture." });
        var (found, difference) = captchas.Drawn.TakeLast(200).Select(challenge => (challenge, Difference(seen, challenge.Png)))
            .MinBy(candidate => candidate.Item2);
        return found is null || difference > 24 ? Results.NotFound() : Results.Ok(View(found));
    }

    /// <summary>Mean difference of grey, 0 to 255, the drawn picture scaled to the size of the seen one.</summary>
    private static double Difference(SKBitmap seen, byte[] png)
    {
        using var drawn = SKBitmap.Decode(png);
        using var scaled = drawn.Resize(new SKImageInfo(seen.Width, seen.Height), SKSamplingOptions.Default);
        return seen.Pixels.Zip(scaled.Pixels, (a, b) => Math.Abs(Grey(a) - Grey(b))).Average();
    }

    private static int Grey(SKColor colour) => (colour.Red + colour.Green + colour.Blue) / 3;

    private static Response View(CaptchaChallenge challenge) =>
        new(challenge.Portal, challenge.Session, challenge.Answer, challenge.Sha256, challenge.ExpiresAt);
}
