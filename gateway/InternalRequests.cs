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
                ? new AuthenticationHeaderValue("Bearer", context.HttpContext.RequestServices.GetRequiredService<InternalTokens>().Issue(caller))
                : ClientAsking(context.HttpContext.Request);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Who asks for an access token may name itself by HTTP Basic, as RFC 6749 section 2.3.1 has it.</summary>
    private static AuthenticationHeaderValue? ClientAsking(HttpRequest request) =>
        request.Path.StartsWithSegments("/connect") && AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given)
            && given.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? given : null;
}
