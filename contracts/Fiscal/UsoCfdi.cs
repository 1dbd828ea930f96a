using System.Collections.Frozen;

namespace Invoicing.Fiscal;

/// <summary>A use of c_UsoCFDI, and the régimenes of a receptor that may declare it.</summary>
public sealed record UsoCfdi(string Key, string Text, bool Fisica, bool Moral, FrozenSet<string> Regimenes)
{
    private static readonly string[] Business =
        ["601", "603", "606", "612", "620", "621", "622", "623", "624", "625", "626"];

    private static readonly string[] Deductions = ["605", "606", "607", "608", "611", "612", "614", "615", "625"];

    /// <summary>The 24 uses in force in August 2026.</summary>
    public static readonly FrozenDictionary<string, UsoCfdi> All = new UsoCfdi[]
    {
        ForBoth("G01", "Adquisición de mercancías", Business),
        ForBoth("G02", "Devoluciones, descuentos o bonificaciones", [.. Business, "616"]),
        ForBoth("G03", "Gastos en general", Business),
        ForBoth("I01", "Construcciones", Business),
        ForBoth("I02", "Mobiliario y equipo de oficina por inversiones", Business),
        ForBoth("I03", "Equipo de transporte", Business),
        ForBoth("I04", "Equipo de computo y accesorios", Business),
        ForBoth("I05", "Dados, troqueles, moldes, matrices y herramental", Business),
        ForBoth("I06", "Comunicaciones telefónicas", Business),
        ForBoth("I07", "Comunicaciones satelitales", Business),
        ForBoth("I08", "Otra maquinaria y equipo", Business),
        ForFisica("D01", "Honorarios médicos, dentales y gastos hospitalarios", Deductions),
        ForFisica("D02", "Gastos médicos por incapacidad o discapacidad", Deductions),
        ForFisica("D03", "Gastos funerales", Deductions),
        ForFisica("D04", "Donativos", Deductions),
        ForFisica("D05", "Intereses reales efectivamente pagados por créditos hipotecarios (casa habitación)", Deductions),
        ForFisica("D06", "Aportaciones voluntarias al SAR", Deductions),
        ForFisica("D07", "Primas por seguros de gastos médicos", Deductions),
        ForFisica("D08", "Gastos de transportación escolar obligatoria", Deductions),
        ForFisica("D09", "Depósitos en cuentas para el ahorro, primas que tengan como base planes de pensiones", Deductions),
        ForFisica("D10", "Pagos por servicios educativos (colegiaturas)", Deductions),
        ForBoth("S01", "Sin efectos fiscales", RegimenFiscal.All.Keys),
        ForBoth("CP01", "Pagos", RegimenFiscal.All.Keys),
        ForFisica("CN01", "Nómina", ["605"]),
    }.ToFrozenDictionary(uso => uso.Key);

    /// <summary>What SAT checks when stamping: the use fits the receptor's régimen and both fit the kind of person.</summary>
    public bool Fits(RegimenFiscal regimen, RfcKind kind)
    {
        ArgumentNullException.ThrowIfNull(regimen);
        return (kind == RfcKind.Moral ? Moral : Fisica) && regimen.Fits(kind) && Regimenes.Contains(regimen.Key);
    }

    private static UsoCfdi ForBoth(string key, string text, IEnumerable<string> regimenes) =>
        new(key, text, Fisica: true, Moral: true, regimenes.ToFrozenSet());

    private static UsoCfdi ForFisica(string key, string text, IEnumerable<string> regimenes) =>
        new(key, text, Fisica: true, Moral: false, regimenes.ToFrozenSet());
}
