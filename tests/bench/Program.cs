using Invoicing.Bench;

// Benchmarks of the running local system (./dev up); ./dev bench NAME runs them.
return args switch
{
    ["path", .. var rest] => await MainPath.RunAsync(rest is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 100),
    ["reads", .. var rest] => await Reads.RunAsync(rest is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 500),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("path [COUNT]   typed tickets over the simulated portals: right outcomes, wrong or duplicate emissions, lost tickets\nreads [COUNT]  v1 GET of a ticket through the gateway beside straight to the service");
    return 2;
}
