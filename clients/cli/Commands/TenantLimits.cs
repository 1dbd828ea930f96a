using System.CommandLine;
using Invoicing.Client;

namespace Invoicing.Cli.Commands;

/// <summary>invoicing tenants COMPANY: its limits and features; with --max-… options: changes them.</summary>
internal static class TenantLimits
{
    public static Command Command()
    {
        var company = new Argument<string>("company") { Description = "Empresa." };
        var concurrent = new Option<int?>("--max-concurrent") { Description = "Trabajos a la vez." };
        var daily = new Option<int?>("--max-daily") { Description = "Trabajos por día." };
        var storage = new Option<int?>("--storage-mb") { Description = "Almacenamiento, en MB." };
        var webhook = new Option<string?>("--webhook-url") { Description = "A dónde se avisa." };
        var create = new Option<bool>("--create") { Description = "Darla de alta (administrador de la plataforma)." };
        var command = new Command("tenants", "Límites y funciones de una empresa.") { company, concurrent, daily, storage, webhook, create };
        command.SetAction(async (parsed, ct) =>
        {
            using var api = Connection.Open(parsed);
            var id = parsed.GetValue(company)!;
            var change = new TenantChange
            {
                MaxConcurrentJobs = parsed.GetValue(concurrent), MaxDailyJobs = parsed.GetValue(daily), StorageQuotaMb = parsed.GetValue(storage), WebhookUrl = parsed.GetValue(webhook),
            };
            var tenant = parsed.GetValue(create) ? await api.Tenants.CreateAsync(id, change, ct)
                : change == new TenantChange() ? await api.Tenants.GetAsync(id, ct)
                : await api.Tenants.ChangeAsync(id, change, ct);
            Show(tenant, await api.Tenants.FeaturesAsync(id, ct), Connection.Json(parsed));
        });
        return command;
    }

    private static void Show(Tenant tenant, IReadOnlyList<Feature> features, bool json)
    {
        if (json)
        {
            Output.Line(new { tenant, features });
            return;
        }

        Output.Table(["Límite", tenant.CompanyId],
        [
            ["A la vez", $"{tenant.MaxConcurrentJobs}"], ["Por día", $"{tenant.MaxDailyJobs} ({tenant.DailyLimitPolicy})"], ["Almacenamiento", $"{tenant.StorageQuotaMb} MB"],
            ["Tiempo máximo", $"{tenant.CustomTimeoutSeconds} s"], ["Peso", $"{tenant.Weight}"], ["Avisos a", tenant.WebhookUrl],
        ]);
        Output.Table(["Función", "Activa", "Por qué"], features.Select(IReadOnlyList<string?> (f) => [f.FeatureName, f.Evaluation.Enabled ? "sí" : "no", f.Evaluation.Reason]));
    }
}
