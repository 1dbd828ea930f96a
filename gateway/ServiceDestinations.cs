using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Invoicing.Gateway;

/// <summary>Lets a cluster name <c>http://tickets</c> and have every replica that service discovery knows as a destination.</summary>
public sealed class ServiceDestinations(ServiceEndpointResolver resolver) : IDestinationResolver
{
    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken ct)
    {
        var resolved = new Dictionary<string, DestinationConfig>();
        var changes = new List<IChangeToken>();
        foreach (var (name, destination) in destinations)
        {
            var source = await resolver.GetEndpointsAsync(destination.Address, ct);
            changes.Add(source.ChangeToken);
            foreach (var (endpoint, index) in source.Endpoints.Select((e, i) => (e.ToString()!, i)))
            {
                var address = endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : "http://" + endpoint;
                resolved[$"{name}-{index}"] = destination with { Address = address, Host = null };
            }
        }

        return new ResolvedDestinationCollection(resolved, new CompositeChangeToken(changes));
    }
}

public static class ServiceDestinationsRegistration
{
    public static IReverseProxyBuilder AddServiceDestinations(this IReverseProxyBuilder proxy)
    {
        proxy.Services.AddSingleton<IDestinationResolver, ServiceDestinations>();
        return proxy;
    }
}
