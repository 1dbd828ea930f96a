using Invoicing.Client;
using Spectre.Console;

namespace Invoicing.Cli;

/// <summary>Live progress: bars in a terminal, a line a change in a pipe, nothing beside JSON.</summary>
internal sealed class Progress
{
    private readonly ProgressContext? bars;
    private readonly bool silent;

    private Progress(ProgressContext? bars, bool silent) => (this.bars, this.silent) = (bars, silent);

    public static async Task ShowAsync(bool silent, Func<Progress, Task> work)
    {
        if (silent || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            await work(new Progress(null, silent));
            return;
        }

        await AnsiConsole.Progress().AutoClear(false).HideCompleted(false)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work(new Progress(context, silent)));
    }

    public Row Add(string name) => new(name, bars?.AddTask(Markup.Escape(name)), silent);

    internal sealed class Row(string name, ProgressTask? bar, bool silent)
    {
        private string told = "";

        public void Show(JobAtEvent job)
        {
            var says = job.RequiresIntervention ? $"requiere a una persona: {job.InterventionInstructions} (invoicing answer)" : $"{job.Status} {job.Step?.Description ?? job.HumanExplanation}";
            if (bar is not null)
            {
                bar.Value = job.ProgressPercentage;
                bar.Description = Markup.Escape($"{name}  {(says.Length > 70 ? says[..69] + "…" : says)}");
            }
            else if (!silent && says != told)
            {
                Console.Out.WriteLine($"{name}  {job.ProgressPercentage,3} %  {says}");
                told = says;
            }
        }

        public void End(bool well, string says)
        {
            if (bar is not null)
            {
                bar.Value = well ? bar.MaxValue : bar.Value;
                bar.Description = Markup.Escape($"{(well ? "✓" : "✗")} {says}");
                bar.StopTask();
            }
            else if (!silent)
            {
                Console.Out.WriteLine($"{(well ? "✓" : "✗")} {says}");
            }
            else if (!well)
            {
                Failures.Tell(says);
            }
        }
    }
}
