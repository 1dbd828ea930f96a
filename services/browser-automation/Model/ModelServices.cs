namespace Invoicing.BrowserAutomation.Model;

public static class ModelServices
{
    /// <exception cref="InvalidOperationException">The address is not https, or points inside the network.</exception>
    public static IServiceCollection AddModel(this IServiceCollection services, ModelSettings settings, Egress egress)
    {
        if (egress.Refuse(settings.BaseUrl, httpsOnly: true) is { } refused)
        {
            throw new InvalidOperationException($"Model:BaseUrl: {refused}");
        }

        services.AddSingleton(settings).AddSingleton<ChatModel>().AddHttpClient(nameof(ChatModel), http => http.Timeout = settings.Limit).ConfigurePrimaryHttpMessageHandler(egress.Handler);
        return services;
    }
}
