using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Invoicing;

/// <summary>
/// Paging of v2 lists, newest first: <c>limit</c> 1–200 (50), <c>offset</c>, or the <c>cursor</c> of the Link header, which names the last row
/// seen and so stays right while rows are added. 422 out of bounds.
/// </summary>
public sealed record Paging(int Limit, int Offset, DateTimeOffset? Before, string BeforeId)
{
    public static ValueTask<Paging> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (limit, offset) = (Number(query, "limit", 50, 1, 200), Number(query, "offset", 0, 0, int.MaxValue));
        return ValueTask.FromResult(query["cursor"].ToString() is { Length: > 0 } cursor ? Parse(cursor, limit) : new Paging(limit, offset, null, ""));
    }

    /// <summary>The words of a comma list.</summary>
    public static string[] Words(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <param name="at">When a row was made; lists go by it.</param>
    /// <param name="id">Decides between rows of one instant.</param>
    public IQueryable<T> Of<T, TId>(IQueryable<T> rows, Expression<Func<T, DateTimeOffset>> at, Expression<Func<T, TId>> id) where TId : IComparable<TId>
    {
        var after = Before is { } before ? rows.Where(After(at, id, before)) : rows;
        return after.OrderByDescending(at).ThenByDescending(id).Skip(Offset).Take(Limit);
    }

    /// <summary>Link to what follows, when this page was full.</summary>
    public void LinkNext<T, TId>(HttpContext context, IReadOnlyList<T> rows, Func<T, (DateTimeOffset At, TId Id)> key)
    {
        if (rows.Count < Limit)
        {
            return;
        }

        var (at, id) = key(rows[^1]);
        var text = string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}.{id}");
        var cursor = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var rest = context.Request.Query.Where(q => q.Key is not ("cursor" or "offset")).Append(new("cursor", cursor));
        context.Response.Headers.Link = $"<{context.Request.Path}{QueryString.Create(rest)}>; rel=\"next\"";
    }

    private Expression<Func<T, bool>> After<T, TId>(Expression<Func<T, DateTimeOffset>> at, Expression<Func<T, TId>> id, DateTimeOffset before)
    {
        if (Named<TId>() is not { } last)
        {
            throw Odd();
        }

        var row = at.Parameters[0];
        var idOfRow = new Rename(id.Parameters[0], row).Visit(id.Body);
        Expression lower = typeof(TId) == typeof(string)
            ? Expression.LessThan(Expression.Call(typeof(string), nameof(string.Compare), null, idOfRow, Parameter((string)last)), Expression.Constant(0))
            : Expression.LessThan(idOfRow, Parameter((TId)last));
        var instant = Parameter(before);
        return Expression.Lambda<Func<T, bool>>(
            Expression.OrElse(Expression.LessThan(at.Body, instant), Expression.AndAlso(Expression.Equal(at.Body, instant), lower)), row);
    }

    private object? Named<TId>() => typeof(TId) == typeof(string) ? BeforeId : long.TryParse(BeforeId, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Paging Parse(string cursor, int limit)
    {
        try
        {
            var text = cursor.Replace('-', '+').Replace('_', '/');
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))).Split('.', 2);
            return parts[1].Contains('\0', StringComparison.Ordinal) ? throw Odd()
                : new Paging(limit, 0, new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero), parts[1]);
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            throw Odd();
        }
    }

    private static ProblemException Odd() => new(Problem.Invalid("cursor", "invalid_cursor", "El cursor no es válido."));

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

    /// <summary>So that each page is the same query with other parameters.</summary>
    private static MemberExpression Parameter<T>(T value) => Expression.Property(Expression.Constant(new Box<T>(value)), nameof(Box<T>.Value));

    private sealed record Box<T>(T Value);

    private sealed class Rename(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
