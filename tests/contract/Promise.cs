using System.Text.Json.Nodes;

namespace Invoicing.Contract.Tests;

/// <summary>What the contract promises of every answer, whatever was asked.</summary>
internal static class Promise
{
    public static void OfEveryAnswer(Answer answer, string path)
    {
        var v2 = path.StartsWith("/invoicing/v2", StringComparison.Ordinal);
        Assert.That(answer.Status, Is.LessThan(500), () => $"{answer.Call}: {answer.Text}\n{App.Local.WordsOf((string?)answer.Json?["traceId"] ?? "-")}");
        Assert.That(answer.Header("X-Request-Id"), Is.Not.Null, answer.Call);
        Assert.That(answer.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"), answer.Call);
        if (path.StartsWith("/invoicing", StringComparison.Ordinal) && answer.Status is not 302)
        {
            Assert.That(answer.Header("RateLimit"), Is.Not.Null, answer.Call);
            Assert.That(answer.Header("X-Processing-Time"), Is.Not.Null, answer.Call);
        }

        if (answer.Status >= 400 && path != "/connect/token")
        {
            Shape(answer, v2);
        }
    }

    /// <summary>RFC 9457 with our members; v1 keeps its <c>detail</c>.</summary>
    private static void Shape(Answer answer, bool v2)
    {
        Assert.That(answer.ContentType, Is.EqualTo("application/problem+json"), $"{answer.Call}: {answer.Status} {answer.Text}");
        answer.Has("type", "title", "status", "detail", "instance", "code", "traceId");
        Assert.That((int?)answer["status"], Is.EqualTo(answer.Status), answer.Call);
        Assert.That((string?)answer["traceId"], Is.EqualTo(answer.Header("X-Request-Id")), $"{answer.Call}: one id for problem, header and log");
        Assert.That(answer.Text, Does.Not.Contain("Exception").And.Not.Contain("   at Invoicing"), answer.Call);
        if (answer.Status == 401)
        {
            Assert.That(answer.Header("WWW-Authenticate"), Is.Not.Null, answer.Call);
        }

        if (answer.Status == 422 && answer["errors"] is JsonArray errors)
        {
            Assert.That(errors, Is.Not.Empty.And.All.Matches<JsonNode?>(e => e?["pointer"] is not null && e["code"] is not null && e["detail"] is not null), answer.Call);
            if (!v2)
            {
                Assert.That(answer["detail"]!.AsArray(), Is.All.Matches<JsonNode?>(d => d?["loc"] is JsonArray && d["msg"] is not null && d["type"] is not null), answer.Call);
            }
        }
        else
        {
            Assert.That(answer["detail"]!.GetValueKind(), Is.EqualTo(System.Text.Json.JsonValueKind.String), answer.Call);
        }
    }
}
