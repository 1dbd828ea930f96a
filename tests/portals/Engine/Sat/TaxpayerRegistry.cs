namespace Invoicing.Portals.Engine.Sat;

/// <summary>The RFCs that exist here: SAT's published test taxpayers, with régimenes (and two postal codes) of our own so that every rule can be met.</summary>
public static class TaxpayerRegistry
{
    public static IReadOnlyList<Taxpayer> All { get; } =
    [
        Row("EKU9003173C9", "ESCUELA KEMPER URGATE", "42501", "601"),
        Row("URE180429TM6", "UNIVERSIDAD ROBOTICA ESPAÑOLA", "86991", "601"),
        Row("IIA040805DZ4", "INDISTRIA ILUMINADORA DE ALMACENES", "62661", "601"),
        Row("IVD920810GU2", "INNOVACION VALOR Y DESARROLLO", "63901", "601"),
        Row("IXS7607092R5", "INTERNACIONAL XIMBO Y SABORES", "23004", "601", "626"),
        Row("JES900109Q90", "JIMENEZ ESTRADA SALAS", "37161", "601"),
        Row("KIJ0906199R1", "KERNEL INDUSTIA JUGUETERA", "28971", "601"),
        Row("H&E951128469", "HERRERIA & ELECTRICOS", "06002", "601"),
        Row("L&O950913MSA", "LUCES & OBRAS", "60922", "601", "623"),
        Row("XIA190128J61", "XENON INDUSTRIAL ARTICLES", "76343", "601", "626"),
        Row("OÑO120726RX3", "ORGANICOS ÑAVEZ OSORIO", "40501", "622", "601"),
        Row("ZUÑ920208KL4", "ZAPATERIA URTADO ÑERI", "34541", "601"),
        Row("EWE1709045U0", "ESCUELA WILSON ESQUIVEL", "63901", "603"),
        Row("CACX7605101P8", "XOCHILT CASAS CHAVEZ", "36257", "612"),
        Row("FUNK671228PH6", "KARLA FUENTE NOLASCO", "01160", "612", "605"),
        Row("IAÑL750210963", "LUIS IAN ÑUZCO", "82525", "612", "626"),
        Row("JUFA7608212V6", "ADRIANA JUAREZ FERNANDEZ", "01160", "605"),
        Row("KAHO641101B39", "OSCAR KALA HAAK", "76074", "606", "612"),
        Row("KICR630120NX3", "RODRIGO KITIA CASTRO", "36246", "621"),
        Row("MISC491214B86", "CECILIA MIRANDA SANCHEZ", "01010", "612"),
        Row("RAQÑ7701212M3", "ÑEVES RAMIREZ QUEZADA", "78905", "616"),
        Row("WATM640917J45", "MARIA WATEMBER TORRES", "43543", "625"),
        Row("WERX631016S30", "XAIME WEIR ROJO", "01279", "612"),
        Row("XAMA620210DQ5", "ALBA XKARAJAM MENDEZ", "01219", "626"),
        Row("XIQB891116QE4", "BERENICE XIMO QUEZADA", "40968", "612"),
        Row("XOJI740919U48", "INGRID XODAR JIMENEZ", "76028", "605", "612"),
    ];

    private static readonly Dictionary<string, Taxpayer> ByRfc = All.ToDictionary(taxpayer => taxpayer.Rfc);

    public static Taxpayer? Find(string rfc) => ByRfc.GetValueOrDefault(rfc);

    /// <summary>Anybody registered other than <paramref name="rfc"/>.</summary>
    public static Taxpayer SomebodyElse(string rfc) => All.First(taxpayer => taxpayer.Rfc != rfc && taxpayer.Rfc != "EKU9003173C9");

    private static Taxpayer Row(string rfc, string nombre, string postalCode, params string[] regimenes) =>
        new(rfc, nombre, postalCode, regimenes);
}
