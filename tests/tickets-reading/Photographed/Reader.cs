using Microsoft.Extensions.Logging.Abstractions;

namespace Invoicing.Tickets.Reading.Tests;

/// <summary>One reader for all tests that need the models: loading them takes half a second.</summary>
[SetUpFixture]
public sealed class Reader
{
    private static OcrModels? models;
    private static TextRecognizer? recognizer;

    internal static ReceiptReader Receipts { get; private set; } = null!;

    [OneTimeSetUp]
    public void Load()
    {
        models = new OcrModels();
        recognizer = new TextRecognizer(models);
        Receipts = new ReceiptReader(recognizer, new CodeReader(NullLogger<CodeReader>.Instance));
    }

    [OneTimeTearDown]
    public void Unload()
    {
        recognizer?.Dispose();
        models?.Dispose();
    }

    internal static Task<TicketReading> ReadImage(byte[] bytes) => Receipts.ReadAsync(bytes, TicketForm.Image, CancellationToken.None);
}
