using Invoicing.BrowserAutomation.Engine;

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

    private static Choice? Pick(string canonical, string wanted, string[] texts) => OptionMatch.Pick(canonical, wanted, [.. texts.Select((t, i) => new Choice(t, $"x{i}"))]);
}
