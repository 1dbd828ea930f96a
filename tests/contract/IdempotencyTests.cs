namespace Invoicing.Contract.Tests;

/// <summary>http-api.md section 1, idempotency: on every creating POST.</summary>
public sealed class IdempotencyTests
{
    private static IEnumerable<TestCaseData> Creating()
    {
        yield return new TestCaseData("/invoicing/v2/tickets", """{"raw_data":"a","tipo":"texto"}""", """{"raw_data":"b","tipo":"texto"}""");
        yield return new TestCaseData("/invoicing/merchants", """{"nombre":"Uno","metodo_facturacion":"email"}""", """{"nombre":"Dos","metodo_facturacion":"email"}""");
        yield return new TestCaseData("/invoicing/bulk-match", """{"tickets":[{"raw_data":"a","tipo":"texto"}]}""", """{"tickets":[]}""");
        yield return new TestCaseData($"/invoicing/v2/tenants/{App.Company}/api-keys", """{"name":"idem","role":"viewer"}""", """{"name":"idem","role":"admin"}""");
        yield return new TestCaseData($"/invoicing/v2/tenants/{App.Company}/webhook-secret", """{}""", """{"a":1}""");
        yield return new TestCaseData("/invoicing/v2/bulk", """{"ticket_ids":[99999998]}""", """{"ticket_ids":[1]}""");
    }

    [TestCaseSource(nameof(Creating))]
    public async Task The_same_key_and_body_is_the_first_answer_again(string path, string body, string other)
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = (await App.Admin.PostAsync(path, Json(body), key)).Is(200);
        var again = (await App.Admin.PostAsync(path, Json(body), key)).Is(200);
        Assert.That((again.Text, again.Header("Idempotency-Replayed"), first.Header("Idempotency-Replayed")), Is.EqualTo((first.Text, "true", (string?)null)));
        (await App.Admin.PostAsync(path, Json(other), key)).Is(422, "idempotency_mismatch");
        (await App.Admin.PostAsync(path, Json(body), ("Idempotency-Key", new string('k', 256)))).Is(400);
        (await App.Admin.PostAsync(path, Json(body), ("Idempotency-Key", ""))).Is(400, "invalid_idempotency_key");
    }

    [Test]
    public async Task A_job_is_made_once_a_key()
    {
        var (ticket, _) = await App.Admin.NewTicketAsync(more: new { auto_process = false });
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = (await App.Operator.PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket }, key)).Is(200);
        var again = (await App.Operator.PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket }, key)).Is(200);
        Assert.That(((long?)again["id"], again.Header("Location"), again.Header("Idempotency-Replayed")), Is.EqualTo(((long?)first["id"], first.Header("Location"), "true")));
    }

    [Test]
    public async Task Fifty_at_once_with_one_key_make_one_ticket()
    {
        var (_, admin) = await App.NewTenantAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => admin.PostAsync("/invoicing/v2/tickets", new { raw_data = Shapes.Text, tipo = "texto", auto_process = false }, key)));
        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(200).Or.EqualTo(409));
        Assert.That(answers.Where(a => a.Status == 409).Select(a => a.Header("Retry-After")), Is.All.EqualTo("1"));
        Assert.That(answers.Count(a => a.Status == 200 && a.Header("Idempotency-Replayed") is null), Is.EqualTo(1));
        Assert.That((int?)(await admin.GetAsync("/invoicing/tickets")).Is(200)["total"], Is.EqualTo(1));
    }

    [Test]
    public async Task A_refused_request_does_not_use_up_its_key()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        (await App.Admin.PostAsync("/invoicing/v2/tickets", new { raw_data = "x", tipo = "nada" }, key)).Is(422);
        (await App.Admin.PostAsync("/invoicing/v2/tickets", new { raw_data = "x", tipo = "texto", auto_process = false }, key)).Is(200);
    }

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");
}
