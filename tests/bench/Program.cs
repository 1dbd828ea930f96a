using System.Globalization;
using Invoicing.Bench;

// Benchmarks; path measures the running local system (./dev up), the others start what they need themselves. ./dev bench NAME runs them.
return args switch
{
    ["path", .. var rest] => await MainPath.RunAsync(Number(rest, 100)),
    ["reads", .. var rest] => await Reads.RunAsync(Number(rest, 3000)),
    ["bulk", .. var rest] => await Bulk.RunAsync(Number(rest, 4)),
    ["gateway", .. var rest] => await GatewayCost.RunAsync(Number(rest, 300)),
    ["backend", var url] => await Backend.RunAsync(url),
    ["yarp", var url, var backend] => await BareYarp.RunAsync(url, backend),
    ["jobs", .. var rest] => await JobsBench.RunAsync(Number(rest, 10)),
    ["claim"] => await JobsBench.ClaimAsync(),
    ["dispatch", .. var rest] => await DispatchSimulation.RunAsync(Number(rest, 10_000), slots: rest is [_, var slots] ? int.Parse(slots, CultureInfo.InvariantCulture) : 500),
    ["upgrade", var older, .. var rest] => await UpgradeRehearsal.RunAsync(older, Number(rest, 60)),
    _ => Usage(),
};

static int Number(string[] rest, int otherwise) => rest is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : otherwise;

static int Usage()
{
    Console.Error.WriteLine("""
        path [COUNT]    typed tickets over the simulated portals: right outcomes, wrong or duplicate emissions, lost tickets
        reads [COUNT]   v1 GET of a ticket through the gateway beside straight to the service
        bulk [ROUNDS]   500 items with 50 bad, and 10,000, from request to answer
        gateway [RATE]  what our gateway adds to a read beside a bare YARP and nginx
        jobs [SECONDS]  the job engine beside Hangfire.PostgreSql and a plain MassTransit consumer
        claim           of the same, only what the limits cost
        upgrade FOLDER [SECONDS]   this version and that of another checkout, built, side by side under load (./dev rehearse-upgrade REV)
        dispatch [TENANTS] [SLOTS]   a simulated queue of that many tenants handed out by the real claim
        """);
    return 2;
}
