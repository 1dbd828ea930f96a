namespace Invoicing.Billing.Endpoints;

public static class BillingRoutes
{
    public static void MapBilling(this IEndpointRouteBuilder routes)
    {
        var billing = routes.MapGroup("/invoicing/v2").WithTags("Billing").Requires(Permission.read_automation);
        billing.MapGet("/billing/usage", GetUsage.Handle);
        billing.MapGet("/metrics", GetMetrics.Handle);
        billing.MapGet("/billing/statements", ListStatements.Handle).Requires(Permission.view_costs);
        billing.MapGet("/billing/statements/{month}", GetStatement.Handle).Requires(Permission.view_costs);
        billing.MapPost("/billing/statements/{month}/close", CloseMonth.Handle).Requires(Permission.admin_system);
        billing.MapGet("/billing/budget", GetBudget.Handle).Requires(Permission.view_costs);
        billing.MapPut("/billing/budget", PutBudget.Handle).Requires(Permission.manage_tenant);
        routes.MapGroup("/internal").ServicesOnly().MapGet("/tenants/{companyId}/export", ExportUsage.Handle);
    }

    /// <summary>The company asked about; null means all of them, for a platform admin that named none.</summary>
    internal static string? CompanyOf(this Caller caller, string? named) =>
        caller.Role is Role.platform_admin or Role.service && string.IsNullOrEmpty(named) ? null : caller.TenantFor(named);
}
