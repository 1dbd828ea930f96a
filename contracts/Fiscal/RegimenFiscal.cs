using System.Collections.Frozen;

namespace Invoicing.Fiscal;

/// <summary>A régimen of c_RegimenFiscal and whom it is for.</summary>
public sealed record RegimenFiscal(string Key, string Text, bool Fisica, bool Moral)
{
    /// <summary>The 19 régimenes in force in August 2026.</summary>
    public static readonly FrozenDictionary<string, RegimenFiscal> All = new RegimenFiscal[]
    {
        ForMoral("601", "General de Ley Personas Morales"),
        ForMoral("603", "Personas Morales con Fines no Lucrativos"),
        ForFisica("605", "Sueldos y Salarios e Ingresos Asimilados a Salarios"),
        ForFisica("606", "Arrendamiento"),
        ForFisica("607", "Régimen de Enajenación o Adquisición de Bienes"),
        ForFisica("608", "Demás ingresos"),
        ForBoth("610", "Residentes en el Extranjero sin Establecimiento Permanente en México"),
        ForFisica("611", "Ingresos por Dividendos (socios y accionistas)"),
        ForFisica("612", "Personas Físicas con Actividades Empresariales y Profesionales"),
        ForFisica("614", "Ingresos por intereses"),
        ForFisica("615", "Régimen de los ingresos por obtención de premios"),
        ForFisica("616", "Sin obligaciones fiscales"),
        ForMoral("620", "Sociedades Cooperativas de Producción que optan por diferir sus ingresos"),
        ForFisica("621", "Incorporación Fiscal"),
        ForMoral("622", "Actividades Agrícolas, Ganaderas, Silvícolas y Pesqueras"),
        ForMoral("623", "Opcional para Grupos de Sociedades"),
        ForMoral("624", "Coordinados"),
        ForFisica("625", "Régimen de las Actividades Empresariales con ingresos a través de Plataformas Tecnológicas"),
        ForBoth("626", "Régimen Simplificado de Confianza"),
    }.ToFrozenDictionary(regimen => regimen.Key);

    /// <summary>The two generic RFCs count as a person's.</summary>
    public bool Fits(RfcKind kind) => kind == RfcKind.Moral ? Moral : Fisica;

    private static RegimenFiscal ForMoral(string key, string text) => new(key, text, Fisica: false, Moral: true);

    private static RegimenFiscal ForFisica(string key, string text) => new(key, text, Fisica: true, Moral: false);

    private static RegimenFiscal ForBoth(string key, string text) => new(key, text, Fisica: true, Moral: true);
}
