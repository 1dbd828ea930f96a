using System.CommandLine;

namespace Invoicing.Cli.Commands;

/// <summary>invoicing completion bash|zsh|fish: a script for the shell, to be sourced. The words come from the command itself, so that they cannot grow old.</summary>
internal static class Completion
{
    private const string Bash = """
        _invoicing() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(invoicing "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            [[ ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _invoicing invoicing
        """;

    private const string Zsh = """
        _invoicing() {
            local -a words_of_it
            words_of_it=("${(@f)$(invoicing "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -a words_of_it
            _files
        }
        compdef _invoicing invoicing
        """;

    private const string Fish = """
        complete -c invoicing -a '(invoicing "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    public static Command Command()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh o fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Autocompletado para el intérprete de órdenes: source <(invoicing completion bash)") { shell };
        command.SetAction(parsed => Console.Out.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish }));
        return command;
    }
}
