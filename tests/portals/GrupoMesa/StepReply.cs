namespace Invoicing.Portals.GrupoMesa;

/// <summary>What every step answers, always as HTTP 200: <paramref name="Nivel"/> 0 go on, 1 to 98 an error, 99 emitted.</summary>
public sealed record StepReply(int Nivel, string Mensaje, object? Datos = null)
{
    public IResult Json() => Results.Json(this);
}
