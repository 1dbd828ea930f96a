using Invoicing.TestSupport;

namespace Invoicing.SystemTests;

/// <summary>An SRE follows one ticket through every process by one trace id, the one the client sent.</summary>
[NonParallelizable]
public sealed class TraceTests
{
    private static readonly string[] Everybody = ["gateway", "tickets", "tickets-reader", "jobs", "browser-automation", "billing-metrics", "tenant-config"];

    [Test]
    public async Task One_trace_runs_from_the_http_call_through_the_broker_to_the_browser_and_back()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var system = await LocalSystem.StartAsync((_, environment) =>
        {
            environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Url;
            environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            environment["OTEL_BSP_SCHEDULE_DELAY"] = "500";
            environment["OTEL_TRACES_SAMPLER"] = "always_on";
        });
        var trace = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        var tickets = new TicketDesk(system);
        system.Gateway.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        var job = await tickets.SubmitTextAsync(await tickets.SellAsync("simple"));
        system.Gateway.DefaultRequestHeaders.Remove("traceparent");

        await tickets.CompletedAsync(job);

        await Eventually.TrueAsync(() => Task.FromResult(Everybody.All(s => receiver.Of(trace).Any(span => span.Service == s))),
            () => $"spans of everybody; seen: {string.Join(", ", receiver.Of(trace).Select(s => s.Service).Distinct())}");
        // A child is exported before the parent that still runs.
        IReadOnlyList<string> orphans = [];
        await Eventually.TrueAsync(() => Task.FromResult((orphans = Orphans(receiver.Of(trace))).Count == 0), () => $"no span without its parent: {string.Join(", ", orphans)}");
    }

    private static List<string> Orphans(IReadOnlyList<OtlpReceiver.Span> spans)
    {
        var known = spans.Select(s => s.SpanId).Append("00f067aa0ba902b7").ToHashSet();
        return [.. spans.Where(s => !known.Contains(s.ParentId)).Select(s => $"{s.Service}: {s.Name}")];
    }
}
