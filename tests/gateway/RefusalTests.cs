using System.Net.Http.Headers;

namespace Invoicing.Gateway.Tests;

/// <summary>Everything that goes wrong has one shape, also when no service is there to say it.</summary>
public sealed class RefusalTests
{
    [TestCase("GET", "/invoicing/unknown", 404)]
    [TestCase("GET", "/invoicing/v2/unknown", 404)]
    [TestCase("GET", "/nonexistent-endpoint", 404)]
    [TestCase("GET", "/openapi/v3.json", 404)]
    [TestCase("GET", "/metrics", 404)]
    [TestCase("GET", "/swagger", 404)]
    [TestCase("POST", "/docs", 405)]
    [TestCase("TRACE", "/invoicing/tickets", 405)]
    [TestCase("TRACK", "/invoicing/tickets", 405)]
    [TestCase("POST", "/openapi/v2.json", 405)]
    [TestCase("GET", "/invoicing/tickets/3/navigate-urls", 410)]
    [TestCase("POST", "/invoicing/maintenance/anything", 410)]
    [TestCase("GET", "/invoicing/v2/jobs/8/hangs-up", 502)]
    [TestCase("GET", "/invoicing/v2/nobody", 502)]
    [TestCase("GET", "/invoicing/v2/billing/silent", 504)]
    public async Task A_refusal_is_a_problem(string method, string path, int status)
    {
        using var http = App.Client(App.Key);
        using var answer = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await answer.ProblemAsync(status);
        if (status == 405)
        {
            Assert.That(answer.Content.Headers.Allow, Is.Not.Empty);
        }

        if (status is 502 or 503 or 504)
        {
            Assert.That(answer.Headers.RetryAfter, Is.Not.Null);
        }
    }

    [Test]
    public async Task A_service_s_own_words_pass_unchanged()
    {
        using var http = App.Client(gateway: "gateway-2");
        using var answer = await http.GetAsync("/invoicing/tickets/99999");
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That((string?)(await answer.JsonAsync())["detail"], Is.EqualTo("Ticket 99999 no encontrado"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_body_over_the_limit_is_413_whether_its_length_is_told_or_not(bool told)
    {
        using var http = App.Client(gateway: "gateway-2");
        http.DefaultRequestHeaders.ExpectContinue = true;
        using var body = new StreamContent(new Zeros(33 * 1024 * 1024));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        body.Headers.ContentLength = told ? 33 * 1024 * 1024 : null;
        http.DefaultRequestHeaders.TransferEncodingChunked = !told;
        using var answer = await http.PostAsync("/invoicing/v2/tickets", body);
        await answer.ProblemAsync(413);
        Assert.That(answer.Headers.Contains("RateLimit"), Is.True);
    }

    [Test]
    public async Task A_body_within_the_limit_arrives_whole()
    {
        using var http = App.Client(gateway: "gateway-2");
        using var body = new StreamContent(new Zeros(20 * 1024 * 1024));
        Assert.That((long?)(await (await http.PostAsync("/invoicing/v2/tickets", body)).JsonAsync())["bytes"], Is.EqualTo(20 * 1024 * 1024));
    }

    [TestCase("/invoicing/v2/../v2/admin/overview", 403)]
    [TestCase("/invoicing/V2/ADMIN/overview", 403)]
    [TestCase("/invoicing/v2/%61dmin/overview", 403)]
    [TestCase("/invoicing/v2//admin/overview", 404)]
    [TestCase("/invoicing/v2/admin%2foverview", 404)]
    [TestCase("/internal/tenants/default", 404)]
    [TestCase("/invoicing/v2/jobs/../../../internal/tenants/default", 404)]
    public async Task Odd_spellings_lead_nowhere_new(string path, int status)
    {
        App.Jobs.Reached.Clear();
        var answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {App.Key}\r\n\r\n");
        Assert.That(answer, Does.StartWith($"HTTP/1.1 {status}"));
        Assert.That(App.Jobs.Reached.Where(r => r.Contains("admin", StringComparison.OrdinalIgnoreCase) || r.Contains("internal", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("POST /invoicing/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /invoicing/smuggled HTTP/1.1\r\nHost: x\r\n\r\n")]
    [TestCase("POST /invoicing/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")]
    [TestCase("POST /invoicing/tickets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [TestCase("GET /invoicing/tickets HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n")]
    [TestCase("GET /invoicing/tickets\r\n\r\n")]
    [TestCase("POST /invoicing/tickets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\nGET /invoicing/smuggled HTTP/1.1\r\nHost: x\r\n\r\n")]
    [TestCase("POST /invoicing/tickets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [TestCase("POST /invoicing/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [TestCase("POST /invoicing/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 0x5\r\n\r\nhello")]
    [TestCase("GET /invoicing/tickets HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")]
    [TestCase("GET /invoicing/tickets HTTP/1.1\r\n\r\n")]
    public async Task Requests_that_two_servers_could_read_differently_are_not_passed_on(string request)
    {
        App.Tickets.Reached.Clear();
        var answer = await RawAsync(request, "gateway-2");
        Assert.That(answer, Does.StartWith("HTTP/1.1 4").Or.StartWith("HTTP/1.1 501").Or.Contains("\"bytes\":0"));
        Assert.That(App.Tickets.Reached.Where(r => r.Contains("smuggled", StringComparison.Ordinal)), Is.Empty);
    }

    private static async Task<string> RawAsync(string request, string gateway = "gateway")
    {
        using var client = new System.Net.Sockets.TcpClient();
        var uri = new Uri(App.Local[gateway].Url);
        await client.ConnectAsync(uri.Host, uri.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (!System.Text.Encoding.ASCII.GetString(buffer, 0, length).Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), limit.Token);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return System.Text.Encoding.ASCII.GetString(buffer, 0, length);
    }

    /// <summary>So many zero bytes without the memory for them.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(count, left);
            Array.Clear(buffer, offset, given);
            left -= given;
            return given;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
