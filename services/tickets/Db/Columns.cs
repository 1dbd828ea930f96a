using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Invoicing.Tickets.Db;

/// <summary>PostgreSQL holds neither NUL nor half a surrogate pair; texts of clients may. They are dropped, never a failure.</summary>
internal sealed class PlainText() : ValueConverter<string, string>(s => Clean(s), s => s)
{
    private static string Clean(string text)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal);
        return clean.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)) : clean;
    }
}

/// <summary>Values kept as jsonb in the contract's spelling.</summary>
internal static partial class Columns
{
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property)
    {
        property.HasColumnType("jsonb").HasConversion(
            new ValueConverter<T, string>(value => Write(value), json => JsonSerializer.Deserialize<T>(json, Json.Options)!),
            new ValueComparer<T>((a, b) => Write(a) == Write(b), value => Write(value).GetHashCode(StringComparison.Ordinal), value => value));
        return property;
    }

    /// <summary>A string that holds JSON already.</summary>
    public static void AsJsonText(this PropertyBuilder<string?> property) =>
        property.HasColumnType("jsonb").HasConversion(new ValueConverter<string?, string?>(s => s == null ? null : Nul().Replace(s, "$1"), s => s));

    /// <summary>The same for messages that wait to leave: they carry words of clients.</summary>
    public static void AsMessageText(this PropertyBuilder<string> property) =>
        property.HasColumnType("jsonb").HasConversion(new ValueConverter<string, string>(s => Nul().Replace(s, "$1"), s => s));

    private static string Write<T>(T value) => Nul().Replace(JsonSerializer.Serialize(value, Json.Options), "$1");

    /// <summary>The escape of NUL, unless its backslash is itself escaped.</summary>
    [GeneratedRegex(@"(?<!\\)((?:\\\\)*)\\u0000")]
    private static partial Regex Nul();
}
