using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Invoicing.Messages;

namespace Invoicing.Tenants.Tests;

public sealed class FeatureTests
{
    [Test]
    public async Task What_operators_write_runs_verbatim_and_counts_at_once()
    {
        await App.PlatformAdmin.PutAsync(App.Tenant("cliente_dificil", "/features/captcha_solving"), new { enabled = true }, null).OkAsync();
        await App.SqlAsync("UPDATE feature_flags SET enabled=0 WHERE company_id='cliente_dificil' AND feature_name='captcha_solving';");
        await App.SqlAsync("""
            INSERT INTO feature_flags VALUES ('company_a','claude_analysis',1,'{"model": "claude-3-5-sonnet"}'), ('company_b','claude_analysis',1,'{"model": "claude-3-haiku"}');
            """);
        await App.SqlAsync("SELECT * FROM feature_flags WHERE company_id='pilot_client';");
        var difficult = await SettingsAsync("cliente_dificil");
        var (a, b) = (await SettingsAsync("company_a"), await SettingsAsync("company_b"));
        Assert.Multiple(() =>
        {
            Assert.That(difficult.IsOn("captcha_solving"), Is.False);
            Assert.That(a.IsOn("claude_analysis"), Is.True);
            Assert.That((string)JsonNode.Parse(a.Features["claude_analysis"].ConfigJson!)!["model"]!, Is.EqualTo("claude-3-5-sonnet"));
            Assert.That((string)JsonNode.Parse(b.Features["claude_analysis"].ConfigJson!)!["model"]!, Is.EqualTo("claude-3-haiku"));
        });
    }

    [Test]
    public async Task The_default_company_has_its_nine_flags_on()
    {
        var settings = await SettingsAsync("default");
        Assert.That(settings.Features, Has.Count.GreaterThanOrEqualTo(9));
        Assert.That(settings.IsOn("enhanced_automation") && settings.IsOn("bulk_operations"), Is.True);
        Assert.That(settings.MaxConcurrentJobs, Is.EqualTo(3));
    }

    [Test]
    public async Task A_pilot_gets_what_the_others_do_not()
    {
        var flag = $"flag_{Guid.NewGuid():N}";
        await App.PlatformAdmin.PutAsync(App.Tenant("*", $"/features/{flag}"), new { enabled = false }, null).OkAsync();
        await App.PlatformAdmin.PutAsync(App.Tenant("pilot_client", $"/features/{flag}"), new { enabled = true }, null).OkAsync();
        Assert.That((await SettingsAsync("pilot_client")).IsOn(flag), Is.True);
        Assert.That((await SettingsAsync("anybody_else")).IsOn(flag), Is.False);
        await App.Bus.WaitForAsync<FeatureChanged>(c => c.FeatureName == flag && c.CompanyId == "*");
    }

    [Test]
    public async Task An_unknown_flag_is_on_by_default()
    {
        var feature = await App.Service.AsAnonymous().GetAsync(App.Tenant("acme", "/features/never_heard_of")).OkAsync();
        Assert.That((bool)feature["enabled"]!, Is.True);
        Assert.That((string)feature["evaluation"]!["reason"]!, Is.EqualTo("default"));
    }

    [Test]
    public async Task A_higher_percentage_only_adds_companies()
    {
        var flag = $"flag_{Guid.NewGuid():N}";
        var companies = Enumerable.Range(0, 40).Select(i => $"rollout_{i}").ToList();
        var before = new HashSet<string>();
        foreach (var percentage in new[] { 0, 30, 60, 100 })
        {
            await App.PlatformAdmin.PutAsync(App.Tenant("*", $"/features/{flag}"), new { enabled = true, rollout_percentage = percentage }, null).OkAsync();
            var on = new HashSet<string>();
            foreach (var company in companies)
            {
                if ((await SettingsAsync(company)).IsOn(flag))
                {
                    on.Add(company);
                }
            }

            Assert.That(before, Is.SubsetOf(on));
            Assert.That(on, Has.Count.InRange(percentage == 100 ? 40 : 0, percentage == 0 ? 0 : 40));
            before = on;
        }
    }

    [Test]
    public async Task Editing_weights_moves_no_company_to_another_variant()
    {
        var flag = $"flag_{Guid.NewGuid():N}";
        var companies = Enumerable.Range(0, 20).Select(i => $"variant_{i}").ToList();
        await SetVariantsAsync(flag, ("a", 50), ("b", 50));
        var first = await VariantsAsync(flag, companies);
        await SetVariantsAsync(flag, ("a", 1), ("b", 99), ("c", 100));
        Assert.That(await VariantsAsync(flag, companies), Is.EqualTo(first));
        Assert.That(first.Distinct().Order(), Is.EqualTo(new[] { "a", "b" }));
        await SetVariantsAsync(flag, ("c", 100));
        Assert.That(await VariantsAsync(flag, companies), Is.All.EqualTo("c"));
    }

    // Facts of the specification that Unleash publishes for its clients: sets 03, 10, 12 (rollouts) and 16 (variants), and its two hash examples.
    [TestCase("gr1", "123", 73)]
    [TestCase("groupX", "999", 25)]
    public void The_percentile_is_that_of_Unleash(string group, string id, int expected) =>
        Assert.That(Rollout.Percentile(group, id), Is.EqualTo(expected));

    [TestCase("AB12A", "122", 50, true)]
    [TestCase("AB12A", "155", 50, false)]
    [TestCase("AB12A", "122", 0, false)]
    [TestCase("Feature.flexibleRollout.10", "174", 10, true)]
    [TestCase("Feature.flexibleRollout.10", "499", 10, false)]
    [TestCase("Feature.flexibleRollout.userId.55", "25", 55, true)]
    [TestCase("Feature.flexibleRollout.sessionId.42", "147", 42, true)]
    [TestCase("Feature.flexible.rollout.custom.stickiness_50", "402", 50, false)]
    [TestCase("Feature.flexible.rollout.custom.stickiness_50", "388", 50, true)]
    [TestCase("Feature.flexible.rollout.custom.stickiness_50", "39", 50, true)]
    public void A_rollout_takes_in_whom_Unleash_would(string flag, string id, int percentage, bool expected) =>
        Assert.That(Flag(flag, percentage).Evaluate(id, null).Enabled, Is.EqualTo(expected));

    [TestCase("gr1", "123", 96)]
    [TestCase("groupX", "999", 60)]
    public void The_variant_point_is_that_of_Unleash(string group, string id, int expected) =>
        Assert.That(Rollout.VariantPoint(group, id, 100), Is.EqualTo(expected));

    [TestCase("5", "variantNameA")]
    [TestCase("0", "variantNameB")]
    public void A_variant_is_the_one_Unleash_would_give(string id, string expected) =>
        Assert.That(Flag("a", 100, new("variantNameA", 1), new("variantNameB", 1)).Evaluate(id, null).Variant, Is.EqualTo(expected));

    /// <summary>Three standard deviations of a fair draw are 0.47 points in the middle: more would be a bad hash.</summary>
    [Test]
    public void Of_a_hundred_thousand_companies_a_percentage_takes_its_share_and_a_higher_one_the_same_and_more()
    {
        string[] flags =
        [
            "enhanced_automation", "claude_analysis", "google_vision_ocr", "captcha_solving", "multi_url_navigation", "screenshot_evidence",
            "llm_error_explanation", "real_time_streaming", "bulk_operations",
        ];
        foreach (var flag in flags)
        {
            var worst = 0.0;
            var before = new HashSet<int>();
            foreach (var percentage in Enumerable.Range(1, 19).Select(i => i * 5))
            {
                var rollout = Flag(flag, percentage);
                var on = Enumerable.Range(0, 100_000).Where(i => rollout.Evaluate($"company_{i}", null).Enabled).ToHashSet();
                Assert.That(before.IsSubsetOf(on), Is.True, $"{flag} {percentage}");
                (before, worst) = (on, Math.Max(worst, Math.Abs((on.Count / 1000.0) - percentage)));
            }

            TestContext.Out.WriteLine($"{flag}: at most {worst:0.000} points off");
            Assert.That(worst, Is.LessThan(0.5), flag);
        }
    }

    private static FeatureFlag Flag(string name, int percentage, params FeatureVariant[] variants)
    {
        var flag = new FeatureFlag { CompanyId = FeatureFlag.Everyone, FeatureName = name };
        flag.Set(true, percentage, null, variants, DateTimeOffset.UnixEpoch);
        return flag;
    }

    [Test]
    public async Task Bad_flags_and_foreign_hands_are_refused()
    {
        var admin = App.Service.As("acme", Role.admin);
        Assert.That(await admin.PutAsync(App.Tenant("acme", "/features/x"), new { enabled = true, rollout_percentage = 101 }, null).StatusAsync(), Is.EqualTo(422));
        Assert.That(await admin.PutAsync(App.Tenant("acme", "/features/x"), new { rollout_percentage = 1 }, null).StatusAsync(), Is.EqualTo(422));
        Assert.That(await admin.PutAsync(App.Tenant("acme", "/features/x"), new { enabled = true, config = "text" }, null).StatusAsync(), Is.EqualTo(422));
        Assert.That(await admin.PutAsync(App.Tenant("*", "/features/x"), new { enabled = true }, null).StatusAsync(), Is.EqualTo(404));
        Assert.That(await admin.PutAsync(App.Tenant("other", "/features/x"), new { enabled = true }, null).StatusAsync(), Is.EqualTo(404));
        Assert.That(await App.Service.As("acme", Role.@operator).PutAsync(App.Tenant("acme", "/features/x"), new { enabled = true }, null).StatusAsync(), Is.EqualTo(403));
    }

    private static async Task<TenantSettings> SettingsAsync(string companyId) =>
        (await App.Jobs.GetFromJsonAsync<TenantSettings>($"/internal/tenants/{companyId}", Json.Options))!;

    private static Task<JsonNode> SetVariantsAsync(string flag, params (string Name, int Weight)[] variants) =>
        App.PlatformAdmin.PutAsync(App.Tenant("*", $"/features/{flag}"), new { enabled = true, variants = variants.Select(v => new { name = v.Name, weight = v.Weight }) }, null).OkAsync();

    private static async Task<List<string?>> VariantsAsync(string flag, List<string> companies)
    {
        var found = new List<string?>();
        foreach (var company in companies)
        {
            found.Add((await SettingsAsync(company)).Features[flag].Variant);
        }

        return found;
    }
}
