using SkiaSharp;

namespace Invoicing.Portals.Engine.Print;

/// <summary>Fonts of the machine: Skia's plain Linux build looks for none itself, and every Chromium installation brings some.</summary>
internal static class Fonts
{
    private static readonly string[] Monospaced = ["LiberationMono-Bold.ttf", "DejaVuSansMono-Bold.ttf", "LiberationMono-Regular.ttf", "DejaVuSansMono.ttf"];
    private static readonly string[] Heavy = ["DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf", "DejaVuSans.ttf"];
    private static readonly Lazy<SKTypeface> LazyMono = new(() => Load(Monospaced));
    private static readonly Lazy<SKTypeface> LazyBold = new(() => Load(Heavy));

    public static SKTypeface Mono => LazyMono.Value;

    public static SKTypeface Bold => LazyBold.Value;

    private static SKTypeface Load(string[] names)
    {
        var files = Directory.Exists("/usr/share/fonts")
            ? Directory.GetFiles("/usr/share/fonts", "*.ttf", SearchOption.AllDirectories)
            : [];
        var path = names.Select(name => Array.Find(files, file => Path.GetFileName(file) == name)).FirstOrDefault(file => file is not null)
            ?? files.FirstOrDefault()
            ?? throw new InvalidOperationException("No TrueType font under /usr/share/fonts: install fonts-liberation or fonts-dejavu-core.");
        return SKTypeface.FromFile(path);
    }
}
