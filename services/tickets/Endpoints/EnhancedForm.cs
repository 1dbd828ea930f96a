using System.Text.Json;
using System.Text.Json.Nodes;

namespace Invoicing.Tickets.Endpoints;

/// <summary>The multipart way to say a v2 ticket: each field a text, the ticket itself in <c>file</c>.</summary>
internal static class EnhancedForm
{
    private static readonly string[] Numbers = ["user_id", "max_retries", "timeout_seconds", "fiscal_profile_id"];
    private static readonly string[] Booleans = ["auto_process", "captcha_solving", "enable_captcha_solving"];

    /// <summary>Reads the form as the JSON it stands for, so that both ways are judged alike.</summary>
    public static async Task<(SubmitEnhancedTicket.Request, Upload?)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var form = await FormReading.ReadAsync(request);
        var upload = form.SentFile() is { } file ? Upload.Judge(await file.BytesAsync(ct), file.FileName, file.ContentType) : null;
        var json = new JsonObject();
        foreach (var (name, value) in form)
        {
            json[name] = name is "alternative_urls" or "alternative_urls[]" ? null : ValueOf(name, value.ToString());
        }

        json.Remove("alternative_urls[]");
        json["alternative_urls"] = Urls(form["alternative_urls"].Concat(form["alternative_urls[]"]));
        if (upload is not null)
        {
            json["raw_data"] = "file";
            json["tipo"] = upload.Tipo.ToString();
        }

        return (Body.Parse<SubmitEnhancedTicket.Request>(JsonSerializer.SerializeToUtf8Bytes(json)), upload);
    }

    private static JsonNode? ValueOf(string name, string value)
    {
        if (value.Length == 0)
        {
            return null;
        }

        if (Numbers.Contains(name) && long.TryParse(value, out var number))
        {
            return number;
        }

        if (Booleans.Contains(name) && bool.TryParse(value, out var flag))
        {
            return flag;
        }

        return name == "portal_fields" && Parsed(value) is JsonObject fields ? fields : JsonValue.Create(value);
    }

    /// <summary>The field repeated, a JSON array, or a list with commas.</summary>
    private static JsonArray Urls(IEnumerable<string?> given) => [.. given
        .SelectMany(v => Parsed(v) is JsonArray list ? list.Select(u => u?.ToString()) : (v ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Where(u => !string.IsNullOrWhiteSpace(u)).Select(u => (JsonNode?)JsonValue.Create(u))];

    private static JsonNode? Parsed(string? json)
    {
        try
        {
            return json is ['[' or '{', ..] ? JsonNode.Parse(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
