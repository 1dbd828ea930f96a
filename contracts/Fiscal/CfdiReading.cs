namespace Invoicing.Fiscal;

/// <summary>What <see cref="Cfdi.Parse"/> found in the bytes: a <see cref="Cfdi"/> or a <see cref="CfdiUnreadable"/>, nothing else.</summary>
public abstract class CfdiReading
{
    private protected CfdiReading()
    {
    }
}

/// <summary>The bytes are no CFDI 4.0.</summary>
public sealed class CfdiUnreadable : CfdiReading
{
    internal CfdiUnreadable(string code, string detail)
    {
        Code = code;
        Detail = detail;
    }

    /// <summary>One of: vacio, demasiado_grande, es_html, es_pdf, es_zip, es_json, codificacion, xml_prohibido, xml_demasiado_complejo, xml_mal_formado, no_es_cfdi, version.</summary>
    public string Code { get; }

    /// <summary>Why, in Spanish, for a person; quotes nothing from the document.</summary>
    public string Detail { get; }
}
