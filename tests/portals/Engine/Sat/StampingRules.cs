namespace Invoicing.Portals.Engine.Sat;

/// <summary>Why a PAC would refuse this receptor, in the words merchants' portals pass on.</summary>
public static class StampingRules
{
    private static readonly Dictionary<string, string> Refusals = new()
    {
        ["rfc"] = "CFDI40143 - El RFC del receptor no existe en la lista de RFC inscritos no cancelados del SAT.",
        ["nombre"] = "CFDI40145 - El campo Nombre del receptor, debe pertenecer al nombre asociado al RFC registrado en el campo Rfc del Receptor.",
        ["cp"] = "CFDI40148 - El campo DomicilioFiscalReceptor del receptor, debe pertenecer al nombre asociado al RFC registrado en el campo Rfc del Receptor.",
        ["regimen"] = "CFDI40158 - La clave del campo RegimenFiscalR debe corresponder con el tipo de persona (física o moral).",
        ["regimen_ajeno"] = "CFDI40157 - El campo RegimenFiscalR del receptor, debe pertenecer al RFC registrado en el campo Rfc del Receptor.",
        ["uso"] = "CFDI40161 - La clave del campo UsoCFDI debe corresponder con el tipo de persona (física o moral) y el régimen correspondiente.",
    };

    /// <summary>Null if the receptor may be stamped.</summary>
    public static string? Refusal(Receptor receptor)
    {
        if (TaxpayerRegistry.Find(receptor.Rfc) is not { } taxpayer) return Refusals["rfc"];
        if (receptor.Nombre != taxpayer.Nombre) return Refusals["nombre"];
        if (receptor.PostalCode != taxpayer.PostalCode) return Refusals["cp"];
        if (!SatCatalogs.RegimenFits(receptor.Regimen, taxpayer.IsMoral)) return Refusals["regimen"];
        if (!taxpayer.Regimenes.Contains(receptor.Regimen)) return Refusals["regimen_ajeno"];
        return SatCatalogs.Allows(receptor.Uso, receptor.Regimen, taxpayer.IsMoral) ? null : Refusals["uso"];
    }

    /// <param name="field">nombre, cp, regimen, uso or rfc; anything else is answered as rfc.</param>
    public static string RefusalOf(string field) => Refusals.GetValueOrDefault(field, Refusals["rfc"]);
}
