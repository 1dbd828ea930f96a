using MassTransit;
using Microsoft.Extensions.Logging;

namespace Invoicing;

/// <summary>Every line logged for a tenant's call or message names the tenant as <c>company_id</c>, beside the trace id.</summary>
public static class TenantLogScope
{
    public const string Key = "company_id";

    /// <summary>Until disposed; no scope without a tenant.</summary>
    public static IDisposable? ForTenant(this ILogger log, string? company) =>
        string.IsNullOrEmpty(company) ? null : log.BeginScope(new CompanyScope(company));

    // A list, as exporters want it, that also reads well where scopes are printed.
    private sealed class CompanyScope(string company) : List<KeyValuePair<string, object?>>([new(Key, company)])
    {
        public override string ToString() => $"{Key}:{this[0].Value}";
    }
}

/// <summary>The tenant a message speaks of: its <c>CompanyId</c>, where it has one.</summary>
public sealed class TenantLogFilter<TMessage>(ILogger<TenantLogFilter<TMessage>> log) : IFilter<ConsumeContext<TMessage>>
    where TMessage : class
{
    private static readonly Func<TMessage, string?>? Company = typeof(TMessage).GetProperty("CompanyId")?.GetMethod?.CreateDelegate<Func<TMessage, string?>>();

    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        using var scope = log.ForTenant(Company?.Invoke(context.Message));
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("tenant log scope");
}
