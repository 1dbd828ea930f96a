using System.Text.Json.Nodes;
using Invoicing.Messages;
using Invoicing.Tickets.Reading.Tests;

namespace Invoicing.Tickets.Tests;

/// <summary>Engines outside are asked where a tenant wants it and our own reader is in doubt, and are believed only where something bears them out.</summary>
public sealed class SecondOpinionTests
{
    private const string Google = "google_vision_ocr";
    private const string Claude = "claude_analysis";

    /// <summary>A code of letters and digits is never surely read from a photograph alone.</summary>
    private static readonly string[] Print = ["TIENDA LA ESPIGA", "", "FOLIO: A-318534", "FECHA: 18/08/2025 10:15", "", "SUBTOTAL: $309.48", "IVA 16%: $49.52", "TOTAL: $359.00", "GRACIAS POR SU COMPRA"];

    private static readonly byte[] Photograph = Paper.Print(string.Join('\n', Print));

    private static CloudStandIn Cloud => App.Neighbours.Cloud;

    [Test]
    public async Task Where_both_read_the_same_the_doubt_is_gone_and_the_page_is_paid_for()
    {
        var (http, key) = Tenant(Google);
        Cloud.Says(key, CloudStandIn.Words(Print));

        var (read, ticket) = await ReadAsync(http, Photograph);

        Assert.That((read.Fields["folio"], read.Confidence["folio"]), Is.EqualTo(("A-318534", .9)));
        Assert.That((read.Usage.Engine, read.Usage.OcrPages, read.Usage.ModelInputTokens), Is.EqualTo(("local+google_vision_ocr", 1, 0L)));
        Assert.That(Opinions(ticket).Single(), Does.StartWith("google_vision_ocr used ").And.Contain("folio"));
        Assert.That(Convert.FromBase64String((string)Cloud.AskedWith(key).Single()["requests"]![0]!["image"]!["content"]!)[..3], Is.EqualTo(new byte[] { 0xFF, 0xD8, 0xFF }));
    }

    [Test]
    public async Task What_the_paper_does_not_show_is_not_believed()
    {
        var (http, key) = Tenant(Google);
        Cloud.Says(key, CloudStandIn.Words([.. Print.Select(line => line.Replace("A-318534", "K-777777", StringComparison.Ordinal).Replace("359.00", "1.00", StringComparison.Ordinal))]));

        var (read, ticket) = await ReadAsync(http, Photograph);

        Assert.That((read.Fields["folio"], read.Fields["total"]), Is.EqualTo(("A-318534", "359.00")));
        Assert.That(read.Confidence["folio"], Is.LessThan(.6), "a person is asked");
        Assert.That(read.Alternatives["folio"], Does.Contain("K-777777"));
        Assert.That(Opinions(ticket).Single(), Does.Not.Contain("folio").And.Not.Contain("total"));
    }

    [Test]
    public async Task Nobody_answers_in_time_and_the_local_reading_stands_and_says_so()
    {
        var (http, key) = Tenant(Google);
        Cloud.SaysTooLate(key);

        var (read, ticket) = await ReadAsync(http, Photograph);

        Assert.That((read.Readable, read.Fields["folio"], read.Usage.Engine, read.Usage.OcrPages), Is.EqualTo((true, "A-318534", "local", 0)));
        Assert.That(Opinions(ticket), Is.EqualTo(new[] { "google_vision_ocr unanswered " }));
    }

    [TestCase("""{"responses":[{"error":{"code":7,"message":"denied"}}]}""")]
    [TestCase("""{"responses":[]}""")]
    [TestCase("""{"responses":[{"fullTextAnnotation":{"pages":[{"blocks":[{"paragraphs":[{"words":[{"symbols":[],"boundingBox":{"vertices":[]}}]}]}]}]}}]}""")]
    [TestCase("no json")]
    public async Task An_answer_of_another_form_is_none(string answer)
    {
        var (http, key) = Tenant(Google);
        Cloud.Says(key, Microsoft.AspNetCore.Http.Results.Text(answer, "application/json"));

        var (read, ticket) = await ReadAsync(http, Photograph);

        Assert.That((read.Readable, read.Fields["folio"], Opinions(ticket)[0]), Is.EqualTo((true, "A-318534", "google_vision_ocr unanswered ")));
    }

    [Test]
    public async Task A_photograph_that_was_surely_read_is_shown_to_nobody()
    {
        var (http, key) = Tenant(Google);

        var (read, ticket) = await ReadAsync(http, Paper.Print(string.Join('\n', Print).Replace("A-318534", "318534", StringComparison.Ordinal)));

        Assert.That(read.Confidence["folio"], Is.GreaterThanOrEqualTo(.85));
        Assert.That((Cloud.AskedWith(key).Count, Opinions(ticket).Length), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Without_the_flag_or_without_a_key_nobody_is_asked()
    {
        var asked = Cloud.Asked.Count;
        var (off, key) = Tenant(Google, on: false);
        Cloud.Says(key, CloudStandIn.Words(Print));
        var withoutKey = App.NewTenant();
        App.Neighbours.Has(Neighbours.Default(withoutKey) with { Features = new Dictionary<string, FeatureState> { [Google] = new(true, null, null) } });

        await ReadAsync(off, Photograph);
        await ReadAsync(App.Service.As(withoutKey), Photograph);
        await ReadAsync(Tenant(Claude, config: """{"model":"claude-3-haiku"}""").Http, Photograph);

        Assert.That(Cloud.Asked, Has.Count.EqualTo(asked), "claude_analysis sends photographs only where its config says vision");
    }

    [Test]
    public async Task Where_local_sees_nothing_the_letters_from_outside_wait_for_a_person()
    {
        var (http, key) = Tenant(Google);
        Cloud.Says(key, CloudStandIn.Words(Print));

        var (read, _) = await ReadAsync(http, Paper.Print(" \n \n \n \n \n \n \n \n"));

        Assert.That((read.Readable, read.Fields["total"], read.Fields["folio"]), Is.EqualTo((true, "359.00", "A-318534")));
        Assert.That(new[] { "folio", "fecha" }.Select(f => read.Confidence[f]), Has.All.LessThan(.6));
        Assert.That(read.Confidence["total"], Is.EqualTo(.85), "subtotal and IVA make it");
    }

    [Test]
    public async Task A_model_s_claim_that_the_print_bears_out_settles_a_doubt_and_its_tokens_are_usage()
    {
        var (http, key) = Tenant(Claude, config: """{"model":"claude-3-haiku","vision":true}""");
        Cloud.Says(key, CloudStandIn.Claims("""{"folio":"A-318534","total":"9999.00","web_id":"W-1234567","rfc_emisor":"ABC010101AAA"}"""));

        var (read, ticket) = await ReadAsync(http, Photograph);

        Assert.That((read.Fields["folio"], read.Confidence["folio"], read.Fields["total"]), Is.EqualTo(("A-318534", .9, "359.00")));
        Assert.That(read.Fields.Keys, Has.No.Member("web_id").And.No.Member("rfc_emisor"), "claims that nothing here bears out");
        Assert.That((read.Usage.Model, read.Usage.ModelInputTokens, read.Usage.ModelOutputTokens, read.Usage.OcrPages), Is.EqualTo(("claude-3-haiku", 1520L, 44L, 0)));
        Assert.That(Opinions(ticket), Is.EqualTo(new[] { "claude_analysis used folio" }));
        Assert.That(Cloud.AskedWith(key).Single().ToJsonString(), Does.Contain("image/jpeg"));
    }

    [TestCase("[]")]
    [TestCase("El folio es A-318534")]
    [TestCase("""{"folio":"<script>","total":"mil","fecha":"ayer"}""")]
    public async Task What_a_model_says_in_another_form_changes_nothing(string text)
    {
        var (http, key) = Tenant(Claude, config: """{"model":"claude-3-haiku","vision":true}""");
        Cloud.Says(key, CloudStandIn.Claims(text));

        var (read, ticket) = await ReadAsync(http, Photograph);

        Assert.That((read.Fields["folio"], read.Fields["total"], Opinions(ticket)[0]), Is.EqualTo(("A-318534", "359.00", "claude_analysis no_help ")));
    }

    [Test]
    public async Task Keys_stand_in_no_address_and_no_log()
    {
        var (http, key) = Tenant(Google);
        Cloud.Says(key, CloudStandIn.Words(Print));
        await ReadAsync(http, Photograph);
        var (model, second) = Tenant(Claude, config: """{"model":"claude-3-haiku","vision":true}""");
        await ReadAsync(model, Photograph);

        Assert.That(Cloud.AskedWith(key).Count + Cloud.AskedWith(second).Count, Is.GreaterThanOrEqualTo(2));
        Assert.That(Cloud.Asked.Select(a => a.Address), Has.None.Contains(CloudStandIn.KeyPrefix));
        Assert.That(App.Logs.All, Has.Some.Contains("claude-3-haiku did not answer"));
        Assert.That(App.Logs.All, Has.None.Contains(CloudStandIn.KeyPrefix));
    }

    /// <summary>A tenant with the flag, and a key of its own.</summary>
    private static (HttpClient Http, string Key) Tenant(string feature, bool on = true, string? config = null)
    {
        var (tenant, key) = (App.NewTenant(), $"{CloudStandIn.KeyPrefix}{Guid.NewGuid():N}");
        App.Neighbours.Has(Neighbours.Default(tenant) with { Features = new Dictionary<string, FeatureState> { [feature] = new(on, null, config) } });
        App.Neighbours.HasKey(tenant, feature, key);
        return (App.Service.As(tenant), key);
    }

    private static async Task<(TicketRead Read, JsonNode Ticket)> ReadAsync(HttpClient http, byte[] picture)
    {
        var id = (long)(await (await http.SubmitFileAsync(picture, "foto.jpg", "image/jpeg")).EnsureSuccessStatusCode().JsonAsync())["id"]!;
        var read = await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);
        return (read, await http.UntilAsync(id, t => t["llm_analysis"] is not null));
    }

    private static string[] Opinions(JsonNode ticket) =>
        [.. (ticket["llm_analysis"]!["second_opinions"]?.AsArray() ?? []).Select(o => $"{o!["engine"]} {o["outcome"]} {string.Join(',', o["fields"]!.AsArray())}")];
}
