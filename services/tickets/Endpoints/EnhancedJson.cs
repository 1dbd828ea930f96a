namespace Invoicing.Tickets.Endpoints;

/// <summary>The JSON way to say a v2 ticket: files travel as base64.</summary>
internal static class EnhancedJson
{
    public static async Task<SubmitEnhancedTicket.Request> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasJsonContentType())
        {
            throw new ProblemException(Problems.ForStatus(415));
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, ct);
        return Body.Parse<SubmitEnhancedTicket.Request>(buffer.ToArray());
    }

    /// <summary>The file of a ticket that comes as base64.</summary>
    public static Upload Decoded(string raw, string tipo)
    {
        var declared = tipo switch { "pdf" => "application/pdf", "voz" => "audio/unknown", "imagen" => "image/unknown", _ => null };
        if (declared is null)
        {
            throw new ProblemException(Problem.Invalid("/tipo", "invalid_value", "tipo debe ser imagen, pdf, texto o voz."));
        }

        var data = raw.StartsWith("data:", StringComparison.Ordinal) ? raw[(raw.IndexOf(',', StringComparison.Ordinal) + 1)..] : raw;
        var bytes = new byte[data.Length];
        return Convert.TryFromBase64String(data, bytes, out var length) && length > 0
            ? Upload.Judge(bytes.AsMemory(0, length), null, declared, "/raw_data")
            : throw new ProblemException(Problem.Invalid("/raw_data", "invalid_base64", $"raw_data de un ticket {tipo} debe venir en base64."));
    }
}
