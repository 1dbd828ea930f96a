using Invoicing;
using Invoicing.Gateway;
using Invoicing.Gateway.OpenApi;
using Yarp.ReverseProxy.LoadBalancing;
using ZiggyCreatures.Caching.Fusion;

// Nothing in this program blocks a thread: what comes in on a socket goes on where it came in (docs/decisions/0016).
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.WebHost.UseSockets(o => o.UnsafePreferInlineScheduling = true);
builder.WebHost.ConfigureKestrel(o => o.Limits.MaxRequestBodySize = 32 * 1024 * 1024);
builder.Services.AddMemoryCache(o => o.SizeLimit = 100_000);
builder.Services.AddFusionCache().WithRegisteredMemoryCache().WithDefaultEntryOptions(TenantConfig.Kept);
builder.Services.AddServiceClient<TenantConfig>("tenant-config").ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(5));
builder.Services.AddOrigins(builder.Configuration);
builder.Services.AddHttpClient<OpenApiMerger>();
builder.Services.AddSingleton<AccessTokens>();
builder.Services.AddSingleton<Authentication>();
builder.Services.AddSingleton<RateLimits>();
builder.Services.AddSingleton<ILoadBalancingPolicy, Rollout>();
builder.Services.AddReverseProxy()
    .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
    .AddServiceDestinations()
    .AddTransforms(InternalRequests.Forward);

var app = builder.Build();
app.UseMiddleware<ResponseHeaders>();
app.UseProblems();
app.UseMiddleware<HeadRequests>();
app.UseCors();
app.UseRouting();
app.MapHealth();
app.MapDocuments();
app.MapOldPages();
app.MapSecurityText();
app.UseMiddleware<AuthenticationMiddleware>();
app.UseMiddleware<RateLimitMiddleware>();
app.UseMiddleware<RefusalMiddleware>();
app.MapReverseProxy();

app.Run();
