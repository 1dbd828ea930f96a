using Invoicing.BrowserAutomation.Engine;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation.Model;

/// <summary>Where the engine is stuck, and the tenant has a model: one of the moves it holds legal, with the model's reason. Anything else changes nothing.</summary>
public sealed class Advisor(RunAttempt command, ChatModel model, TenantsClient tenants, ModelSettings settings)
{
    private const int MaxLines = 60;
    private string? key;
    private bool asked;
    private int questions;

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    /// <summary>The model that was asked, null when none was.</summary>
    public string? Used { get; private set; }

    /// <param name="hide">Takes out what no outsider may know.</param>
    /// <returns>Null: the engine's own move stands.</returns>
    public async Task<(Move Move, string Reason)?> AdviseAsync(Move stuck, Snapshot page, Goal goal, History history, Func<string, string> hide, CancellationToken ct)
    {
        if (command.Model is not { Length: > 0 } name || questions >= settings.Most || LegalMoves.Of(stuck, page, goal, history) is not { Count: > 0 } moves || await KeyAsync(ct) is not { } secret)
        {
            return null;
        }

        questions++;
        var verdict = await model.ChooseAsync(name, secret, Told(page, hide), moves, ct);
        if (verdict is null)
        {
            return null;
        }

        (Used, InputTokens, OutputTokens) = (name, InputTokens + verdict.InputTokens, OutputTokens + verdict.OutputTokens);
        return verdict.Choice is { } choice ? (moves[choice], hide(verdict.Reason)) : null;
    }

    // Fetched when first needed: most attempts never are stuck.
    private async Task<string?> KeyAsync(CancellationToken ct)
    {
        if (!asked)
        {
            (asked, key) = (true, (await tenants.ServiceSecretAsync(command.CompanyId, "claude_analysis", ct))?.GetValueOrDefault("key"));
        }

        return key;
    }

    private static PageTold Told(Snapshot page, Func<string, string> hide) => new(
        hide(page.Title), [.. page.Headings.Take(10).Select(hide)], [.. page.Fields.Take(40).Select(f => hide(f.Caption))], [.. page.Controls.Take(40).Select(c => hide(c.Caption))],
        [.. page.Notices.Take(10).Select(n => hide(Filling.Short(n.Text)))], [.. page.Lines.Take(MaxLines).Select(hide)]);
}
