namespace Invoicing.Fiscal;

/// <summary>Names out of a hostile document, fit for a message: short, and only characters that names are made of.</summary>
internal static class Safe
{
    internal static string Name(string name) =>
        new([.. name.Take(80).Select(c => char.IsAsciiLetterOrDigit(c) || "_-.:/{}ñÑ".Contains(c, StringComparison.Ordinal) ? c : '?')]);
}
