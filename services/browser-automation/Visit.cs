using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Engine;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation;

/// <summary>One attempt at its portal: for whom, with which account, and what was done and said so far.</summary>
/// <param name="signedIn">The session goes on with an earlier sign-in.</param>
public sealed class Visit(RunAttempt command, FiscalProfileFacts receptor, PortalAccount? account, PortalSession session, RecipeBook recipes, Discretion discretion, bool signedIn)
{
    public RunAttempt Command => command;

    public FiscalProfileFacts Receptor => receptor;

    public PortalAccount? Account => account;

    public PortalSession Session => session;

    public RecipeBook Recipes => recipes;

    public Discretion Discretion => discretion;

    /// <summary>Of the address that is tried now.</summary>
    public History History { get; private set; } = new();

    /// <summary>What persons answered, by datum.</summary>
    public Dictionary<string, string> Answers { get; } = new(command.Answers);

    /// <summary>Of the page looked at last.</summary>
    public string? Url { get; set; }

    /// <summary>host[:port] of the page looked at last.</summary>
    public string Here => HostOf(Url ?? "");

    /// <summary>Another address, or the same without what was learned.</summary>
    public void Begin(Recipe? known)
    {
        History = new History { Known = known, LoggedIn = signedIn };
        if (command.ConsultOnly)
        {
            History.BeginConsult();
            History.Bump("was_ours");
        }
    }

    public Goal GoalFor(string url) => new(
        command.Fields, command.Alternatives, receptor, command.Merchant?.Nombre, command.Merchant?.Rfc ?? command.Fields.GetValueOrDefault("rfc_emisor"), command.ConsultOnly,
        Answers, url, account?.Username, IsAtHome ? account?.Password : null, account is null || IsAtHome ? null : Here, command.Merchant?.Labels);

    /// <summary>What must not be told to other tenants.</summary>
    public IReadOnlyList<string> Privates() =>
        [.. command.Fields.Where(f => f.Key is not ("forma_pago" or "merchant" or "comercio" or "marca" or "rfc_emisor")).Select(f => f.Value).Concat(Answers.Values).Concat(discretion.Secrets).Concat([receptor.Rfc, receptor.Nombre, receptor.Correo, receptor.CodigoPostal])];

    /// <summary>What leaves for a model, without what is the company's own.</summary>
    public string Hide(string text) => discretion.Hide(Privates().Where(p => p.Length >= 4).Aggregate(text, (t, p) => t.Replace(p, "•••", StringComparison.OrdinalIgnoreCase)));

    public static string HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Authority : "";

    // A ticket may print any address: the password is typed where the tenant or the catalogue said that it belongs, where an invoice has been verified, or where a person agreed.
    private bool IsAtHome => account is not null && (account.Home == Here || command.Merchant?.PortalUrls?.Any(url => HostOf(url) == Here) == true || recipes.Portal == Here || Answers.ContainsKey(Engine.Account.Consent(Here)));
}
