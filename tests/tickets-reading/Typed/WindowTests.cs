namespace Invoicing.Tickets.Reading.Tests;

public sealed class WindowTests
{
    [TestCase("TIENE 72 HRS PARA FACTURAR", 72, null, false, null, null)]
    [TestCase("Tiene 72 HPS PAPA FACTUPAP", 72, null, false, null, null)]
    [TestCase("Factura dentro de los 30 días naturales", null, 30, false, null, null)]
    [TestCase("Facture dentro del mismo mes de su compra", null, null, true, null, null)]
    [TestCase("Puede facturar hasta el día 5 del mes siguiente", null, null, true, 5, null)]
    [TestCase("FACTURE EL MISMO DIA", null, 0, false, null, null)]
    [TestCase("Podrá facturar 24 horas después de su compra", null, null, false, null, 1440)]
    [TestCase("Factura disponible en 15 minutos", null, null, false, null, 15)]
    public void A_window_is_what_the_ticket_says(string text, int? hours, int? days, bool month, int? after, int? wait)
    {
        var window = ReceiptReader.ReadText(text).Window;

        Assert.That((window?.Hours, window?.Days, window?.SameMonth, window?.DaysAfterMonth, window?.WaitMinutes), Is.EqualTo((hours, days, (bool?)month, after, wait)));
    }

    [TestCase("ABIERTO LAS 24 HORAS")]
    [TestCase("ENTREGA EN 48 HORAS\nFACTURA EN www.tienda.com.mx")]
    [TestCase("FECHA 14-07-2026 15:15 hrs\nFOLIO FACTURACION: 6N4W-24262486")]
    [TestCase("GRACIAS POR SU COMPRA")]
    public void Other_hours_are_no_window(string text) =>
        Assert.That(ReceiptReader.ReadText(text).Window, Is.Null);
}
