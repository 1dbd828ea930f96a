using System.Collections.Concurrent;
using System.Diagnostics;

namespace Invoicing.TestSupport;

/// <summary>
/// Starts processes that die with this one, even if it is killed. The kernel's parent-death signal speaks of the thread that started the
/// child, so one thread that lives as long as the process starts them all.
/// </summary>
public static class Children
{
    private static readonly BlockingCollection<Action> Requests = [];

    static Children() => new Thread(() =>
    {
        foreach (var request in Requests.GetConsumingEnumerable())
        {
            request();
        }
    }) { IsBackground = true, Name = "children" }.Start();

    /// <param name="arguments">Program and arguments; options of setpriv(1) may come first.</param>
    /// <param name="output">Hears each line the process prints.</param>
    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string directory, Action<string?> output)
    {
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig=KILL", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Requests.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        var process = started.Task.GetAwaiter().GetResult();
        process.OutputDataReceived += (_, line) => output(line.Data);
        process.ErrorDataReceived += (_, line) => output(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
