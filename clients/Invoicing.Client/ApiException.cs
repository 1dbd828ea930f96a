using System.Net;

namespace Invoicing.Client;

/// <summary>The API said no. <see cref="Exception.Message"/> is the problem's <c>detail</c>, a sentence in Spanish.</summary>
public sealed class ApiException(HttpStatusCode status, Problem problem) : Exception(problem.Detail ?? problem.Title ?? $"HTTP {(int)status}")
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>RFC 9457; <see cref="Problem.Code"/> is the stable word to decide on.</summary>
    public Problem Problem { get; } = problem;
}

public sealed record Problem(string? Type, string? Title, int Status, string? Detail, string? Instance, string? Code, IReadOnlyList<FieldProblem>? Errors)
{
    /// <summary>What to name to the operators of the installation.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("traceId")]
    public string? TraceId { get; init; }
}

/// <param name="Pointer">JSON Pointer (RFC 6901) to the value at fault.</param>
public sealed record FieldProblem(string Pointer, string Code, string Detail);
