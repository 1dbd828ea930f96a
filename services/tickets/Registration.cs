using Invoicing.Tickets.Cloud;
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
        return services.AddScoped<ReceiptForms>();
    }

    /// <summary>Engines outside, for tenants that gave a key for one.</summary>
    /// <exception cref="InvalidOperationException">An address of theirs is not https, or points inside the network.</exception>
    public static IServiceCollection AddSecondOpinions(this IServiceCollection services, IConfiguration configuration)
    {
        var (settings, egress) = (configuration.GetSection("Cloud").Get<CloudSettings>() ?? new CloudSettings(), new Egress(configuration.GetValue<bool>("Egress:AllowLoopback")));
        settings.Judge(egress);
        services.AddSingleton(settings).AddSingleton<GoogleVision>().AddSingleton<ClaudeVision>().AddScoped<SecondOpinions>();
        foreach (var client in new[] { nameof(GoogleVision), nameof(ClaudeVision) })
        {
            services.AddHttpClient(client, http => (http.Timeout, http.MaxResponseContentBufferSize) = (settings.Limit, CloudSettings.MaxAnswer)).ConfigurePrimaryHttpMessageHandler(egress.Handler);
        }

        return services;
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
