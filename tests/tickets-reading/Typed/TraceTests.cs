namespace Invoicing.Tickets.Reading.Tests;

/// <summary>What the recogniser nearly read, held against what an RFC and a date can be.</summary>
public sealed class TraceTests
{
    [Test]
    public void An_RFC_misread_in_four_places_is_the_one_that_was_nearly_read_and_proves_itself()
    {
        var field = Read("RFC:NQI678813G84", (4, 'M'), (9, '0'), (10, '6'), (13, 'C'))["rfc_emisor"];

        Assert.That(field.Value, Is.EqualTo("MQI670613C84"));
        Assert.That(field.Confidence, Is.LessThan(.95));
    }

    [Test]
    public void A_day_that_no_calendar_has_is_the_one_that_was_nearly_read() =>
        Assert.That(Read("Fecha: 14/47/2025", (10, '0'))["fecha"].Value, Is.EqualTo("2025-07-14"));

    [Test]
    public void The_validity_is_not_the_date_of_the_purchase_however_it_was_read() =>
        Assert.That(Read("VIGENCIA 14/47/2025", (12, '0')), Does.Not.ContainKey("fecha"));

    /// <param name="nearly">Places at which another character was nearly as likely as the one that was read.</param>
    private static IReadOnlyDictionary<string, ReadField> Read(string text, params (int At, char Letter)[] nearly)
    {
        var steps = text.SelectMany((c, i) => new TraceStep[]
        {
            nearly.FirstOrDefault(near => near.At == i).Letter is var other and not '\0' ? new(.02f, $"{c}{other}", [.55f, .4f]) : new(.02f, $"{c}", [.97f]),
            new(.99f, "", []),
        });
        var trace = new Trace(text, [.. Enumerable.Range(0, text.Length).Select(i => 2 * i)], [.. steps]);
        return FieldExtractor.Extract([new TextRow(text, .7) { Traces = [trace] }], [], [], certain: false).Fields;
    }
}
