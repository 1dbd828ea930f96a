namespace Invoicing.Fiscal.Tests;

public sealed class RfcTests
{
    [TestCase("EKU9003173C9", RfcKind.Moral)]
    [TestCase("URE180429TM6", RfcKind.Moral)]
    [TestCase("H&E951128469", RfcKind.Moral)]
    [TestCase("L&O950913MSA", RfcKind.Moral)]
    [TestCase("CACX7605101P8", RfcKind.Fisica)]
    public void A_test_taxpayer_of_SAT_is_valid_with_its_check_digit(string rfc, RfcKind kind)
    {
        var found = Rfc.Inspect(rfc);

        Assert.That(found.FormatValid, Is.True);
        Assert.That(found.Kind, Is.EqualTo(kind));
        Assert.That(found.CheckDigitValid, Is.True);
        Assert.That(found.Reasons, Is.Empty);
    }

    [Test]
    public void A_wrong_check_digit_warns_and_does_not_reject()
    {
        var found = Rfc.Inspect("EKU9003173C8");

        Assert.That(found.FormatValid, Is.True);
        Assert.That(found.CheckDigitValid, Is.False);
        Assert.That(found.Reasons, Has.Count.EqualTo(1).And.Some.Contains("9"));
    }

    [TestCase(Rfc.Generico, RfcKind.Generico)]
    [TestCase(Rfc.Extranjero, RfcKind.Extranjero)]
    public void The_two_generic_ones_have_their_own_kind(string rfc, RfcKind kind) =>
        Assert.That(Rfc.Inspect(rfc).Kind, Is.EqualTo(kind));

    [TestCase(" eku9003173c9\r\n", "EKU9003173C9")]
    [TestCase("ñuñ900101aa0", "ÑUÑ900101AA0")]
    [TestCase("N\u0303UX900101AA0", "ÑUX900101AA0")]
    public void It_is_normalised_before_it_is_judged(string written, string normal)
    {
        var found = Rfc.Inspect(written);

        Assert.That(found.Rfc, Is.EqualTo(normal));
        Assert.That(found.FormatValid, Is.True);
    }

    [TestCase("")]
    [TestCase("EKU-900317-3C9")]
    [TestCase("EKU 9003173C9")]
    [TestCase("EKU9013173C9")]
    [TestCase("EKU0102293C9")]
    [TestCase("EKU9003173CB")]
    [TestCase("E1U9003173C9")]
    [TestCase("EKU9003173C")]
    [TestCase("EKU9003173C9\u200B")]
    [TestCase("\u0415KU9003173C9")]
    [TestCase("\u212AKU9003173C9")]
    [TestCase("\u017FKU9003173C9")]
    [TestCase("EKU900317\u0663C9")]
    [TestCase("EKU9003173\uD800")]
    [TestCase("EKU9003173C9'; DROP TABLE tickets--")]
    public void What_is_no_RFC_is_refused_with_a_reason(string written)
    {
        var found = Rfc.Inspect(written);

        Assert.That(found.FormatValid, Is.False);
        Assert.That(found.Kind, Is.Null);
        Assert.That(found.Reasons, Is.Not.Empty);
    }

    [Test]
    public void The_29th_of_February_of_2000_exists() => Assert.That(Rfc.Inspect("EKU0002293C9").FormatValid, Is.True);

    [Test]
    public void An_endless_text_is_refused_briefly() =>
        Assert.That(string.Concat(Rfc.Inspect(new string('A', 1_000_000)).Reasons), Has.Length.LessThan(200));

    [TestCase("EKU9003173C?", '9')]
    [TestCase("CACX7605101P?", '8')]
    [TestCase("L&O950913MS?", 'A')]
    [TestCase("EKU9003173C", null)]
    [TestCase("eku9003173c9", null)]
    public void The_check_digit_can_be_asked_for_a_repair(string rfc, char? digit) =>
        Assert.That(Rfc.CheckDigit(rfc), Is.EqualTo(digit));
}
