using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Invoicing;

/// <summary>Whose request it is, where to, and a digest of what it says. The body stays readable.</summary>
internal sealed record IdempotentRequest(string Owner, string Route, string Fingerprint)
{
    public static async Task<IdempotentRequest> ReadAsync(HttpRequest request, Caller caller, Func<HttpRequest, Task<IFormCollection>> readForm)
    {
        request.EnableBuffering();
        var (named, digest) = request.HasFormContentType ? await OfFormAsync(request, readForm) : await OfBodyAsync(request);
        var owner = caller.CompanyId ?? (request.Query["company_id"].ToString() is { Length: > 0 } query ? query : named) ?? caller.Subject;
        var fingerprint = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Path}\n{request.QueryString}\n{digest}")));
        return new IdempotentRequest(owner, $"{request.Method} {request.Path}", fingerprint);
    }

    /// <summary>The boundary differs from try to try; names, values and bytes do not.</summary>
    private static async Task<(string?, string)> OfFormAsync(HttpRequest request, Func<HttpRequest, Task<IFormCollection>> readForm)
    {
        var form = await readForm(request);
        request.Body.Position = 0;
        var parts = form.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={Digest(Encoding.UTF8.GetBytes(string.Join('\0', f.Value.ToArray())))}").ToList();
        foreach (var file in form.Files)
        {
            await using var content = file.OpenReadStream();
            parts.Add($"{file.Name}={file.FileName}={file.ContentType}={Convert.ToHexString(await SHA256.HashDataAsync(content, request.HttpContext.RequestAborted))}");
        }

        return (form["company_id"].ToString() is { Length: > 0 } named ? named : null, string.Join('\n', parts));
    }

    private static async Task<(string?, string)> OfBodyAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        var bytes = buffer.ToArray();
        return (request.HasJsonContentType() ? NamedIn(bytes) : null, Digest(bytes));
    }

    private static string? NamedIn(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("company_id", out var id) && id.ValueKind == JsonValueKind.String
                ? id.GetString() : null;
        }
        catch (JsonException)
        {
            // The endpoint itself says what is wrong with the body.
            return null;
        }
    }

    private static string Digest(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
