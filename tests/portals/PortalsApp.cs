using System.Text.Encodings.Web;
using System.Text.Json;
using Invoicing.Portals.Altiplano;
using Invoicing.Portals.Aurora;
using Invoicing.Portals.Brasero;
using Invoicing.Portals.Brigida;
using Invoicing.Portals.CafeTinta;
using Invoicing.Portals.CerroAzul;
using Invoicing.Portals.Cochera;
using Invoicing.Portals.Comadre;
using Invoicing.Portals.Control;
using Invoicing.Portals.Conveni24;
using Invoicing.Portals.CostaEsmeralda;
using Invoicing.Portals.ElFaro;
using Invoicing.Portals.ElTrazo;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Faults;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Pac;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;
using Invoicing.Portals.EstacionaFacil;
using Invoicing.Portals.Galaxia;
using Invoicing.Portals.GasGo;
using Invoicing.Portals.GrupoMesa;
using Invoicing.Portals.LaBiela;
using Invoicing.Portals.LaCeiba;
using Invoicing.Portals.LaEscollera;
using Invoicing.Portals.LaVioleta;
using Invoicing.Portals.Liebana;
using Invoicing.Portals.LineaAzul;
using Invoicing.Portals.LitroMil;
using Invoicing.Portals.LosArcos;
using Invoicing.Portals.Lucero;
using Invoicing.Portals.MarDeCortes;
using Invoicing.Portals.MercaNorte;
using Invoicing.Portals.MesaChica;
using Invoicing.Portals.Mezquite;
using Invoicing.Portals.Nopalera;
using Invoicing.Portals.OxxoTest;
using Invoicing.Portals.PasoFirme;
using Invoicing.Portals.PatitasFelices;
using Invoicing.Portals.Penon;
using Invoicing.Portals.PosadaVirrey;
using Invoicing.Portals.RutaSierra;
using Invoicing.Portals.SanBenito;
using Invoicing.Portals.SieteSoles;
using Invoicing.Portals.Simple;
using Invoicing.Portals.TresRios;
using Invoicing.Portals.ValleReal;
using Invoicing.Portals.ViaBajio;

namespace Invoicing.Portals;

/// <summary>The simulated merchants' web portals, with the SAT and PAC behind them, each on a port of its own.</summary>
public static class PortalsApp
{
    private static readonly IPortal[] Archetypes = 
    [
        new MercaNortePortal(), new Conveni24Portal(), new GrupoMesaPortal(), new SieteSolesPortal(),
        new MezquitePortal(), new LiebanaPortal(), new AltiplanoPortal(), new GasGoPortal(),
        new LuceroPortal(), new NopaleraPortal(), new ComadrePortal(), new PenonPortal(), new BrigidaPortal(), new CocheraPortal(),
        new TresRiosPortal(), new CafeTintaPortal(), new AuroraPortal(), new GalaxiaPortal(), new MesaChicaPortal(), new LineaAzulPortal(),
        new LaCeibaPortal(), new MarDeCortesPortal(),
        new LosArcosPortal(), new SanBenitoPortal(), new ValleRealPortal(), new BraseroPortal(), new ElFaroPortal(),
        new RutaSierraPortal(), new PatitasFelicesPortal(),
        new CerroAzulPortal(), new ElTrazoPortal(), new LaBielaPortal(), new ViaBajioPortal(), new PasoFirmePortal(),
        new LaEscolleraPortal(), new LaVioletaPortal(), new EstacionaFacilPortal(), new PosadaVirreyPortal(), new CostaEsmeraldaPortal(),
    ];

    /// <summary>Ready to run, with <c>Portals:Seed</c> (12) tickets a merchant. Keys are kept in <c>Portals:Data</c>.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var ports = PortMap.From(builder.Configuration);
        builder.WebHost.ConfigureKestrel(ports.Listen);
        AddEngine(builder.Services, builder.Configuration["Portals:Data"] ?? Path.Combine(AppContext.BaseDirectory, "portals-data"));
        AddOutside(builder.Services, builder.Configuration);
        builder.Services.AddSingleton(ports);
        builder.Services.AddSingleton<IPortal, SimplePortal>().AddSingleton<IPortal, OxxoTestPortal>().AddSingleton<IPortal, LitroMilPortal>();
        foreach (var archetype in Archetypes.Where(archetype => ports.PortOf(archetype.Merchant.Portal) != 0)) builder.Services.AddSingleton(archetype);
        builder.Services.AddSingleton(new SeedSize(builder.Configuration.GetValue("Portals:Seed", 12)));

        var app = builder.Build();
        OpenDoors(app, ports);
        app.Services.GetRequiredService<World>().Open();
        return app;
    }

    private static void AddEngine(IServiceCollection services, string data)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SimulatedClock>();
        services.AddSingleton(new CertificateStore(data, TimeProvider.System));
        services.AddSingleton<CfdiPac>().AddSingleton<TicketLedger>().AddSingleton<Sales>().AddSingleton<InvoiceDesk>().AddSingleton<Delivery>();
        services.AddSingleton<FaultBoard>().AddSingleton<FaultGate>().AddSingleton<CaptchaDesk>();
        services.AddSingleton<Sessions>().AddSingleton<RequestLog>().AddSingleton<FrontDoor>().AddSingleton<World>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
    }

    /// <summary>What lies behind the merchants: the post, the pace of their servers, SAT's register.</summary>
    private static void AddOutside(IServiceCollection services, ConfigurationManager configuration)
    {
        services.AddSingleton<Postbox>().AddSingleton<MailedLinks>().AddSingleton<MailRoom>().AddSingleton<Reservations>().AddSingleton<Accounts>();
        services.AddSingleton(new Pace(configuration.GetValue("Portals:Pace", 0.25)));
        services.AddSingleton(new SatPatience(TimeSpan.FromSeconds(configuration.GetValue("Portals:SatDelay", 0d)))).AddSingleton<StatusRegister>();
        if (configuration["Portals:MailPush"] is not { Length: > 0 } inbox) return;
        var address = new Uri(inbox);
        if (!address.IsLoopback) throw new InvalidOperationException("Portals:MailPush must be on this machine.");
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<MailPush>(provider, address));
    }

    private static void OpenDoors(WebApplication app, PortMap ports)
    {
        foreach (var portal in app.Services.GetServices<IPortal>())
            app.MapWhen(context => context.Connection.LocalPort == ports.PortOf(portal.Merchant.Portal), door => Serve(door, portal));
        app.MapWhen(context => context.Connection.LocalPort == ports.Control, door =>
        {
            door.UseRouting();
            door.UseEndpoints(routes => routes.MapControl());
        });
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync("Service Unavailable");
        });
    }

    private static void Serve(IApplicationBuilder door, IPortal portal)
    {
        door.UseRouting();
        var frontDoor = door.ApplicationServices.GetRequiredService<FrontDoor>();
        door.Use((context, next) => frontDoor.Enter(context, portal, next));
        door.UseEndpoints(portal.Map);
    }
}
