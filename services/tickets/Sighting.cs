using System.Numerics;
using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets;

/// <summary>What tells the picture of one purchase from that of another.</summary>
/// <param name="File">SHA-256 of the bytes.</param>
/// <param name="Picture">See <see cref="PictureHash"/>; null for what is no photograph.</param>
internal sealed record Sighting(string? File, long? Picture, IReadOnlyDictionary<string, ReadField> Fields)
{
    /// <summary>Under this a value may belong to another ticket of the merchant.</summary>
    private const double Sure = .85;

    internal static readonly string[] Numbers = [FieldNames.Folio, FieldNames.CodigoFacturacion, "tc", "itu", "idtran", "referencia", "transaccion"];
    private static readonly string[] Purchase = [FieldNames.RfcEmisor, FieldNames.Fecha, FieldNames.Total];
    private static readonly string[] Telling = [.. Purchase, FieldNames.Hora, .. Numbers];

    public string? Total => Fields.GetValueOrDefault(FieldNames.Total)?.Value;

    public static Sighting Of(Ticket ticket) => new(ticket.FileSha256, ticket.PictureHash, ticket.LastReading().Fields);

    /// <summary>
    /// All that names a purchase was surely read of both and is the same; or it is one file; or the pictures look alike, as a photograph that was
    /// sent on does, and total and number agree however faintly read. One value that differs makes them two: tickets of one till look alike.
    /// </summary>
    public bool ShowsWhat(Sighting other) =>
        (Purchase.All(name => Same(name, other, Sure)) && SameNumber(other, Sure))
        || (File is not null && File == other.File && !Differs(other))
        || (LooksLike(other) && Same(FieldNames.Total, other, 0) && SameNumber(other, 0) && !Differs(other));

    private bool LooksLike(Sighting other) => Picture is { } mine && other.Picture is { } its && BitOperations.PopCount((ulong)(mine ^ its)) <= PictureHash.Alike;

    // Three digits are a table's number or a turn's: they come again.
    private bool SameNumber(Sighting other, double atLeast) =>
        Values(Numbers, atLeast).Intersect(other.Values(Numbers, atLeast)).Any(number => number.Length >= 4);

    private bool Same(string name, Sighting other, double atLeast) => Value(name, atLeast) is { } mine && mine == other.Value(name, atLeast);

    private bool Differs(Sighting other) => Telling.Any(name => Value(name, 0) is { } mine && other.Value(name, 0) is { } its && mine != its);

    private IEnumerable<string> Values(string[] names, double atLeast) => names.Select(name => Value(name, atLeast)).OfType<string>();

    private string? Value(string name, double atLeast) => Fields.TryGetValue(name, out var field) && field.Confidence >= atLeast ? field.Value : null;
}
