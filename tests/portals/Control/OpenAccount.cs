using Invoicing.Portals.GasGo;

namespace Invoicing.Portals.Control;

/// <summary>POST /_control/accounts: a customer account of the portal with login. GET: those there are, passwords included.</summary>
public static class OpenAccount
{
    public static IEnumerable<Account> List(Accounts accounts) => accounts.All;

    public static IResult Handle(Account account, Accounts accounts) => account.Correo is { Length: > 0 } && account.Contrasena is { Length: > 0 } && accounts.Add(account)
        ? Results.Ok(account)
        : Results.BadRequest(new { error = "Give correo, contrasena and rfcs of the simulated registry." });
}
