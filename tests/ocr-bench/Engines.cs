using System.Diagnostics;
using Invoicing.Tickets.Reading;
using Microsoft.Extensions.Logging.Abstractions;

namespace Invoicing.OcrBench;

/// <summary>The product's reader, on one core.</summary>
internal sealed class OurReader : IDisposable
{
    private readonly OcrModels models = new();
    private readonly TextRecognizer recognizer;
    private readonly ReceiptReader reader;

    public OurReader()
    {
        recognizer = new TextRecognizer(models, 1);
        reader = new ReceiptReader(recognizer, new CodeReader(NullLogger<CodeReader>.Instance));
    }

    public async Task<Outcome> ReadAsync(Sample sample)
    {
        var picture = sample.Picture();
        var start = Stopwatch.GetTimestamp();
        var reading = await reader.ReadAsync(picture, picture.AsSpan().StartsWith("%PDF"u8) ? TicketForm.Pdf : TicketForm.Image, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Outcome("ours", sample.Name, sample.Set, sample.Layout, sample.Grade, seconds, Judged(sample, reading.Fields), Process.GetCurrentProcess().PeakWorkingSet64) { Text = reading.Text, Rows = reading.Rows, Codes = reading.Codes };
    }

    public void Dispose()
    {
        recognizer.Dispose();
        models.Dispose();
    }

    internal static List<FieldOutcome> Judged(Sample sample, IReadOnlyDictionary<string, ReadField> fields) => [.. sample.Truth.Select(truth => FieldOutcome.Of(truth.Key, truth.Value, fields))];
}

/// <summary>Debian's Tesseract with Spanish data on one thread, its text through the same rules of understanding.</summary>
internal static class Tesseract
{
    public static bool Installed => File.Exists("/usr/bin/tesseract");

    public static async Task<Outcome> ReadAsync(Sample sample)
    {
        var start = Stopwatch.GetTimestamp();
        var info = new ProcessStartInfo("/usr/bin/tesseract", ["stdin", "stdout", "-l", "spa", "--psm", "4"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["OMP_THREAD_LIMIT"] = "1";
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(sample.Picture());
        process.StandardInput.Close();
        var text = await output;
        await errors;
        await process.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var rows = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => new TextRow(line, .9)).ToList();
        var (fields, _) = FieldExtractor.Extract(rows, [], UrlExtractor.Extract(rows, []), certain: false);
        return new Outcome("tesseract", sample.Name, sample.Set, sample.Layout, sample.Grade, seconds, OurReader.Judged(sample, fields), 0) { Text = text };
    }
}
