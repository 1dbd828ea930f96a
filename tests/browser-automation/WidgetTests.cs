using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>Pieces of pages as the usual libraries and site builders draw them, in real Chromium: what was asked stands there when the invoice would be issued.</summary>
[TestFixture, NonParallelizable]
public sealed class WidgetTests
{
    private Chromium chromium;

    [OneTimeSetUp]
    public void Open()
    {
        var settings = new BrowserSettings();
        settings.ExecutablePath = Environment.GetEnvironmentVariable("INVOICING_TEST_CHROMIUM") ?? settings.ExecutablePath;
        chromium = new Chromium(settings, new Egress(allowLoopback: true), NullLogger<Chromium>.Instance);
    }

    [OneTimeTearDown]
    public async Task Close() => await chromium.DisposeAsync();

    [Test]
    public async Task Lines_in_folded_groups_and_cards_without_a_role_are_chosen()
    {
        Assert.That(await ChosenAsync(Widgets.FoldedGroups), Is.EqualTo("601 01"));
    }

    [Test]
    public async Task A_list_that_is_a_span_with_its_entries_hung_on_the_body_is_chosen_from()
    {
        Assert.That(await ChosenAsync(Widgets.SpanWithListOnTheBody), Is.EqualTo("601"));
    }

    [Test]
    public async Task A_list_with_a_box_to_search_in_and_made_up_class_names_is_chosen_from()
    {
        Assert.That(await ChosenAsync(Widgets.SearchableList), Is.EqualTo("General de Ley Personas Morales"));
    }

    [Test]
    public async Task A_button_that_drops_a_menu_is_a_list()
    {
        Assert.That(await ChosenAsync(Widgets.DropDownMenu), Is.EqualTo("601"));
    }

    [Test]
    public async Task A_heading_that_opens_its_entries_is_a_list_though_nothing_says_so()
    {
        Assert.That(await ChosenAsync(Widgets.HeadingWithEntries), Is.EqualTo("601"));
    }

    [Test]
    public async Task Words_in_one_row_and_boxes_in_the_next_belong_together_as_they_are_seen()
    {
        Assert.That(await ChosenAsync(Widgets.RowsOfWordsAndBoxes), Is.EqualTo("1234567 250.00 20/11/2026"));
    }

    [Test]
    public async Task Boxes_that_are_drawn_by_something_else_are_ticked()
    {
        Assert.That(await ChosenAsync(Widgets.DrawnBoxes, paid: "04"), Is.EqualTo("04 true"));
    }

    [Test]
    public async Task A_date_that_takes_no_typing_and_an_amount_that_fills_from_the_right_are_entered()
    {
        Assert.That(await ChosenAsync(Widgets.CalendarAndCents), Is.EqualTo("20/11/2026 $ 250.00"));
    }

    [Test]
    public async Task Text_that_is_edited_in_place_and_a_code_in_a_box_named_by_its_example_are_typed()
    {
        Assert.That(await ChosenAsync(Widgets.EditableText), Is.EqualTo("1234567 250.00"));
    }

    [Test]
    public async Task What_the_portal_says_for_a_moment_is_quoted_to_the_person()
    {
        await using var stage = await Stage.OpenAsync(app => app.MapGet("/", () => Stage.Html(Widgets.FadingWords)));
        await using var session = await PortalSession.OpenAsync(chromium);

        var (end, moves) = await Walk.ThroughAsync(session, stage.Address, Pages.Goal());

        Assert.That((end as Move.Stop)?.Outcome.Detail, Does.Contain("mesa de control"), Story(moves));
    }

    [Test]
    public async Task A_list_in_a_dialog_and_a_box_that_suggests_are_chosen_from()
    {
        Assert.That(await ChosenAsync(Widgets.DialogAndSuggestions), Is.EqualTo("Centro 601"));
    }

    [Test]
    public async Task A_bubble_that_asks_over_a_dialog_is_answered_and_a_form_in_a_dialog_s_frame_is_filled_in()
    {
        Assert.That(await ChosenAsync(Widgets.BubbleAndFrame), Is.EqualTo("1234567 250.00"));
    }

    [Test]
    public async Task The_only_button_is_pressed_in_whatever_words()
    {
        Assert.That(await ChosenAsync(Widgets.ColloquialButton), Is.EqualTo("1234567"));
    }

    // What the page holds when the engine has come to what emits.
    private async Task<string> ChosenAsync(string widget, string paid = "01")
    {
        await using var stage = await Stage.OpenAsync(app => app.MapGet("/", () => Stage.Html(widget + Widgets.Receptor)));
        await using var session = await PortalSession.OpenAsync(chromium);
        var goal = Pages.Goal(new() { ["folio"] = "1234567", ["fecha"] = "2026-11-20", ["total"] = "250.00", ["forma_pago"] = paid, ["sucursal"] = "Centro" });

        var (end, moves) = await Walk.ThroughAsync(session, stage.Address, goal);

        Assert.That(end, Is.InstanceOf<Move.Press>(), Story(moves));
        Assert.That(((Move.Press)end).Emits, Is.True, Story(moves));
        return await session.Page.EvaluateAsync<string>("() => leer()");
    }

    private static string Story(IEnumerable<Move> moves) => string.Join('\n', moves.Select(m => $"{m.GetType().Name}: {m.Why}"));
}
