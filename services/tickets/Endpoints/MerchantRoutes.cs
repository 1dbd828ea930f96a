namespace Invoicing.Tickets.Endpoints;

public static class MerchantRoutes
{
    public static void MapMerchants(this WebApplication app)
    {
        var merchants = app.MapGroup("/invoicing/merchants").WithTags("merchants");
        merchants.MapGet("", ListMerchants.Handle).Requires(Permission.read_tickets);
        merchants.MapGet("/{id}", ListMerchants.One).Requires(Permission.read_tickets).Produces<AddMerchant.Response>();
        merchants.MapPost("", AddMerchant.Handle).Requires(Permission.write_tickets).WithMetadata(Idempotent.Route);

        var v2 = app.MapGroup("/invoicing/v2/merchants/{id}").WithTags("merchants");
        v2.MapGet("", ListMerchants.One).Requires(Permission.read_tickets).Produces<AddMerchant.Response>();
        v2.MapPut("", PutMerchant.Handle).Requires(Permission.manage_merchants);
    }
}
