namespace Invoicing.WebConsole.Tests;

/// <summary>Everything without a mouse.</summary>
public sealed class KeyboardTests
{
    private const int MostStops = 60;

    [Test]
    public async Task A_question_is_found_and_answered_with_the_keyboard_alone()
    {
        var sold = await App.Desk.SellAsync("oxxo-test");
        var job = await App.Desk.SubmitTextAsync(sold);
        var question = await App.QuestionAsync(job);
        var truth = await App.TruthAsync(question);
        var page = await App.NewPageAsync();
        await page.GotoAsync("/console/intervenciones");
        await page.GetByRole(AriaRole.Article).First.WaitForAsync();

        await TabToAsync(page, $"a[href$='/intervenciones/{question.GetProperty("id").GetString()}']");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Texto de la imagen").WaitForAsync();
        await TabToAsync(page, "input");
        await page.Keyboard.TypeAsync(truth);
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync($"**/console/trabajos/{job}");
        await App.Desk.CompletedAsync(job);
    }

    [Test]
    public async Task The_first_stop_leads_past_the_navigation()
    {
        var page = await App.NewPageAsync();
        await page.GotoAsync("/console/tickets");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Saltar al contenido" })).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} is not reached by {MostStops} stops of the tabulator");
    }
}
