using Invoicing.Portals.Engine.Captcha;

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

    private static Response View(CaptchaChallenge challenge) =>
        new(challenge.Portal, challenge.Session, challenge.Answer, challenge.Sha256, challenge.ExpiresAt);
}
