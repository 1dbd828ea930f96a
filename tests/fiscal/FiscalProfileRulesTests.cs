namespace Invoicing.Fiscal.Tests;

public sealed class FiscalProfileRulesTests
{
    [Test]
    public void A_good_profile_has_no_problems() =>
        Assert.That(Check("EKU9003173C9", "ESCUELA KEMPER URGATE", "42501", "601", "G03", "facturas@escuela.example"), Is.Empty);

    [TestCase("EKU9003173C", "ESCUELA", "42501", "601", "G03", "a@b.mx", "rfc_invalido")]
    [TestCase("EKU9003173C9", "  ", "42501", "601", "G03", "a@b.mx", "nombre_vacio")]
    [TestCase("EKU9003173C9", "ESCUELA|KEMPER", "42501", "601", "G03", "a@b.mx", "nombre_invalido")]
    [TestCase("EKU9003173C9", "ESCUELA", "4250", "601", "G03", "a@b.mx", "codigo_postal_invalido")]
    [TestCase("EKU9003173C9", "ESCUELA", "00123", "601", "G03", "a@b.mx", "codigo_postal_invalido")]
    [TestCase("EKU9003173C9", "ESCUELA", "42501\n", "601", "G03", "a@b.mx", "codigo_postal_invalido")]
    [TestCase("EKU9003173C9", "ESCUELA", "42501", "999", "G03", "a@b.mx", "regimen_desconocido")]
    [TestCase("EKU9003173C9", "ESCUELA", "42501", "612", "G03", "a@b.mx", "regimen_persona")]
    [TestCase("CACX7605101P8", "XOCHILT CASAS CHAVEZ", "36257", "601", "G03", "a@b.mx", "regimen_persona")]
    [TestCase("CACX7605101P8", "XOCHILT CASAS CHAVEZ", "36257", "605", "G03", "a@b.mx", "uso_regimen")]
    [TestCase("CACX7605101P8", "XOCHILT CASAS CHAVEZ", "36257", "616", "G03", "a@b.mx", "uso_regimen")]
    [TestCase("CACX7605101P8", "XOCHILT CASAS CHAVEZ", "36257", "612", "P01", "a@b.mx", "uso_desconocido")]
    [TestCase("EKU9003173C9", "ESCUELA", "42501", "601", "G03", "a@b", "correo_invalido")]
    [TestCase("EKU9003173C9", "ESCUELA", "42501", "601", "G03", "a@b.mx\r\nBcc: c@d.mx", "correo_invalido")]
    [TestCase("XAXX010101000", "PUBLICO EN GENERAL", "42501", "616", "G03", "a@b.mx", "uso_generico")]
    [TestCase("XAXX010101000", "PUBLICO EN GENERAL", "42501", "612", "S01", "a@b.mx", "regimen_generico")]
    public void What_SAT_would_refuse_is_an_error(string rfc, string name, string postal, string regimen, string uso, string mail, string code) =>
        Assert.That(Check(rfc, name, postal, regimen, uso, mail).Where(p => p.IsError).Select(p => p.Code), Is.EqualTo(new[] { code }));

    [TestCase("ESCUELA KEMPER URGATE SA DE CV")]
    [TestCase("ESCUELA KEMPER URGATE, S.A. de C.V.")]
    [TestCase("ESCUELA KEMPER S DE RL DE CV")]
    [TestCase("ESCUELA KEMPER SAPI DE CV")]
    [TestCase("ESCUELA KEMPER, S.C.")]
    [TestCase("ESCUELA KEMPER A.C.")]
    public void A_company_form_in_the_name_warns(string name)
    {
        var problems = Check("EKU9003173C9", name, "42501", "601", "G03", "a@b.mx");

        Assert.That(problems.Select(p => p.Code), Does.Contain("nombre_regimen_societario"));
        Assert.That(problems.Select(p => p.IsError), Has.None.True);
    }

    [TestCase("EKU9003173C9", "KASA DE CVE")]
    [TestCase("EKU9003173C9", "CAFE PALSA")]
    [TestCase("CACX7605101P8", "JUAN PEREZ SC")]
    public void A_name_that_only_resembles_one_does_not(string rfc, string name) =>
        Assert.That(FiscalProfileRules.Check(rfc, name, "42501", null, null, null).Select(p => p.Code), Does.Not.Contain("nombre_regimen_societario"));

    [Test]
    public void Missing_mail_is_a_warning() =>
        Assert.That(Check("EKU9003173C9", "ESCUELA", "42501", "601", "G03", null).Single(), Has.Property("IsError").False);

    [Test]
    public void Nothing_at_all_names_every_field_that_is_needed() =>
        Assert.That(
            Check(null, null, null, null, null, null).Where(p => p.IsError).Select(p => p.Field),
            Is.EquivalentTo(new[] { "rfc", "nombre", "codigo_postal", "regimen_fiscal", "uso_cfdi" }));

    private static IReadOnlyList<FiscalProfileProblem> Check(
        string? rfc, string? name, string? postal, string? regimen, string? uso, string? mail) =>
        FiscalProfileRules.Check(rfc, name, postal, regimen, uso, mail);
}
