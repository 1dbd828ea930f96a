using System.Text.Json.Serialization;

namespace Invoicing.Fiscal;

/// <summary>How a check ended. Only <see cref="Invalid"/> makes a CFDI invalid.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckStatus>))]
public enum CheckStatus
{
    [JsonStringEnumMemberName("valid")] Valid,

    /// <summary>Doubtful, or against what is usual; a person may want to look.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>Could not be told: something needed is not at hand.</summary>
    [JsonStringEnumMemberName("unverified")] Unverified,

    [JsonStringEnumMemberName("invalid")] Invalid,
}

/// <param name="Code">Stable name of the check, see <see cref="CfdiVerifier"/>.</param>
/// <param name="Detail">What was found, in Spanish, for a person.</param>
public sealed record CfdiCheck(string Code, CheckStatus Status, string Detail)
{
    internal static CfdiCheck Valid(string code, string detail) => new(code, CheckStatus.Valid, detail);

    internal static CfdiCheck Invalid(string code, string detail) => new(code, CheckStatus.Invalid, detail);

    internal static CfdiCheck Unverified(string code, string detail) => new(code, CheckStatus.Unverified, detail);

    internal static CfdiCheck Warning(string code, string detail) => new(code, CheckStatus.Warning, detail);

    internal static CfdiCheck If(string code, bool holds, string good, string bad) => holds ? Valid(code, good) : Invalid(code, bad);
}
