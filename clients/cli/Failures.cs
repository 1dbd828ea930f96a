using System.Net.Sockets;
using Invoicing.Client;
using Spectre.Console;

namespace Invoicing.Cli;

/// <summary>What went wrong in a sentence on standard error, and the exit code: 1 for a no of the API, 2 for wrong use, 3 when the service cannot be reached, 130 when interrupted.</summary>
internal static class Failures
{
    public const int WrongUse = 2;

    private static readonly IAnsiConsole Error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public static async Task<int> TellAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (ApiException refused)
        {
            Tell(refused.Message);
            foreach (var field in refused.Problem.Errors ?? [])
            {
                Error.MarkupLineInterpolated($"  [grey]{field.Pointer}[/] {field.Detail}");
            }

            return 1;
        }
        catch (Exception e) when (e is FormatException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            Tell(e.Message);
            return WrongUse;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or Polly.Timeout.TimeoutRejectedException)
        {
            Tell($"El servicio no contesta: {e.Message}");
            return 3;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    public static void Tell(string sentence) => Error.MarkupLineInterpolated($"[red]✗[/] {sentence}");
}
