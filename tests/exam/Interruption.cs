using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Invoicing.Exam;

/// <summary>Ctrl-C or SIGTERM: the run ends within seconds, and its browser with it.</summary>
public sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly TaskCompletionSource<int> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] heard;

    // The hosts of the worker and of the portals hear the signals too, and end themselves alone.
    public Interruption() => heard = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        told.TrySetResult(signal == PosixSignal.SIGINT ? 130 : 143);
    }))];

    /// <summary>Ends when a signal comes.</summary>
    public Task Told => told.Task;

    /// <summary>Ends the process as one that a signal ended; what does not close in time is killed.</summary>
    public async Task LeaveAsync(IAsyncDisposable running)
    {
        await running.DisposeAsync().AsTask().WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var child in Directory.GetDirectories("/proc/self/task").SelectMany(Children))
        {
            End(child);
        }

        Environment.Exit(await told.Task);
    }

    public void Dispose() => Array.ForEach(heard, registration => registration.Dispose());

    private static IEnumerable<int> Children(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // The thread had ended.
            return [];
        }
    }

    private static void End(int child)
    {
        try
        {
            using var process = Process.GetProcessById(child);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It had ended by itself.
        }
    }
}
