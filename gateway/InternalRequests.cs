using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Invoicing.Gateway;

/// <summary>What goes on to a service: the client's request without its credential and with the gateway's word on who calls.</summary>
public static class InternalRequests
{
    private static readonly string[] Dropped = ["X-API-Key", "Cookie", "Forwarded", "X-Real-IP", "X-Original-URL", "X-HTTP-Method-Override", "X-Tenant-ID"];

    public static void Forward(TransformBuilderContext builder)
    {
        builder.UseDefaultForwarders = true;
        builder.AddXForwarded(ForwardedTransformActions.Set);
        builder.AddRequestTransform(context =>
        {
            foreach (var header in Dropped)
            {
                context.ProxyRequest.Headers.Remove(header);
            }

            context.ProxyRequest.Headers.Authorization = context.HttpContext.Features.Get<Caller>() is { } caller
                ? new AuthenticationHeaderValue("Bearer", context.HttpContext.RequestServices.GetRequiredService<InternalTokenCache>().For(caller))
                : null;
            return ValueTask.CompletedTask;
        });
    }
}

/// <summary>A signature costs more than the rest of a request: one token serves a caller for 20 of its 60 seconds.</summary>
public sealed class InternalTokenCache(InternalTokens tokens, TimeProvider time)
{
    private const int MostCallers = 10_000;
    private static readonly TimeSpan Serve = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<Caller, (string Token, DateTimeOffset Until)> cache = new();

    public string For(Caller caller)
    {
        var now = time.GetUtcNow();
        if (cache.TryGetValue(caller, out var cached) && cached.Until > now)
        {
            return cached.Token;
        }

        if (cache.Count > MostCallers)
        {
            cache.Clear();
        }

        var token = tokens.Issue(caller);
        cache[caller] = (token, now + Serve);
        return token;
    }
}
