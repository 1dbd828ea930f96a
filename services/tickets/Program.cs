using Invoicing;
using Invoicing.Tickets;
using Invoicing.Tickets.Db;
using Invoicing.Tickets.Endpoints;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase<TicketsDb>("tickets");
builder.AddMessaging<TicketsDb>("tickets", typeof(Program).Assembly, ServiceRole.Of(builder.Configuration).Hears);
builder.Services.AddReading(builder.Configuration);
builder.Services.AddSecondOpinions(builder.Configuration);
builder.Services.AddTickets(builder.Configuration);
builder.Services.AddMailboxes(builder.Configuration);
builder.Services.AddOpenApi("v1", ApiDocuments.V1);
builder.Services.AddOpenApi("v2", ApiDocuments.V2);
builder.WebHost.ConfigureKestrel(o => o.Limits.MaxRequestBodySize = UploadLimits.Body);

var app = builder.Build();
app.UseServiceDefaults();
app.UseIdempotency<TicketsDb>(new IdempotencyOptions { ReadForm = FormReading.ReadAsync });
app.MapOpenApi();
app.MapTickets();
app.MapInvoices();
app.MapMerchants();

app.Run();
