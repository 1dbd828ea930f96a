using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Invoicing.Tickets;

/// <summary>Where a page of a v2 list begins: after <see cref="After"/>, or at <see cref="Offset"/>.</summary>
public sealed record Paging(int Limit, int Offset, Paging.Position? After)
{
    /// <summary>The last row of the page before; lists are newest first.</summary>
    public sealed record Position(DateTimeOffset CreatedAt, long Id);

    /// <exception cref="ProblemException">422 out of bounds, or a cursor that is not ours.</exception>
    public static Paging Of(int? limit, int? offset, string? cursor)
    {
        if (limit is < 1 or > 200)
        {
            throw new ProblemException(Problem.Invalid("limit", "out_of_range", "limit debe estar entre 1 y 200."));
        }

        if (offset is < 0)
        {
            throw new ProblemException(Problem.Invalid("offset", "out_of_range", "offset no puede ser negativo."));
        }

        return new Paging(limit ?? 50, offset ?? 0, string.IsNullOrEmpty(cursor) ? null : Read(cursor));
    }

    /// <summary>Adds the Link to the next page, when this one is full.</summary>
    public void Link(HttpContext context, int count, Position? last)
    {
        if (count < Limit || last is null)
        {
            return;
        }

        var query = context.Request.Query.Where(q => q.Key is not ("cursor" or "offset")).SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v));
        var url = QueryHelpers.AddQueryString(context.Request.Path, query.Append(KeyValuePair.Create("cursor", (string?)Write(last))));
        context.Response.Headers.Link = $"<{url}>; rel=\"next\"";
    }

    private static string Write(Position position) =>
        WebEncoders.Base64UrlEncode(Encoding.ASCII.GetBytes($"{position.CreatedAt.UtcTicks}.{position.Id}"));

    private static Position Read(string cursor)
    {
        try
        {
            var parts = Encoding.ASCII.GetString(WebEncoders.Base64UrlDecode(cursor)).Split('.');
            return new Position(new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero), long.Parse(parts[1], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is FormatException or OverflowException or IndexOutOfRangeException or ArgumentException)
        {
            throw new ProblemException(Problem.Invalid("cursor", "invalid_cursor", "El cursor no es válido."));
        }
    }
}
