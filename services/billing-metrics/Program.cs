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
builder.Services.AddOpenApi("v1", ApiDocuments.V1);
builder.Services.AddOpenApi("v2", ApiDocuments.V2);

var app = builder.Build();
app.UseServiceDefaults();
app.MapBilling();
app.MapOpenApi();

app.Run();
