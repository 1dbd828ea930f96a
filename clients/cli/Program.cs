using System.CommandLine;
using System.Globalization;
using Invoicing.Cli;
using Invoicing.Cli.Commands;

CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("es-MX");

var root = new RootCommand("Del ticket de compra a su CFDI verificado.")
{
    Submit.Command(), Watch.Command(), JobList.Command(), Answer.Command(), DeadLetterQueue.Command(), TenantLimits.Command(), UsageReport.Command(), Completion.Command(),
};
Connection.AddOptions(root);

var parsed = root.Parse(args);
var code = await Failures.TellAsync(() => parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
return parsed.Errors.Count > 0 ? Failures.WrongUse : code;
