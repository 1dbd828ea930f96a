using Invoicing;
using Invoicing.Tenants;
using Invoicing.Tenants.Db;
using Invoicing.Tenants.Endpoints;
using Invoicing.Tenants.OAuth;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase<TenantsDb>("tenants");
builder.AddMessaging<TenantsDb>("tenant-config", typeof(Program).Assembly);
builder.AddAuthorizationServer();
builder.Services.AddSingleton(new Egress(builder.Configuration.GetValue<bool>("Egress:AllowLoopback")));
builder.Services.AddSingleton(new SecretKeys(builder.Configuration["Secrets:Keys"]));
builder.Services.AddOpenApi("v1", ApiDocuments.V1);
builder.Services.AddOpenApi("v2", ApiDocuments.V2);

var app = builder.Build();
app.UseServiceDefaults();
app.UseAuthentication();
app.UseIdempotency<TenantsDb>(SealedAnswers.Options);
app.MapTokens();
app.MapTenants();
app.MapAdmin();
app.MapInternal();
app.MapOpenApi();

app.Run();
