using System.Security.Cryptography;

namespace Invoicing.Portals.Engine;

/// <summary>Random codes. The alphabets leave out characters that paper and eyes confuse, except where a test asks for them.</summary>
public static class Chance
{
    private const string Clear = "ACDEFHJKLMNPRTUVWXY";
    private const string Mixed = "ACDEFHJKLMNPRTUVWXY3479";

    public static string Digits(int count) => RandomNumberGenerator.GetString("0123456789", count);

    /// <summary>Digits that do not begin with zero.</summary>
    public static string Number(int count) => RandomNumberGenerator.GetString("123456789", 1) + Digits(count - 1);

    public static string Letters(int count) => RandomNumberGenerator.GetString(Clear, count);

    public static string Mix(int count) => RandomNumberGenerator.GetString(Mixed, count);

    /// <summary>Letters and digits that look alike on paper, O and 0 among them in any case.</summary>
    public static string Confusing(int count) => RandomNumberGenerator.GetString("ABDEGHKLNPRSTWXZ23456789", count - 2).Insert(Between(0, count - 2), "O").Insert(Between(0, count - 1), "0");

    public static string Hex(int count) => RandomNumberGenerator.GetHexString(count, lowercase: true);

    public static int Between(int low, int high) => RandomNumberGenerator.GetInt32(low, high + 1);

    public static T Of<T>(IReadOnlyList<T> options) => options[RandomNumberGenerator.GetInt32(options.Count)];
}
