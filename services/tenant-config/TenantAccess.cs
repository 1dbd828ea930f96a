namespace Invoicing.Tenants;

/// <summary>Who may touch which tenant. Another tenant's is not there at all.</summary>
public static class TenantAccess
{
    /// <exception cref="ProblemException">404 for another tenant's, 403 when the role lacks the permission.</exception>
    public static void DemandTenant(this Caller caller, string companyId, Permission permission)
    {
        caller.DemandTenant(companyId);
        caller.Demand(permission);
    }

    /// <exception cref="ProblemException">404 for another tenant's.</exception>
    public static void DemandTenant(this Caller caller, string companyId)
    {
        if (!caller.Anonymous && !caller.IsPlatform() && caller.CompanyId != companyId)
        {
            throw new ProblemException(Problem.NotFound($"Empresa {companyId} no encontrada"));
        }
    }

    public static bool IsPlatform(this Caller caller) => caller.Role is Role.platform_admin or Role.service;
}
