using System.Globalization;
using System.Text;

namespace Invoicing.Jobs.Endpoints;

/// <summary>Paging of v2 lists, newest first: <c>limit</c> 1–200 (50), <c>offset</c>, or the <c>cursor</c> of the Link header. 422 out of bounds.</summary>
public sealed record Page(int Limit, int Offset, DateTimeOffset? Before, long BeforeId)
{
    public static ValueTask<Page> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (limit, offset) = (Number(query, "limit", 50, 1, 200), Number(query, "offset", 0, 0, int.MaxValue));
        return ValueTask.FromResult(query["cursor"].ToString() is { Length: > 0 } cursor ? Parse(cursor, limit) : new Page(limit, offset, null, 0));
    }

    public IQueryable<AutomationJob> Of(IQueryable<AutomationJob> jobs)
    {
        var after = Before is { } at ? jobs.Where(j => j.CreatedAt < at || (j.CreatedAt == at && j.Id < BeforeId)) : jobs;
        return after.OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id).Skip(Offset).Take(Limit);
    }

    /// <summary>Link to what follows, when this page was full.</summary>
    public void LinkNext(HttpContext context, IReadOnlyList<AutomationJob> jobs)
    {
        if (jobs.Count < Limit)
        {
            return;
        }

        var cursor = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{jobs[^1].CreatedAt.UtcTicks}.{jobs[^1].Id}")).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var rest = context.Request.Query.Where(q => q.Key is not ("cursor" or "offset")).Append(new("cursor", cursor));
        context.Response.Headers.Link = $"<{context.Request.Path}{QueryString.Create(rest)}>; rel=\"next\"";
    }

    private static Page Parse(string cursor, int limit)
    {
        try
        {
            var text = cursor.Replace('-', '+').Replace('_', '/');
            var parts = Encoding.ASCII.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))).Split('.');
            return new Page(limit, 0, new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero), long.Parse(parts[1], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new ProblemException(Problem.Invalid("cursor", "invalid_value", "El cursor no es válido."));
        }
    }

    private static int Number(IQueryCollection query, string name, int otherwise, int min, int max)
    {
        if (query[name].ToString() is not { Length: > 0 } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new ProblemException(Problem.Invalid(name, "out_of_range", $"{name} debe ser un número entre {min} y {max}."));
    }
}
