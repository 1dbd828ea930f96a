using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>Words whose numbers and codes no invoicing portal asks for, whatever label stands beside them.</summary>
internal static partial class OtherNumbers
{
    /// <param name="plain">A row in upper case without accents.</param>
    public static bool AreOf(string plain) => Word().IsMatch(plain);

    [GeneratedRegex(@"\bWI-?FI\b|\bINTERNET\b|\bCONTRASENA|\bENCUESTA|\bOPINION|\bOPINA|\bCUPON|\bPUNTOS\b|\bMONEDERO|\bTEL(?:EFONO|S)?\b|\bCEL(?:ULAR)?\b|WHATS|\bLADA\b|\bQUEJAS|\bDUDAS|\bATENCION A|\bCED(?:ULA)?\b|\bPERMISO|\bPLACAS?\b|\bKM\b|\bIMEI\b|\bLOTE\b|\bSOCIO|\bMEMBRESIA|\bREGIMEN|\bEXPEDICION|\bC\.?P\.? ?\d{5}|\bCLABE\b|\bTARJETA|\bTERMINACION|\bAUT(?:ORIZ\w*|\.)|\bAFIL|\bARQC|\bAID\b|\bR\.?F\.?C\b")]
    private static partial Regex Word();

    public static bool IsAddress(string plain) => Street().IsMatch(plain);

    [GeneratedRegex(@"\bAV\b|\bAVE\b|\bAVENIDA\b|\bCALLE|\bCOL\b|\bCOLONIA\b|\bBLVD\b|\bCARR\b|\bEJE\b|\bLOC(?:AL)?\b|\bINT\b|\bEXT\b")]
    private static partial Regex Street();
}
