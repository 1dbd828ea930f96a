using System.Globalization;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace Invoicing.Gateway;

/// <summary>
/// Which version of a service a tenant meets while two of them run. A cluster's destination may say in its metadata <c>Tenants</c> (names that
/// are always served there) and <c>Weight</c> (the percentage of all other tenants). A tenant stays where it is, and growing the weight only
/// moves tenants to the new version. Among several addresses of the version the less busy of two is taken.
/// </summary>
public sealed class Rollout : ILoadBalancingPolicy
{
    private const string Weight = nameof(Weight);
    private const string Tenants = nameof(Tenants);

    public string Name => nameof(Rollout);

    public DestinationState? PickDestination(HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        if (!availableDestinations.Any(IsNew))
        {
            return LessBusy(availableDestinations);
        }

        var tenant = context.Features.Get<Caller>()?.CompanyId ?? context.Request.Query["company_id"].ToString();
        var (fresh, stable) = (availableDestinations.Where(d => IsNew(d) && Meets(d, tenant)).ToList(), availableDestinations.Where(d => !IsNew(d)).ToList());
        return LessBusy(fresh.Count > 0 ? fresh : stable.Count > 0 ? stable : availableDestinations);
    }

    private static bool IsNew(DestinationState destination) => Said(destination, Weight) is not null || Said(destination, Tenants) is not null;

    private static bool Meets(DestinationState destination, string tenant) =>
        (Said(destination, Tenants) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Contains(tenant)
        || (tenant.Length > 0 && int.TryParse(Said(destination, Weight), CultureInfo.InvariantCulture, out var weight) && Place(tenant) < weight);

    private static string? Said(DestinationState destination, string name) => destination.Model.Config.Metadata?.GetValueOrDefault(name);

    /// <summary>0 to 99, the same in every gateway and for ever (FNV-1a).</summary>
    private static uint Place(string tenant) => tenant.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u)) % 100;

    private static DestinationState? LessBusy(IReadOnlyList<DestinationState> destinations)
    {
        if (destinations.Count == 0)
        {
            return null;
        }

        var (one, other) = (destinations[Random.Shared.Next(destinations.Count)], destinations[Random.Shared.Next(destinations.Count)]);
        return one.ConcurrentRequestCount <= other.ConcurrentRequestCount ? one : other;
    }
}
