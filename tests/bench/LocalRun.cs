using System.Text.Json;

namespace Invoicing.Bench;

/// <summary>Where the local run is and with what credentials (<c>.run/</c>).</summary>
internal static class LocalRun
{
    public static Uri Gateway { get; } = new("http://127.0.0.1:8080");

    public static Uri PortalsControl { get; } = new("http://127.0.0.1:8209");

    private static string State => Path.Combine(Environment.GetEnvironmentVariable("INVOICING_ROOT") ?? Environment.CurrentDirectory, ".run");

    public static JsonElement Credentials => JsonDocument.Parse(File.ReadAllText(Path.Combine(State, "credentials.json"))).RootElement;

    /// <summary>The API key of a demo tenant's admin.</summary>
    public static string KeyOf(string company) => Credentials.GetProperty("tenants").GetProperty(company).GetProperty("admin").GetProperty("api_key").GetString()!;
}
