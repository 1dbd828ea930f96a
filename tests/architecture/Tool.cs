using System.Diagnostics;

namespace Invoicing.Architecture.Tests;

/// <summary>A tool of the distribution or of npm, run in the checkout.</summary>
internal static class Tool
{
    /// <summary>What it printed.</summary>
    public static string Succeeds(string program, params string[] arguments)
    {
        var (code, output, errors) = Run(program, arguments);
        Assert.That(code, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{output}{errors}");
        return output;
    }

    public static (int Code, string Output, string Errors) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
