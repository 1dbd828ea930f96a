using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Invoicing.Portals.Engine.Pages;

/// <summary>How a page changes when the merchant's web team "improves" it: other ids, other words for the same things.</summary>
public static class Drift
{
    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["folio"] = "Número de ticket",
        ["fecha"] = "Fecha del consumo",
        ["total"] = "Importe total",
        ["venta"] = "ID de transacción",
        ["estacion"] = "Gasolinera",
        ["web_id"] = "Web ID (código de facturación)",
        ["despacho"] = "Folio de despacho",
        ["tienda"] = "Sucursal",
        ["transaccion"] = "Transacción (TR)",
        ["codigo"] = "Código único de facturación",
        ["importe"] = "Total pagado",
        ["nombres"] = "Nombre",
        ["paterno"] = "Primer apellido",
        ["materno"] = "Segundo apellido",
        ["forma"] = "Forma en que pagó",
        ["confirmar"] = "Sí, continuar",
        ["rfc"] = "Registro Federal de Contribuyentes",
        ["nombre"] = "Denominación o nombre fiscal",
        ["cp"] = "C.P. del domicilio fiscal",
        ["regimen"] = "Régimen",
        ["uso"] = "Uso del CFDI",
        ["correo"] = "E-mail",
        ["captcha"] = "Código de seguridad",
        ["validar"] = "Validar folio",
        ["buscar"] = "Validar",
        ["continuar"] = "Siguiente",
        ["agregar"] = "Agregar RFC",
        ["generar"] = "Emitir CFDI",
        ["xml"] = "Obtener XML",
        ["pdf"] = "Obtener PDF",
        ["consultar"] = "Recuperar factura",
    };

    private static readonly ConcurrentDictionary<string, string> Names = new();

    /// <summary>The id and name that a field gets after the change; the same in every run.</summary>
    public static string Id(string name)
    {
        var id = $"ctl{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..7]}";
        Names[id] = name;
        return id;
    }

    /// <summary>The field's own name, whether it drifted or not.</summary>
    public static string NameOf(string id) => Names.GetValueOrDefault(id, id);

    public static string Label(string key, string text) => Synonyms.GetValueOrDefault(key, text);
}
