using System.Globalization;

namespace Invoicing.Gateway;

/// <summary>
/// <c>/.well-known/security.txt</c> (RFC 9116): whom to tell of a weakness, <c>Security:Contact</c> (mailto: or https:). An installation that
/// names nobody has none.
/// </summary>
public static class SecurityText
{
    private static readonly TimeSpan Valid = TimeSpan.FromDays(180);

    public static void MapSecurityText(this WebApplication app) => app.MapGet("/.well-known/security.txt", (HttpContext http, IConfiguration configuration, TimeProvider time) =>
        configuration["Security:Contact"] is { Length: > 0 } contact
            ? Results.Text(string.Create(CultureInfo.InvariantCulture,
                $"Contact: {contact}\nExpires: {time.GetUtcNow() + Valid:yyyy-MM-dd'T'00:00:00'Z'}\nPreferred-Languages: es, en\nCanonical: {http.Request.Scheme}://{http.Request.Host}/.well-known/security.txt\n"), "text/plain; charset=utf-8")
            : new Problem(404, "not_found", "Esta instalación no nombra a quién avisar de una debilidad.")).ExcludeFromDescription();
}
