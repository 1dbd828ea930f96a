using Invoicing.Bench;

// Benchmarks of the running local system (./dev up), but for gateway, which starts its own; ./dev bench NAME runs them.
return args switch
{
    ["path", .. var rest] => await MainPath.RunAsync(rest is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 100),
    ["reads", .. var rest] => await Reads.RunAsync(rest is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 500),
    ["gateway", .. var rest] => await GatewayCost.RunAsync(rest is [var rate] ? int.Parse(rate, System.Globalization.CultureInfo.InvariantCulture) : 300),
    ["backend", var url] => await Backend.RunAsync(url),
    ["yarp", var url, var backend] => await BareYarp.RunAsync(url, backend),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("path [COUNT]   typed tickets over the simulated portals: right outcomes, wrong or duplicate emissions, lost tickets\nreads [COUNT]  v1 GET of a ticket through the gateway beside straight to the service\ngateway [RATE]  what our gateway adds to a read beside a bare YARP and nginx; starts what it needs itself");
    return 2;
}
