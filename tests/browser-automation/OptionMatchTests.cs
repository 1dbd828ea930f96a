using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

public sealed class OptionMatchTests
{
    private static readonly string[] Regimes = ["Seleccione…", "601 - General de Ley Personas Morales", "612 PERSONAS FÍSICAS CON ACTIVIDADES EMPRES", "Sueldos y Salarios e Ingresos Asimilados a Salarios"];

    [TestCase("601", "601 - General de Ley Personas Morales")]
    [TestCase("612", "612 PERSONAS FÍSICAS CON ACTIVIDADES EMPRES")]
    [TestCase("605", "Sueldos y Salarios e Ingresos Asimilados a Salarios")]
    public void A_regime_is_found_by_its_key_else_by_its_text(string key, string text) => Assert.That(Pick("regimen_fiscal", key, Regimes)?.Text, Is.EqualTo(text));

    [Test]
    public void A_portals_own_number_is_not_taken_for_SATs_key() =>
        Assert.That(OptionMatch.Pick("regimen_fiscal", "626", [new("601 - General de Ley", "626"), new("626 - RESICO", "3")])?.Text, Is.EqualTo("626 - RESICO"));

    [Test]
    public void What_is_not_offered_is_not_chosen() => Assert.That(Pick("regimen_fiscal", "620", Regimes), Is.Null);

    [TestCase("E12430", "E12430 - MEZQUITE NORTE")]
    [TestCase("12430", "E12430 - MEZQUITE NORTE")]
    [TestCase("E12431", "E12431 - MEZQUITE NORTE II")]
    public void A_station_is_chosen_by_its_number(string wanted, string text) =>
        Assert.That(Pick("estacion", wanted, ["E12430 - MEZQUITE NORTE", "E12431 - MEZQUITE NORTE II", "E00124 - CENTRO"])?.Text, Is.EqualTo(text));

    [Test]
    public void Two_that_could_be_meant_are_not_guessed_between() => Assert.That(Pick("estacion", "MEZQUITE", ["E1 - MEZQUITE NORTE", "E2 - MEZQUITE SUR"]), Is.Null);

    [TestCase("forma_pago", "Seleccione", "Efectivo", "Tarjeta de crédito", "Tarjeta de débito", "Por definir")]
    [TestCase("forma_pago", "99 Por definir", "01 Efectivo", "03 Transferencia electrónica de fondos")]
    [TestCase("regimen_fiscal", "Seleccione…", "601 - General de Ley Personas Morales", "Sueldos y Salarios e Ingresos Asimilados a Salarios")]
    [TestCase("uso_cfdi", "G01 - Adquisición de mercancías", "G03 - Gastos en general")]
    [TestCase("metodo_pago", "PUE Pago en una sola exhibición", "PPD Pago en parcialidades o diferido")]
    [TestCase(null, "Efectivo", "Puntos", "Vale", "Cheque")]
    [TestCase(null, "MEZQUITE NORTE", "MEZQUITE SUR")]
    [TestCase(null, "Seleccione")]
    public void A_list_of_a_SAT_catalogue_is_known_by_its_entries(string? field, params string[] entries) =>
        Assert.That(OptionMatch.CatalogueOf(Pages.Select("Elija", entries, 1)), Is.EqualTo(field));

    [TestCase("uso_cfdi", "G03", "Gastos generales", "Adquisición de mercancía", "Gastos generales")]
    [TestCase("uso_cfdi", "G01", "Adquisición de mercancía", "Adquisición de mercancía", "Gastos generales")]
    [TestCase("regimen_fiscal", "601", "Persona moral, régimen general de ley", "Persona moral, régimen general de ley", "Persona moral sin fines de lucro")]
    [TestCase("forma_pago", "04", "T. crédito (tarjeta)", "T. crédito (tarjeta)", "T. débito (tarjeta)")]
    [TestCase("forma_pago", "04", null, "Crédito", "Contado")]
    [TestCase("regimen_fiscal", "601", null, "Persona moral", "Persona física")]
    public void An_entry_in_a_portal_s_own_words_is_the_one_of_the_catalogue_it_comes_nearest_to(string catalogue, string key, string? chosen, params string[] entries) =>
        Assert.That(Pick(catalogue, key, entries)?.Text, Is.EqualTo(chosen));

    [TestCase("99 Por definir", "forma_pago")]
    [TestCase("01 - Efectivo", "forma_pago")]
    [TestCase("Efectivo o vales", null)]
    [TestCase("Seleccione", null)]
    public void A_drawn_list_is_known_by_what_it_has_preset(string shown, string? field) =>
        Assert.That(OptionMatch.CatalogueOf(Pages.Select("Elija", [], 1, shown) with { Kind = FieldKind.Combo }), Is.EqualTo(field));

    private static Choice? Pick(string canonical, string wanted, string[] texts) => OptionMatch.Pick(canonical, wanted, [.. texts.Select((t, i) => new Choice(t, $"x{i}"))]);
}
