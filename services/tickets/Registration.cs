using Invoicing.Tickets.Endpoints;
using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets;

/// <summary>What the service is made of.</summary>
internal static class Registration
{
    /// <summary>Where tickets are read, models are loaded when health is first asked, else when one is needed. <c>Reading:Models</c>: their directory, if not beside the program.</summary>
    public static IServiceCollection AddReading(this IServiceCollection services, IConfiguration configuration)
    {
        if (ServiceRole.Of(configuration).Reads)
        {
            services.AddProbe("reading", (provider, ct) => Task.Run(() => ReadingProbe.Read(provider.GetRequiredService<OcrModels>()), ct));
        }

        services.AddSingleton(_ => new OcrModels(configuration["Reading:Models"]));
        services.AddSingleton<TextRecognizer>();
        services.AddSingleton<CaptchaReader>();
        services.AddSingleton<CodeReader>();
        services.AddSingleton<ReceiptReader>();
        return services.AddSingleton<ReceiptForms>();
    }

    public static IServiceCollection AddTickets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMemoryCache();
        services.AddSingleton(new Egress(configuration.GetValue<bool>("Egress:AllowLoopback")));
        services.AddServiceClient<TenantDirectory>("tenant-config").ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(2));
        services.AddServiceClient<JobsDirectory>("jobs").ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(1));
        services.AddHttpClient<MailedLinks>().ConfigurePrimaryHttpMessageHandler(s => s.GetRequiredService<Egress>().Handler());
        services.AddHttpClient<WhatsAppMedia>().ConfigurePrimaryHttpMessageHandler(s => s.GetRequiredService<Egress>().Handler());
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(UploadLimits.Apply);
        services.AddHostedService<MerchantCatalogue>();
        return services.AddScoped<Intake>().AddScoped<BulkIntake>().AddScoped<Catalogue>().AddScoped<Duplicates>().AddScoped<Acceptance>().AddScoped<MailMatching>().AddScoped<MailIntake>();
    }

    /// <summary>Mailboxes are read where the role answers: reading tickets takes whole cores.</summary>
    public static IServiceCollection AddMailboxes(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Mailboxes").Get<MailboxSettings>() ?? new MailboxSettings()).AddSingleton<MailServerTrust>().AddSingleton<MailboxReader>();
        return ServiceRole.Of(configuration).Answers ? services.AddHostedService<Mailboxes>() : services;
    }
}
