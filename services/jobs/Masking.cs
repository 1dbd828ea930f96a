using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Invoicing.Jobs;

/// <summary>A message's text as an operator may see it: secrets gone, whatever their place.</summary>
public static partial class Masking
{
    private const string Hidden = "***";
    private static readonly string[] Telling =
        ["password", "passwd", "contrasena", "contraseña", "secret", "token", "authorization", "credential", "apikey", "api_key", "cookie", "answers", "captcha"];

    /// <summary>The message of a MassTransit envelope, or the whole text where there is none; a string when it is not JSON.</summary>
    public static JsonNode? Masked(byte[] body)
    {
        try
        {
            var whole = JsonNode.Parse(body);
            var message = whole is JsonObject envelope && envelope["message"] is { } inner ? inner.DeepClone() : whole;
            return Mask(message, IsAnswer(whole));
        }
        catch (JsonException)
        {
            var text = Encoding.UTF8.GetString(body);
            return JsonValue.Create(Secrets().Replace(text[..Math.Min(text.Length, 500)], Hidden));
        }
    }

    /// <summary>What a person answered may be a password.</summary>
    private static bool IsAnswer(JsonNode? envelope) =>
        envelope is JsonObject whole && whole["messageType"] is JsonArray types && types.Any(t => t?.ToString().EndsWith("AnswerIntervention", StringComparison.Ordinal) == true);

    private static JsonNode? Mask(JsonNode? node, bool answer)
    {
        switch (node)
        {
            case JsonObject group:
                foreach (var (name, value) in group.ToList())
                {
                    var secret = Telling.Any(t => name.Contains(t, StringComparison.OrdinalIgnoreCase)) || answer && name.Equals("value", StringComparison.OrdinalIgnoreCase);
                    group[name] = secret && value is not null && !IsFlag(value) ? Hidden : Mask(value?.DeepClone(), answer);
                }

                return group;
            case JsonArray list:
                return new JsonArray([.. list.Select(i => Mask(i?.DeepClone(), answer))]);
            case JsonValue text when text.TryGetValue(out string? said):
                return JsonValue.Create(Secrets().Replace(said, Hidden));
            default:
                return node;
        }
    }

    /// <summary>captchaSolving: true tells nothing.</summary>
    private static bool IsFlag(JsonNode value) => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    [GeneratedRegex(@"whsec_[A-Za-z0-9+/=]+|\bak_[A-Za-z0-9_-]+|Bearer\s+\S+|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)")]
    private static partial Regex Secrets();
}
