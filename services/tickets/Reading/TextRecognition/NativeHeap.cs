using System.Runtime.InteropServices;

namespace Invoicing.Tickets.Reading;

/// <summary>What the C library does with memory that pictures and networks have given back.</summary>
internal static partial class NativeHeap
{
    private const int MmapThreshold = -3;
    private const int LargeBlock = 1 << 20;

    /// <summary>
    /// Large blocks go back to the system when they are freed. Left alone, glibc takes each freed one as a sign that more of its size follow
    /// and keeps blocks of up to 32 MB, in pieces, in every thread's heap: the process grows with each picture.
    /// </summary>
    public static void GivesLargeBlocksBack()
    {
        if (NativeLibrary.TryLoad("libc.so.6", typeof(NativeHeap).Assembly, DllImportSearchPath.SafeDirectories, out _))
        {
            _ = mallopt(MmapThreshold, LargeBlock);
        }
    }

    [LibraryImport("libc.so.6")]
    private static partial int mallopt(int parameter, int value);
}
