using System.Globalization;

namespace Invoicing.Gateway;

/// <summary>
/// Applies the policy of the route class to the caller's bucket: its tenant, the tenant named in the query, or the client's address.
/// Every answer tells what is left (IETF draft-ietf-httpapi-ratelimit-headers, and the X- headers that v1 clients know).
/// </summary>
public sealed class RateLimitMiddleware(RequestDelegate next, RateLimits limits, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/invoicing") && !context.Request.Path.StartsWithSegments("/connect"))
        {
            await next(context);
            return;
        }

        var policy = PolicyOf(context.Request);
        var verdict = await limits.TakeAsync(BucketOf(context), policy, context.RequestAborted);
        // Not at once: whoever ends the request with a problem begins the answer anew.
        context.Response.OnStarting(() =>
        {
            WriteHeaders(context.Response.Headers, verdict);
            return Task.CompletedTask;
        });
        if (verdict.Admitted)
        {
            await next(context);
            return;
        }

        context.Response.Headers.RetryAfter = Seconds(verdict).ToString(CultureInfo.InvariantCulture);
        await Problems.WriteAsync(context, Problems.ForStatus(429));
    }

    private RatePolicy PolicyOf(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? limits.Reads
        : request.Path.Value!.EndsWith("/process-robust", StringComparison.OrdinalIgnoreCase) ? limits.ProcessRobust
        : limits.Writes;

    private static string BucketOf(HttpContext context) => context.Features.Get<Caller>() switch
    {
        { Role: Role.platform_admin } admin => $"admin:{admin.Subject}",
        { CompanyId: { } company } => $"tenant:{company}",
        _ when context.Request.Query["company_id"].ToString() is { Length: > 0 and <= 100 } named => $"tenant:{named}",
        _ => $"address:{context.Connection.RemoteIpAddress}",
    };

    private void WriteHeaders(IHeaderDictionary headers, RateVerdict verdict)
    {
        var policy = verdict.Policy;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy.Name}\";q={policy.Quota};w={policy.WindowSeconds}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy.Name}\";r={verdict.Remaining};t={Seconds(verdict)}");
        headers["X-RateLimit-Limit"] = policy.Quota.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = verdict.ResetsAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    }

    private long Seconds(RateVerdict verdict) => Math.Max(1, (long)Math.Ceiling((verdict.ResetsAt - time.GetUtcNow()).TotalSeconds));
}
