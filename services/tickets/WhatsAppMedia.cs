namespace Invoicing.Tickets;

/// <summary>Fetches the picture, document or audio a message points to, within the walls of <see cref="Egress"/> and the limits of an upload.</summary>
public sealed class WhatsAppMedia(HttpClient http, Egress egress)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <exception cref="ProblemException">422 forbidden address, 413, 415, or 502 when it cannot be fetched: the sender tries again.</exception>
    public async Task<Upload> FetchAsync(string url, string messageType, CancellationToken ct)
    {
        if (egress.Refuse(url) is { } reason)
        {
            throw new ProblemException(new Problem(422, "forbidden_address", reason, [new FieldProblem("/media_url", "forbidden_address", reason)]));
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            response.EnsureSuccessStatusCode();
            var bytes = await ReadAsync(response, limit.Token);
            var declared = response.Content.Headers.ContentType?.MediaType ?? messageType switch { "image" => "image/unknown", "audio" => "audio/unknown", _ => "application/pdf" };
            return Upload.Judge(bytes, new Uri(url).Segments[^1], declared);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or IOException)
        {
            throw new ProblemException(new Problem(502, "media_unavailable", "No se pudo obtener el archivo del mensaje."));
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        using var buffer = new MemoryStream();
        var chunk = new byte[81920];
        for (int read; (read = await stream.ReadAsync(chunk, ct)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > Upload.MaxBytes)
            {
                throw new ProblemException(new Problem(413, "payload_too_large", "El archivo excede el máximo de 15 MB."));
            }
        }

        return buffer.ToArray();
    }
}
