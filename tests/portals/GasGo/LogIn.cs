using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GasGo;

/// <summary>POST api/entrar. Three wrong passwords lock the account for half an hour; whoever logs in second puts the first one out.</summary>
public static class LogIn
{
    private const int WrongPasswords = 3;
    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(30);

    public static IResult Handle(Visit visit, Accounts accounts, Reservations reservations)
    {
        if (!visit.Session.Values.TryRemove("persona", out _)) return No("Confirme que no es un robot");
        var key = $"{visit.Portal.Merchant.Portal}:{visit.Field("correo").ToLowerInvariant()}";
        if (reservations.Held(key)) return No("Cuenta bloqueada por intentos fallidos, intente más tarde");
        if (accounts.Find(visit.Field("correo")) is not { } account || account.Contrasena != visit.Field("contrasena"))
        {
            if (reservations.Count(key) < WrongPasswords) return No("Usuario o contraseña incorrectos");
            reservations.Take(key, "", Lock);
            reservations.Forget(key);
            return No("Cuenta bloqueada por intentos fallidos, intente más tarde");
        }

        if (visit.Strike("password_expired") is not null) return No("Su contraseña ha expirado, es necesario cambiarla");
        reservations.Forget(key);
        accounts.Enter(account, visit.Session.Id);
        (visit.Session.Values["cuenta"], visit.Session.Values["rfc"]) = (account.Correo, account.Rfcs[0]);
        return Results.Json(new { ok = true, mensaje = "", correo = account.Correo });
    }

    /// <summary>Keeps out whoever did not log in, or was put out by a second login.</summary>
    internal static async ValueTask<object?> OnlyInside(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var visit = context.HttpContext.Features.Get<Visit>()!;
        if (AccountOf(visit) is not { } account) return Results.Json(new { ok = false, mensaje = "Inicie sesión", salir = true });
        return context.HttpContext.RequestServices.GetRequiredService<Accounts>().IsOpenIn(account, visit.Session.Id)
            ? await next(context)
            : Results.Json(new { ok = false, mensaje = "Su sesión se inició en otro dispositivo", salir = true });
    }

    internal static Account? AccountOf(Visit visit) => visit.Session.Values.TryGetValue("cuenta", out var correo)
        ? visit.Context.RequestServices.GetRequiredService<Accounts>().Find(correo)
        : null;

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });
}
