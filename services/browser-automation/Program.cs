using Invoicing;
using Invoicing.BrowserAutomation;
using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Captcha;
using Invoicing.BrowserAutomation.Endpoints;
using Invoicing.BrowserAutomation.Model;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddMessaging("browser-automation", typeof(Program).Assembly);
builder.Services.AddSingleton(builder.Configuration.GetSection("Browser").Get<BrowserSettings>() ?? new BrowserSettings());
var egress = new Egress(builder.Configuration.GetValue("Egress:AllowLoopback", false));
builder.Services.AddSingleton(egress);
builder.Services.AddSolver(builder.Configuration.GetSection("Captcha").Get<SolverSettings>() ?? new SolverSettings(), egress);
builder.Services.AddModel(builder.Configuration.GetSection("Model").Get<ModelSettings>() ?? new ModelSettings(), egress);
builder.Services.AddSingleton<Chromium>();
builder.Services.AddProbe("browser", (services, ct) => services.GetRequiredService<Chromium>().ProbeAsync(ct));
builder.Services.AddSingleton<Attempts>();
builder.Services.AddSingleton<SignIns>();
builder.Services.AddSingleton<LivePages>();
builder.Services.AddSingleton<Announcer>();
builder.Services.AddSingleton<AttemptRun>();
builder.Services.AddServiceClient<JobsClient>("jobs");
builder.Services.AddServiceClient<TenantsClient>("tenant-config");
builder.Services.AddServiceClient<LocalReader>("tickets-reader");
builder.Services.AddHostedService<Worker>();

var app = builder.Build();
app.UseServiceDefaults();
app.MapLive();
Measures.Watch(app.Services.GetRequiredService<Attempts>());

app.Run();
