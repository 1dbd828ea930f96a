using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Invoicing.Billing.Endpoints;

public static class ApiVersions
{
    public static bool IsV2(this ApiDescription api) => api.RelativePath?.StartsWith("invoicing/v2", StringComparison.Ordinal) ?? false;
}
