namespace Invoicing.BrowserAutomation.Captcha;

public static class SolverServices
{
    /// <exception cref="InvalidOperationException">The address is not https, or points inside the network.</exception>
    public static IServiceCollection AddSolver(this IServiceCollection services, SolverSettings settings, Egress egress)
    {
        if (settings.Url is { Length: > 0 } && egress.Refuse(settings.Url, httpsOnly: true) is { } refused)
        {
            throw new InvalidOperationException($"Captcha:Url: {refused}");
        }

        services.AddSingleton(settings).AddSingleton<SolverBreaker>();
        services.AddHttpClient<Solver>(http => http.BaseAddress = settings.Url is { Length: > 0 } ? new Uri(settings.Url!.TrimEnd('/') + "/") : null).ConfigurePrimaryHttpMessageHandler(egress.Handler);
        return services;
    }
}
