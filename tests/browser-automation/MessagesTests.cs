using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

using Messages = Invoicing.BrowserAutomation.Engine.Messages;

public sealed class MessagesTests
{
    [TestCase("El ticket ya fue facturado", "ya_facturado")]
    [TestCase("Este folio ya fue facturado anteriormente!", "ya_facturado")]
    [TestCase("Folio 1234 ya ha sido facturado.", "ya_facturado")]
    [TestCase("Ticket facturado con folio A-33", "ya_facturado")]
    [TestCase("El consumo ya fue facturado", "ya_facturado")]
    [TestCase("El código ya se encuentra capturado", "reservado")]
    [TestCase("El ticket se encuentra facturado a otro RFC.", "otro_rfc")]
    [TestCase("La transacción no se encuentra, verifique TC# y TR#", "no_encontrado")]
    [TestCase("No se encontró orden con la información capturada.", "no_encontrado")]
    [TestCase("No encontramos tu compra", "no_encontrado")]
    [TestCase("Código inválido", "no_encontrado")]
    [TestCase("La validación del ticket no tuvo éxito", "validacion_fallida")]
    [TestCase("Tu consumo aún no está disponible, intenta en unos minutos", "aun_no")]
    [TestCase("Su solicitud no puede ser procesada, intente después de 24 horas", "aun_no")]
    [TestCase("El plazo para facturar este ticket venció el 01/11/2026.", "fuera_de_plazo")]
    [TestCase("Ticket vencido", "fuera_de_plazo")]
    [TestCase("Captcha incorrecto", "captcha")]
    [TestCase("El XML se enviará a ana@correo.mx", "correo")]
    [TestCase("La factura se reenvió a ana@correo.mx", "correo")]
    [TestCase("Ticket no disponible", "validacion_fallida")]
    [TestCase("El código de la imagen es incorrecto", "captcha")]
    [TestCase("Sitio en mantenimiento, vuelva más tarde", "portal")]
    [TestCase("el servicio está temporalmente inactivo", "portal")]
    [TestCase("La sesión ha expirado", "sesion")]
    [TestCase("El ticket no pertenece a esta marca", "otra_marca")]
    [TestCase("El campo Folio es obligatorio.", "falta")]
    [TestCase("Se ha generado la factura con el número de transacción 55", "exito")]
    [TestCase("Su solicitud fue aceptada", "correo")]
    [TestCase("El ticket ingresado es válido", "ticket_valido")]
    [TestCase("La cuenta tiene una factura emitida. Si no le llegó, pídala de nuevo", "ya_facturado")]
    [TestCase("El pase ya está ligado a una factura", "ya_facturado")]
    [TestCase("La cuenta no tiene factura emitida", "no_facturado")]
    [TestCase("La factura no corresponde al RFC que escribió", "otro_rfc")]
    [TestCase("Los dígitos no corresponden a la imagen", "captcha")]
    [TestCase("Su pase estará disponible en la tarde", "aun_no")]
    [TestCase("La clave caducó el 01/11/2026", "fuera_de_plazo")]
    [TestCase("Orden inexistente", "no_encontrado")]
    [TestCase("Su CFDI va en camino", "correo")]
    [TestCase("Procesando su solicitud, no cierre esta ventana", "espera")]
    public void A_message_has_its_class(string text, string expected) => Assert.That(Messages.Of(text, standsOut: true)?.Class, Is.EqualTo(expected));

    [TestCase("CFDI40145 - El campo Nombre del receptor, debe pertenecer al nombre asociado al RFC registrado en el campo Rfc del Receptor.", "nombre")]
    [TestCase("CFDI40148 - El campo DomicilioFiscalReceptor del receptor, debe pertenecer al nombre asociado al RFC registrado en el campo Rfc del Receptor.", "codigo_postal")]
    [TestCase("CFDI40158 - La clave del campo RegimenFiscalR debe corresponder con el tipo de persona (física o moral).", "regimen_fiscal")]
    [TestCase("CFDI40161 - La clave del campo UsoCFDI debe corresponder con el tipo de persona", "uso_cfdi")]
    [TestCase("CFDI40143 - El RFC del receptor no existe en la lista de RFC inscritos no cancelados del SAT.", "rfc")]
    public void A_refusal_names_the_field(string text, string field)
    {
        var meaning = Messages.Of(text, standsOut: false);

        Assert.That((meaning?.Class, meaning?.Field), Is.EqualTo(("receptor", field)));
    }

    [TestCase("Tiene 30 días para facturar; después su compra se incluye en la factura global.")]
    [TestCase("¿No encuentra su ticket? Verifique los datos en la parte inferior.")]
    [TestCase("Aviso de privacidad")]
    public void Help_on_the_page_is_no_answer(string text) => Assert.That(Messages.Of(text, standsOut: false), Is.Null);

    [TestCase("a partir del 24/11/2026 18:30", "2026-11-25T00:30:00Z")]
    [TestCase("venció el 2026-11-01", "2026-11-01T06:00:00Z")]
    [TestCase("intente después de 24 horas", "2026-11-25T18:00:00Z")]
    [TestCase("espere 30 minutos", "2026-11-24T18:30:00Z")]
    public void A_named_moment_is_read_in_Mexico_Citys_time(string text, string moment) =>
        Assert.That(Messages.Moment(text, Pages.Now), Is.EqualTo(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)));
}
