using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

using Messages = Invoicing.BrowserAutomation.Engine.Messages;

/// <summary>Captions, labels and messages that no entry of the knowledge holds as they stand.</summary>
public sealed class UnknownWordsTests
{
    [TestCase("Elabora tu CFDI", "emit")]
    [TestCase("Expedir mi comprobante", "emit")]
    [TestCase("Tramita aquí tu factura", "maybe_emit")]
    [TestCase("Localizar mi consumo", "advance")]
    [TestCase("Comprueba tu boleto", "advance")]
    [TestCase("Seguir al paso de pago", "advance")]
    [TestCase("Tus facturas anteriores", "recover")]
    [TestCase("Mis últimas facturas (24 h)", "recover")]
    [TestCase("Anular comprobante", "decoy")]
    [TestCase("Usar otro RFC", "new_receptor")]
    public void A_caption_is_read_by_its_verb_and_what_it_acts_on(string caption, string role)
    {
        Assert.That(Buttons.Score(Pages.Button(caption), role), Is.GreaterThan(0.6));
    }

    [TestCase("Ingresa el Nº de tu ticket", "ticket")]
    [TestCase("Núm. de Transacc.", "transaccion")]
    [TestCase("Ref. de fact.", "referencia")]
    [TestCase("Cve. Suc.", "sucursal")]
    [TestCase("Por favor captura el folio de tu consumo", "folio")]
    [TestCase("Selecciona la fecha de tu compra", "fecha")]
    [TestCase("RFC emisor", "rfc_emisor")]
    [TestCase("Factura: código que trae impreso", "codigo_facturacion")]
    [TestCase("Compra: fecha", "fecha")]
    public void Abbreviations_and_courtesies_do_not_hide_what_is_asked(string label, string canonical)
    {
        Assert.That(FieldMap.Of([Pages.Text(label)], Pages.Goal())[0].Canonical, Is.EqualTo(canonical));
    }

    [TestCase("El ticket aún no puede ser facturado, intente en 30 minutos", "aun_no")]
    [TestCase("No fue posible timbrar su factura. CFDI40148 - El campo DomicilioFiscalReceptor del receptor, debe pertenecer al nombre", "receptor")]
    [TestCase("El ticket no está facturado", "no_facturado")]
    [TestCase("El folio ya se facturó", "ya_facturado")]
    [TestCase("La nota fue facturada, pero no con ese RFC", "otro_rfc")]
    [TestCase("El folio corresponde a un mes cerrado", "fuera_de_plazo")]
    [TestCase("¿Los datos capturados son correctos? No será posible corregirlos.", null)]
    [TestCase("Si tu ticket ya fue facturado, consulta tu factura", null)]
    public void What_is_said_in_other_words_is_understood(string text, string? meaning)
    {
        Assert.That(Messages.Of(text, standsOut: true)?.Class, Is.EqualTo(meaning));
    }
}
