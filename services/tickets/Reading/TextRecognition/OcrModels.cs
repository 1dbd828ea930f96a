using Microsoft.ML.OnnxRuntime;

namespace Invoicing.Tickets.Reading;

/// <summary>The PP-OCRv4 weights and alphabet, loaded once and shared: running them is thread-safe.</summary>
public sealed class OcrModels : IDisposable
{
    private const string DetectorFile = "ch_PP-OCRv4_det_infer.onnx";
    private const string RecogniserFile = "ch_PP-OCRv4_rec_infer.onnx";
    private const string KeysFile = "ppocr_keys_v1.txt";

    private readonly Lazy<InferenceSession> detector;
    private readonly Lazy<InferenceSession> recogniser;

    /// <param name="directory">Where the three files are; null: <c>ocr-models</c> beside the program.</param>
    /// <param name="threads">Threads a photo may use. 1 is best when several photos are read at once.</param>
    /// <exception cref="FileNotFoundException">A model file is absent; the message says how to get it.</exception>
    public OcrModels(string? directory = null, int threads = 1)
    {
        NativeHeap.GivesLargeBlocksBack();
        var folder = directory ?? Path.Combine(AppContext.BaseDirectory, "ocr-models");
        Alphabet = new OcrAlphabet(File.ReadAllLines(Existing(folder, KeysFile)));
        detector = Load(Existing(folder, DetectorFile), threads);
        recogniser = Load(Existing(folder, RecogniserFile), threads);
    }

    internal OcrAlphabet Alphabet { get; }

    internal InferenceSession Detector => detector.Value;

    internal InferenceSession Recogniser => recogniser.Value;

    /// <summary>How a run leaves the memory that it took: given back, or the largest photo ever read would be kept for good.</summary>
    internal static RunOptions GivingBack()
    {
        var run = new RunOptions();
        run.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        return run;
    }

    public void Dispose()
    {
        foreach (var session in new[] { detector, recogniser }.Where(session => session.IsValueCreated))
        {
            session.Value.Dispose();
        }
    }

    private static string Existing(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"OCR model {path} is absent: run npm ci --prefix models --ignore-scripts and build again.", path);
    }

    private static Lazy<InferenceSession> Load(string path, int threads) => new(() =>
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        // Every photo and row has sides of its own: a plan of memory kept for each would never be used again.
        options.EnableMemoryPattern = false;
        // Spinning threads steal the cores from the photo next door.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new InferenceSession(path, options);
    });
}
