using System.Diagnostics;
using System.Globalization;
using Invoicing.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Invoicing.Bench;

/// <summary>The backend behind every proxy: an answer as large as a ticket's, at once.</summary>
internal static class Backend
{
    public static async Task<int> RunAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        var ticket = System.Text.Encoding.UTF8.GetBytes($$"""{"id":7,"raw_data":"{{new string('x', 2000)}}"}""");
        app.MapFallback(async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(ticket);
        });
        await app.RunAsync();
        return 0;
    }
}

/// <summary>YARP with one route and nothing else.</summary>
internal static class BareYarp
{
    public static async Task<int> RunAsync(string url, string backend)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "backend", Match = new RouteMatch { Path = "/{**rest}" } }],
            [new ClusterConfig { ClusterId = "backend", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = backend } } }]);
        var app = builder.Build();
        app.MapReverseProxy();
        await app.RunAsync();
        return 0;
    }
}

/// <summary>nginx with kept-alive connections to the backend; only where it is installed.</summary>
internal static class Nginx
{
    public static Process? Start(string scratch, Uri url, Uri backend)
    {
        const string program = "/usr/sbin/nginx";
        if (!File.Exists(program))
        {
            Console.WriteLine("nginx is not installed (apt-get install nginx-light): left out");
            return null;
        }

        var file = Path.Combine(scratch, "nginx.conf");
        File.WriteAllText(file, $$"""
            user root; daemon off; worker_processes 1; pid {{scratch}}/nginx.pid; error_log {{scratch}}/error.log;
            events { worker_connections 1024; }
            http {
              access_log off; client_body_temp_path {{scratch}}/b; proxy_temp_path {{scratch}}/p; fastcgi_temp_path {{scratch}}/f; uwsgi_temp_path {{scratch}}/u; scgi_temp_path {{scratch}}/s;
              upstream backend { server {{backend.Authority}}; keepalive 64; }
              server { listen {{url.Authority}}; location / { proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection ""; } }
            }
            """);
        return Children.Start([program, "-c", file], new Dictionary<string, string>(), scratch, _ => { });
    }

    /// <summary>The processes that do the work.</summary>
    public static IEnumerable<int> Workers(int master) =>
        File.ReadAllText($"/proc/{master}/task/{master}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture));
}

/// <summary>Processor time of processes as the kernel counts it.</summary>
internal static class Processor
{
    private const double TickMs = 10;

    public static double Milliseconds(IEnumerable<int> processes) => processes.Sum(id =>
    {
        // The name in parentheses may hold anything; user and system time are the 12th and 13th word after it.
        var words = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
        return TickMs * (long.Parse(words[11], CultureInfo.InvariantCulture) + long.Parse(words[12], CultureInfo.InvariantCulture));
    });
}
