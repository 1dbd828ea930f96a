using Invoicing.BrowserAutomation.Engine;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>Wordings that no pattern holds: none of these sentences was looked at when the notions were written down, but as examples of their class.</summary>
public sealed class SensesTests
{
    [TestCase("Ese boleto ya dio origen a un comprobante, no la volvemos a hacer", null)]
    [TestCase("Ya existe comprobante emitido con ese número de folio", "ya_facturado")]
    [TestCase("El consumo que indica ya tiene su comprobante generado previamente", "ya_facturado")]
    [TestCase("Con anterioridad se timbró el comprobante de esta nota", "ya_facturado")]
    [TestCase("Para ese pedido ya tenemos un CFDI expedido", "ya_facturado")]
    [TestCase("Alguien distinto (otro contribuyente) tiene la factura emitida", "otro_rfc")]
    [TestCase("El comprobante de esa compra salió emitido para un cliente diferente", "otro_rfc")]
    [TestCase("En nuestros registros esa nota no figura", "no_encontrado")]
    [TestCase("Esos datos son equivocados", "no_encontrado")]
    [TestCase("Con ese número tampoco hallamos nada", "no_encontrado")]
    [TestCase("Ningún consumo concuerda con lo que escribió", "no_encontrado")]
    [TestCase("La nota todavía anda en proceso", "aun_no")]
    [TestCase("Vuelva luego, la venta se sincroniza por la noche", "aun_no")]
    [TestCase("Esta compra quedará lista mañana", "aun_no")]
    [TestCase("A su consumo se le terminó el plazo", "fuera_de_plazo")]
    [TestCase("Lástima, el tiempo que tenía esta nota concluyó", "fuera_de_plazo")]
    [TestCase("Solo se facturan compras del mes", "fuera_de_plazo")]
    public void The_notions_that_come_together_tell_the_class(string text, string? expected) => Assert.That(Read(text)?.Class, Is.EqualTo(expected));

    [TestCase("Encontramos su compra por $250.00")]
    [TestCase("Verifique su correo electrónico, no podrá cambiarlo después")]
    [TestCase("¿Ya tiene factura de esta compra?")]
    [TestCase("Captura los datos de tu receptor")]
    [TestCase("Tiene 10 minutos para terminar")]
    [TestCase("El total no incluye propina")]
    [TestCase("Gracias por su visita")]
    [TestCase("Su ticket es de la sucursal Centro")]
    [TestCase("Los campos con asterisco son para la factura")]
    public void What_only_speaks_of_the_same_things_tells_nothing(string text) => Assert.That(Read(text) is { Sensed: true }, Is.False, Read(text)?.Class);

    private static Meaning? Read(string text) => Engine.Messages.Of(text, standsOut: true);
}
