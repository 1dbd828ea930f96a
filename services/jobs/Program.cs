using Invoicing;
using Invoicing.Jobs;
using Invoicing.Jobs.Db;
using Invoicing.Jobs.Endpoints;
using Invoicing.Messages;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase<JobsDb>("jobs");
builder.AddMessaging<JobsDb>("jobs", typeof(Program).Assembly, fenced: typeof(AttemptFinished));
builder.Services.AddOpenApi("v1", ApiDocuments.V1);
builder.Services.AddOpenApi("v2", ApiDocuments.V2);

builder.Services.AddSingleton(builder.Configuration.GetSection("Patience").Get<Patience>() ?? new Patience());
builder.Services.AddSingleton(builder.Configuration.GetSection("Emission").Get<EmissionPolicy>() ?? new EmissionPolicy());
builder.Services.AddSingleton(new Egress(builder.Configuration.GetValue("Egress:AllowLoopback", false)));
builder.Services.AddSingleton<TenantMemory>();
builder.Services.AddServiceClient<TenantDirectory>("tenant-config").ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(5));
builder.Services.AddServiceClient<TicketDirectory>("tickets");
builder.Services.AddHttpClient<LiveWorkers>(http => http.Timeout = TimeSpan.FromSeconds(15)).AddHttpMessageHandler<ServiceTokenHandler>();
builder.Services.AddScoped<Admission>();
builder.Services.AddScoped<Closing>();
builder.Services.AddSingleton(s => new GroupCommit<AttemptFinished, bool>(s.GetRequiredService<IServiceScopeFactory>(), (scope, ends) => scope.GetRequiredService<Closing>().TakeAsync(ends, default)));
builder.Services.AddSingleton(s => new GroupCommit<WorkerCalls.TakenLease, DateTimeOffset?>(
    s.GetRequiredService<IServiceScopeFactory>(), (scope, asked) => WorkerCalls.TakeAsync(scope.GetRequiredService<JobsDb>(), asked, s.GetRequiredService<TimeProvider>().GetUtcNow())));
builder.Services.AddScoped<Opening>();
builder.Services.AddSingleton<Arrivals>();
builder.Services.AddScoped<InlineBatch>();
builder.Services.AddScoped<BatchOfTickets>();
builder.Services.AddScoped<BatchOfItems>();
builder.Services.AddScoped<Lookup>();
builder.Services.AddScoped<Attempts>();
builder.Services.AddSingleton<JobNotices>().AddHostedService(s => s.GetRequiredService<JobNotices>());
builder.Services.AddSingleton<Neighbours>().AddHostedService(s => s.GetRequiredService<Neighbours>());
builder.Services.AddSingleton(builder.Configuration.GetSection("Retention").Get<Retention>() ?? new Retention());
builder.Services.AddSingleton<FallenMessages>().AddHostedService(s => s.GetRequiredService<FallenMessages>());
builder.Services.AddHttpClient(nameof(WebhookSender)).ConfigurePrimaryHttpMessageHandler(s => s.GetRequiredService<Egress>().Handler());
builder.Services.AddHostedService<WebhookSender>();
builder.Services.AddHostedService<Housekeeping>();
builder.Services.AddHostedService<Dispatcher>();
builder.Services.AddHostedService<Clocks>();
builder.Services.AddHostedService<QueueMeasures>();

var app = builder.Build();
app.UseServiceDefaults();
app.MapOpenApi("/openapi/{documentName}.json");
app.MapJobs();
app.MapInternal();
app.Run();
