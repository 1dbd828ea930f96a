using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Invoicing;

/// <summary>If-Match of RFC 9110: a change must name the version it was made from.</summary>
public static class Preconditions
{
    public static Problem Stale { get; } =
        new(412, "precondition_failed", "Cambió desde que se leyó. Vuelva a leerlo y repita el cambio.");

    /// <param name="etag">Of what is stored; null when nothing is.</param>
    public static Problem? Refuse(HttpRequest request, string? etag)
    {
        var headers = request.GetTypedHeaders();
        if (headers.IfNoneMatch.Any(t => t.Tag == "*") && etag is not null)
        {
            return Stale;
        }

        if (headers.IfMatch.Count == 0)
        {
            return etag is null ? null : new Problem(428, "precondition_required", "Falta If-Match con el ETag de lo que se cambia.");
        }

        return etag is not null && headers.IfMatch.Any(t => t.Tag == "*" || t.Compare(new EntityTagHeaderValue(etag), useStrongComparison: true)) ? null : Stale;
    }
}
