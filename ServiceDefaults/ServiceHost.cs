using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Invoicing;

/// <summary>What every service has and none owns, in two calls: <see cref="AddServiceDefaults"/> and <see cref="UseServiceDefaults"/>.</summary>
public static class ServiceHost
{
    /// <summary>Telemetry, JSON shape of the contract, problem details, identity, artefacts, service discovery, health.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.AddSecretFiles();
        builder.AddLiveSettings();
        builder.AddTelemetry();
        builder.AddMetricsPort();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        builder.Services.AddProblems();
        builder.Services.DescribeTypesAlike();
        builder.Services.AddInternalIdentity(builder.Configuration);
        builder.Services.AddArtefacts(builder.Configuration);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        builder.Services.AddHealth();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);
        return builder;
    }

    /// <summary>Settings that are secret as files of a folder (<c>Settings:Folder</c>), each named as its variable would be: <c>ConnectionStrings__jobs</c>.</summary>
    private static void AddSecretFiles(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Settings:Folder"] is { Length: > 0 } folder)
        {
            builder.Configuration.AddKeyPerFile(folder, optional: true);
        }
    }

    /// <summary>Problem details for every failure, the caller's identity, <c>/health</c> and <c>/alive</c>.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseProblems();
        app.Use(RefuseRepeatedParameters);
        app.UseMiddleware<CallerMiddleware>();
        app.MapHealth();
        return app;
    }

    /// <summary>No parameter of the contract is a list (several values share one, with commas): given twice, nobody can say which one is meant.</summary>
    private static Task RefuseRepeatedParameters(HttpContext context, RequestDelegate next) =>
        context.Request.Query.FirstOrDefault(q => q.Value.Count > 1).Key is { } name
            ? Problem.Invalid(name, "duplicate_parameter", $"{name} se dio más de una vez.").ExecuteAsync(context) : next(context);
}

/// <summary>The contract's JSON: snake_case, numbers and Spanish text as they are, absent and null alike on reading.</summary>
public static class Json
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 32;
        options.Converters.Add(new UtcTimeConverter());
        return options;
    }

    private sealed class UtcTimeConverter : System.Text.Json.Serialization.JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }
}
