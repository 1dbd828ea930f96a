namespace Invoicing.Gateway;

/// <summary>
/// Pages of other sites may call the API only from the origins in <c>Cors:Origins</c>, with a credential in a header of their own: cookies
/// are never taken.
/// </summary>
public static class Origins
{
    private static readonly string[] Told =
    [
        "ETag", "Link", "Location", "Retry-After", "X-Total-Count", "X-Request-Id", "traceparent", "Idempotency-Replayed", "RateLimit", "RateLimit-Policy",
        "X-Automation-Mode", "X-Processing-Time", "Content-Disposition",
    ];

    public static IServiceCollection AddOrigins(this IServiceCollection services, IConfiguration configuration) =>
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(configuration.GetSection("Cors:Origins").Get<string[]>() ?? [])
            .WithMethods("GET", "POST", "PUT", "DELETE")
            .WithHeaders("Authorization", "X-API-Key", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Last-Event-ID", "traceparent")
            .WithExposedHeaders(Told)
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
}
