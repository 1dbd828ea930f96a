namespace Invoicing.Portals.Engine.Sat;

/// <summary>Régimen fiscal and uso de CFDI of CFDI 4.0, and which go together.</summary>
public static class SatCatalogs
{
    /// <summary>Key to text, as portals list them.</summary>
    public static IReadOnlyDictionary<string, string> Regimenes { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["601"] = "General de Ley Personas Morales",
        ["603"] = "Personas Morales con Fines no Lucrativos",
        ["605"] = "Sueldos y Salarios e Ingresos Asimilados a Salarios",
        ["606"] = "Arrendamiento",
        ["607"] = "Régimen de Enajenación o Adquisición de Bienes",
        ["608"] = "Demás ingresos",
        ["610"] = "Residentes en el Extranjero sin Establecimiento Permanente en México",
        ["611"] = "Ingresos por Dividendos (socios y accionistas)",
        ["612"] = "Personas Físicas con Actividades Empresariales y Profesionales",
        ["614"] = "Ingresos por intereses",
        ["615"] = "Régimen de los ingresos por obtención de premios",
        ["616"] = "Sin obligaciones fiscales",
        ["620"] = "Sociedades Cooperativas de Producción que optan por diferir sus ingresos",
        ["621"] = "Incorporación Fiscal",
        ["622"] = "Actividades Agrícolas, Ganaderas, Silvícolas y Pesqueras",
        ["623"] = "Opcional para Grupos de Sociedades",
        ["624"] = "Coordinados",
        ["625"] = "Régimen de las Actividades Empresariales con ingresos a través de Plataformas Tecnológicas",
        ["626"] = "Régimen Simplificado de Confianza",
    };

    public static IReadOnlyDictionary<string, string> Usos { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["G01"] = "Adquisición de mercancías",
        ["G02"] = "Devoluciones, descuentos o bonificaciones",
        ["G03"] = "Gastos en general",
        ["I01"] = "Construcciones",
        ["I02"] = "Mobiliario y equipo de oficina por inversiones",
        ["I03"] = "Equipo de transporte",
        ["I04"] = "Equipo de cómputo y accesorios",
        ["I08"] = "Otra maquinaria y equipo",
        ["D01"] = "Honorarios médicos, dentales y gastos hospitalarios",
        ["D04"] = "Donativos",
        ["D10"] = "Pagos por servicios educativos (colegiaturas)",
        ["S01"] = "Sin efectos fiscales",
        ["CP01"] = "Pagos",
    };

    private static readonly HashSet<string> Moral = ["601", "603", "620", "622", "623", "624"];
    private static readonly HashSet<string> Both = ["610", "626"];
    private static readonly HashSet<string> Business =
        ["601", "603", "606", "612", "620", "621", "622", "623", "624", "625", "626"];
    private static readonly HashSet<string> Deductions = ["605", "606", "607", "608", "611", "612", "614", "615", "625"];

    public static bool RegimenFits(string regimen, bool moral) =>
        Regimenes.ContainsKey(regimen) && (Both.Contains(regimen) || Moral.Contains(regimen) == moral);

    public static bool Allows(string uso, string regimen, bool moral) => uso switch
    {
        "S01" or "CP01" => true,
        "G02" => regimen == "616" || Business.Contains(regimen),
        ['G' or 'I', ..] => Usos.ContainsKey(uso) && Business.Contains(regimen),
        ['D', ..] => Usos.ContainsKey(uso) && !moral && Deductions.Contains(regimen),
        _ => false,
    };
}
