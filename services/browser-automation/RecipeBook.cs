using Invoicing.BrowserAutomation.Engine;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation;

/// <summary>Recipes of one attempt: what jobs knows of the portal it is at, which of them led astray, and what was learned.</summary>
public sealed class RecipeBook(RunAttempt command, JobsClient jobs)
{
    private readonly Dictionary<string, int> misled = [];
    private readonly List<string> astray = [];
    private (string Host, int Version, Recipe Recipe)? open;
    private string? host;

    /// <summary>host[:port] of the portal whose recipe is gone by; null when none is known.</summary>
    public string? Portal => open?.Host;

    /// <summary>What is known of the portal at this address; null when nothing is, or when it led astray before.</summary>
    public async Task<Recipe?> OpenAsync(string url, CancellationToken stopped)
    {
        host = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Authority : null;
        if (host is null || misled.ContainsKey(host))
        {
            return null;
        }

        if (open?.Host == host)
        {
            return open.Value.Recipe;
        }

        try
        {
            open = await jobs.RecipeAsync(host, stopped) is { } stored && Recipe.Read(stored.Recipe) is { } read ? (host, stored.Version, read) : null;
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException)
        {
            open = null;
        }

        return open?.Recipe;
    }

    /// <summary>The portal made no sense by it: it is closed for the rest of the attempt.</summary>
    public void CloseAsMisleading() => (misled[open!.Value.Host], open) = (open.Value.Version, null);

    /// <summary>This address was none of the portal's.</summary>
    public void WentAstray(string url) => astray.Add(url);

    /// <summary>Where the form was found, and which printed addresses it stands in for.</summary>
    public void Note(History history, string url, Goal goal)
    {
        if (history.Typed.FormUrl is { } form)
        {
            history.Learned.Enter(url, form, goal);
            astray.ForEach(printed => history.Learned.Redirect(printed, url));
        }
    }

    /// <summary>What jobs should know of the portal's recipe; null when no portal was reached.</summary>
    public (string Host, RecipeUse Use)? Use(bool worked, History history, IReadOnlyCollection<string> privates, double seconds, int pageLoads)
    {
        if (host is null)
        {
            return null;
        }

        var known = open?.Host == host ? open : null;
        var healed = worked ? (known?.Recipe ?? new Recipe()).Healed(history.Learned, history.Typed.Loud, privates) : null;
        return (host, new RecipeUse(
            command.JobId, command.Attempt, known?.Version ?? (misled.TryGetValue(host, out var version) ? version : null),
            misled.ContainsKey(host) ? "misled" : known is not null && worked ? "held" : "none", healed?.Write(), seconds, pageLoads));
    }
}
