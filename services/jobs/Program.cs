using Invoicing;
using Invoicing.Jobs;
using Invoicing.Jobs.Db;
using Invoicing.Jobs.Endpoints;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase<JobsDb>("jobs");
builder.AddMessaging<JobsDb>("jobs", typeof(Program).Assembly);
builder.Services.AddOpenApi("v1", o => o.ShouldInclude = d => d.RelativePath?.StartsWith("invoicing/v2", StringComparison.Ordinal) == false);
builder.Services.AddOpenApi("v2", o => o.ShouldInclude = d => d.RelativePath?.StartsWith("invoicing/v2", StringComparison.Ordinal) == true);

builder.Services.AddSingleton(builder.Configuration.GetSection("Patience").Get<Patience>() ?? new Patience());
builder.Services.AddSingleton(new Egress(builder.Configuration.GetValue("Egress:AllowLoopback", false)));
builder.Services.AddSingleton<TenantMemory>();
builder.Services.AddServiceClient<TenantDirectory>("tenant-config").ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(5));
builder.Services.AddServiceClient<TicketDirectory>("tickets");
builder.Services.AddScoped<Admission>();
builder.Services.AddScoped<Opening>();
builder.Services.AddScoped<Arrivals>();
builder.Services.AddScoped<InlineBatch>();
builder.Services.AddScoped<BatchOfTickets>();
builder.Services.AddScoped<BatchOfItems>();
builder.Services.AddScoped<Lookup>();
builder.Services.AddScoped<Attempts>();
builder.Services.AddSingleton<JobNotices>().AddHostedService(s => s.GetRequiredService<JobNotices>());
builder.Services.AddSingleton<Neighbours>().AddHostedService(s => s.GetRequiredService<Neighbours>());
builder.Services.AddHostedService<Dispatcher>();
builder.Services.AddHostedService<Clocks>();

var app = builder.Build();
app.UseServiceDefaults();
app.MapOpenApi("/openapi/{documentName}.json");
app.MapJobs();
app.MapInternal();
app.Run();
