using System.Net;
using Invoicing.Client;
using Invoicing.TestSupport;

namespace Invoicing.Clients.Tests;

/// <summary>The client library against the running system, over connections that fail.</summary>
public sealed class ClientTests
{
    private static InvoicingOptions Here => new() { Address = Installation.System.Gateway.BaseAddress!, RetryDelay = TimeSpan.FromMilliseconds(50) };

    [Test]
    public async Task A_ticket_whose_answer_was_lost_is_one_ticket()
    {
        using var network = new LosesFirstAnswer();
        using var api = new InvoicingClient(Here, network);
        var text = $"TIENDA DE PRUEBA {Guid.NewGuid()}\nTOTAL 10.00";

        var ticket = await api.Tickets.SubmitTextAsync(text, new TicketOptions { AutoProcess = false });

        Assert.That(network.Lost, Is.EqualTo(1));
        Assert.That(network.CreatedIds, Is.EqualTo(new[] { ticket.Id, ticket.Id }), "the second try was answered with the first one's ticket");
    }

    [Test]
    public async Task Events_come_once_and_in_order_over_cut_connections()
    {
        using var gate = new Gate("127.0.0.1", Installation.System.Gateway.BaseAddress!.Port);
        using var api = new InvoicingClient(Here with { Address = new Uri($"http://127.0.0.1:{gate.Port}") });
        var sold = await Installation.SellAsync("simple");
        var ticket = await api.Tickets.SubmitTextAsync(sold.GetProperty("text").GetString()!);
        var seen = new List<JobEvent>();

        await foreach (var one in api.Jobs.FollowAsync(ticket.AutomationJobId!.Value))
        {
            seen.Add(one);
            if (seen.Count is 3 or 6)
            {
                gate.Shut();
                gate.Open();
            }
        }

        Assert.That(seen.Select(e => e.Id), Is.EqualTo(Enumerable.Range(1, seen.Count).Select(i => (long)i)));
        Assert.That(seen[^1].Name, Is.EqualTo("complete"));
        Assert.That(seen[^1].Job.Status, Is.EqualTo("completado"), seen[^1].Job.OutcomeDetail);
        Assert.That(await api.Jobs.FollowAsync(ticket.AutomationJobId.Value, after: seen[^1].Id).ToListAsync(), Is.Empty, "a job that is over has nothing more to tell");
    }

    [Test]
    public async Task A_list_goes_over_all_its_pages()
    {
        using var api = new InvoicingClient(Here);
        var made = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            made.Add((await api.Tickets.SubmitTextAsync($"PAGINAS {i} {Guid.NewGuid()}", new TicketOptions { AutoProcess = false })).Id);
        }

        var listed = await api.Tickets.ListAsync(pageSize: 2).Select(t => t.Id).ToListAsync();

        Assert.That(listed, Is.Unique.And.SupersetOf(made));
    }

    [Test]
    public async Task A_refusal_is_told_with_its_code_and_sentence()
    {
        using var api = new InvoicingClient(Here);
        var refused = await Assert.ThrowsAsync<ApiException>(() => api.Tickets.GetAsync(987654321));
        Assert.That((refused!.Status, refused.Problem.Code), Is.EqualTo((HttpStatusCode.NotFound, "ticket_not_found")));
        Assert.That(refused.Message, Does.Contain("987654321"));
        Assert.That(refused.Problem.TraceId, Is.Not.Empty);
    }

    [Test]
    public async Task A_bad_key_is_refused_and_not_tried_again()
    {
        using var network = new LosesFirstAnswer { Loses = false };
        using var api = new InvoicingClient(Here with { ApiKey = "ak_nobodys" }, network);
        var refused = await Assert.ThrowsAsync<ApiException>(() => api.Jobs.GetAsync(1));
        Assert.That(refused!.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(network.Requests, Is.EqualTo(1));
    }

    /// <summary>Lets the first creating call reach the API and drops what it answers.</summary>
    private sealed class LosesFirstAnswer() : DelegatingHandler(new SocketsHttpHandler())
    {
        public bool Loses { get; init; } = true;

        public int Lost { get; private set; }

        public int Requests { get; private set; }

        public List<long> CreatedIds { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            Requests++;
            var answer = await base.SendAsync(request, ct);
            if (Loses && request.Method == HttpMethod.Post)
            {
                await answer.Content.LoadIntoBufferAsync(ct);
                var told = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct));
                CreatedIds.Add(told.RootElement.GetProperty("id").GetInt64());
                if (Lost == 0)
                {
                    Lost++;
                    answer.Dispose();
                    throw new HttpRequestException("The connection was cut before the answer came.");
                }
            }

            return answer;
        }
    }
}
