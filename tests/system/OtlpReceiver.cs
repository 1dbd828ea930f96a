using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Invoicing.SystemTests;

/// <summary>Receives OTLP traces over HTTP and keeps of each span whose it is, its trace and its parent.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Span> spans = new();
    private readonly WebApplication app;

    private OtlpReceiver(WebApplication app) => this.app = app;

    public sealed record Span(string Service, string Name, string TraceId, string SpanId, string ParentId);

    public string Url => app.Urls.Single();

    public IReadOnlyList<Span> Of(string traceId) => [.. spans.Where(s => s.TraceId == traceId)];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new OtlpReceiver(builder.Build());
        receiver.app.MapPost("/v1/{signal}", receiver.TakeAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, string signal)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        if (signal == "traces")
        {
            foreach (var resource in Fields(buffer.ToArray(), 1))
            {
                ReadResource(resource);
            }
        }
    }

    /// <summary>ResourceSpans: 1 = resource, 2 = scope spans, each with 2 = spans (opentelemetry-proto, trace.proto).</summary>
    private void ReadResource(byte[] resource)
    {
        var service = Fields(resource, 1).SelectMany(r => Fields(r, 1)).Where(a => Text(a, 1) == "service.name").Select(a => Text(Fields(a, 2).Single(), 1)).FirstOrDefault() ?? "";
        foreach (var span in Fields(resource, 2).SelectMany(scope => Fields(scope, 2)))
        {
            spans.Enqueue(new Span(service, Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4)));
        }
    }

    private static string Text(byte[] message, int field) => System.Text.Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault() ?? []);

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Fields(message, field).FirstOrDefault() ?? []);

    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        var found = new List<byte[]>();
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == wanted && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                found.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }
}
