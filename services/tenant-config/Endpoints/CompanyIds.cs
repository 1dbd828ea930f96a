using System.Text.RegularExpressions;

namespace Invoicing.Tenants.Endpoints;

public static partial class CompanyIds
{
    /// <summary>For routes that write: the id must be one a company may have, and a body that names one must name the same.</summary>
    public static Problem? Refuse(string companyId, string? named)
    {
        if (named is not null && named != companyId)
        {
            return new Problem(403, "cross_tenant", "company_id no corresponde a la ruta.");
        }

        return Form().IsMatch(companyId) ? null : Problem.Invalid("company_id", "invalid_company_id", "company_id lleva de 1 a 100 letras, dígitos o . _ - :");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:-]{0,99}\z")]
    private static partial Regex Form();
}
