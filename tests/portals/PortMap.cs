using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Invoicing.Portals;

/// <summary>Where everything listens, all on 127.0.0.1. Section <c>Portals:Ports</c>: Simple, OxxoTest, LitroMilFirst, LitroMil, Control, P1 to P39.</summary>
public sealed record PortMap(int Simple, int OxxoTest, int LitroMilFirst, int LitroMil, int Control, bool FirstAddressAnswers503)
{
    private const int UsualControl = 8209;

    /// <summary>The archetypes' keys, P1 first.</summary>
    public static readonly IReadOnlyList<string> ArchetypeKeys =
    [
        "mercanorte", "conveni24", "grupo-mesa", "siete-soles", "mezquite", "liebana", "altiplano", "gas-go",
        "lucero", "nopalera", "comadre", "penon", "brigida", "cochera",
        "tres-rios", "cafe-tinta", "aurora", "galaxia", "mesa-chica", "linea-azul",
        "la-ceiba", "mar-de-cortes",
        "los-arcos", "san-benito", "valle-real", "el-brasero", "el-faro",
        "ruta-sierra", "patitas-felices",
        "cerro-azul", "el-trazo", "la-biela", "via-bajio", "paso-firme",
        "la-escollera", "la-violeta", "estaciona-facil", "posada-virrey", "costa-esmeralda",
    ];

    /// <summary>Port by portal key; 0: not opened.</summary>
    public required IReadOnlyDictionary<string, int> Archetypes { get; init; }

    /// <summary>The usual ports. A run that moves the control port opens only the archetypes that it names, so two runs do not collide.</summary>
    public static PortMap From(IConfiguration configuration)
    {
        var ports = configuration.GetSection("Portals:Ports");
        var control = ports.GetValue("Control", UsualControl);
        return new(
            ports.GetValue("Simple", 8201),
            ports.GetValue("OxxoTest", 8202),
            ports.GetValue("LitroMilFirst", 8203),
            ports.GetValue("LitroMil", 8204),
            control,
            configuration["Portals:FirstAddress"] == "503")
        {
            Archetypes = ArchetypeKeys.Index().ToDictionary(
                entry => entry.Item, entry => ports.GetValue($"P{entry.Index + 1}", control == UsualControl ? 8211 + entry.Index : 0)),
        };
    }

    public void Listen(KestrelServerOptions kestrel)
    {
        foreach (var port in (int[])[Simple, OxxoTest, LitroMil, Control, .. Archetypes.Values.Where(port => port != 0)])
            kestrel.Listen(IPAddress.Loopback, port);
        if (FirstAddressAnswers503) kestrel.Listen(IPAddress.Loopback, LitroMilFirst);
    }

    public int PortOf(string portal) => portal switch
    {
        "simple" => Simple,
        "oxxo-test" => OxxoTest,
        "litro-mil" => LitroMil,
        _ when Archetypes.TryGetValue(portal, out var port) => port,
        _ => throw new ArgumentOutOfRangeException(nameof(portal), portal, "No such portal."),
    };

    /// <summary>The addresses as this merchant's tickets print them; the first may be dead.</summary>
    public IReadOnlyList<string> AddressesOf(string portal) => portal == "litro-mil"
        ? [Address(LitroMilFirst), Address(LitroMil)]
        : [Address(PortOf(portal))];

    private static string Address(int port) => $"http://localhost:{port}";
}
