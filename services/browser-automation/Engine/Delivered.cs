namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Files that came, judged.</summary>
public sealed class Delivered
{
    /// <summary>A CFDI whose seal holds, for the right receptor and amount.</summary>
    public bool Xml { get; set; }

    public bool Pdf { get; set; }

    /// <summary>FechaTimbrado of the CFDI, in a Mexican time that it does not name.</summary>
    public DateTime? StampedAt { get; set; }

    public DateTimeOffset ArrivedAt { get; set; }

    /// <summary>RFC of a CFDI that came for somebody else.</summary>
    public string? ForeignReceptor { get; set; }

    /// <summary>Why the last XML was not taken, in Spanish.</summary>
    public string? Refusal { get; set; }

    public int Refused { get; set; }
}
