using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Invoicing.Portals;

/// <summary>Where everything listens, all on 127.0.0.1. Section <c>Portals:Ports</c>: Simple, OxxoTest, LitroMilFirst, LitroMil, Control.</summary>
public sealed record PortMap(int Simple, int OxxoTest, int LitroMilFirst, int LitroMil, int Control, bool FirstAddressAnswers503)
{
    public static PortMap From(IConfiguration configuration)
    {
        var ports = configuration.GetSection("Portals:Ports");
        return new(
            ports.GetValue("Simple", 8201),
            ports.GetValue("OxxoTest", 8202),
            ports.GetValue("LitroMilFirst", 8203),
            ports.GetValue("LitroMil", 8204),
            ports.GetValue("Control", 8209),
            configuration["Portals:FirstAddress"] == "503");
    }

    public void Listen(KestrelServerOptions kestrel)
    {
        int[] open = [Simple, OxxoTest, LitroMil, Control];
        foreach (var port in open) kestrel.Listen(IPAddress.Loopback, port);
        if (FirstAddressAnswers503) kestrel.Listen(IPAddress.Loopback, LitroMilFirst);
    }

    public int PortOf(string portal) => portal switch
    {
        "simple" => Simple,
        "oxxo-test" => OxxoTest,
        "litro-mil" => LitroMil,
        _ => throw new ArgumentOutOfRangeException(nameof(portal), portal, "No such portal."),
    };

    /// <summary>The addresses as this merchant's tickets print them; the first may be dead.</summary>
    public IReadOnlyList<string> AddressesOf(string portal) => portal == "litro-mil"
        ? [Address(LitroMilFirst), Address(LitroMil)]
        : [Address(PortOf(portal))];

    private static string Address(int port) => $"http://localhost:{port}";
}
