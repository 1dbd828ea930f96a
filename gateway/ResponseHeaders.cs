using System.Diagnostics;
using System.Globalization;

namespace Invoicing.Gateway;

/// <summary>
/// Headers of every answer: <c>X-Request-Id</c> (the trace's id), <c>traceparent</c>, <c>X-Processing-Time</c> (ms) and
/// <c>X-Automation-Mode</c> on <c>/invoicing*</c>, and those that keep browsers from guessing and from running what they should not.
/// </summary>
public sealed class ResponseHeaders(RequestDelegate next, ILogger<ResponseHeaders> log)
{
    /// <summary>Answers are data; only our own pages may run our own scripts.</summary>
    private const string Data = "default-src 'none'; frame-ancestors 'none'";
    private const string Pages = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

    public Task InvokeAsync(HttpContext context, TenantConfig tenants)
    {
        var started = Stopwatch.GetTimestamp();
        context.Response.OnStarting(async () =>
        {
            var headers = context.Response.Headers;
            headers["X-Request-Id"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            headers["traceparent"] = Activity.Current?.Id;
            headers["X-Content-Type-Options"] = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["X-Frame-Options"] = "DENY";
            if (headers.ContentSecurityPolicy.Count == 0)
            {
                headers.ContentSecurityPolicy = context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true ? Pages : Data;
            }

            if (context.Request.Path.StartsWithSegments("/invoicing"))
            {
                headers.CacheControl = headers.CacheControl.Count == 0 ? "no-store" : headers.CacheControl;
                headers["X-Automation-Mode"] = await ModeAsync(context, tenants);
                headers["X-Processing-Time"] = ((long)Stopwatch.GetElapsedTime(started).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            }
        });
        return next(context);
    }

    /// <summary>The tenant's rollout decides; while tenant-config is away the default holds, as everywhere.</summary>
    private async Task<string> ModeAsync(HttpContext context, TenantConfig tenants)
    {
        var caller = context.Features.Get<Caller>();
        var company = caller?.CompanyId ?? (context.Request.Query["company_id"].ToString() is { Length: > 0 and <= 100 } named ? named : "default");
        try
        {
            return await tenants.SettingsAsync(company, context.RequestAborted) is { } settings && !settings.IsOn("enhanced_automation") ? "legacy" : "enhanced";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or System.Text.Json.JsonException)
        {
            log.LogDebug(e, "Automation mode of {CompanyId} unknown", company);
            return "enhanced";
        }
    }
}
