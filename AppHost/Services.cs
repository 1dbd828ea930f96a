namespace Invoicing.AppHost;

/// <summary>What every service of ours gets, and where a publish goes.</summary>
internal static class Services
{
    /// <param name="identity">Whose key it signs with, where that is not its name: another role of the same program.</param>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IDistributedApplicationBuilder builder, string name, int port, Settings settings, string? identity = null)
        where TProject : IProjectMetadata, new() => builder.AddProgram<TProject>(name, port)
            .WithEnvironment("Identity__Name", identity ?? name)
            .WithEnvironment("Identity__SigningKey", settings.SigningKey(identity ?? name))
            .WithEnvironment("Identity__Keys", settings.PublicKeys)
            .WithEnvironment("Artefacts__Root", settings.Artefacts)
            .WithEnvironment("Artefacts__Keys", settings.ArtefactKeys)
            .WithEnvironment("Egress__AllowLoopback", settings.AllowLoopback)
            .WithEnvironment("MASSTRANSIT_USAGE_TELEMETRY", "false");

    /// <summary>A program that speaks to none of the others and holds no key.</summary>
    /// <param name="port">The port of the local run; a deployment's containers all use the image's own.</param>
    public static IResourceBuilder<ProjectResource> AddProgram<TProject>(this IDistributedApplicationBuilder builder, string name, int port)
        where TProject : IProjectMetadata, new()
    {
        var local = builder.ExecutionContext.IsRunMode;
        var program = builder.AddProject<TProject>(name, project => project.ExcludeLaunchProfile = true)
            .WithHttpEndpoint(port: local ? port : null)
            .WithHttpHealthCheck("/health")
            .WithHttpProbe(ProbeType.Readiness, "/health")
            .WithHttpProbe(ProbeType.Liveness, "/alive");
        return local ? program.WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName) : program;
    }

    /// <summary>What only the authorization server and keeper of secrets may see.</summary>
    public static IResourceBuilder<ProjectResource> WithSecrets(this IResourceBuilder<ProjectResource> service, Settings settings) => service
        .WithEnvironment("OAuth__Issuer", settings.Issuer)
        .WithEnvironment("OAuth__SigningKey", settings.OAuthSigningKey)
        .WithEnvironment("Secrets__Keys", settings.SecretKeys)
        .WithEnvironment("Bootstrap__PlatformAdmin__ClientId", "platform-admin")
        .WithEnvironment("Bootstrap__PlatformAdmin__ClientSecret", settings.PlatformAdminSecret);

    /// <summary><c>aspire publish</c> writes a compose file, or a Helm chart with <c>--Publish:For kubernetes</c>.</summary>
    public static void AddDeploymentTarget(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            return;
        }

        if (builder.Configuration["Publish:For"] == "kubernetes")
        {
            builder.AddKubernetesEnvironment("invoicing").WithProperties(chart => chart.DefaultStorageType = "pvc");
        }
        else
        {
            builder.AddDockerComposeEnvironment("invoicing");
        }
    }
}
