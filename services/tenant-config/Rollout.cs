using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Invoicing.Tenants;

/// <summary>
/// Where a company stands in a flag's rollout, by the rule Unleash publishes for its clients (MurmurHash3 x86 32 of <c>flag:company</c>):
/// fixed for ever, so that a higher percentage only ever adds companies.
/// </summary>
public static class Rollout
{
    private const uint VariantSeed = 86028157;

    /// <summary>1–100.</summary>
    public static int Percentile(string flag, string companyId) => (int)(Hash($"{flag}:{companyId}", 0) % 100) + 1;

    /// <summary>1–<paramref name="totalWeight"/>, independent of the percentile.</summary>
    public static int VariantPoint(string flag, string companyId, int totalWeight) =>
        (int)(Hash($"{flag}:{companyId}", VariantSeed) % (uint)totalWeight) + 1;

    private static uint Hash(string text, uint seed)
    {
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        var hash = seed;
        var whole = bytes.Length / 4 * 4;
        for (var i = 0; i < whole; i += 4)
        {
            hash ^= Mix(BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]));
            hash = (BitOperations.RotateLeft(hash, 13) * 5) + 0xe6546b64;
        }

        uint tail = 0;
        for (var i = bytes.Length - 1; i >= whole; i--)
        {
            tail = (tail << 8) | bytes[i];
        }

        hash ^= Mix(tail) ^ (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }

    private static uint Mix(uint block) => BitOperations.RotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
}
