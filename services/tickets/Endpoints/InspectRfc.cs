using Invoicing.Fiscal;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/v2/fiscal/rfc/{rfc}: form, kind and check digit of an RFC; whether SAT knows it is another matter.</summary>
public static class InspectRfc
{
    public static RfcInspection Handle(string rfc, Caller caller) => Rfc.Inspect(rfc);
}
