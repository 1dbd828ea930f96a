using System.Runtime.InteropServices;
using System.Text;

namespace Invoicing.Tickets.Reading;

/// <summary>The system's libzbar0 (Debian package of that name), called directly: no NuGet package carries it.</summary>
internal static partial class ZBar
{
    private const string Library = "libzbar.so.0";
    private const uint Y800 = 0x30303859;
    private const int EnableSetting = 0;
    private const int QrCode = 64;
    private const int Code128 = 128;
    private const int Code39 = 39;

    /// <summary>False when the library is not installed; nothing else of this class may be called then.</summary>
    public static bool Installed { get; } = NativeLibrary.TryLoad(Library, typeof(ZBar).Assembly, DllImportSearchPath.System32, out _);

    public static List<ReadCode> Scan(GrayImage picture)
    {
        var scanner = zbar_image_scanner_create();
        var image = zbar_image_create();
        var pinned = GCHandle.Alloc(picture.Pixels, GCHandleType.Pinned);
        try
        {
            // Only what tickets carry: every other decoder is attack surface and a source of false readings.
            _ = zbar_image_scanner_set_config(scanner, 0, EnableSetting, 0);
            foreach (var symbology in new[] { QrCode, Code128, Code39 })
            {
                _ = zbar_image_scanner_set_config(scanner, symbology, EnableSetting, 1);
            }

            zbar_image_set_format(image, Y800);
            zbar_image_set_size(image, (uint)picture.Width, (uint)picture.Height);
            zbar_image_set_data(image, pinned.AddrOfPinnedObject(), (nuint)picture.Pixels.Length, 0);
            _ = zbar_scan_image(scanner, image);
            return Symbols(image);
        }
        finally
        {
            zbar_image_destroy(image);
            zbar_image_scanner_destroy(scanner);
            pinned.Free();
        }
    }

    private static List<ReadCode> Symbols(nint image)
    {
        var codes = new List<ReadCode>();
        for (var symbol = zbar_image_first_symbol(image); symbol != 0; symbol = zbar_symbol_next(symbol))
        {
            var text = Text(zbar_symbol_get_data(symbol), (int)zbar_symbol_get_data_length(symbol));
            var format = zbar_symbol_get_type(symbol) switch { QrCode => "QR", Code128 => "CODE128", _ => "CODE39" };
            // Short Code39 "readings" appear in the lines of tables.
            if (text.Length > (format == "QR" ? 0 : 5))
            {
                codes.Add(new ReadCode(format, text));
            }
        }

        return codes;
    }

    private static unsafe string Text(nint data, int length)
    {
        var text = Encoding.UTF8.GetString(new ReadOnlySpan<byte>((void*)data, length));
        return new string([.. text.Where(c => !char.IsControl(c) && c != '\uFFFD')]).Trim();
    }

    [LibraryImport(Library)]
    private static partial nint zbar_image_scanner_create();

    [LibraryImport(Library)]
    private static partial void zbar_image_scanner_destroy(nint scanner);

    [LibraryImport(Library)]
    private static partial int zbar_image_scanner_set_config(nint scanner, int symbology, int setting, int value);

    [LibraryImport(Library)]
    private static partial nint zbar_image_create();

    [LibraryImport(Library)]
    private static partial void zbar_image_destroy(nint image);

    [LibraryImport(Library)]
    private static partial void zbar_image_set_format(nint image, nuint format);

    [LibraryImport(Library)]
    private static partial void zbar_image_set_size(nint image, uint width, uint height);

    [LibraryImport(Library)]
    private static partial void zbar_image_set_data(nint image, nint data, nuint length, nint cleanup);

    [LibraryImport(Library)]
    private static partial int zbar_scan_image(nint scanner, nint image);

    [LibraryImport(Library)]
    private static partial nint zbar_image_first_symbol(nint image);

    [LibraryImport(Library)]
    private static partial nint zbar_symbol_next(nint symbol);

    [LibraryImport(Library)]
    private static partial int zbar_symbol_get_type(nint symbol);

    [LibraryImport(Library)]
    private static partial nint zbar_symbol_get_data(nint symbol);

    [LibraryImport(Library)]
    private static partial uint zbar_symbol_get_data_length(nint symbol);
}
