using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace Invoicing;

/// <summary>
/// Settings that change while the service runs, log levels above all: <c>all.json</c> and <c>&lt;OTEL_SERVICE_NAME&gt;.json</c> in the folder
/// <c>Live:Folder</c>, in the form of appsettings.json and stronger than everything else. What changes there counts within seconds.
/// </summary>
public static class LiveSettings
{
    public static WebApplicationBuilder AddLiveSettings(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Live:Folder"] is not { Length: > 0 } folder || !Directory.Exists(folder))
        {
            return builder;
        }

        // A mounted ConfigMap changes by moving a link, of which no notice comes: the files are looked at every four seconds.
        var files = new PhysicalFileProvider(folder) { UsePollingFileWatcher = true, UseActivePolling = true };
        foreach (var name in (string[])["all", builder.Configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName])
        {
            builder.Configuration.AddJsonFile(files, name + ".json", optional: true, reloadOnChange: true);
        }

        return builder;
    }
}
