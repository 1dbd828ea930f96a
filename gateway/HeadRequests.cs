namespace Invoicing.Gateway;

/// <summary>HEAD asks for what GET answers without the body, which the server leaves out by itself. A stream has no such answer: it would not end.</summary>
public sealed class HeadRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method) && !context.Request.Path.Value!.EndsWith("/stream", StringComparison.OrdinalIgnoreCase))
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }
}
