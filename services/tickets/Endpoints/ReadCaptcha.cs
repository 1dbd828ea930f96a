using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /internal/captcha: a picture of letters from a portal, read with the models of tickets; for workers whose tenant wants that.</summary>
public static class ReadCaptcha
{
    private const int MaxBytes = 256 * 1024;

    /// <param name="Text">Null: not sure, ask a person.</param>
    public sealed record Response(string? Text);

    public static async Task<Response> Handle(HttpRequest request, CaptchaReader reader, CancellationToken ct)
    {
        using var picture = new MemoryStream();
        await request.Body.CopyToAsync(picture, ct);
        return new Response(picture.Length > MaxBytes ? null : reader.Read(picture.GetBuffer().AsSpan(0, (int)picture.Length)));
    }
}
