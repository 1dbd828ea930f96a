using System.Text.Json.Serialization;

namespace Invoicing.Fiscal;

/// <summary>Whose an RFC is: a person's (13 characters), a company's (12), the general public's or a foreigner's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RfcKind>))]
public enum RfcKind
{
    [JsonStringEnumMemberName("fisica")] Fisica,
    [JsonStringEnumMemberName("moral")] Moral,
    [JsonStringEnumMemberName("generico")] Generico,
    [JsonStringEnumMemberName("extranjero")] Extranjero,
}

/// <param name="Rfc">Normalised, whether it is valid or not.</param>
/// <param name="FormatValid">The grammar holds. Only this decides; whether SAT knows the RFC is another matter.</param>
/// <param name="Kind">Null when the format is not valid.</param>
/// <param name="CheckDigitValid">A warning and no more: SAT itself has issued RFCs that fail it.</param>
/// <param name="Reasons">What is wrong or doubtful, in Spanish; empty when nothing is.</param>
public sealed record RfcInspection(
    string Rfc, bool FormatValid, RfcKind? Kind, bool CheckDigitValid, IReadOnlyList<string> Reasons);
