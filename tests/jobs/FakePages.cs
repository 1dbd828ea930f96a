using System.Collections.Concurrent;
using System.Net;

namespace Invoicing.Jobs.Tests;

/// <summary>The doors of workers behind which pages wait.</summary>
public sealed class FakePages : HttpMessageHandler
{
    /// <summary>Method, address and body of each call.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.NotFound);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Enqueue($"{request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken))}");
        return request.Headers.Authorization is { Scheme: "Bearer" } ? Answer(request) : new HttpResponseMessage(HttpStatusCode.Unauthorized);
    }
}
