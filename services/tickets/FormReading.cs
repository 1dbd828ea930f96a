using Microsoft.AspNetCore.Http.Features;

namespace Invoicing.Tickets;

/// <summary>Reads forms that may be broken or too big.</summary>
internal static class FormReading
{
    private static readonly string[] Lists = ["alternative_urls", "alternative_urls[]"];

    /// <exception cref="ProblemException">400 broken, 413 too big, 415 not a form.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            // An empty form of some clients comes without a content type.
            return request.ContentType is null && request.ContentLength is null or 0 ? FormCollection.Empty : throw new ProblemException(Problems.ForStatus(415));
        }

        if (request.ContentLength > UploadLimits.Body)
        {
            throw new ProblemException(Problems.ForStatus(413));
        }

        try
        {
            return Unambiguous(await request.ReadFormAsync(request.HttpContext.RequestAborted));
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            var tooBig = e is InvalidDataException && e.Message.Contains("limit", StringComparison.OrdinalIgnoreCase);
            throw new ProblemException(tooBig ? Problems.ForStatus(413) : new Problem(400, "malformed_form", "El formulario no se pudo leer."));
        }
    }

    /// <summary>Of two values or two files one would be lost unsaid.</summary>
    private static IFormCollection Unambiguous(IFormCollection form) =>
        form.FirstOrDefault(f => f.Value.Count > 1 && !Lists.Contains(f.Key)).Key is { } twice
            ? throw new ProblemException(Problem.Invalid($"/{twice}", "duplicate_parameter", $"{twice} se dio más de una vez."))
            : form.Files.Count > 1 ? throw new ProblemException(Problem.Invalid("/file", "duplicate_parameter", "Se acepta un archivo por petición."))
            : form;

    /// <summary>A form with parts; a urlencoded body is what some clients call any body at all.</summary>
    public static bool IsMultipart(this HttpRequest request) => request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The whole body as it came.</summary>
    /// <exception cref="ProblemException">413.</exception>
    public static async Task<byte[]> BodyAsync(this HttpRequest request, int most, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, ct);
        return buffer.Length > most ? throw new ProblemException(Problems.ForStatus(413)) : buffer.ToArray();
    }

    /// <summary>The file called <c>file</c>, or the first one whatever its name; null when none or an empty one came.</summary>
    public static IFormFile? SentFile(this IFormCollection form) =>
        (form.Files["file"] ?? (form.Files.Count > 0 ? form.Files[0] : null)) is { Length: > 0 } file ? file : null;

    public static async Task<byte[]> BytesAsync(this IFormFile file, CancellationToken ct)
    {
        if (file.Length > Upload.MaxBytes)
        {
            throw new ProblemException(new Problem(413, "payload_too_large", "El archivo excede el máximo de 15 MB."));
        }

        var bytes = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }
}
