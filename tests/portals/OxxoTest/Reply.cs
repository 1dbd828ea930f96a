using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.OxxoTest;

/// <summary>What the page's script gets: whether it worked, what to say, and what to show next.</summary>
/// <param name="Captcha">True: the picture changed and the field must be emptied.</param>
/// <param name="Id">The CFDI whose files can be downloaded.</param>
/// <param name="Reimpresion">True: point to the reprint page.</param>
/// <param name="Ayuda">True: the help dialog opens by itself again.</param>
public sealed record Reply(bool Ok, string Mensaje, bool Captcha = false, Guid? Id = null, bool Reimpresion = false, bool Ayuda = false)
{
    public IResult Json(Visit visit) => Results.Json(Ok ? this : this with { Ayuda = visit.Strike("modal_again") is not null });
}
