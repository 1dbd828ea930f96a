using System.CommandLine;
using Invoicing.Client;

namespace Invoicing.Cli;

/// <summary>Which installation, as whom: options of every command, else the environment.</summary>
internal static class Connection
{
    private static readonly Option<string?> Url = Global("--url", "Dirección del servicio. Entorno: INVOICING_URL; si no, http://localhost:8080.");
    private static readonly Option<string?> ApiKey = Global("--api-key", "Clave ak_… Entorno: INVOICING_API_KEY, que no queda a la vista en la lista de procesos.");
    private static readonly Option<string?> Company = Global("--company", "Empresa por la que se actúa. Entorno: INVOICING_COMPANY.");
    private static readonly Option<bool> AsJson = new("--json") { Description = "La salida es JSON, un documento por línea.", Recursive = true };

    public static void AddOptions(RootCommand root)
    {
        foreach (var option in (Option[])[Url, ApiKey, Company, AsJson])
        {
            root.Options.Add(option);
        }
    }

    /// <exception cref="FormatException">The address is none.</exception>
    public static InvoicingClient Open(ParseResult parsed)
    {
        var url = Given(parsed, Url, "INVOICING_URL") ?? "http://localhost:8080";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new FormatException($"«{url}» no es una dirección http o https.");
        }

        return new InvoicingClient(new InvoicingOptions
        {
            Address = address,
            ApiKey = Given(parsed, ApiKey, "INVOICING_API_KEY"),
            ClientId = Environment.GetEnvironmentVariable("INVOICING_CLIENT_ID"),
            ClientSecret = Environment.GetEnvironmentVariable("INVOICING_CLIENT_SECRET"),
            CompanyId = Given(parsed, Company, "INVOICING_COMPANY"),
        });
    }

    public static bool Json(ParseResult parsed) => parsed.GetValue(AsJson);

    private static string? Given(ParseResult parsed, Option<string?> option, string variable) =>
        parsed.GetValue(option) ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null);

    private static Option<string?> Global(string name, string description) => new(name) { Description = description, Recursive = true };
}
