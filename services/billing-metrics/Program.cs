using Invoicing;
using Invoicing.Billing;
using Invoicing.Billing.Db;
using Invoicing.Billing.Endpoints;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase<BillingDb>("billing");
builder.AddMessaging<BillingDb>("billing-metrics", typeof(Program).Assembly);
builder.Services.AddScoped<BudgetWatch>();
builder.Services.AddHostedService<MonthlyClose>();
builder.Services.AddOpenApi("v1", o => o.ShouldInclude = api => !api.IsV2());
builder.Services.AddOpenApi("v2", o => o.ShouldInclude = api => api.IsV2());

var app = builder.Build();
app.UseServiceDefaults();
app.MapBilling();
app.MapOpenApi();

app.Run();
